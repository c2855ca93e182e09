// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <functional>
#include <optional>

namespace simclr::ui {

enum class CurveAxis { Left, Right };

/// How numbers of an axis are written where exact values are read out.
enum class NumberStyle {
    General, ///< four significant digits
    Count,   ///< whole, with group separators
    Percent, ///< one decimal and a percent sign
};

enum class MarkerShape { Disc, Square, Triangle };

/// How one curve is drawn. Plain value.
struct CurveStyle {
    QString name;                  ///< in the read-out
    std::optional<QString> legend; ///< in the legend where it differs; empty: not listed
    /// Asked again at every change of palette, so that light and dark both fit.
    std::function<QColor()> color;
    CurveAxis axis = CurveAxis::Left;
    bool dashed = false;
    bool markers = false; ///< one on every point, for curves of few points
    /// Empty: a disc, and a square where the line is dashed, so that single points differ too.
    std::optional<MarkerShape> marker;
};

/// What stands along the axes of a plot. Labels carry the unit.
struct PlotAxes {
    QString x;
    QString left;  ///< may be empty where the title says it
    QString right; ///< empty: no right axis
    NumberStyle xStyle = NumberStyle::General;
    NumberStyle leftStyle = NumberStyle::General;
    NumberStyle rightStyle = NumberStyle::General;
    bool leftFromZero = false; ///< the left axis starts at zero, for quantities whose size means something

    bool operator==(const PlotAxes &) const = default;
};

/// `value` as text in this style, in the person's locale; "–" where it is not finite.
QString readableNumber(double value, NumberStyle style);

} // namespace simclr::ui
