// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/parallel/parallel_figure.h"

#include "core/report/axis_ticks.h"
#include "ui/plots/figure_export.h"
#include "ui/text/run_text.h"

#include <QTextStream>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double spanOfLogarithms = 50;

/// Values that differ only by rounding.
bool isPracticallyOne(double low, double high) {
    constexpr double rounding = 1e-12;
    return !(high - low > rounding * std::max(std::abs(low), std::abs(high)));
}

ParallelAxis axisOf(FigureField field, const FigureRuns &runs) {
    ParallelAxis axis{.field = std::move(field), .missing = runs.runCount()};
    axis.missing -= static_cast<std::size_t>(axis.field.values.size());
    if (!axis.field.isNumeric) {
        axis.high = std::max(0.0, static_cast<double>(axis.field.categories.size()) - 1);
        return axis;
    }
    if (axis.field.values.isEmpty())
        return axis;
    const auto [low, high] = std::minmax_element(axis.field.values.cbegin(), axis.field.values.cend());
    axis.low = *low;
    axis.high = isPracticallyOne(*low, *high) ? *low : *high;
    axis.isLogarithmic =
        axis.low > 0 && axis.high / axis.low > spanOfLogarithms && axis.field.kind != ValueKind::Moment;
    return axis;
}

} // namespace

double ParallelAxis::share(double value) const {
    if (!std::isfinite(value))
        return none;
    if (isOneValue())
        return 0.5;
    if (isLogarithmic)
        return std::log(value / low) / std::log(high / low);
    return (value - low) / (high - low);
}

double ParallelAxis::valueAt(double share) const {
    return isLogarithmic ? low * std::pow(high / low, share) : low + share * (high - low);
}

std::vector<double> ParallelAxis::ticks() const {
    std::vector<double> ticks;
    if (!field.isNumeric) {
        for (qsizetype i = 0; i < field.categories.size(); ++i)
            ticks.push_back(static_cast<double>(i));
        return ticks;
    }
    if (field.values.isEmpty())
        return ticks;
    if (isOneValue())
        return {low};
    if (isLogarithmic || field.kind == ValueKind::Moment)
        return {low, valueAt(0.5), high};
    constexpr int mostTicks = 5;
    return axisTicks(low, high, mostTicks);
}

std::optional<Brush> ParallelAxis::settled(Brush drawn) const {
    constexpr double end = 0.002; // of the axis: less than a pixel
    if (drawn.low < end)
        drawn.low = 0;
    if (drawn.high > 1 - end)
        drawn.high = 1;
    const bool hasValue =
        field.isNumeric ? !isOneValue() || drawn.contains(share(low)) : !categoriesIn(drawn).isEmpty();
    return hasValue ? std::optional(drawn) : std::nullopt;
}

QStringList ParallelAxis::categoriesIn(const Brush &part) const {
    QStringList inside;
    for (qsizetype i = 0; i < field.categories.size(); ++i)
        if (part.contains(share(static_cast<double>(i))))
            inside.append(field.categories[i]);
    return inside;
}

bool ParallelFigure::isInside(const ParallelLine &line) const {
    for (std::size_t i = 0; i < axes.size(); ++i)
        if (axes[i].brush && !axes[i].brush->contains(line.shares[i])) // NaN is in none
            return false;
    return true;
}

std::size_t ParallelFigure::insideCount() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(lines, [this](const ParallelLine &line) { return isInside(line); }));
}

bool ParallelFigure::hasBrush() const {
    return std::ranges::any_of(axes, [](const ParallelAxis &axis) { return axis.brush.has_value(); });
}

ParallelFigure parallelFigure(const FigureRuns &runs, std::vector<FigureField> fields) {
    ParallelFigure figure;
    for (FigureField &field : fields)
        figure.axes.push_back(axisOf(std::move(field), runs));
    figure.lines.reserve(runs.runCount());
    for (const SelectedRuns &entity : runs.entities())
        for (const RunPtr &run : entity.runs) {
            ParallelLine line{run, {}};
            line.shares.reserve(figure.axes.size());
            for (const ParallelAxis &axis : figure.axes)
                line.shares.push_back(axis.share(axis.field.value(run->id)));
            figure.lines.push_back(std::move(line));
        }
    return figure;
}

bool differs(const FigureField &field) {
    return std::adjacent_find(field.values.cbegin(), field.values.cend(), std::not_equal_to<>()) !=
           field.values.cend();
}

QByteArray parallelAsCsv(const ParallelFigure &figure) {
    QByteArray bytes;
    QTextStream out(&bytes);
    out << "run";
    for (const ParallelAxis &axis : figure.axes)
        out << ',' << csvText(axis.field.field);
    out << ",inside\n";
    for (const ParallelLine &line : figure.lines) {
        out << csvText(runTitle(*line.run));
        for (const ParallelAxis &axis : figure.axes) {
            const double value = axis.field.value(line.run->id);
            out << ','
                << (axis.field.isNumeric ? csvNumber(value)
                                         : csvText(std::isnan(value) ? QString() : axis.field.text(value)));
        }
        out << ',' << (figure.isInside(line) ? 1 : 0) << '\n';
    }
    out.flush();
    return bytes;
}

} // namespace simclr::ui
