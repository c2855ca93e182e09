// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_settings.h"

#include <QSettings>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

/// Most of the useful weights are close to 1.
double weightOf(double share) {
    return 1 - std::pow(10.0, -3 * share * 0.9 - 0.15);
}

int stored(const QSettings &settings, const char *key, int standard, int most) {
    const int value = settings.value(QLatin1String(key), standard).toInt();
    return value >= 0 && value <= most ? value : standard;
}

} // namespace

Smoothing CurveSettings::smoothingOfCurves() const {
    const double share = static_cast<double>(strength) / smoothingSteps;
    if (strength <= 0)
        return {};
    switch (smoothing) {
    case SmoothingKind::Exponential:
        return {smoothing, weightOf(share)};
    case SmoothingKind::Gaussian:
        return {smoothing, std::round(10 * std::pow(100.0, share)) / 10};
    case SmoothingKind::RunningMean:
        return {smoothing, 1 + 2 * std::round(std::pow(100.0, share))};
    case SmoothingKind::None:
        break;
    }
    return {};
}

void CurveSettings::store() const {
    QSettings settings;
    settings.beginGroup(QStringLiteral("curves"));
    settings.setValue(QStringLiteral("metrics"), metrics);
    settings.setValue(QStringLiteral("sharesAxes"), sharesAxes);
    settings.setValue(QStringLiteral("x"), static_cast<int>(x));
    settings.setValue(QStringLiteral("xLogarithmic"), isXLogarithmic);
    settings.setValue(QStringLiteral("yLogarithmic"), isYLogarithmic);
    settings.setValue(QStringLiteral("smoothing"), static_cast<int>(smoothing));
    settings.setValue(QStringLiteral("strength"), strength);
    settings.setValue(QStringLiteral("band"), static_cast<int>(band));
    settings.setValue(QStringLiteral("outliers"), leavesOutliersOut);
}

CurveSettings CurveSettings::recall() {
    QSettings group;
    group.beginGroup(QStringLiteral("curves"));
    const QSettings &settings = group;
    CurveSettings result;
    QStringList metrics = settings.value(QStringLiteral("metrics")).toStringList();
    metrics.removeAll(QString());
    if (!metrics.isEmpty())
        result.metrics = metrics;
    result.sharesAxes = settings.value(QStringLiteral("sharesAxes"), false).toBool();
    result.x = static_cast<CurveX>(stored(settings, "x", 0, static_cast<int>(CurveX::Time)));
    result.isXLogarithmic = settings.value(QStringLiteral("xLogarithmic"), false).toBool();
    result.isYLogarithmic = settings.value(QStringLiteral("yLogarithmic"), false).toBool();
    result.smoothing = static_cast<SmoothingKind>(stored(settings, "smoothing", 1, 3));
    result.strength = stored(settings, "strength", 0, smoothingSteps);
    result.band = static_cast<BandKind>(stored(settings, "band", 1, 4));
    result.leavesOutliersOut = settings.value(QStringLiteral("outliers"), false).toBool();
    return result;
}

} // namespace simclr::ui
