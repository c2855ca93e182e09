// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selection.h"

#include "core/data/joined_dataset.h"
#include "core/data/selected_dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace simclr {

namespace {

using Samples = std::vector<std::uint32_t>;

Samples withoutSamples(std::uint32_t size, std::span<const std::uint32_t> leftOut) {
    std::vector<bool> isLeftOut(size);
    for (const std::uint32_t sample : leftOut)
        isLeftOut.at(sample) = true;
    Samples rest;
    for (std::uint32_t sample = 0; sample < size; ++sample)
        if (!isLeftOut[sample])
            rest.push_back(sample);
    return rest;
}

/// A dataset, and where its samples begin among joined ones.
struct Place {
    const Dataset *dataset;
    std::uint32_t first = 0;
};

/// Of the parts of joined images, or of the dataset itself.
std::vector<Place> placesOf(const Dataset &dataset) {
    if (dynamic_cast<const JoinedDataset *>(&dataset) == nullptr)
        return {{&dataset, 0}};
    std::vector<Place> places;
    std::uint32_t first = 0;
    for (const DatasetPtr &part : dataset.parts()) {
        places.push_back({part.get(), first});
        first += part->size();
    }
    return places;
}

Selection listOf(const Dataset &dataset, Samples samples, const std::string &name, Selection::Mode mode) {
    Selection selection{name, dataset.report().title, dataset.fingerprint(), mode, {}, {}};
    if (const auto places = placesOf(dataset); places.size() > 1)
        for (const Place &place : places)
            selection.parts.push_back({place.dataset->fingerprint(), place.first});
    std::ranges::sort(samples);
    samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
    for (const std::uint32_t sample : samples)
        selection.entries.push_back({sample, dataset.sampleName(sample), dataset.contentOf(sample)});
    return selection;
}

/// Samples of the dataset below a selected one.
Samples baseSamples(const SelectedDataset &selected, std::span<const std::uint32_t> samples) {
    Samples base;
    for (const std::uint32_t sample : samples)
        base.push_back(selected.baseSample(sample));
    return base;
}

/// The parts of a selection, and the place of each in a dataset, if it has the same part.
struct CommonParts {
    std::vector<Selection::Part> parts;
    std::vector<std::optional<Place>> places;

    std::size_t indexOf(std::uint32_t sample) const {
        const auto next = std::ranges::upper_bound(parts, sample, {}, &Selection::Part::firstSample);
        return static_cast<std::size_t>(next - parts.begin()) - 1; // the first part begins at 0
    }
    bool areNone() const {
        return std::ranges::none_of(places, [](const auto &place) { return place.has_value(); });
    }
};

/// Each part of the dataset is that of at most one part of the selection.
CommonParts commonParts(const Selection &selection, const Dataset &dataset) {
    const Selection::Part all{selection.fingerprint, 0};
    if (selection.fingerprint == dataset.fingerprint())
        return {{all}, {Place{&dataset, 0}}};
    CommonParts common{selection.parts.empty() ? std::vector{all} : selection.parts, {}};
    std::vector<Place> free = placesOf(dataset);
    for (const Selection::Part &part : common.parts) {
        const auto same = std::ranges::find_if(free, [&](const Place &place) {
            return !part.fingerprint.empty() && place.dataset->fingerprint() == part.fingerprint;
        });
        common.places.push_back(same == free.end() ? std::nullopt : std::optional(*same));
        if (same != free.end())
            free.erase(same);
    }
    return common;
}

/// The name of an image in its part of the selection.
std::string_view nameInPart(const Selection::Entry &entry, std::size_t part) {
    std::string_view name = entry.name;
    if (part > 0 && name.starts_with(JoinedDataset::labelledPrefix))
        name.remove_prefix(JoinedDataset::labelledPrefix.size());
    return name;
}

/// The sample of an image of a common part.
std::uint32_t findByNumber(const Selection &selection, const Selection::Entry &entry,
                           const CommonParts &common) {
    const std::size_t part = common.indexOf(entry.sample);
    const Place &place = *common.places[part];
    const std::uint32_t sample = entry.sample - common.parts[part].firstSample;
    if (sample >= place.dataset->size() || place.dataset->sampleName(sample) != nameInPart(entry, part))
        throw InvalidInput("the selection \"" + toValidUtf8(selection.name) + "\" is damaged: image " +
                           std::to_string(entry.sample) + " is not \"" + toValidUtf8(entry.name) + "\"");
    return place.first + sample;
}

/// By name and content.
Samples findByName(std::span<const Selection::Entry> entries, const Dataset &dataset) {
    std::unordered_multimap<std::string_view, std::uint64_t> wanted;
    for (const Selection::Entry &entry : entries)
        if (entry.content != 0)
            wanted.emplace(entry.name, entry.content);
    Samples found;
    if (wanted.empty())
        return found;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const std::string name = dataset.sampleName(sample);
        const auto [first, last] = wanted.equal_range(name);
        const auto match = std::find_if(
            first, last, [&](const auto &entry) { return entry.second == dataset.contentOf(sample); });
        if (match == last)
            continue;
        found.push_back(sample);
        wanted.erase(match);
    }
    return found;
}

/// What of a selection a dataset has.
struct Found {
    Samples samples; ///< in ascending order
    bool isAnyByName = false;
};

Found findEntries(const Selection &selection, const Dataset &dataset, const CommonParts &common) {
    Found found;
    std::vector<Selection::Entry> others;
    for (const Selection::Entry &entry : selection.entries)
        if (common.places[common.indexOf(entry.sample)])
            found.samples.push_back(findByNumber(selection, entry, common));
        else
            others.push_back(entry);
    const Samples byName = findByName(others, dataset);
    found.isAnyByName = !byName.empty();
    found.samples.insert(found.samples.end(), byName.begin(), byName.end());
    std::ranges::sort(found.samples);
    const auto repeated = std::ranges::unique(found.samples);
    found.samples.erase(repeated.begin(), repeated.end());
    return found;
}

} // namespace

Selection keeping(const Dataset &dataset, std::span<const std::uint32_t> samples, const std::string &name) {
    if (const auto *selected = dynamic_cast<const SelectedDataset *>(&dataset))
        return listOf(selected->base(), baseSamples(*selected, samples), name, Selection::Mode::Keep);
    return listOf(dataset, {samples.begin(), samples.end()}, name, Selection::Mode::Keep);
}

Selection leavingOut(const Dataset &dataset, std::span<const std::uint32_t> samples,
                     const std::string &name) {
    const auto *selected = dynamic_cast<const SelectedDataset *>(&dataset);
    if (selected == nullptr)
        return listOf(dataset, {samples.begin(), samples.end()}, name, Selection::Mode::LeaveOut);
    const Samples kept = baseSamples(*selected, withoutSamples(dataset.size(), samples));
    if (selected->mode() == Selection::Mode::Keep)
        return listOf(selected->base(), kept, name, Selection::Mode::Keep);
    return listOf(selected->base(), withoutSamples(selected->base().size(), kept), name,
                  Selection::Mode::LeaveOut);
}

ResolvedSelection resolve(const Selection &selection, const Dataset &dataset) {
    const CommonParts common = commonParts(selection, dataset);
    const Found found = findEntries(selection, dataset, common);
    const std::string name = "the selection \"" + toValidUtf8(selection.name) + "\"";
    if (found.samples.empty() && !selection.entries.empty() && common.areNone())
        throw InvalidInput(name + " was made of other images, \"" + toValidUtf8(selection.imagesTitle) +
                           "\": \"" + toValidUtf8(dataset.report().title) + "\" has none of them");
    ResolvedSelection resolved;
    resolved.missing = selection.entries.size() - found.samples.size();
    resolved.isOfChangedImages = found.isAnyByName || common.areNone();
    resolved.kept = selection.mode == Selection::Mode::Keep ? found.samples
                                                            : withoutSamples(dataset.size(), found.samples);
    if (resolved.kept.empty())
        throw InvalidInput(name + " leaves no image");
    return resolved;
}

} // namespace simclr
