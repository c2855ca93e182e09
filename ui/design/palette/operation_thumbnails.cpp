// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/palette/operation_thumbnails.h"

#include "core/augment/operation.h"
#include "core/image/resample.h"
#include "ui/design/preview/newest_request.h"

#include <algorithm>
#include <cstdlib>
#include <stop_token>

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
    for (std::uint32_t draw = 0; draw < samplesTried; ++draw) {
        RandomStream draws({1, Purpose::View, 0, draw, 0});
        Image applied;
        operation->applyTo(source, applied, draws, OperationThumbnails::side);
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

/// The thread that renders.
class OperationThumbnails::Worker {
  public:
    using Asked = std::pair<std::uint64_t, Image>;

    explicit Worker(OperationThumbnails &owner)
        : m_owner(owner),
          m_requests(NewestRequest<Asked>::Underway::Stop,
                     [this](const Asked &asked, const std::stop_token &stop) { drawAll(asked, stop); }) {}

    void ask(std::uint64_t generation, const Image &picture) { m_requests.ask({generation, picture}); }

  private:
    void drawAll(const Asked &asked, const std::stop_token &stop) {
        const Image &picture = asked.second;
        if (!picture.isEmpty()) {
            const Image source = toSide(picture, sourceSide);
            for (const OperationType &type : operationTypes()) {
                if (stop.stop_requested())
                    return;
                if (!type.isCombination())
                    draw(type, source, asked.first);
            }
        }
        post(asked.first, [&owner = m_owner] { Q_EMIT owner.finished(); });
    }

    void draw(const OperationType &type, const Image &source, std::uint64_t generation) {
        try {
            post(generation, [&owner = m_owner, operation = QString::fromStdString(type.id),
                              thumbnail = toQImage(clearestThumbnail(type, source))] {
                Q_EMIT owner.thumbnailReady(operation, thumbnail);
            });
        } catch (const std::exception &) {
            return; // the palette shows no thumbnail for this operation
        }
    }

    /// Runs `announce` on the UI thread unless another image was set in the meantime.
    template <typename Announce>
    void post(std::uint64_t generation, Announce announce) {
        QMetaObject::invokeMethod(
            &m_owner,
            [&owner = m_owner, generation, announce] {
                if (generation == owner.m_generation)
                    announce();
            },
            Qt::QueuedConnection);
    }

    OperationThumbnails &m_owner;
    NewestRequest<Asked> m_requests; // declared last: destroyed before the members that it uses
};

OperationThumbnails::OperationThumbnails(QObject *parent)
    : QObject(parent), m_worker(std::make_unique<Worker>(*this)) {}

OperationThumbnails::~OperationThumbnails() = default;

void OperationThumbnails::setImage(const Image &image) {
    m_worker->ask(++m_generation, image);
}

} // namespace simclr::ui
