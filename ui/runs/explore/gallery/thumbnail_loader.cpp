// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/gallery/thumbnail_loader.h"

#include "core/util/parallel.h"
#include "ui/design/preview/preview_painting.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr int mostKept = 64 << 10; // KiB

int costOf(const QImage &image) {
    return 1 + int(image.sizeInBytes() >> 10);
}

/// One core is left to the UI thread.
int loadingThreads() {
    return std::max(1, coreCount() - 1);
}

} // namespace

ThumbnailLoader::ThumbnailLoader(QObject *parent) : QObject(parent), m_kept(mostKept) {}

void ThumbnailLoader::setDataset(const DatasetPtr &dataset) {
    if (dataset == m_dataset)
        return;
    m_dataset = dataset;
    m_kept.clear();
    forget();
}

void ThumbnailLoader::setSide(int side, qreal ratio) {
    if (side == m_side && ratio == m_ratio)
        return;
    m_side = side;
    m_ratio = ratio;
    forget();
}

void ThumbnailLoader::forget() {
    m_worker.cancel();
    m_requested.clear();
}

const ThumbnailLoader::Thumbnail *ThumbnailLoader::thumbnail(std::uint32_t sample) const {
    return m_kept.object(sample);
}

int ThumbnailLoader::pixels() const {
    return int(std::lround(m_side * m_ratio));
}

bool ThumbnailLoader::isMissing(std::uint32_t sample) const {
    const Thumbnail *known = m_kept.object(sample);
    return sample < m_dataset->size() && (known == nullptr || known->pixels != pixels());
}

void ThumbnailLoader::load(const std::vector<std::uint32_t> &samples) {
    if (m_dataset == nullptr)
        return;
    std::vector<std::uint32_t> missing;
    std::ranges::copy_if(samples, std::back_inserter(missing),
                         [this](std::uint32_t sample) { return isMissing(sample); });
    if (std::ranges::all_of(missing, [this](std::uint32_t each) { return m_requested.contains(each); }))
        return; // they are being loaded
    m_requested = QSet<std::uint32_t>(missing.begin(), missing.end());
    m_worker.ask(
        [this, dataset = m_dataset, side = pixels(), missing](const BackgroundWorker::Task &task) {
            parallelFor(missing.size(), loadingThreads(), [&](std::size_t i) {
                if (task.stop().stop_requested())
                    return;
                const std::uint32_t sample = missing[i];
                task.post([this, sample, side, image = render(*dataset, sample, side)] {
                    keep(sample, side, image);
                });
            });
        },
        [] {});
}

ThumbnailLoader::Rendered ThumbnailLoader::render(const Dataset &dataset, std::uint32_t sample, int pixels) {
    try {
        return {scaledInto(dataset.image(sample), pixels), {}};
    } catch (const std::exception &error) {
        return {{}, QString::fromStdString(error.what())};
    }
}

void ThumbnailLoader::keep(std::uint32_t sample, int pixels, const Rendered &rendered) {
    m_requested.remove(sample);
    auto *thumbnail = new Thumbnail{QPixmap::fromImage(rendered.image), rendered.problem, pixels};
    thumbnail->pixmap.setDevicePixelRatio(m_ratio);
    m_kept.insert(sample, thumbnail, costOf(rendered.image));
    Q_EMIT loaded(sample);
}

} // namespace simclr::ui
