// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/confusion_items.h"

#include <QCoreApplication>
#include <unordered_map>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ConfusionItems)
};

bool isAt(const MatrixPlace &place, std::int32_t label, std::int32_t predicted) {
    const bool isRow = !place.label || static_cast<std::int32_t>(*place.label) == label;
    const bool isColumn = !place.predicted || static_cast<std::int32_t>(*place.predicted) == predicted;
    const bool isCell = place.label && place.predicted;
    return isRow && isColumn && (isCell || label != predicted);
}

} // namespace

std::vector<GalleryItem> itemsAt(const RunConfusion &run, const MatrixPlace &place) {
    const Predictions &all = run.predictions;
    std::vector<GalleryItem> items;
    for (std::size_t i = 0; i < all.samples.size(); ++i)
        if (isAt(place, all.labels[i], all.predicted[i]))
            items.push_back(
                {static_cast<std::uint32_t>(all.samples[i]), all.labels[i], all.predicted[i], {}});
    return items;
}

std::vector<GalleryItem> itemsThatDiffer(const RunConfusion &first, const RunConfusion &second,
                                         const MatrixPlace &place, const DatasetPtr &names) {
    std::unordered_map<std::int32_t, std::int32_t> predictedByFirst;
    for (std::size_t i = 0; i < first.predictions.samples.size(); ++i)
        predictedByFirst.emplace(first.predictions.samples[i], first.predictions.predicted[i]);
    const Predictions &all = second.predictions;
    std::vector<GalleryItem> items;
    for (std::size_t i = 0; i < all.samples.size(); ++i) {
        const auto other = predictedByFirst.find(all.samples[i]);
        if (other == predictedByFirst.end() ||
            isAt(place, all.labels[i], other->second) == isAt(place, all.labels[i], all.predicted[i]))
            continue;
        items.push_back({static_cast<std::uint32_t>(all.samples[i]), all.labels[i], all.predicted[i],
                         Texts::tr("first: %1").arg(classText(names.get(), other->second))});
    }
    return items;
}

std::vector<GalleryItem> worstItems(const ConfusionReading &reading) {
    std::vector<GalleryItem> items;
    for (const MistakenImage &image : reading.worst)
        items.push_back({static_cast<std::uint32_t>(image.sample), image.label, image.predicted,
                         Texts::tr("%1 of %2").arg(image.wrong).arg(image.evaluations)});
    return items;
}

} // namespace simclr::ui
