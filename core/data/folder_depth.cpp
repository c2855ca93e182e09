// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_depth.h"

#include "core/data/dataset_messages.h"
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

std::optional<Message> FolderDepth::note() const {
    if (images == 0)
        return std::nullopt;
    return measured < images ? datasetMessage("depth_of_some", images, rule.bits, measured)
                             : datasetMessage("depth", images, rule.bits);
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
