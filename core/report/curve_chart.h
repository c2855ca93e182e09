// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html_writer.h"
#include "core/store/metrics.h"

#include <cstddef>
#include <string>
#include <vector>

namespace simclr {

/// A curve of a chart.
struct ChartLine {
    std::size_t style = 0; ///< which colour and dashes: equal for a run in all charts of a page
    std::string title;
    CurveOutline parts; ///< at most a few per pixel
};

/// Curves of one metric over the steps.
struct Chart {
    std::string title;
    bool isShare = false;      ///< in [0, 1], shown in percent
    bool startsAtZero = false; ///< the axis includes 0
    std::vector<ChartLine> lines;
};

/// A stored curve for a chart: in each of about 400 columns the first, lowest, highest and last value, so
/// that no peak is lost. Reads the points of short curves, and only the sealed blocks' extremes of long ones.
CurveOutline chartOutline(const Metrics &metrics, RunId run, const std::string &metric);

/// Writes the chart as a figure with SVG. A curve without a finite value is not drawn.
void writeChart(HtmlWriter &html, const Chart &chart);

/// A path in a line's colour and dashes, for curves and legends. `d` is that of SVG. The style sheet knows
/// the colours of dark pages; without it those of light ones are drawn.
HtmlWriter::Attributes linePath(std::size_t style, const std::string &d);

} // namespace simclr
