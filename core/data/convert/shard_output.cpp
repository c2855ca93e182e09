// SPDX-License-Identifier: GPL-3.0-or-later
// WebDataset: tar files in which the members of one image have the same name up to the first dot.
#include "core/data/convert/conversion_output.h"
#include "core/data/convert/file_names.h"
#include "core/data/convert/tar_writer.h"
#include "core/util/control_characters.h"
#include "core/util/json.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <map>

namespace simclr {

namespace fs = std::filesystem;

namespace {

std::string padded(std::uint64_t number, std::size_t digits) {
    const std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

/// The shards of one part, of which one is open.
struct ShardSeries {
    std::unique_ptr<TarWriter> open;
    std::size_t count = 0;
};

class ShardOutput final : public ConversionOutput {
  public:
    ShardOutput(const Dataset &dataset, const fs::path &folder, std::uint64_t shardBytes)
        : m_dataset(dataset), m_folder(folder), m_shardBytes(shardBytes), m_columns(dataset.columnNames()) {}

    void add(const ConvertedImage &image) override {
        const std::string key = keyOf(image.sample);
        TarWriter &shard = shardFor(partOf(image.sample));
        shard.add(key + lowerCase(image.extension), image.bytes);
        if (const int label = m_dataset.label(image.sample); label != Dataset::unlabelled)
            shard.add(key + ".cls", std::to_string(label));
        if (!m_columns.empty())
            shard.add(key + ".json", toLine(detailsOf(image.sample)));
    }

    void finish(ConversionReport &report) override {
        for (auto &[part, series] : m_series) {
            if (series.open)
                series.open->finish();
            series.open.reset();
            report.shards += series.count;
        }
        std::string names;
        for (const std::string &name : m_dataset.report().classNames)
            names += replaceControls(name, [](char32_t) { return " "; }) + "\n"; // one line each
        if (!names.empty())
            writeFileAtomically(m_folder / "classes.txt", names);
    }

  private:
    const char *partOf(std::uint32_t sample) const {
        if (m_dataset.isTestSample(sample))
            return "test";
        const bool isBesideLabels = m_dataset.isLabelled() && m_dataset.label(sample) == Dataset::unlabelled;
        return isBesideLabels ? "unlabelled" : "train";
    }

    /// Unique by its number, which keeps the order of the samples; short enough for a tar header.
    std::string keyOf(std::uint32_t sample) const {
        constexpr std::size_t longest = 80;
        const std::string name = nameWithinClass(m_dataset.sampleName(sample), "");
        std::string stem = safeFileName(stemOf(name), longest);
        std::ranges::replace(stem, '.', '_');
        return padded(sample, 8) + "-" + stem;
    }

    Json detailsOf(std::uint32_t sample) const {
        Json columns = Json::object();
        for (const std::string &column : m_columns)
            columns[column] = m_dataset.columnValue(sample, column);
        return {{"name", m_dataset.sampleName(sample)}, {"columns", std::move(columns)}};
    }

    TarWriter &shardFor(const std::string &part) {
        ShardSeries &series = m_series[part];
        if (series.open && series.open->size() >= m_shardBytes) {
            series.open->finish();
            series.open.reset();
        }
        if (!series.open)
            series.open =
                std::make_unique<TarWriter>(m_folder / (part + "-" + padded(series.count++, 6) + ".tar"));
        return *series.open;
    }

    const Dataset &m_dataset;
    fs::path m_folder;
    std::uint64_t m_shardBytes;
    std::vector<std::string> m_columns;
    std::map<std::string, ShardSeries> m_series; ///< by part
};

} // namespace

std::unique_ptr<ConversionOutput> shardOutput(const Dataset &dataset, const fs::path &folder,
                                              std::uint64_t shardBytes) {
    return std::make_unique<ShardOutput>(dataset, folder, shardBytes);
}

} // namespace simclr
