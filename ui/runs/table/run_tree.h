// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/run_column.h"
#include "ui/workspace/run_catalogue.h"

#include <QHash>
#include <QSet>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace simclr::ui {

/// A level of groups: runs with equal keys are in one group.
struct RunLevel {
    QString field; ///< identifies it in settings and saved views
    std::function<QString(const RunRecord &)> key;
    std::function<QString(const QString &key)> title; ///< of a group
};

/// Mean and standard deviation of a column over the runs of a group.
struct GroupSummary {
    int runs = 0;
    int known = 0;                   ///< n: runs that have a value
    double mean = 0;                 ///< if known > 0
    std::optional<double> deviation; ///< with n − 1 in the denominator; nothing if known < 2
};

/// A row of the table: a run, or a group with the rows in it.
struct RunNode {
    RunNode *parent = nullptr;
    int row = 0; ///< in the parent
    RunPtr run;  ///< nullptr for a group
    QString key; ///< of a group, unique in its parent
    QString title;
    std::vector<std::unique_ptr<RunNode>> children;
    int runs = 1; ///< in it, at any depth
    /// By column; computed when they are first shown.
    std::vector<std::optional<GroupSummary>> summaries;
    std::vector<std::optional<QString>> commonTexts;

    bool isGroup() const { return run == nullptr; }
    /// After a change of its runs.
    void forgetSummaries() {
        summaries.clear();
        commonTexts.clear();
    }
    /// All runs in it, in the order of the table.
    void visitRuns(const std::function<void(const RunPtr &)> &visit) const;
};

/// What tells a row from the others of its parent.
struct RowKey {
    RunId run = 0; ///< 0 for a group
    QString group;

    bool operator==(const RowKey &) const = default;
};
std::size_t qHash(const RowKey &key, std::size_t seed = 0);
RowKey keyOf(const RunNode &node);
QSet<RowKey> keysOf(const RunNode &parent);

/// The row with all that is in it, as a child of `parent`, without its place.
std::unique_ptr<RunNode> copyOf(const RunNode &node, RunNode &parent);

/// Calls `take(first, last)` for each range of rows that are not in `others`, the last range first.
void forRangesNotIn(const RunNode &parent, const QSet<RowKey> &others,
                    const std::function<void(std::size_t first, std::size_t last)> &take);

/// How many ranges of rows are removed and inserted, in the groups that both have as well, to make `newer`
/// out of `older`.
int rangesBetween(const RunNode &older, const RunNode &newer);

/// The children that are groups, by their keys.
QHash<QString, RunNode *> groupsOf(const RunNode &parent);

/// What the table shows, and in which order.
struct RunOrder {
    std::optional<QSet<qint64>> shown; ///< all if it is not set
    int column = 0;
    Qt::SortOrder order = Qt::DescendingOrder;
    std::vector<RunLevel> levels; ///< outermost first
};

/// The root of the rows. Runs are sorted by the value of the column, those without one last; values that are
/// not comparable are sorted apart; equal ones by time, newest first. Groups are sorted by their mean, or by
/// their first run.
std::unique_ptr<RunNode> arrangeRuns(const std::vector<RunPtr> &runs, const std::vector<RunColumn> &columns,
                                     const RunOrder &order);

GroupSummary summarise(const RunNode &group, const RunColumn &column);

/// Whether both have the same groups and runs in the same places.
bool haveSameShape(const RunNode &one, const RunNode &other);

} // namespace simclr::ui
