// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/convert/conversion_output.h"
#include "core/data/convert/file_names.h"
#include "core/data/split_names.h"
#include "core/util/errno_error.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <vector>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// As RFC 4180 quotes it. Unlike csvField(), it changes nothing: the table is read back.
std::string quotedCell(std::string_view text) {
    const bool isPlain = text.find_first_of(",;\t\"\r\n") == std::string_view::npos &&
                         !text.starts_with(' ') && !text.ends_with(' ');
    if (isPlain)
        return std::string(text);
    std::string quoted = "\"";
    for (const char letter : text)
        quoted += letter == '"' ? "\"\"" : std::string(1, letter);
    return quoted + '"';
}

/// The folders of the classes: their names, where these can be names of folders.
std::vector<std::string> classFolders(const std::vector<std::string> &classNames) {
    UniqueNames names;
    std::vector<std::string> folders;
    for (const std::string &name : classNames)
        folders.push_back(names.add(safeFileName(name), ""));
    return folders;
}

void writeNewFile(const fs::path &path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file)
        throwErrno("cannot write", path);
}

class FolderOutput final : public ConversionOutput {
  public:
    FolderOutput(const Dataset &dataset, const fs::path &folder)
        : m_dataset(dataset),
          m_folder(folder),
          m_columns(dataset.columnNames()),
          m_classFolders(classFolders(dataset.report().classNames)) {
        inspect();
    }

    void add(const ConvertedImage &image) override {
        const std::string folder = folderOf(image.sample);
        fs::create_directories(m_folder / folder);
        const std::string name =
            safeFileName(nameWithinClass(m_dataset.sampleName(image.sample), className(image.sample)));
        const std::string relative =
            folder + m_names[folder].add(safeFileName(stemOf(name)), image.extension);
        writeNewFile(m_folder / relative, image.bytes);
        if (m_needsTable)
            addToTable(image.sample, relative);
    }

    void finish(ConversionReport &report) override {
        report.hasLabelTable = m_needsTable;
        if (m_needsTable)
            writeNewFile(m_folder / "labels.csv", m_table);
    }

  private:
    static constexpr auto unlabelled = Dataset::unlabelled;

    /// Which folders are needed, and whether they can say everything.
    void inspect() {
        const std::vector<std::string> &names = m_dataset.report().classNames;
        std::vector<bool> isTrained(names.size());
        bool hasUnlabelled = false;
        for (std::uint32_t sample = 0; sample < m_dataset.size(); ++sample) {
            const int label = m_dataset.label(sample);
            hasUnlabelled = hasUnlabelled || label == unlabelled;
            if (label != unlabelled && !m_dataset.isTestSample(sample))
                isTrained[static_cast<std::size_t>(label)] = true;
        }
        const bool isLabelled = m_dataset.isLabelled();
        m_hasParts = m_dataset.report().hasTestSplit || (isLabelled && hasUnlabelled) ||
                     std::ranges::any_of(m_classFolders, hasSplitWord);
        m_needsTable = !m_columns.empty() || m_classFolders != names ||
                       std::ranges::find(isTrained, false) != isTrained.end();
        if (m_needsTable)
            startTable();
    }

    std::string className(std::uint32_t sample) const {
        const int label = m_dataset.label(sample);
        return label == unlabelled ? std::string()
                                   : m_dataset.report().classNames[static_cast<std::size_t>(label)];
    }

    /// Ends with '/', or is empty.
    std::string folderOf(std::uint32_t sample) const {
        const int label = m_dataset.label(sample);
        if (m_dataset.isLabelled() && label == unlabelled)
            return "unlabelled/";
        const std::string part = !m_hasParts ? "" : m_dataset.isTestSample(sample) ? "test/" : "train/";
        return label == unlabelled ? part : part + m_classFolders[static_cast<std::size_t>(label)] + "/";
    }

    void startTable() {
        m_table = "path,label,split";
        for (const std::string &column : m_columns)
            m_table += "," + quotedCell(column);
        m_table += "\n";
    }

    void addToTable(std::uint32_t sample, const std::string &relative) {
        m_table += quotedCell(relative) + "," + quotedCell(className(sample)) + "," +
                   (m_dataset.isTestSample(sample)    ? "test"
                    : m_dataset.report().hasTestSplit ? "train"
                                                      : "");
        for (const std::string &column : m_columns)
            m_table += "," + quotedCell(m_dataset.columnValue(sample, column));
        m_table += "\n";
    }

    const Dataset &m_dataset;
    fs::path m_folder;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_classFolders;
    bool m_hasParts = false;                    ///< "train" and "test" above the classes
    bool m_needsTable = false;                  ///< the folders cannot say everything
    std::map<std::string, UniqueNames> m_names; ///< of each folder
    std::string m_table;
};

} // namespace

std::unique_ptr<ConversionOutput> folderOutput(const Dataset &dataset, const fs::path &folder) {
    return std::make_unique<FolderOutput>(dataset, folder);
}

} // namespace simclr
