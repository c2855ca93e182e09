// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table/table_rows.h"

#include "core/data/table/file_finder.h"
#include "core/data/table/table_header.h"
#include "core/util/csv_rows.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <unordered_map>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// Of a file that cannot be a table of these images, as soon as so many rows say so.
constexpr std::size_t rowsToDecideBy = 1000;
constexpr std::size_t mostBroken = 1000; ///< listed; as many as a report lists

std::string textOf(std::optional<SplitKind> split) {
    if (!split)
        return "no split";
    return *split == SplitKind::Train ? "train" : *split == SplitKind::Test ? "test" : "val";
}

class TableReader {
  public:
    TableReader(const fs::path &file, const std::stop_token &stop)
        : m_file(file),
          m_stop(stop),
          m_csv(file),
          m_header(tableHeader(m_csv.header())),
          m_finder(file.parent_path()) {
        std::vector<std::string> names;
        for (const std::size_t column : m_header.others)
            names.push_back(toValidUtf8(m_csv.header()[column]));
        m_rows.columns = SampleColumns(std::move(names));
        if (m_header.label)
            m_rows.labelColumn = toValidUtf8(m_csv.header()[*m_header.label]);
    }

    TableRows read() {
        requirePaths();
        while (m_csv.next())
            addRow();
        requireSome();
        if (const auto decimal = m_rows.labels.measurement())
            m_csv.refuse(decimal->line, "the labels are decimal numbers such as " + decimal->text +
                                            ", which are not classes");
        m_rows.notInTable = m_finder.imagesNotFound();
        return std::move(m_rows);
    }

  private:
    void requirePaths() const {
        if (!m_header.path)
            throw InvalidInput(
                displayName(m_file) +
                " has no column with the paths of images, which is called one of: " + pathColumnNames());
    }

    void requireSome() const {
        if (m_rowCount == 0)
            throw InvalidInput(displayName(m_file) + " names no images: it has a header only");
        if (m_rows.images.empty())
            throw InvalidInput(
                "none of the first " + std::to_string(m_rowCount) + " images that " + displayName(m_file) +
                " names exists, relative to its folder; the first: " + m_rows.broken.front().name);
    }

    void addRow() {
        if (m_stop.stop_requested())
            throw OpeningCancelled{};
        const std::string path = pathOfRow();
        TableImage image;
        image.line = m_csv.line();
        image.split = splitOfRow();
        image.label = labelOfRow();
        ++m_rowCount;
        m_rows.shortRows += m_csv.isShort() ? 1 : 0;
        auto name = m_finder.find(path);
        if (!name)
            return addMissing(path, image.line);
        image.name = std::move(*name);
        const auto [place, isNew] = m_byName.try_emplace(image.name, m_rows.images.size());
        if (!isNew)
            return addAgain(m_rows.images[place->second], image);
        m_rows.images.push_back(std::move(image));
        addColumns();
    }

    std::string pathOfRow() const {
        const std::vector<std::string> &row = m_csv.row();
        const std::string path(trimmedText(row[*m_header.path]));
        if (path.empty())
            m_csv.refuse(m_csv.line(), "the path of the image is empty");
        const std::string folder(m_header.folder ? trimmedText(row[*m_header.folder]) : std::string_view());
        return folder.empty() ? path : folder + "/" + path;
    }

    std::int32_t labelOfRow() {
        if (!m_header.label || m_isRowUnlabelled)
            return ClassColumn::none;
        try {
            return m_rows.labels.add(toValidUtf8(m_csv.row()[*m_header.label]), m_csv.line());
        } catch (const InvalidInput &error) {
            m_csv.refuse(m_csv.line(), error.what());
        }
    }

    std::optional<SplitKind> splitOfRow() {
        m_isRowUnlabelled = false;
        const std::string word(m_header.split ? trimmedText(m_csv.row()[*m_header.split])
                                              : std::string_view());
        if (word.empty())
            return std::nullopt;
        m_isRowUnlabelled = isUnlabelledName(word);
        if (m_isRowUnlabelled)
            return SplitKind::Train;
        if (const auto split = splitName(word))
            return split->kind;
        m_csv.refuse(m_csv.line(),
                     "the split \"" + toValidUtf8(word) + "\" is unknown; known are train, val and test");
    }

    void addColumns() {
        std::vector<std::string> texts;
        for (const std::size_t column : m_header.others)
            texts.push_back(toValidUtf8(m_csv.row()[column]));
        m_rows.columns.add({texts.begin(), texts.end()});
    }

    void addBroken(const std::string &name, const std::string &reason) {
        if (m_rows.broken.size() < mostBroken)
            m_rows.broken.push_back({name, name + " " + reason});
    }

    void addMissing(const std::string &path, std::size_t line) {
        ++m_rows.missing;
        addBroken(toValidUtf8(path), "(line " + std::to_string(line) + ") does not exist");
        if (m_rows.images.empty() && m_rows.missing >= rowsToDecideBy)
            requireSome();
    }

    void addAgain(TableImage &known, const TableImage &again) {
        ++m_rows.repeated;
        const bool isSame = known.label == again.label && known.split == again.split;
        if (isSame || known.isContradicted)
            return;
        known.isContradicted = true;
        ++m_rows.contradicted;
        const bool isByLabel = known.label != again.label;
        const auto saidBy = [&](const TableImage &image) {
            return (isByLabel ? labelText(image.label) : textOf(image.split)) + " (line " +
                   std::to_string(image.line) + ")";
        };
        addBroken(toValidUtf8(known.name), std::string("has two ") + (isByLabel ? "labels: " : "splits: ") +
                                               saidBy(known) + " and " + saidBy(again));
    }

    std::string labelText(std::int32_t label) const {
        return label == ClassColumn::none ? "no label" : "\"" + m_rows.labels.text(label) + "\"";
    }

    const fs::path &m_file;
    const std::stop_token &m_stop;
    CsvRows m_csv;
    TableHeader m_header;
    FileFinder m_finder;
    TableRows m_rows;
    std::unordered_map<std::string, std::size_t> m_byName;
    std::size_t m_rowCount = 0;
    bool m_isRowUnlabelled = false; ///< by the split of the row that is being read
};

} // namespace

TableRows readTableRows(const fs::path &file, const std::stop_token &stop) {
    return TableReader(file, stop).read();
}

} // namespace simclr
