// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"

#include <string_view>

namespace simclr {

/// Whether these bytes begin with the pickle of a magic number, as files of PyTorch 0.1.10 to 1.5 do.
bool looksLikeOldTorchFile(std::string_view bytes);
/// The tensors of such a file. Throws InvalidInput.
NamedTensors tensorsOfOldTorchFile(std::string_view bytes);

/// Whether these bytes are a tar archive, as files of PyTorch before 0.1.10 are.
bool looksLikeTorchTar(std::string_view bytes);
/// The tensors of such a file. Throws InvalidInput.
NamedTensors tensorsOfTorchTar(std::string_view bytes);

} // namespace simclr
