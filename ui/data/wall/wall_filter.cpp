// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/wall_filter.h"

#include <algorithm>

namespace simclr::ui {

namespace {

bool hasSize(const FilteredImages &images, WallFilter::Size wanted, std::uint32_t sample) {
    if (wanted == WallFilter::Size::Any)
        return true;
    if (!images.statistics)
        return false;
    const ImageStatistics &statistics = *images.statistics;
    if (wanted == WallFilter::Size::Unreadable)
        return std::ranges::binary_search(statistics.unreadable, sample);
    const ImageSize &size = statistics.sizes[sample];
    const bool isSmaller = std::min(size.width, size.height) < images.trainingSide;
    return size.width > 0 && isSmaller == (wanted == WallFilter::Size::Smaller);
}

bool isNamed(const Dataset &dataset, const QString &text, std::uint32_t sample) {
    return text.isEmpty() ||
           QString::fromStdString(dataset.sampleName(sample)).contains(text, Qt::CaseInsensitive);
}

bool hasValue(const Dataset &dataset, const std::optional<ColumnValue> &wanted, std::uint32_t sample) {
    return !wanted || dataset.columnValue(sample, wanted->column) == wanted->value;
}

bool matches(const FilteredImages &images, const WallFilter &filter, std::uint32_t sample) {
    if (filter.label && images.dataset->label(sample) != *filter.label)
        return false;
    if (filter.split && (!images.splits || images.splits->of(sample) != *filter.split))
        return false;
    return hasSize(images, filter.size, sample) && isNamed(*images.dataset, filter.text, sample) &&
           hasValue(*images.dataset, filter.columnValue, sample);
}

} // namespace

std::vector<std::uint32_t> matchingSamples(const FilteredImages &images, const WallFilter &filter,
                                           const std::stop_token &stop) {
    constexpr std::uint32_t often = 4096;
    std::vector<std::uint32_t> samples;
    for (std::uint32_t sample = 0; sample < images.dataset->size(); ++sample) {
        if (sample % often == 0 && stop.stop_requested())
            break;
        if (matches(images, filter, sample))
            samples.push_back(sample);
    }
    return samples;
}

} // namespace simclr::ui
