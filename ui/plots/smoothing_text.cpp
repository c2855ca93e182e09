// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/smoothing_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Smoothing)
};

} // namespace

QString smoothingText(const Smoothing &smoothing) {
    if (!smoothing.isActive())
        return {};
    const QLocale locale;
    switch (smoothing.kind) {
    case SmoothingKind::Exponential:
        return Texts::tr("time-weighted exponential moving average, weight %1")
            .arg(locale.toString(smoothing.strength, 'g', 4));
    case SmoothingKind::Gaussian:
        return Texts::tr("Gaussian kernel, σ = %1 points").arg(locale.toString(smoothing.strength, 'g', 4));
    case SmoothingKind::RunningMean:
        return Texts::tr("running mean of %1 points").arg(locale.toString(smoothing.strength, 'g', 4));
    case SmoothingKind::None:
        break;
    }
    return {};
}

QString bandText(BandKind band) {
    switch (band) {
    case BandKind::Deviation:
        return Texts::tr("± standard deviation");
    case BandKind::StandardError:
        return Texts::tr("± standard error");
    case BandKind::Interval95:
        return Texts::tr("95 % interval of the mean (Student's t)");
    case BandKind::Range:
        return Texts::tr("minimum to maximum");
    case BandKind::None:
        break;
    }
    return {};
}

} // namespace simclr::ui
