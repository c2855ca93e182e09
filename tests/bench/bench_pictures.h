// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <filesystem>

namespace simclr::bench {

/// An image with the statistics of a photograph that matter for speed: detail at every scale (amplitudes fall
/// with the frequency), edges, correlated colours. The same for the same number.
Image photograph(int width, int height, std::uint32_t number);

/// Writes `count` photographs as JPEG files of quality 92 with 4:2:0 chroma subsampling, about as many bytes
/// per pixel as ImageNet, into FOLDER/photos. Throws IoError.
void writePhotographs(const std::filesystem::path &folder, int count, int width, int height);

} // namespace simclr::bench
