// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

enum class CifarVersion { Cifar10, Cifar100 };

/// Whether `bytes`, the first of a file, begin like a pickled dict.
bool isCifarPickle(std::string_view bytes);

/// Converts a batch of CIFAR's Python version, a pickled dict with "data", a NumPy array of n × 3072 bytes,
/// and "labels" (CIFAR-100: "coarse_labels" and "fine_labels"), into records of the binary version: a byte
/// for each kind of label, then 3072 bytes of pixels. Reads files of Python 2 and 3 and every NumPy version;
/// no code in the file is run. Throws InvalidInput with a message worded to follow the file's name.
std::string cifarRecordsFromPickle(std::string_view bytes, CifarVersion version = CifarVersion::Cifar10);

} // namespace simclr
