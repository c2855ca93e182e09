// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/curve_chart.h"

#include "core/report/axis_ticks.h"
#include "core/report/report_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace simclr {

namespace {

// In units of the view box.
constexpr double width = 460;
constexpr double height = 240;
constexpr double left = 58;
constexpr double right = 10;
constexpr double top = 8;
constexpr double bottom = 34;

constexpr int columns = 400;
constexpr std::int64_t mostPointsRead = 200'000;

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    bool isEmpty() const { return !(low <= high); }
    void cover(double value) {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    /// Not a single value, whose axis would have no length.
    void widen() {
        if (high - low > 1e-9 * std::max(std::abs(low), std::abs(high)))
            return;
        const double margin = low == 0 ? 1 : std::abs(low) * 0.1;
        low -= margin;
        high += margin;
    }
};

struct Axes {
    Extent steps;
    Extent values;

    double x(double step) const {
        return left + (step - steps.low) / (steps.high - steps.low) * (width - left - right);
    }
    double y(double value) const {
        return top + (values.high - value) / (values.high - values.low) * (height - top - bottom);
    }
};

Axes axesOf(const Chart &chart) {
    Axes axes;
    for (const ChartLine &line : chart.lines)
        for (const OutlinePart &part : line.parts) {
            if (!part.low || !part.high)
                continue;
            axes.steps.cover(static_cast<double>(part.first.step));
            axes.steps.cover(static_cast<double>(part.last.step));
            axes.values.cover(part.low->value);
            axes.values.cover(part.high->value);
        }
    if (chart.startsAtZero && !axes.values.isEmpty())
        axes.values.cover(0);
    axes.steps.widen();
    axes.values.widen();
    return axes;
}

struct ChartPoint {
    std::int64_t step;
    double value;
};

/// What of a part is drawn, in the order of the steps.
std::vector<ChartPoint> pointsOf(const OutlinePart &part) {
    std::vector<ChartPoint> points{{part.first.step, part.first.value}};
    if (part.low && part.high) {
        points.push_back({part.low->step, part.low->value});
        points.push_back({part.high->step, part.high->value});
    }
    points.push_back({part.last.step, part.last.value});
    std::ranges::stable_sort(points, {}, &ChartPoint::step);
    const auto [from, to] = std::ranges::unique(points, {}, &ChartPoint::step);
    points.erase(from, to);
    return points;
}

/// Values that are not finite are gaps.
std::string pathOf(const ChartLine &line, const Axes &axes) {
    std::string path;
    bool isDrawing = false;
    for (const OutlinePart &part : line.parts)
        for (const ChartPoint &point : pointsOf(part)) {
            if (!std::isfinite(point.value)) {
                isDrawing = false;
                continue;
            }
            path += (isDrawing ? "L" : "M") + fixedText(axes.x(static_cast<double>(point.step)), 1) + " " +
                    fixedText(axes.y(point.value), 1);
            isDrawing = true;
        }
    return path;
}

void writeLabel(HtmlWriter &html, double x, double y, const char *anchor, const std::string &text) {
    html.element("text",
                 {{"x", fixedText(x, 1)},
                  {"y", fixedText(y, 1)},
                  {"text-anchor", anchor},
                  {"font-size", "11"},
                  {"fill", "#5c6670"}},
                 text);
}

void writeRule(HtmlWriter &html, double x1, double y1, double x2, double y2) {
    html.emptyElement("line", {{"class", "grid"},
                               {"stroke", "#d5dae0"},
                               {"x1", fixedText(x1, 1)},
                               {"y1", fixedText(y1, 1)},
                               {"x2", fixedText(x2, 1)},
                               {"y2", fixedText(y2, 1)}});
}

/// Very large and very small numbers with an exponent.
std::string tickText(double value, int decimals, bool isShare) {
    if (isShare)
        return fixedText(value * 100, std::max(0, decimals - 2)) + " %";
    const bool isUsual = decimals <= 6 && std::abs(value) < 1e6;
    return !isUsual ? shortNumber(value) : decimals == 0 ? groupedNumber(value) : fixedText(value, decimals);
}

void writeAxes(HtmlWriter &html, const Chart &chart, const Axes &axes) {
    constexpr int mostValues = 5;
    constexpr int mostSteps = 6;
    const std::vector<double> values = axisTicks(axes.values.low, axes.values.high, mostValues);
    for (const double value : values) {
        writeRule(html, left, axes.y(value), width - right, axes.y(value));
        writeLabel(html, left - 6, axes.y(value) + 4, "end",
                   tickText(value, tickDecimals(values), chart.isShare));
    }
    for (const double step : axisTicks(axes.steps.low, axes.steps.high, mostSteps))
        if (step == std::floor(step))
            writeLabel(html, axes.x(step), height - bottom + 16, "middle", groupedNumber(step));
    writeLabel(html, (left + width - right) / 2, height - 3, "middle", "step");
    writeRule(html, left, height - bottom, width - right, height - bottom);
}

std::int64_t pointCount(const CurveOutline &outline) {
    return std::accumulate(outline.begin(), outline.end(), std::int64_t{0},
                           [](std::int64_t sum, const OutlinePart &part) { return sum + part.count; });
}

CurveOutline inColumns(std::span<const MetricPoint> points) {
    CurveOutline outline;
    const auto column = [&](const MetricPoint &point) {
        const double first = static_cast<double>(points.front().step);
        const double length = static_cast<double>(points.back().step) - first + 1;
        return static_cast<int>((static_cast<double>(point.step) - first) / length * columns);
    };
    for (auto begin = points.begin(); begin != points.end();) {
        const auto end = std::find_if(
            begin, points.end(), [&, place = column(*begin)](const auto &p) { return column(p) != place; });
        outline.push_back(outlineOf({begin, end}));
        begin = end;
    }
    return outline;
}

} // namespace

CurveOutline chartOutline(const Metrics &metrics, RunId run, const std::string &metric) {
    constexpr StepRange all;
    CurveOutline outline = metrics.outline(run, metric, all.first, all.last);
    if (pointCount(outline) > mostPointsRead)
        return outline;
    return inColumns(metrics.curve(run, metric, all.first));
}

HtmlWriter::Attributes linePath(std::size_t style, const std::string &d) {
    constexpr std::array colours{"#0072b2", "#d55e00", "#009e73", "#b5588d", "#c98200", "#3a9bd9", "#8a7d00"};
    constexpr std::array dashes{"none", "6 3", "2 2"};
    const std::size_t colour = style % colours.size();
    return {{"class", "line c" + std::to_string(colour)},
            {"fill", "none"},
            {"stroke", colours[colour]},
            {"stroke-width", "1.3"},
            {"stroke-dasharray", dashes[style / colours.size() % dashes.size()]},
            {"d", d}};
}

void writeChart(HtmlWriter &html, const Chart &chart) {
    const Axes axes = axesOf(chart);
    if (axes.values.isEmpty() || axes.steps.isEmpty())
        return;
    const auto figure = html.element("figure", {{"class", "chart"}});
    html.element("figcaption", {}, chart.title);
    const auto svg = html.element("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                                          {"viewBox", "0 0 460 240"},
                                          {"role", "img"},
                                          {"aria-label", chart.title}});
    writeAxes(html, chart, axes);
    for (const ChartLine &line : chart.lines)
        if (const std::string path = pathOf(line, axes); !path.empty()) {
            const auto drawn = html.element("path", linePath(line.style, path));
            html.element("title", {}, line.title);
        }
}

} // namespace simclr
