// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace simclr {

class Connection;

/// The results of the runs of a database, with their predictions. A part of RunStore, see there.
class Results {
  public:
    explicit Results(Connection &connection) : m_connection(connection) {}

    /// Replaces the result of the same key, predictions included.
    void add(RunId run, const Result &result);
    /// Deletes the results of epochs that end after `step`.
    void removeAfter(RunId run, std::int64_t step);
    /// Results on the run's own images become results on those from before a change: their scope names the
    /// run's dataset from before the change.
    void setApart(RunId run);

    std::vector<Result> of(RunId run) const;
    /// Those of all these runs, in one query.
    void readInto(const RunsById &runs) const;
    /// The predictions per image of the result of this key; nothing if none were stored.
    std::optional<Predictions> predictions(RunId run, const ResultKey &key) const;

  private:
    Connection &m_connection;
};

} // namespace simclr
