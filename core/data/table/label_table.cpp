// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table/label_table.h"

#include "core/data/dataset_messages.h"
#include "core/data/table/table_rows.h"
#include "core/util/message_lists.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace simclr {

namespace {

/// Decides which images of a table are used, for what, and with which classes.
class TableLister {
  public:
    explicit TableLister(TableRows rows) : m_rows(std::move(rows)) {}

    TableListing list() {
        chooseTestSplit();
        nameClasses();
        auto images = std::make_shared<ImageList>();
        const std::vector<std::uint32_t> order = usableImages();
        for (const std::uint32_t i : order) {
            const TableImage &image = m_rows.images[i];
            images->add(image.name, classOf(image), isTest(image));
        }
        images->shrink();
        tellLeftOut();
        TableListing table;
        table.columns = std::make_shared<SampleColumns>(m_rows.columns.selected(order));
        const std::size_t broken = m_rows.missing + m_rows.contradicted;
        table.listing = {std::move(m_classNames), std::move(m_notes), std::move(m_rows.broken),
                         std::move(images)};
        table.listing.furtherBroken = broken - table.listing.broken.size();
        return table;
    }

  private:
    std::size_t countOf(SplitKind kind) const {
        return static_cast<std::size_t>(std::ranges::count(m_rows.images, kind, &TableImage::split));
    }

    /// As in folders: images for testing are those of the test split, or else those of the validation split.
    void chooseTestSplit() {
        m_testSplit = countOf(SplitKind::Test) > 0 ? SplitKind::Test : SplitKind::Validation;
        const std::size_t validation = countOf(SplitKind::Validation);
        if (validation > 0)
            m_notes.push_back(m_testSplit == SplitKind::Test
                                  ? datasetMessage("validation_part", validation)
                                  : datasetMessage("validation_as_test", validation));
    }

    bool isTest(const TableImage &image) const { return image.split == m_testSplit; }

    /// Classes are the labels of images that are not for testing; one alone distinguishes nothing.
    void nameClasses() {
        std::vector<bool> isUsed(m_rows.labels.size());
        for (const TableImage &image : m_rows.images)
            if (image.label != ClassColumn::none && !image.isContradicted && !isTest(image))
                isUsed[static_cast<std::size_t>(image.label)] = true;
        const std::vector<std::int32_t> order = m_rows.labels.order(isUsed);
        m_classOf.assign(m_rows.labels.size(), Dataset::unlabelled);
        if (order.size() < 2)
            return;
        for (const std::int32_t label : order) {
            m_classOf[static_cast<std::size_t>(label)] = static_cast<int>(m_classNames.size());
            m_classNames.push_back(m_rows.labels.text(label));
        }
        tellManyClasses();
    }

    void tellManyClasses() {
        constexpr std::size_t enoughImages = 100;
        if (m_rows.images.size() >= enoughImages && m_classNames.size() > m_rows.images.size() / 2)
            m_notes.push_back(datasetMessage("many_labels", quotedName(m_rows.labelColumn),
                                             m_classNames.size(), m_rows.images.size()));
    }

    int classOf(const TableImage &image) const {
        return image.label == ClassColumn::none ? Dataset::unlabelled
                                                : m_classOf[static_cast<std::size_t>(image.label)];
    }

    /// Sorted by name.
    std::vector<std::uint32_t> usableImages() {
        std::vector<std::uint32_t> order(m_rows.images.size());
        std::iota(order.begin(), order.end(), 0u);
        std::ranges::sort(order, [this](std::uint32_t a, std::uint32_t b) {
            return m_rows.images[a].name < m_rows.images[b].name;
        });
        std::erase_if(order, [this](std::uint32_t i) { return !isUsable(m_rows.images[i]); });
        return order;
    }

    /// If there are classes, a test image needs one of them.
    bool isUsable(const TableImage &image) {
        if (image.isContradicted)
            return false;
        if (m_classNames.empty() || !isTest(image) || classOf(image) != Dataset::unlabelled)
            return true;
        if (image.label == ClassColumn::none)
            ++m_unlabelledTests;
        else
            ++m_unknownClasses[m_rows.labels.text(image.label)];
        return false;
    }

    void tellLeftOut() {
        const auto tell = [this](std::size_t count, const auto &note) {
            if (count > 0)
                m_notes.push_back(note(count));
        };
        tell(m_rows.missing, [](std::size_t count) { return datasetMessage("rows_without_file", count); });
        tell(m_rows.contradicted,
             [](std::size_t count) { return datasetMessage("contradicted_images", count); });
        tell(m_rows.repeated, [](std::size_t count) { return datasetMessage("repeated_rows", count); });
        tell(m_rows.shortRows, [](std::size_t count) { return datasetMessage("short_rows", count); });
        tell(m_rows.notInTable,
             [](std::size_t count) { return datasetMessage("images_not_in_table", count); });
        tell(m_unlabelledTests, [](std::size_t count) { return datasetMessage("unlabelled_tests", count); });
        tellUnknownClasses();
    }

    void tellUnknownClasses() {
        std::size_t all = 0;
        std::vector<MessageArgument> parts;
        for (const auto &[name, count] : m_unknownClasses) {
            all += count;
            parts.emplace_back(datasetMessage("name_and_count", name, count));
        }
        if (all > 0)
            m_notes.push_back(datasetMessage("tests_of_unknown_classes", all, enumerated(parts)));
    }

    TableRows m_rows;
    SplitKind m_testSplit = SplitKind::Test;
    std::vector<int> m_classOf; ///< class index of each label
    std::vector<std::string> m_classNames;
    std::size_t m_unlabelledTests = 0;
    std::map<std::string, std::size_t> m_unknownClasses;
    std::vector<Message> m_notes;
};

} // namespace

TableListing readLabelTable(const std::filesystem::path &file, const std::stop_token &stop) {
    return TableLister(readTableRows(file, stop)).list();
}

} // namespace simclr
