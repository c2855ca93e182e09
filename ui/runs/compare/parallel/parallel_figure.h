// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/figures/figure_runs.h"

#include <optional>
#include <vector>

namespace simclr::ui {

/// The part of an axis that the user has brushed, as shares of its length from the bottom.
struct Brush {
    double low = 0;
    double high = 1;

    bool contains(double share) const { return share >= low && share <= high; }
    bool operator==(const Brush &) const = default;
};

/// One axis of parallel coordinates.
struct ParallelAxis {
    FigureField field;
    bool isLogarithmic = false;
    double low = 0; ///< the value at the bottom
    double high = 1;
    std::size_t missing = 0; ///< runs without a value
    std::optional<Brush> brush;

    /// Where a value is, from 0 at the bottom to 1; NaN for a missing one.
    double share(double value) const;
    double valueAt(double share) const;
    /// The values that get a label.
    std::vector<double> ticks() const;
    bool isOneValue() const { return high <= low; }
    /// A brush that the user has drawn: an end that is less than a pixel from that of the axis is there.
    /// Nothing if no category, or not the only value, is inside.
    std::optional<Brush> settled(Brush drawn) const;
    /// The categories within a brush.
    QStringList categoriesIn(const Brush &part) const;
};

/// A run as a line from axis to axis.
struct ParallelLine {
    RunPtr run;
    std::vector<double> shares; ///< one per axis
};

/// Parallel coordinates of runs. Plain value.
struct ParallelFigure {
    std::vector<ParallelAxis> axes;
    std::vector<ParallelLine> lines;

    /// Whether the run is inside all brushes; a run without a value is outside.
    bool isInside(const ParallelLine &line) const;
    std::size_t insideCount() const;
    bool hasBrush() const;
};

/// An axis whose values are all positive and span more than a factor of 50 is logarithmic. Fields that are
/// nothing are left out.
ParallelFigure parallelFigure(const FigureRuns &runs, std::vector<FigureField> fields);

/// Whether runs differ in it.
bool differs(const FigureField &field);

/// One run per line, one field per column, and whether it is inside the brushes.
QByteArray parallelAsCsv(const ParallelFigure &figure);

} // namespace simclr::ui
