// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_originals.h"

#include "core/image/codec.h"
#include "core/image/resample.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int largestOriginal = 320;

using Entry = PreviewOriginals::Entry;

template <typename Read>
void readInto(Entry &entry, Read read) {
    try {
        entry.full = read();
        entry.tile.originalSize = {entry.full.width(), entry.full.height()};
        entry.tile.original = fitted(entry.full, largestOriginal);
    } catch (const std::exception &error) {
        entry.tile.problem = QString::fromStdString(error.what());
    }
}

Entry entryOf(const Dataset &dataset, std::uint32_t sample) {
    Entry entry;
    PreviewTile &tile = entry.tile;
    tile.sample = sample;
    tile.isForTesting = dataset.isTestSample(sample);
    tile.name = QString::fromStdString(dataset.sampleName(sample));
    const int label = dataset.label(sample);
    tile.caption = label == Dataset::unlabelled
                       ? tile.name.section(QChar('/'), -1)
                       : QString::fromStdString(dataset.report().classNames[std::size_t(label)]);
    readInto(entry, [&] { return dataset.image(sample); });
    return entry;
}

Entry entryOf(const OwnImage &own, std::uint32_t index) {
    if (own.dataset)
        return entryOf(*own.dataset, own.sample);
    Entry entry;
    entry.tile.sample = index;
    entry.tile.name = entry.tile.caption = own.name;
    readInto(entry, [&] { return own.image.isEmpty() ? readImage(own.file) : own.image; });
    return entry;
}

/// Index of the first image of a page, limited to the number of images.
std::size_t within(std::size_t first, std::size_t count, std::size_t total) {
    if (first < total)
        return first;
    return total > count ? total - count : 0;
}

} // namespace

const std::vector<Entry> &PreviewOriginals::of(PreviewRequest &request, const std::stop_token &stop) {
    const bool isOther = arrange(request);
    if (isOther)
        m_entries.clear();
    request.first = within(request.first, request.count, total());
    const Page page{request.first, std::min(request.count, total() - request.first)};
    if (isOther || page != m_page)
        read(page, stop);
    return m_entries;
}

/// Returns whether the sequence of images has changed.
bool PreviewOriginals::arrange(const PreviewRequest &request) {
    const bool isSame =
        m_dataset == request.dataset && m_own == request.own && (m_own || m_order == request.order);
    if (isSame)
        return false;
    m_dataset = request.dataset;
    m_own = request.own;
    m_order = request.order;
    m_samples = m_own ? std::vector<std::uint32_t>() : orderedSamples(*m_dataset, m_order);
    return true;
}

/// Images on both pages are not decoded again.
void PreviewOriginals::read(const Page &page, const std::stop_token &stop) {
    const Page before = std::exchange(m_page, page);
    std::vector<Entry> old = std::exchange(m_entries, std::vector<Entry>(page.count));
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < page.count; ++i) {
        const std::size_t place = page.first + i;
        if (place >= before.first && place - before.first < old.size())
            m_entries[i] = std::move(old[place - before.first]);
        else
            missing.push_back(i);
    }
    old.clear(); // frees memory for the new images
    parallelFor(missing.size(), 0, [&](std::size_t i) {
        if (!stop.stop_requested())
            m_entries[missing[i]] = entryAt(page.first + missing[i]);
    });
    if (stop.stop_requested()) { // some may be missing
        m_page = {};
        m_entries.clear();
    }
}

Entry PreviewOriginals::entryAt(std::size_t place) const {
    return m_own ? entryOf((*m_own)[place], std::uint32_t(place)) : entryOf(*m_dataset, m_samples[place]);
}

} // namespace simclr::ui
