// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/palette/operation_thumbnails.h"

#include "core/augment/operation.h"
#include "core/image/resample.h"

#include <algorithm>
#include <cstdlib>

namespace simclr::ui {

namespace {

/// Shorter side in pixels of the image that operations are applied to: a third more than the thumbnail, so
/// that cropping is visible.
constexpr int sourceSide = 96;
constexpr std::uint32_t samplesTried = 6;

Image toSide(const Image &image, int shorter) {
    const double scale = double(shorter) / std::min(image.width(), image.height());
    const auto scaled = [scale](int length) { return std::clamp(int(length * scale + 0.5), 1, 4096); };
    Image result;
    cropResized(image, {0, 0, image.width(), image.height()}, scaled(image.width()), scaled(image.height()),
                result);
    return result;
}

/// The largest centre crop of `image`, as a thumbnail.
Image asThumbnail(const Image &image) {
    constexpr int side = OperationThumbnails::side;
    const int shorter = std::min(image.width(), image.height());
    Image result;
    cropResized(image, {(image.width() - shorter) / 2, (image.height() - shorter) / 2, shorter, shorter},
                side, side, result);
    return result;
}

/// Sum of absolute differences over all channels of two images of the same size.
std::uint64_t difference(const Image &one, const Image &other) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < one.byteCount(); ++i)
        sum += std::uint64_t(std::abs(int(one.data()[i]) - int(other.data()[i])));
    return sum;
}

Image clearestThumbnail(const OperationType &type, const Image &source) {
    const std::unique_ptr<Operation> operation = type.make(initialValues(type.schema));
    const Image untouched = asThumbnail(source);
    Image clearest = untouched;
    std::uint64_t most = 0;
    for (std::uint32_t sample = 0; sample < samplesTried; ++sample) {
        RandomStream random({1, Purpose::View, 0, sample, 0});
        Image applied;
        operation->applyTo(source, applied, random, OperationThumbnails::side);
        Image thumbnail = asThumbnail(applied);
        const std::uint64_t changed = difference(thumbnail, untouched);
        if (changed > most) {
            most = changed;
            clearest = std::move(thumbnail);
        }
    }
    return clearest;
}

QImage toQImage(const Image &image) {
    return QImage(image.data(), image.width(), image.height(), image.bytesPerRow(), QImage::Format_RGB888)
        .copy();
}

} // namespace

OperationThumbnails::OperationThumbnails(QObject *parent) : QObject(parent) {}

void OperationThumbnails::setImage(const Image &image) {
    m_worker.ask([this, image](const BackgroundWorker::Task &task) { renderAll(image, task); },
                 [this] { Q_EMIT finished(); });
}

void OperationThumbnails::renderAll(const Image &image, const BackgroundWorker::Task &task) {
    if (image.isEmpty())
        return;
    const Image source = toSide(image, sourceSide);
    for (const OperationType &type : operationTypes()) {
        if (task.stop().stop_requested())
            return;
        if (type.isCombination())
            continue;
        try {
            task.post([this, operation = QString::fromStdString(type.id),
                       thumbnail = toQImage(clearestThumbnail(type, source))] {
                Q_EMIT thumbnailReady(operation, thumbnail);
            });
        } catch (const std::exception &) {
            continue; // the palette shows no thumbnail for this operation
        }
    }
}

} // namespace simclr::ui
