// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"

#include <QString>

namespace simclr::ui {

/// Translated texts of a metric: title "Contrastive top-1", legend entry "top-1", and a help sentence.
QString metricTitle(const Metric &metric);
QString metricShortTitle(const Metric &metric);
QString metricHelp(const Metric &metric);

} // namespace simclr::ui
