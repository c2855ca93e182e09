// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "ui/plots/curve.h"

#include <QString>

namespace simclr::ui {

/// Translated texts of a metric: title "Contrastive top-1", legend entry "top-1", and a help sentence.
QString metricTitle(const Metric &metric);
QString metricShortTitle(const Metric &metric);
QString metricHelp(const Metric &metric);

/// How values of this kind read on an axis.
NumberStyle numberStyle(MetricKind kind);
/// From a value as it is stored to one as it is shown: 100 for shares, which are shown in percent.
double displayFactor(const Metric &metric);

} // namespace simclr::ui
