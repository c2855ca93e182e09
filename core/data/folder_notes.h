// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_layout.h"
#include "core/data/folder_walk.h"
#include "core/data/listed_file.h"

#include <map>
#include <string>
#include <vector>

namespace simclr {

/// Test images whose class has no training images.
class UnknownClasses {
  public:
    /// An empty name: images of unknown class.
    void add(const std::string &name, std::size_t images) { m_counts[name] += images; }

    /// Adds a note of these classes, and which differ only in case from one of the `known` classes. `part` is
    /// their folder.
    void tell(const std::string &part, const std::vector<std::string> &known,
              std::vector<Message> &notes) const;

  private:
    std::map<std::string, std::size_t> m_counts;
};

/// Adds notes of images that the layout left out, system files, unsupported image formats, and links to
/// parent folders.
void tellLeftOut(const FolderLayout &layout, const FolderContents &contents, FolderListing &listing);

/// Adds notes of classes without readable images, without test images, or with names that differ only in
/// case.
void tellClasses(const FolderContents &contents, FolderListing &listing);

/// "; …", the first excluded file or note; empty if there is none.
std::string firstReason(const FolderListing &listing);

} // namespace simclr
