// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace simclr {

/// Converts a batch of CIFAR-10's Python version, a pickled dict with "data", a NumPy array of n × 3072
/// bytes, and "labels", into records of the binary version: a label byte, then 3072 bytes of pixels. Reads
/// files of Python 2 and 3 and every NumPy version; no code in the file is run. Throws InvalidInput with a
/// message worded to follow the file's name.
std::string cifarRecordsFromPickle(std::string_view bytes);

} // namespace simclr
