// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/data/data_source.h"
#include "core/data/forms/form.h"
#include "core/data/joined_dataset.h"
#include "core/data/selected_dataset.h"
#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <charconv>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t usualShapesSeed = 1;

std::uint64_t shapesSeed(std::string_view text) {
    std::uint64_t seed = usualShapesSeed;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (failure != std::errc{} || end != text.data() + text.size())
        throw InvalidInput("the seed of \"shapes:SEED\" must be a whole number, not \"" + toValidUtf8(text) +
                           "\"");
    return seed;
}

void requireExisting(const fs::path &path) {
    std::error_code failure;
    if (path.empty())
        throw InvalidInput("no dataset at \"\": the path is empty");
    if (!fs::exists(path, failure))
        throw InvalidInput("no dataset at " + displayName(path) + ": no such file or folder");
}

std::string titlesOfForms() {
    std::string titles;
    for (const DataForm *form : dataForms())
        titles += (titles.empty() ? "" : ", ") + std::string(form->title);
    return titles;
}

DatasetPtr openPath(const fs::path &path, const OpenOptions &options) {
    requireExisting(path);
    for (const DataForm *form : dataForms())
        if (form->recognises(path))
            return form->open(path, options);
    throw InvalidInput(displayName(path) + " is not a dataset; supported are: " + titlesOfForms());
}

/// Whether `source` starts with "kind:"; then `rest` is the text after it.
bool hasKind(const std::string &source, std::string_view kind, std::string &rest) {
    if (!source.starts_with(kind) || source.size() <= kind.size() || source[kind.size()] != ':')
        return false;
    rest = source.substr(kind.size() + 1);
    return true;
}

DatasetPtr openSource(const std::string &source, const OpenOptions &options) {
    std::string rest;
    if (source == "shapes")
        return openShapes(usualShapesSeed);
    if (hasKind(source, "shapes", rest))
        return openShapes(shapesSeed(rest));
    for (const DataForm *form : dataForms())
        if (hasKind(source, form->id, rest)) {
            requireExisting(rest);
            return form->open(rest, options);
        }
    return openPath(source, options);
}

DatasetPtr openPart(const std::string &source, const OpenOptions &options) {
    const auto open = std::ranges::find_if(
        options.openParts, [&](const DatasetPtr &each) { return each->report().source == source; });
    return open != options.openParts.end() ? *open : openSource(source, options);
}

/// What is left of the memory for decoded images.
std::uintmax_t budgetBeside(const DatasetReport &open, const OpenOptions &options) {
    const std::uintmax_t side = static_cast<std::uintmax_t>(open.usualSide);
    const std::uintmax_t used = open.inMemory ? side * side * 3 * open.images : 0;
    return options.memoryBudget - std::min(used, options.memoryBudget);
}

/// A preview shows the images to learn from.
DatasetPtr openJoined(const DataSource &source, const OpenOptions &options) {
    const DatasetPtr images = openPart(source.images, options);
    OpenOptions others = options;
    others.openingPreview = nullptr;
    others.memoryBudget = budgetBeside(images->report(), options);
    others.openParts.push_back(images); // both may be the same
    const DatasetPtr labelled = source.labelled == source.images ? images : openPart(source.labelled, others);
    return std::make_shared<JoinedDataset>(images, labelled);
}

/// Without a selection. Images alone are read again, since they may have changed.
DatasetPtr openAll(const DataSource &source, const OpenOptions &options) {
    return source.labelled.empty() ? openSource(source.images, options) : openJoined(source, options);
}

/// All images may be open already, with another selection or without one. A preview shows all of them.
DatasetPtr openSelected(const DataSource &source, const OpenOptions &options) {
    const Selection selection = loadSelection(source.selection); // if it is unusable, nothing is opened
    const DataSource all{source.images, source.labelled, {}};
    const auto open = std::ranges::find_if(options.openParts, [text = toText(all)](const DatasetPtr &each) {
        return each->report().source == text;
    });
    const DatasetPtr base = open != options.openParts.end() ? *open : openAll(all, options);
    DataSource opened = dataSourceFromText(base->report().source); // with the forms that were found
    opened.selection = source.selection;
    return std::make_shared<SelectedDataset>(base, selection, toText(opened));
}

DatasetPtr openParts(const DataSource &source, const OpenOptions &options) {
    return source.selection.empty() ? openAll(source, options) : openSelected(source, options);
}

} // namespace

DatasetPtr openDataset(const std::string &source, const OpenOptions &options) {
    try {
        return openParts(dataSourceFromText(source), options);
    } catch (const fs::filesystem_error &error) {
        throw IoError("cannot read " + toValidUtf8(source) + ": " + error.code().message());
    }
}

void countSamples(const Dataset &dataset, DatasetReport &report) {
    report.images = dataset.size();
    report.classCounts.assign(report.classNames.size(), 0);
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const int label = dataset.label(sample);
        if (label >= 0)
            ++report.classCounts[static_cast<std::size_t>(label)];
        const bool canTest = label >= 0 || report.classNames.empty(); // beside labelled ones, only those
        report.hasTestSplit = report.hasTestSplit || (canTest && dataset.isTestSample(sample));
    }
}

ListedDataset::ListedDataset(DatasetReport report, std::vector<SampleInfo> samples, std::string fingerprint)
    : m_report(std::move(report)), m_samples(std::move(samples)), m_fingerprint(std::move(fingerprint)) {
    countSamples(*this, m_report);
}

MemoryDataset::MemoryDataset(DatasetReport report, std::vector<SampleInfo> samples, std::vector<Image> images,
                             std::string fingerprint)
    : ListedDataset(std::move(report), std::move(samples), std::move(fingerprint)),
      m_images(std::move(images)) {}

} // namespace simclr
