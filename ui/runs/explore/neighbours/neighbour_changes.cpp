// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/neighbours/neighbour_changes.h"

#include "core/embed/nearest_rows.h"
#include "core/util/error.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <numeric>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(NeighbourChanges)
};

ComparedImages problem(const QString &text) {
    ComparedImages images;
    images.problem = text;
    return images;
}

std::vector<GalleryItem> itemsOf(const MappedImages &images) {
    const FeatureTable &table = images.table();
    std::vector<GalleryItem> items;
    for (std::size_t row = 0; row < table.rows(); ++row)
        items.push_back({table.samples[row], table.labels[row], images.predicted[row], {}});
    return items;
}

/// Of each row, the Jaccard index of its neighbours in both; nothing if it was stopped.
std::optional<std::vector<float>> overlaps(const FeatureTable &first, const FeatureTable &second,
                                           const std::stop_token &stop) {
    NeighbourOptions options;
    options.k = NeighbourChanges::neighbours;
    const auto one = nearestRows(first, options, stop);
    const auto other = one ? nearestRows(second, options, stop) : std::nullopt;
    return other ? std::optional(neighbourOverlap(*one, *other)) : std::nullopt;
}

/// The smallest overlap first; equal ones by image.
void sortByOverlap(ComparedImages &images, const std::vector<float> &overlap) {
    std::vector<std::size_t> order(overlap.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&overlap](std::size_t row) { return overlap[row]; });
    std::vector<GalleryItem> sorted;
    for (const std::size_t row : order) {
        sorted.push_back(images.items[row]);
        sorted.back().note = Texts::tr("overlap %1").arg(QLocale().toString(double(overlap[row]), 'f', 2));
    }
    images.items = std::move(sorted);
    const double mean = std::accumulate(overlap.begin(), overlap.end(), 0.0) / double(overlap.size());
    images.heading = Texts::tr("Most changed first · mean overlap %1").arg(QLocale().toString(mean, 'f', 2));
}

} // namespace

NeighbourChanges::NeighbourChanges(FeatureCache &features, QObject *parent)
    : QObject(parent), m_features(features) {}

std::optional<ComparedImages> NeighbourChanges::load(const std::vector<RunRecord> &runs,
                                                     const FeatureRequest &request,
                                                     const BackgroundWorker::Task &task) {
    ComparedImages loaded;
    for (const RunRecord &run : runs) {
        FeatureRequest reporting = request;
        reporting.progress = [this, &task](std::size_t done, std::size_t all) {
            task.post([this, done, all] { Q_EMIT embedded(done, all); });
        };
        MappedImages images;
        images.features = m_features.load(run, reporting, task.stop());
        if (!images.features)
            return std::nullopt;
        images.predicted = predictedClasses(run, *images.features);
        loaded.sources.push_back(
            std::make_shared<const NeighbourSource>(NeighbourSource{run, request, images}));
    }
    loaded.items = itemsOf(loaded.sources.front()->images);
    loaded.heading = Texts::tr("Images");
    return loaded;
}

void NeighbourChanges::compare(const std::vector<RunRecord> &runs, const FeatureRequest &request) {
    const auto work = [this, runs, request](const BackgroundWorker::Task &task) {
        try {
            auto loaded = load(runs, request, task);
            if (!loaded || loaded->sources.size() < 2)
                return loaded.value_or(ComparedImages());
            const MappedImages &first = loaded->sources[0]->images;
            const MappedImages &second = loaded->sources[1]->images;
            if (first.images().fingerprint() != second.images().fingerprint() ||
                first.table().samples != second.table().samples)
                return problem(tr("The neighbours cannot be compared: these runs have different images in "
                                  "this split. Runs of one seed have the same ones."));
            if (const auto overlap = overlaps(first.table(), second.table(), task.stop()))
                sortByOverlap(*loaded, *overlap);
            return *loaded;
        } catch (const Error &error) {
            return problem(QString::fromStdString(error.what()));
        }
    };
    m_worker.ask(work, [this](const ComparedImages &images) { Q_EMIT compared(images); });
}

} // namespace simclr::ui
