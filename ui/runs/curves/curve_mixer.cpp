// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_mixer.h"

#include <utility>

namespace simclr::ui {

namespace {

struct Values {
    std::vector<double> xs;
    std::vector<double> ys;
};

Values valuesOf(const MixRequest::Run &run, const MixRequest &request) {
    Values values;
    values.xs.reserve(run.points->size());
    values.ys.reserve(run.points->size());
    for (const MetricPoint &point : *run.points) {
        values.xs.push_back(placeOf(point, request.x, run.origin));
        values.ys.push_back(point.value * request.factor);
    }
    return values;
}

GroupCurve groupOf(const std::vector<Values> &runs, BandKind band) {
    std::vector<CurveView> views;
    for (const Values &run : runs)
        views.push_back({run.xs, run.ys});
    return groupCurve(views, band);
}

} // namespace

MixedCurve mix(const MixRequest &request) {
    std::vector<Values> runs;
    for (const MixRequest::Run &run : request.runs)
        runs.push_back(valuesOf(run, request));
    MixedCurve mixed{request.plot, request.curve, {}, {}, {}, request.smoothing, request.isSingle};
    if (request.isSingle) {
        mixed.smoothed = smoothed({runs.front().xs, runs.front().ys}, request.smoothing);
        return mixed;
    }
    if (request.smoothing.isActive()) {
        mixed.raw = groupOf(runs, BandKind::None).mean;
        for (Values &run : runs)
            run.ys = smoothed({run.xs, run.ys}, request.smoothing);
    }
    mixed.group = groupOf(runs, request.band);
    return mixed;
}

} // namespace simclr::ui
