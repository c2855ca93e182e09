// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/tile_loader.h"

#include "core/util/core_count.h"

#include <QImage>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <mutex>
#include <optional>

namespace simclr::ui {

namespace {

using Clock = std::chrono::steady_clock;

/// Tiles are passed to the UI thread after this time, several at once if they are small.
constexpr std::chrono::milliseconds betweenPosts{8};

/// One core is left to the UI thread.
int loadingThreads() {
    return std::clamp(coreCount() - 1, 1, 4);
}

/// Fitted into a square; pixels of small images stay visible as such. RGB32, which a pixmap takes as it is.
QImage scaledTo(const Image &image, int side) {
    const QImage source(image.data(), image.width(), image.height(), image.bytesPerRow(),
                        QImage::Format_RGB888);
    const QSize target = source.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    const bool isEnlarged = target.width() > source.width();
    return source.convertToFormat(QImage::Format_RGB32)
        .scaled(target, Qt::IgnoreAspectRatio,
                isEnlarged ? Qt::FastTransformation : Qt::SmoothTransformation);
}

int costOf(const QPixmap &pixmap) {
    return 1 + int(qint64(pixmap.width()) * pixmap.height() * 4 >> 10);
}

} // namespace

struct TileLoader::Rendered {
    std::uint32_t sample = 0;
    int generation = 0;
    int pixels = 0;
    QImage image;
    QString problem;
    ImageSize size;
};

/// What is to be loaded; shared by the threads.
struct TileLoader::Queue {
    struct Item {
        DatasetPtr dataset;
        std::uint32_t sample = 0;
        int generation = 0;
        int pixels = 0;
    };

    std::optional<Item> next() {
        const std::lock_guard lock(mutex);
        if (items.empty())
            return std::nullopt;
        Item item = std::move(items.front());
        items.pop_front();
        return item;
    }

    std::mutex mutex; ///< guards items
    std::deque<Item> items;
};

TileLoader::TileLoader(qint64 mostBytes, QObject *parent)
    : QObject(parent), m_kept(int(mostBytes >> 10)), m_queue(std::make_shared<Queue>()) {
    for (int i = 0; i < loadingThreads(); ++i)
        m_workers.push_back(std::make_unique<BackgroundWorker>(BackgroundWorker::Policy::FinishCurrent));
}

TileLoader::~TileLoader() {
    for (const auto &worker : m_workers)
        worker->cancel(); // all of them before the first is waited for
}

void TileLoader::setDataset(const DatasetPtr &dataset) {
    if (dataset == m_dataset)
        return;
    m_dataset = dataset;
    ++m_generation;
    m_kept.clear();
    want({});
}

void TileLoader::setSide(int side, qreal ratio) {
    if (side == m_side && ratio == m_ratio)
        return;
    m_side = side;
    m_ratio = ratio;
    ++m_generation;
    want({});
}

int TileLoader::pixels() const {
    return int(std::lround(m_side * m_ratio));
}

const TileLoader::Tile *TileLoader::tile(std::uint32_t sample) const {
    return m_kept.object(sample);
}

bool TileLoader::isMissing(std::uint32_t sample) const {
    const Tile *known = m_kept.object(sample);
    return sample < m_dataset->size() && (known == nullptr || known->pixels != pixels());
}

void TileLoader::want(const std::vector<std::uint32_t> &samples) {
    std::deque<Queue::Item> items;
    for (const std::uint32_t sample : samples)
        if (m_dataset != nullptr && isMissing(sample))
            items.push_back({m_dataset, sample, m_generation, pixels()});
    const bool isIdle = items.empty();
    {
        const std::lock_guard lock(m_queue->mutex);
        m_queue->items.swap(items);
    }
    for (const auto &worker : m_workers)
        if (!isIdle)
            worker->ask(
                [this, queue = m_queue](const BackgroundWorker::Task &task) { drain(task, *queue, *this); },
                [] {});
}

/// In a thread of `loader`, which is used only in the UI thread.
void TileLoader::drain(const BackgroundWorker::Task &task, Queue &queue, TileLoader &loader) {
    std::vector<Rendered> done;
    Clock::time_point posted = Clock::now();
    const auto post = [&] {
        task.post([&loader, tiles = std::move(done)] { loader.keep(tiles); });
        done.clear();
        posted = Clock::now();
    };
    while (!task.stop().stop_requested()) {
        const std::optional<Queue::Item> item = queue.next();
        if (!item)
            break;
        done.push_back(render(*item->dataset, item->sample, item->pixels));
        done.back().generation = item->generation;
        if (Clock::now() - posted >= betweenPosts)
            post();
    }
    if (!done.empty())
        post();
}

TileLoader::Rendered TileLoader::render(const Dataset &dataset, std::uint32_t sample, int pixels) {
    try {
        const Image image = dataset.image(sample);
        return {sample, 0, pixels, scaledTo(image, pixels), {}, {image.width(), image.height()}};
    } catch (const std::exception &error) {
        return {sample, 0, pixels, {}, QString::fromStdString(error.what()), {}};
    }
}

void TileLoader::keep(const std::vector<Rendered> &rendered) {
    QList<quint32> samples;
    for (const Rendered &each : rendered) {
        if (each.generation != m_generation)
            continue;
        auto *tile = new Tile{QPixmap::fromImage(each.image), each.problem, each.size, each.pixels};
        tile->pixmap.setDevicePixelRatio(m_ratio);
        m_kept.insert(each.sample, tile, costOf(tile->pixmap)); // which may delete it, if it is too large
        samples.append(each.sample);
    }
    if (!samples.isEmpty())
        Q_EMIT loaded(samples);
}

} // namespace simclr::ui
