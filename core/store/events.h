// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <string>
#include <vector>

namespace simclr {

class Connection;

/// The event log of the runs of a database. A part of RunStore, see there.
class Events {
  public:
    explicit Events(Connection &connection) : m_connection(connection) {}

    /// At the current time.
    void add(RunId run, const std::string &message);
    /// The same note at the same time is stored once.
    void add(RunId run, const NoteRecord &note);
    /// Unless the run has an event with this message.
    void addOnce(RunId run, const std::string &message);

    std::vector<NoteRecord> of(RunId run) const;

  private:
    Connection &m_connection;
};

} // namespace simclr
