// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/group_curve.h"
#include "core/statistics/spearman.h"
#include "ui/runs/compare/figures/figure_runs.h"

#include <optional>
#include <vector>

namespace simclr::ui {

/// A run, or the mean of a group. Values are those of FigureField.
struct ScatterPoint {
    double x = 0;
    double y = 0;
    double color = 0;       ///< of the field of colours; NaN without one
    qint64 run = 0;         ///< 0 for a mean
    std::size_t entity = 0; ///< its group or run among those of the figure
    std::size_t count = 1;  ///< n: runs of a mean
    /// From the mean to the end of an error bar; NaN: none.
    double xError = 0;
    double yError = 0;

    bool isMean() const { return run == 0; }
};

/// What a scatter plot shows. Plain value.
struct ScatterFigure {
    FigureField x;
    FigureField y;
    std::optional<FigureField> color; ///< nothing: by group or run
    std::vector<SelectedRuns> entities;
    std::vector<qint64> colorRuns;    ///< the run whose colour each entity has
    std::vector<ScatterPoint> points; ///< runs, then the means of groups
    std::size_t runs = 0;             ///< with or without both values
    std::size_t withoutX = 0;
    std::size_t withoutY = 0;
    std::size_t mixedGroups = 0; ///< without a mean, because their runs are in several categories
    std::optional<SpearmanCorrelation> correlation; ///< over the runs; nothing for categories
    BandKind errors = BandKind::Deviation;

    QString titleOf(const ScatterPoint &point) const { return entityTitle(entities[point.entity]); }
    bool hasMeans() const { return !points.empty() && points.back().isMean(); }
};

/// `x`, `y` and `color` are the values of these runs.
ScatterFigure scatterFigure(const FigureRuns &runs, FigureField x, FigureField y,
                            std::optional<FigureField> color, BandKind errors);

/// "12 of 80 runs without linear accuracy, test."; empty if nothing is missing. Logarithmic axes do not show
/// values that are not above zero.
QString missingText(const ScatterFigure &figure, bool isXLogarithmic = false, bool isYLogarithmic = false);
/// The half length of an error bar; of dates it is a duration.
QString errorText(const FigureField &field, double error);
/// "Spearman's ρ = 0.62, n = 80 runs, p = 0.003"; empty if it is not defined.
QString correlationText(const ScatterFigure &figure);

/// One point per line: run, group, x, y, colour; then the means with n and the ends of their error bars.
QByteArray scatterAsCsv(const ScatterFigure &figure);

} // namespace simclr::ui
