// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_depth.h"

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
int bitsOf(std::uint32_t image, const ImageList &images, const EncodedFiles &files,
           const DecodeLimits &limits) {
    try {
        return bitsInUse(files.read(image, limits.maxFileBytes), toValidUtf8(images.name(image)), limits);
    } catch (const Error &) {
        return 0;
    }
}

} // namespace

std::optional<Message> ImageDepth::note() const {
    if (images == 0)
        return std::nullopt;
    return measured < images ? datasetMessage("depth_of_some", images, rule.bits, measured)
                             : datasetMessage("depth", images, rule.bits);
}

ImageDepth measureDepth(const std::vector<std::uint32_t> &deep, const ImageList &images,
                        const EncodedFiles &files, const OpenOptions &options) {
    ImageDepth depth;
    depth.images = deep.size();
    depth.measured = std::min(deep.size(), mostMeasured);
    std::atomic<int> bits = 0;
    parallelFor(depth.measured, options.threads, [&](std::size_t i) {
        const std::uint32_t image = deep[i * deep.size() / depth.measured];
        const int used = options.stop.stop_requested() ? 0 : bitsOf(image, images, files, options.limits);
        for (int known = bits; used > known && !bits.compare_exchange_weak(known, used);) {
        }
    });
    if (bits > 0)
        depth.rule.bits = bits;
    return depth;
}

} // namespace simclr
