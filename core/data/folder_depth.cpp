// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_depth.h"

#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <atomic>

namespace simclr {

namespace {

constexpr std::size_t mostMeasured = 512;

/// 0 if the image is broken, which is reported when it is decoded.
int bitsOf(const ListedFile &file, const DecodeLimits &limits) {
    try {
        return bitsInUse(readFile(file.path, limits.maxFileBytes), toValidUtf8(file.relative), limits);
    } catch (const Error &) {
        return 0;
    }
}

} // namespace

std::string FolderDepth::note() const {
    if (images == 0)
        return {};
    return counted(static_cast<std::int64_t>(images), "image has 16 bits per channel and is",
                   "images have 16 bits per channel and are") +
           " read as " + std::to_string(rule.bits) + " bits, by the largest value in " +
           (measured < images ? std::to_string(measured) + " of them" : "the dataset") +
           "; the upper 8 bits are used";
}

FolderDepth measureDepth(const std::vector<const ListedFile *> &deep, const DecodeLimits &limits, int threads,
                         const std::stop_token &stop) {
    FolderDepth depth;
    depth.images = deep.size();
    depth.measured = std::min(deep.size(), mostMeasured);
    std::atomic<int> bits = 0;
    parallelFor(depth.measured, threads, [&](std::size_t i) {
        const int used = stop.stop_requested() ? 0 : bitsOf(*deep[i * deep.size() / depth.measured], limits);
        for (int known = bits; used > known && !bits.compare_exchange_weak(known, used);) {
        }
    });
    if (bits > 0)
        depth.rule.bits = bits;
    return depth;
}

} // namespace simclr
