// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

class Connection;

/// A tag and the number of runs that have it.
struct TagCount {
    std::string tag;
    std::int64_t runs = 0;
};

/// `text` as a tag: a label (checkedLabel) without a comma. Tags are compared byte by byte. Throws
/// InvalidInput.
std::string checkedTag(std::string_view text);

/// The tags of the runs of a database. Used by Runs and Annotations.
class Tags {
  public:
    explicit Tags(Connection &connection) : m_connection(connection) {}

    /// All tags in their order. Runs in the trash are not counted.
    std::vector<TagCount> all() const;
    /// In their order.
    std::vector<std::string> of(RunId run) const;
    /// Those of all these runs, in one query.
    void readInto(const RunsById &runs) const;

    /// Whether the run did not have it. For an existing run and a checked tag.
    bool add(RunId run, const std::string &tag);
    /// Whether the run had it.
    bool remove(RunId run, const std::string &tag);

  private:
    Connection &m_connection;
};

} // namespace simclr
