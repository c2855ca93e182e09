// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"

#include <QString>

namespace simclr::ui {

/// What a person reads of a metric, translated: "Contrastive top-1"; "top-1" in a legend; a sentence.
QString metricTitle(const Metric &metric);
QString metricShortTitle(const Metric &metric);
QString metricHelp(const Metric &metric);

} // namespace simclr::ui
