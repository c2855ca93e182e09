// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_x.h"

#include <QCoreApplication>
#include <algorithm>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(CurveX)
};

} // namespace

CurveOrigin originOfCurves(const RunRecord &run) {
    const auto batch = run.config.is_object() ? run.config.find("batch") : run.config.end();
    const bool isKnown = batch != run.config.end() && batch->is_number();
    return {run.created, isKnown ? batch->get<double>() : 0};
}

double placeOf(const MetricPoint &point, CurveX x, const CurveOrigin &origin) {
    constexpr double secondsPerMinute = 60;
    switch (x) {
    case CurveX::Epoch:
        return point.epoch;
    case CurveX::RelativeTime:
        return (point.time - origin.created) / secondsPerMinute;
    case CurveX::Images:
        return static_cast<double>(point.step) * std::max(1.0, origin.batch);
    case CurveX::Time:
        return point.time;
    case CurveX::Step:
        break;
    }
    return static_cast<double>(point.step);
}

double placeOfEpoch(double epoch, const std::vector<MetricPoint> &points, CurveX x,
                    const CurveOrigin &origin) {
    if (x == CurveX::Epoch)
        return std::max(0.0, epoch);
    const double start = x == CurveX::Time ? origin.created : 0;
    constexpr double rounding = 1e-9;
    const auto after = std::ranges::upper_bound(points, epoch + rounding, {}, &MetricPoint::epoch);
    return epoch <= 0 || after == points.begin() ? start : placeOf(*(after - 1), x, origin);
}

QString curveXTitle(CurveX x) {
    switch (x) {
    case CurveX::Epoch:
        return Texts::tr("epoch");
    case CurveX::RelativeTime:
        return Texts::tr("relative time");
    case CurveX::Images:
        return Texts::tr("images seen");
    case CurveX::Time:
        return Texts::tr("time");
    case CurveX::Step:
        break;
    }
    return Texts::tr("step");
}

QString curveXLabel(CurveX x) {
    return x == CurveX::RelativeTime ? Texts::tr("minutes since the start") : curveXTitle(x);
}

NumberStyle curveXStyle(CurveX x) {
    switch (x) {
    case CurveX::Step:
    case CurveX::Images:
        return NumberStyle::Count;
    case CurveX::Time:
        return NumberStyle::Date;
    case CurveX::Epoch:
    case CurveX::RelativeTime:
        break;
    }
    return NumberStyle::General;
}

} // namespace simclr::ui
