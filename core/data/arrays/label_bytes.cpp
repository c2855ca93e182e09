// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/label_bytes.h"

#include <algorithm>

namespace simclr {

std::vector<std::int32_t> labelBytes(const ByteSource &source, std::uint64_t begin, std::uint64_t step,
                                     std::uint32_t count) {
    constexpr std::uint64_t pieceBytes = 1 << 20;
    const auto atOnce = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, pieceBytes / step));
    std::vector<std::int32_t> labels;
    labels.reserve(count);
    for (std::uint32_t first = 0; first < count; first += atOnce) {
        const std::uint32_t several = std::min(atOnce, count - first);
        const std::string bytes = bytesAt(source, begin + first * step, (several - 1) * step + 1);
        for (std::uint32_t i = 0; i < several; ++i)
            labels.push_back(static_cast<unsigned char>(bytes[i * step]));
    }
    return labels;
}

} // namespace simclr
