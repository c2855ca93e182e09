// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_renderer.h"

#include "core/augment/view_renderer.h"
#include "core/image/resample.h"
#include "core/util/parallel.h"
#include "ui/design/preview/preview_originals.h"
#include "ui/text/step_titles.h"

#include <algorithm>

namespace simclr::ui {

namespace {

using Entry = PreviewOriginals::Entry;

constexpr int largestFrame = 320;

/// One core is left to the UI thread, which paints the previous preview.
int renderThreads() {
    return std::max(1, coreCount() - 1);
}

ViewKey keyOf(const PreviewRequest &request, std::uint32_t sample, int view, std::uint32_t later = 0) {
    return {request.seed, request.epoch + later, sample, std::uint16_t(view)};
}

void renderViews(const ViewRenderer &renderer, const PreviewRequest &request, const Entry &entry,
                 Image &first, Image &second) {
    renderer.render(entry.full, keyOf(request, entry.tile.sample, 0), first);
    renderer.render(entry.full, keyOf(request, entry.tile.sample, 1), second);
}

std::vector<FilmFrame> film(const ViewRenderer &renderer, const PreviewRequest &request, const Entry &entry,
                            int view) {
    std::vector<FilmFrame> frames;
    const std::vector<PipelineStep> &steps = request.pipeline.stepsOf(view);
    for (TracedStep &traced : renderer.trace(entry.full, keyOf(request, entry.tile.sample, view))) {
        FilmFrame frame{traced.step, stepTitle(steps[traced.step]), traced.isApplied, {}, {}};
        for (const SampledValue &sampled : traced.sampled)
            frame.sampled.append(QString::fromStdString(sampled.what + ' ' + sampled.value));
        frame.after = fitted(traced.after, largestFrame);
        frames.push_back(std::move(frame));
    }
    return frames;
}

/// Renders a request into its answer.
class Rendering {
  public:
    Rendering(Preview &preview, const std::vector<Entry> &entries, const std::stop_token &stop)
        : m_preview(preview), m_request(preview.request), m_entries(entries), m_stop(stop) {}

    void render() {
        const ViewRenderer renderer(m_request.pipeline, m_request.viewSize);
        switch (m_request.mode) {
        case PreviewMode::Grid:
            renderAll(renderer, &PreviewTile::first, &PreviewTile::second);
            break;
        case PreviewMode::Comparison:
            renderAll(renderer, &PreviewTile::first, &PreviewTile::second);
            renderAll(ViewRenderer(m_request.other, m_request.viewSize), &PreviewTile::otherFirst,
                      &PreviewTile::otherSecond);
            break;
        case PreviewMode::Filmstrip:
            if (const Entry *entry = focused())
                for (const int view : {0, 1})
                    m_preview.film[std::size_t(view)] = film(renderer, m_request, *entry, view);
            break;
        case PreviewMode::Sheet:
            renderSheet(renderer);
        }
    }

  private:
    const Entry *focused() const {
        const bool isThere =
            m_request.focus < m_entries.size() && m_entries[m_request.focus].tile.problem.isEmpty();
        return isThere ? &m_entries[m_request.focus] : nullptr;
    }

    void renderAll(const ViewRenderer &renderer, Image PreviewTile::*first, Image PreviewTile::*second) {
        parallelFor(m_entries.size(), renderThreads(), [&](std::size_t i) {
            PreviewTile &tile = m_preview.tiles[i];
            if (m_stop.stop_requested() || !tile.problem.isEmpty())
                return;
            try {
                renderViews(renderer, m_request, m_entries[i], tile.*first, tile.*second);
            } catch (const std::exception &error) {
                tile.problem = QString::fromStdString(error.what());
            }
        });
    }

    void renderSheet(const ViewRenderer &renderer) {
        const Entry *entry = focused();
        if (!entry)
            return;
        m_preview.sheet.resize(m_request.draws);
        parallelFor(m_request.draws, renderThreads(), [&](std::size_t i) {
            if (!m_stop.stop_requested())
                renderer.render(entry->full,
                                keyOf(m_request, entry->tile.sample, int(i % 2), std::uint32_t(i / 2)),
                                m_preview.sheet[i]);
        });
    }

    Preview &m_preview;
    const PreviewRequest &m_request;
    const std::vector<Entry> &m_entries;
    std::stop_token m_stop;
};

void fill(Preview &preview, PreviewOriginals &originals, const std::stop_token &stop) {
    const std::vector<Entry> &entries = originals.of(preview.request, stop);
    preview.total = originals.total();
    for (const Entry &entry : entries)
        preview.tiles.push_back(entry.tile);
    if (preview.request.focus >= entries.size())
        preview.request.focus = 0; // there are fewer images than before
    Rendering(preview, entries, stop).render();
}

PreviewPtr answerTo(const PreviewRequest &request, PreviewOriginals &originals, const std::stop_token &stop) {
    auto preview = std::make_shared<Preview>();
    preview->request = request;
    try {
        fill(*preview, originals, stop);
    } catch (const std::exception &error) {
        preview->problem = QString::fromStdString(error.what());
    }
    return preview;
}

} // namespace

PreviewRenderer::PreviewRenderer(QObject *parent)
    : QObject(parent), m_originals(std::make_unique<PreviewOriginals>()) {}

PreviewRenderer::~PreviewRenderer() = default;

void PreviewRenderer::request(const PreviewRequest &request) {
    m_dataset = request.dataset;
    m_own = request.own;
    m_worker.ask(
        [&originals = *m_originals, request](const BackgroundWorker::Task &task) {
            return answerTo(request, originals, task.stop());
        },
        [this](const PreviewPtr &preview) { deliver(preview); });
}

void PreviewRenderer::forget() {
    m_dataset = nullptr;
    m_own = nullptr;
    m_worker.cancel();
}

/// While a slider moves, most results answer an earlier request; they are shown all the same, because a
/// preview with a short delay is better than one that does not move. A result is not shown if its images have
/// been closed.
void PreviewRenderer::deliver(const PreviewPtr &preview) {
    if (preview->request.dataset == m_dataset && preview->request.own == m_own)
        Q_EMIT rendered(preview);
}

} // namespace simclr::ui
