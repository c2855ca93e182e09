// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/joined_dataset.h"

#include "core/data/data_source.h"
#include "core/data/dataset_messages.h"
#include "core/util/error.h"
#include "core/util/hash.h"
#include "core/util/json.h"

#include <algorithm>
#include <limits>

namespace simclr {

namespace {

std::string joinedFingerprint(const Dataset &images, const Dataset &labelled) {
    return sha256(toLine(Json::array({"joined", images.fingerprint(), labelled.fingerprint()})));
}

ImageSize smallerOf(const ImageSize &one, const ImageSize &other) {
    return {std::min(one.width, other.width), std::min(one.height, other.height)};
}

ImageSize largerOf(const ImageSize &one, const ImageSize &other) {
    return {std::max(one.width, other.width), std::max(one.height, other.height)};
}

bool hasUsableLabels(const DatasetReport &labelled) {
    return labelled.classNames.size() > 1;
}

/// Notes name their part, since they may concern folders of the same name.
std::vector<Message> notesOf(const DatasetReport &images, const DatasetReport &labelled) {
    std::vector<Message> notes;
    for (const Message &note : images.notes)
        notes.push_back(datasetMessage("of_images", images.title, note));
    for (const Message &note : labelled.notes)
        notes.push_back(datasetMessage("of_labelled", labelled.title, note));
    if (!hasUsableLabels(labelled))
        notes.push_back(datasetMessage("labelled_without_labels", labelled.title));
    return notes;
}

std::vector<BrokenFile> brokenOf(const DatasetReport &images, const DatasetReport &labelled) {
    constexpr std::size_t mostListed = 1000;
    std::vector<BrokenFile> broken = images.broken;
    broken.insert(broken.end(), labelled.broken.begin(), labelled.broken.end());
    broken.resize(std::min(broken.size(), mostListed));
    return broken;
}

/// Classes and splits are those of the labelled images, the usual size that of the images to learn from.
DatasetReport joinedReport(const DatasetReport &images, const DatasetReport &labelled) {
    DatasetReport report;
    report.kind = "joined";
    report.title = images.title + " + " + labelled.title;
    report.source = toText(DataSource{images.source, labelled.source, {}});
    if (hasUsableLabels(labelled)) {
        report.classNames = labelled.classNames;
        report.classCounts = labelled.classCounts;
    }
    report.images = images.images + labelled.images;
    report.hasTestSplit = labelled.hasTestSplit;
    report.inMemory = images.inMemory && labelled.inMemory;
    report.smallest = smallerOf(images.smallest, labelled.smallest);
    report.largest = largerOf(images.largest, labelled.largest);
    report.usualSide = images.usualSide;
    report.notes = notesOf(images, labelled);
    report.broken = brokenOf(images, labelled);
    report.brokenCount = images.brokenCount + labelled.brokenCount;
    return report;
}

void requireCountable(const Dataset &images, const Dataset &labelled) {
    const std::uint64_t all = std::uint64_t{images.size()} + labelled.size();
    if (all > std::numeric_limits<std::uint32_t>::max())
        throw InvalidInput("\"" + images.report().title + "\" and \"" + labelled.report().title +
                           "\" together have " + std::to_string(all) + " images, more than can be used");
}

} // namespace

JoinedDataset::JoinedDataset(DatasetPtr images, DatasetPtr labelled)
    : m_images(std::move(images)),
      m_labelled(std::move(labelled)),
      m_first(m_images->size()),
      m_fingerprint(joinedFingerprint(*m_images, *m_labelled)),
      m_report(joinedReport(m_images->report(), m_labelled->report())) {
    requireCountable(*m_images, *m_labelled);
}

JoinedDataset::Place JoinedDataset::placeOf(std::uint32_t sample) const {
    return isOfLabelledPart(sample) ? Place{*m_labelled, sample - m_first} : Place{*m_images, sample};
}

int JoinedDataset::label(std::uint32_t sample) const {
    return isLabelled() && isOfLabelledPart(sample) ? m_labelled->label(sample - m_first) : unlabelled;
}

bool JoinedDataset::isTestSample(std::uint32_t sample) const {
    const auto [part, index] = placeOf(sample);
    return part.isTestSample(index);
}

std::string JoinedDataset::sampleName(std::uint32_t sample) const {
    const auto [part, index] = placeOf(sample);
    return std::string(isOfLabelledPart(sample) ? labelledPrefix : "") + part.sampleName(index);
}

std::uint64_t JoinedDataset::contentOf(std::uint32_t sample) const {
    const auto [part, index] = placeOf(sample);
    return part.contentOf(index);
}

Image JoinedDataset::image(std::uint32_t sample) const {
    const auto [part, index] = placeOf(sample);
    return part.image(index);
}

std::optional<std::string> JoinedDataset::encodedImage(std::uint32_t sample) const {
    const auto [part, index] = placeOf(sample);
    return part.encodedImage(index);
}

std::vector<std::string> JoinedDataset::columnNames() const {
    std::vector<std::string> names = m_images->columnNames();
    for (std::string &name : m_labelled->columnNames())
        if (std::ranges::find(names, name) == names.end())
            names.push_back(std::move(name));
    return names;
}

std::string JoinedDataset::columnValue(std::uint32_t sample, const std::string &column) const {
    const auto [part, index] = placeOf(sample);
    return part.columnValue(index, column);
}

namespace {

/// The joined images below a dataset, which may be itself; null if there are none.
const JoinedDataset *joinedBelow(const Dataset &dataset) {
    if (const auto *joined = dynamic_cast<const JoinedDataset *>(&dataset))
        return joined;
    for (const DatasetPtr &part : dataset.parts())
        if (const JoinedDataset *joined = joinedBelow(*part))
            return joined;
    return nullptr;
}

/// Of the labelled images of `all`: a selection of joined images, which also finds them alone. Sizes and
/// broken files are those of the labelled part.
DatasetReport reportOfLabelled(const Dataset &all, std::size_t images) {
    DatasetReport report = all.report();
    report.images = images;
    const JoinedDataset *joined = joinedBelow(all);
    if (joined == nullptr)
        return report;
    const DatasetReport &labelled = joined->parts().back()->report();
    DataSource source = dataSourceFromText(report.source);
    report.source = toText(DataSource{labelled.source, {}, source.selection});
    if (const std::string &title = joined->report().title; report.title.starts_with(title))
        report.title = labelled.title + report.title.substr(title.size());
    report.inMemory = labelled.inMemory;
    report.smallest = labelled.smallest;
    report.largest = labelled.largest;
    report.usualSide = labelled.usualSide;
    report.broken = labelled.broken;
    report.brokenCount = labelled.brokenCount;
    return report;
}

/// The labelled images of a dataset that has others before them, if no part is just these.
class LabelledImages final : public Dataset {
  public:
    explicit LabelledImages(DatasetPtr all)
        : m_all(std::move(all)),
          m_part(m_all->labelledPart()),
          m_report(reportOfLabelled(*m_all, m_all->size() - m_part.firstSample)) {}

    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_part.fingerprint; }
    std::uint32_t size() const override { return m_all->size() - m_part.firstSample; }
    int label(std::uint32_t sample) const override { return m_all->label(placeOf(sample)); }
    bool isTestSample(std::uint32_t sample) const override { return m_all->isTestSample(placeOf(sample)); }
    /// As without other images before them.
    std::string sampleName(std::uint32_t sample) const override {
        std::string name = m_all->sampleName(placeOf(sample));
        return name.starts_with(JoinedDataset::labelledPrefix)
                   ? name.substr(JoinedDataset::labelledPrefix.size())
                   : name;
    }
    std::uint64_t contentOf(std::uint32_t sample) const override { return m_all->contentOf(placeOf(sample)); }
    Image image(std::uint32_t sample) const override { return m_all->image(placeOf(sample)); }
    std::optional<std::string> encodedImage(std::uint32_t sample) const override {
        return m_all->encodedImage(placeOf(sample));
    }
    std::vector<std::string> columnNames() const override { return m_all->columnNames(); }
    std::string columnValue(std::uint32_t sample, const std::string &column) const override {
        return m_all->columnValue(placeOf(sample), column);
    }
    std::vector<DatasetPtr> parts() const override { return {m_all}; }

  private:
    std::uint32_t placeOf(std::uint32_t sample) const { return m_part.firstSample + sample; }

    DatasetPtr m_all;
    LabelledPart m_part;
    DatasetReport m_report;
};

/// The part, or part of a part, with this fingerprint; null if there is none.
DatasetPtr partWith(const std::string &fingerprint, const DatasetPtr &dataset) {
    if (dataset->fingerprint() == fingerprint)
        return dataset;
    for (const DatasetPtr &part : dataset->parts())
        if (const DatasetPtr found = partWith(fingerprint, part))
            return found;
    return nullptr;
}

} // namespace

DatasetPtr labelledImagesOf(const DatasetPtr &dataset) {
    const DatasetPtr part = partWith(dataset->labelledPart().fingerprint, dataset);
    return part ? part : std::make_shared<LabelledImages>(dataset);
}

} // namespace simclr
