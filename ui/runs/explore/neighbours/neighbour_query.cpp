// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/neighbours/neighbour_query.h"

#include "core/image/codec.h"
#include "core/layout/neighbours.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(NeighbourQuery)
};

QString noteOf(float distance, bool isOtherClass) {
    const QString text = QLocale().toString(double(distance), 'f', 3);
    return isOtherClass ? Texts::tr("%1 · other class").arg(text) : text;
}

FoundNeighbours describe(const MappedImages &images, const std::vector<Neighbour> &nearest, int label) {
    const FeatureTable &table = images.table();
    FoundNeighbours found;
    found.isLabelled = label != Dataset::unlabelled;
    for (const Neighbour &each : nearest) {
        const int other = table.labels[each.row];
        const bool areKnown = found.isLabelled && other != Dataset::unlabelled;
        found.sameClass += areKnown && other == label ? 1 : 0;
        found.rows.push_back(each.row);
        found.items.push_back({table.samples[each.row], other, images.predicted[each.row],
                               noteOf(each.distance, areKnown && other != label)});
    }
    return found;
}

template <typename Search>
FoundNeighbours explained(Search search) {
    try {
        return search();
    } catch (const Error &error) {
        FoundNeighbours none;
        none.problem = QString::fromStdString(error.what());
        return none;
    }
}

} // namespace

FoundNeighbours neighboursOfImage(const NeighbourSource &source, std::uint32_t sample, std::size_t count) {
    return explained([&] {
        const FeatureTable &table = source.images.table();
        const std::size_t row = rowOf(table, sample);
        return describe(source.images, nearestToRow(table, row, count, FeatureDistance::Cosine),
                        table.labels[row]);
    });
}

FoundNeighbours neighboursOfFile(const NeighbourSource &source, const std::filesystem::path &file,
                                 std::size_t count) {
    return explained([&] {
        const std::vector<float> features =
            featuresOfImage(source.run, readImage(file), displayName(file), source.request);
        return describe(source.images,
                        nearestTo(source.images.table(), features, count, FeatureDistance::Cosine),
                        Dataset::unlabelled);
    });
}

std::size_t commonImages(const FoundNeighbours &one, const FoundNeighbours &other) {
    return static_cast<std::size_t>(std::ranges::count_if(one.items, [&other](const GalleryItem &item) {
        return std::ranges::find(other.items, item.sample, &GalleryItem::sample) != other.items.end();
    }));
}

} // namespace simclr::ui
