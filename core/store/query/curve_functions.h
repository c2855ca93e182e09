// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace SQLite {
class Database;
}

namespace simclr {

/// Gives the connection two SQL functions on the points of a curve of a run; `metric` is its name:
/// - metric_at(run, revision, metric, epoch): the value at the end of an epoch: of the last point up to
/// there;
///   NULL if the curve has not reached it.
/// - metric_mean(run, revision, metric, k): the mean of the last k points whose values are not NaN.
/// NULL also if there is no such curve, or if the value is NaN. They decode the blocks that they need, and
/// keep what they return as long as the run has this revision (run_revisions): filters and columns ask again
/// with every change of any run. Throws SQLite::Exception.
void addCurveFunctions(SQLite::Database &database);

} // namespace simclr
