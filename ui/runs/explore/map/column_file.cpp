// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/column_file.h"

#include "core/util/csv_reader.h"
#include "core/util/error.h"

#include <QCoreApplication>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ColumnFile)
};

/// Which column of the file says which image a row is of.
struct KeyColumn {
    std::size_t column = 0;
    bool isNumber = false;
};

std::optional<KeyColumn> keyColumn(const CsvTable &table) {
    for (const char *name : {"file", "path", "image", "filename", "name"})
        if (const auto column = table.column(name))
            return KeyColumn{*column, false};
    for (const char *name : {"index", "sample"})
        if (const auto column = table.column(name))
            return KeyColumn{*column, true};
    return {};
}

std::string lastPart(const std::string &name) {
    return name.substr(name.find_last_of('/') + 1);
}

/// Finds images by the cells of a key column.
class ImageIndex {
  public:
    explicit ImageIndex(const Dataset &images) : m_size(images.size()) {
        for (std::uint32_t sample = 0; sample < m_size; ++sample) {
            const std::string name = images.sampleName(sample);
            m_byName.emplace(name, sample);
            const auto [place, isNew] = m_byLastPart.emplace(lastPart(name), sample);
            if (!isNew)
                place->second = ambiguous;
        }
    }

    std::optional<std::uint32_t> find(const std::string &cell, bool isNumber) const {
        if (isNumber) {
            const auto number = csvNumber(cell);
            const bool isIndex = number && *number >= 0 && *number < m_size && std::floor(*number) == *number;
            return isIndex ? std::optional(std::uint32_t(*number)) : std::nullopt;
        }
        if (const auto found = m_byName.find(cell); found != m_byName.end())
            return found->second;
        const auto found = m_byLastPart.find(lastPart(cell));
        return found == m_byLastPart.end() || found->second == ambiguous ? std::nullopt
                                                                         : std::optional(found->second);
    }

  private:
    static constexpr std::uint32_t ambiguous = 0xffffffff;

    std::uint32_t m_size;
    std::unordered_map<std::string, std::uint32_t> m_byName;
    std::unordered_map<std::string, std::uint32_t> m_byLastPart;
};

ColumnFile columnsOf(const CsvTable &table, const KeyColumn &key, const Dataset &images) {
    ColumnFile file;
    std::vector<std::size_t> places;
    for (std::size_t column = 0; column < table.header.size(); ++column)
        if (column != key.column) {
            places.push_back(column);
            file.columns.append(QString::fromStdString(table.header[column]));
            file.values.emplace_back(images.size());
        }
    const ImageIndex index(images);
    for (const std::vector<std::string> &row : table.rows) {
        const auto sample = index.find(row[key.column], key.isNumber);
        if (!sample)
            continue;
        ++file.matched;
        for (std::size_t i = 0; i < places.size(); ++i)
            file.values[i][*sample] = QString::fromStdString(row[places[i]]);
    }
    return file;
}

ColumnFile problem(const QString &text) {
    ColumnFile file;
    file.problem = text;
    return file;
}

} // namespace

std::vector<QString> ColumnFile::of(const QString &column, const std::vector<std::uint32_t> &samples) const {
    const qsizetype place = columns.indexOf(column);
    std::vector<QString> chosen(samples.size());
    for (std::size_t row = 0; place >= 0 && row < samples.size(); ++row)
        chosen[row] = values[std::size_t(place)].at(samples[row]);
    return chosen;
}

ColumnFile readColumnFile(const std::filesystem::path &path, const Dataset &images) {
    try {
        const CsvTable table = readCsvFile(path);
        const auto key = keyColumn(table);
        if (!key)
            return problem(Texts::tr("The file has no column \"file\", \"path\" or \"index\" that says which "
                                     "image a row is of."));
        ColumnFile file = columnsOf(table, *key, images);
        if (file.columns.isEmpty())
            return problem(Texts::tr("The file has no column to colour by."));
        if (file.matched == 0)
            return problem(Texts::tr("No row of the file names one of these images."));
        return file;
    } catch (const Error &error) {
        return problem(QString::fromStdString(error.what()));
    }
}

} // namespace simclr::ui
