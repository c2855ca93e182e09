// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/folder_layout.h"
#include "core/data/folder_listing.h"
#include "core/data/folder_walk.h"

#include <map>
#include <string>
#include <vector>

namespace simclr {

/// "1 image", "12 images".
std::string countedImages(std::size_t count);

/// Test images whose class training lacks.
class UnknownClasses {
  public:
    /// An empty name: images whose class is not known at all.
    void add(const std::string &name, std::size_t images) { m_counts[name] += images; }

    /// Says which they are, and which differ only in case from one of the `known` classes. `part` is their
    /// folder.
    void tell(const std::string &part, const std::vector<std::string> &known,
              std::vector<std::string> &notes) const;

  private:
    std::map<std::string, std::size_t> m_counts;
};

/// Says what the layout left out, what belongs to the system, which images are of kinds that are not read,
/// and which links lead back.
void tellLeftOut(const FolderLayout &layout, const FolderContents &contents, FolderListing &listing);

/// Says which classes have no image that can be read, none for testing, or names that differ only in case.
void tellClasses(const FolderContents &contents, FolderListing &listing);

/// ": …", the first thing that was left out; empty where nothing was.
std::string firstReason(const FolderListing &listing);

} // namespace simclr
