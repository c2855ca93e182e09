// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview_renderer.h"

#include "core/augment/view_renderer.h"
#include "core/image/resample.h"
#include "ui/design/preview_samples.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace simclr::ui {

namespace {

constexpr int largestOriginal = 320;

/// The pictures of a preview, decoded. Kept between requests, because a slider changes the views alone.
class Originals {
  public:
    struct Entry {
        PreviewTile tile;
        Image full;
    };

    const std::vector<Entry> &of(const PreviewRequest &request, const std::stop_token &stop) {
        if (m_dataset != request.dataset || m_count != request.count)
            read(request, stop);
        return m_entries;
    }

  private:
    void read(const PreviewRequest &request, const std::stop_token &stop) {
        m_entries.clear();
        m_dataset = request.dataset;
        m_count = request.count;
        for (const std::uint32_t sample : previewSamples(*request.dataset, request.count)) {
            if (stop.stop_requested())
                return;
            m_entries.push_back(entryOf(*request.dataset, sample));
        }
    }

    static Entry entryOf(const Dataset &dataset, std::uint32_t sample) {
        Entry entry;
        PreviewTile &tile = entry.tile;
        tile.sample = sample;
        tile.name = QString::fromStdString(dataset.sampleName(sample));
        const int label = dataset.label(sample);
        tile.caption = label == Dataset::unlabelled
                           ? tile.name.section(QChar('/'), -1)
                           : QString::fromStdString(dataset.report().classNames[std::size_t(label)]);
        try {
            entry.full = dataset.image(sample);
            tile.originalSize = {entry.full.width(), entry.full.height()};
            tile.original = fitted(entry.full, largestOriginal);
        } catch (const std::exception &error) {
            tile.problem = QString::fromStdString(error.what());
        }
        return entry;
    }

    DatasetPtr m_dataset;
    std::size_t m_count = 0;
    std::vector<Entry> m_entries;
};

void drawViews(const ViewRenderer &renderer, const PreviewRequest &request, const Originals::Entry &entry,
               PreviewTile &tile) {
    try {
        renderer.render(entry.full, {request.seed, request.epoch, tile.sample, 0}, tile.first);
        renderer.render(entry.full, {request.seed, request.epoch, tile.sample, 1}, tile.second);
    } catch (const std::exception &error) {
        tile.problem = QString::fromStdString(error.what());
    }
}

} // namespace

/// The thread, and the one request that waits for it.
class PreviewRenderer::Worker {
  public:
    explicit Worker(PreviewRenderer &owner)
        : m_owner(owner), m_thread([this](const std::stop_token &stop) { work(stop); }) {}

    void ask(std::uint64_t generation, const PreviewRequest &request) {
        const std::lock_guard lock(m_mutex);
        m_waiting = {generation, request};
        m_wake.notify_one();
    }

  private:
    using Waiting = std::pair<std::uint64_t, PreviewRequest>;

    void work(const std::stop_token &stop) {
        for (;;) {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_waiting.has_value(); }))
                return;
            const Waiting next = *std::exchange(m_waiting, std::nullopt);
            lock.unlock();
            const PreviewPtr preview = draw(next, stop);
            if (stop.stop_requested())
                return;
            QMetaObject::invokeMethod(
                &m_owner, [&owner = m_owner, preview] { owner.deliver(preview); }, Qt::QueuedConnection);
        }
    }

    PreviewPtr draw(const Waiting &waiting, const std::stop_token &stop) {
        auto preview = std::make_shared<Preview>();
        preview->generation = waiting.first;
        preview->request = waiting.second;
        try {
            fill(*preview, stop);
        } catch (const std::exception &error) {
            preview->problem = QString::fromStdString(error.what());
        }
        return preview;
    }

    void fill(Preview &preview, const std::stop_token &stop) {
        const PreviewRequest &request = preview.request;
        const std::vector<Originals::Entry> &entries = m_originals.of(request, stop);
        for (const Originals::Entry &entry : entries)
            preview.tiles.push_back(entry.tile);
        const ViewRenderer renderer(request.pipeline, request.viewSize);
        for (std::size_t i = 0; i < entries.size() && !stop.stop_requested(); ++i)
            if (entries[i].tile.problem.isEmpty())
                drawViews(renderer, request, entries[i], preview.tiles[i]);
    }

    PreviewRenderer &m_owner;
    Originals m_originals;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Waiting> m_waiting;
    std::jthread m_thread; // last, so that it ends before what it uses
};

PreviewRenderer::PreviewRenderer(QObject *parent)
    : QObject(parent), m_worker(std::make_unique<Worker>(*this)) {}

PreviewRenderer::~PreviewRenderer() = default;

void PreviewRenderer::request(const PreviewRequest &request) {
    m_dataset = request.dataset;
    m_worker->ask(++m_asked, request);
}

/// While a slider moves, most results answer the last question but one; they are shown all the same, because
/// a picture that follows a little late is better than one that stands still. None is shown after a newer
/// one, and none of images that have been closed.
void PreviewRenderer::deliver(const PreviewPtr &preview) {
    if (preview->generation <= m_shown || preview->request.dataset != m_dataset)
        return;
    m_shown = preview->generation;
    Q_EMIT rendered(preview);
}

} // namespace simclr::ui
