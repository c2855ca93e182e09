// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"

#include <string_view>

namespace simclr {

/// Whether these bytes begin like a torch.save() file: a ZIP archive since PyTorch 1.6, before that a
/// sequence of pickles, before 0.1.10 a tar archive.
bool looksLikeTorchFile(std::string_view bytes);

/// The tensors in the bytes of a torch.save() file, by their dotted paths in nested dicts:
/// "state_dict.conv1.weight". Anything but a tensor under a string key is ignored, including objects of any
/// class. Executes no code: see readPickle(). Every offset, size and stride is checked against the available
/// bytes. Throws InvalidInput.
NamedTensors tensorsOfTorchFile(std::string_view bytes);

/// Writes an OrderedDict of plain tensors as torch.save() would, atomically, for PyTorch 1.6 and newer:
/// torch.load() reads it with weights_only too. Throws IoError.
void writeTorchFile(const std::filesystem::path &path, const NamedTensors &tensors);

} // namespace simclr
