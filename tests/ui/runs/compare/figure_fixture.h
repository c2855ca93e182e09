// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/runs/stored_runs.h"
#include "ui/runs/compare/figures/figure_runs.h"

#include <QtTest>
#include <utility>
#include <vector>

namespace simclr::test {

/// A run that is known by its id only.
inline ui::RunPtr runWith(RunId id, std::int64_t seed = 1) {
    RunRecord run;
    run.id = id;
    run.seed = seed;
    run.name = "run";
    return std::make_shared<const RunRecord>(std::move(run));
}

/// A group, or a run of its own, with these runs.
inline ui::SelectedRuns entity(const QString &title, const std::vector<RunId> &runs, bool isGroup = true) {
    ui::SelectedRuns result{title, {}, isGroup};
    for (const RunId run : runs)
        result.runs.push_back(runWith(run));
    return result;
}

inline ui::FigureRuns figureRuns(std::vector<ui::SelectedRuns> entities) {
    return {std::make_shared<const std::vector<ui::SelectedRuns>>(std::move(entities)), {}, false};
}

/// Runs from 1 to `count`, each on its own.
inline ui::FigureRuns singleRuns(int count) {
    std::vector<ui::SelectedRuns> runs;
    for (int run = 1; run <= count; ++run)
        runs.push_back(entity(QStringLiteral("%1 · run").arg(run), {run}, false));
    return figureRuns(std::move(runs));
}

/// The values of runs 1, 2, …
inline ui::FieldValues valuesOf(const std::vector<FieldValue> &values, ValueKind kind = ValueKind::Any) {
    ui::FieldValues result;
    result.kind = kind;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::holds_alternative<std::monostate>(values[i]))
            result.values.insert(static_cast<qint64>(i) + 1, values[i]);
    return result;
}

} // namespace simclr::test
