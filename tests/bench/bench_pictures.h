// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <filesystem>

namespace simclr::bench {

/// A picture with the statistics that count for speed in a photograph: detail at every scale (amplitudes fall
/// with the frequency), edges, colours that go together. The same for the same number.
Image photograph(int width, int height, std::uint32_t number);

/// Writes `count` photographs as JPEG files of quality 92 with halved colour (4:2:0), about as many bytes a
/// pixel as ImageNet has, into FOLDER/photos. Throws IoError.
void writePhotographs(const std::filesystem::path &folder, int count, int width, int height);

} // namespace simclr::bench
