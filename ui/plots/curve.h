// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QList>
#include <QString>
#include <functional>
#include <optional>

namespace simclr::ui {

enum class CurveAxis { Left, Right };

/// Number format of an axis in the read-out.
enum class NumberStyle {
    General, ///< four significant digits
    Count,   ///< integer with group separators
    Percent, ///< one decimal and a percent sign
    Date,    ///< seconds since 1970 as local date and time
};

enum class MarkerShape { Disc, Square, Triangle };

/// How one curve is drawn. Plain value.
struct CurveStyle {
    QString name;                  ///< in the read-out
    std::optional<QString> legend; ///< in the legend, if different; an empty string: not listed
    /// Called again at every palette change, so that it suits light and dark.
    std::function<QColor()> color;
    CurveAxis axis = CurveAxis::Left;
    bool dashed = false;
    /// Lengths of dashes and gaps in line widths, for more kinds of line than two; empty: as `dashed` says.
    QList<double> pattern;
    bool markers = false; ///< a marker on every point, for curves with few points
    /// Empty: a disc, or a square if the line is dashed, so that single points differ too.
    std::optional<MarkerShape> marker;
};

/// Labels and number formats of the axes of a plot. Labels include the unit.
struct PlotAxes {
    QString x;
    QString left;  ///< may be empty if the title says it
    QString right; ///< empty: no right axis
    NumberStyle xStyle = NumberStyle::General;
    NumberStyle leftStyle = NumberStyle::General;
    NumberStyle rightStyle = NumberStyle::General;
    bool leftFromZero = false; ///< the left axis starts at zero, for quantities whose absolute size matters
    bool isXLogarithmic = false;
    bool isYLogarithmic = false; ///< left and right; values that are not positive are gaps
    /// Both y axes show rangeWithoutOutliers(); arrows at the border where values are beyond it.
    bool leavesOutliersOut = false;

    bool operator==(const PlotAxes &) const = default;
};

/// The dashes of a curve, in line widths; empty for a solid line.
QList<double> dashesOf(const CurveStyle &style);

/// `value` as text in this style and the user's locale; "–" if it is not finite.
QString readableNumber(double value, NumberStyle style);

} // namespace simclr::ui
