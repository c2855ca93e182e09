// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/selection_export.h"

#include "core/util/atomic_file.h"
#include "core/util/csv.h"
#include "core/util/number_text.h"

#include <algorithm>

namespace simclr::ui {

namespace {

std::string className(const Dataset &images, std::int32_t label) {
    return label < 0 || label >= images.classCount() ? std::string()
                                                     : images.report().classNames[std::size_t(label)];
}

std::string lineOf(const MappedImages &images, const MapPoints &points, std::size_t row) {
    const FeatureTable &table = images.table();
    const Dataset &dataset = images.images();
    std::string line = std::to_string(table.samples[row]) + "," +
                       csvField(dataset.sampleName(table.samples[row])) + "," + nameOf(table.splits[row]) +
                       "," + csvField(className(dataset, table.labels[row])) + "," +
                       csvField(className(dataset, images.predicted[row])) + ",";
    if (row < points.size())
        line += numberText(points[row].x) + "," + numberText(points[row].y);
    else
        line += ",";
    return line + "\n";
}

} // namespace

void writeSelection(const std::filesystem::path &file, const MappedImages &images, const MapPoints &points,
                    std::span<const std::uint32_t> samples) {
    requireOutsideImages(file, images.images());
    AtomicFile csv(file);
    csv.append("index,file,split,label,prediction,x,y\n");
    const std::vector<std::uint32_t> &rows = images.table().samples;
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (std::ranges::binary_search(samples, rows[row]))
            csv.append(lineOf(images, points, row));
    csv.commit();
}

} // namespace simclr::ui
