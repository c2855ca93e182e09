// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/encoded_files.h"
#include "core/data/index_bytes.h"
#include "core/data/name_table.h"

#include <memory>
#include <string_view>
#include <vector>

namespace simclr {

/// Names, classes and parts of the images of a dataset, which are not opened yet.
class ImageList {
  public:
    /// `name`: below the folder, in the archive or in the table, as raw bytes with '/'; `label`: a class
    /// index or Dataset::unlabelled.
    void add(std::string_view name, int label, bool isTest) {
        m_names.add(name);
        m_labels.push_back(label);
        m_tests.push_back(isTest);
    }

    std::uint32_t size() const { return m_names.size(); }
    std::string name(std::uint32_t i) const { return m_names.at(i); }
    int label(std::uint32_t i) const { return m_labels[i]; }
    bool isTest(std::uint32_t i) const { return m_tests[i]; }

    void write(IndexWriter &writer) const {
        m_names.write(writer);
        writer.addArray(m_labels);
        writer.addArray(std::vector<char>(m_tests.begin(), m_tests.end()));
    }
    /// Throws InvalidInput if it is not what write() wrote.
    static ImageList read(IndexReader &reader) {
        ImageList list;
        list.m_names = NameTable::read(reader);
        list.m_labels = reader.array<int>();
        const std::vector<char> tests = reader.array<char>();
        list.m_tests.assign(tests.begin(), tests.end());
        if (list.m_labels.size() != list.size() || tests.size() != list.size())
            throw InvalidInput("the index is damaged");
        return list;
    }

    void shrink() {
        m_names.shrink();
        m_labels.shrink_to_fit();
        m_tests.shrink_to_fit();
    }

  private:
    NameTable m_names;
    std::vector<int> m_labels;
    std::vector<bool> m_tests;
};

/// Folders and files whose change means that a listing is out of date, and their states when it was made.
struct WatchedPaths {
    NameTable names; ///< relative
    std::vector<FileStamp> stamps;
    bool isReliable = true; ///< false if a change may have been missed

    void add(std::string_view name, FileStamp stamp) {
        names.add(name);
        stamps.push_back(stamp);
    }
};

/// The images of a dataset and what was left out of it.
struct ImageListing {
    std::vector<std::string> classNames; ///< valid UTF-8; empty if no image has a label
    std::vector<Message> notes;     ///< what was left out and why, one sentence each, without the full stop
    std::vector<BrokenFile> broken; ///< entries that could not be listed
    std::shared_ptr<const ImageList> images;          ///< in the order of the samples: sorted by name
    std::shared_ptr<const WatchedPaths> watched = {}; ///< of a folder
    std::size_t furtherBroken = 0;                    ///< number of entries that are not among `broken`
};

} // namespace simclr
