// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/metric_text.h"

#include "ui/widgets/core_text.h"

namespace simclr::ui {

QString metricTitle(const Metric &metric) {
    return coreText(metric.title);
}

QString metricShortTitle(const Metric &metric) {
    return coreText(metric.shortTitle);
}

QString metricHelp(const Metric &metric) {
    return coreText(metric.help);
}

NumberStyle numberStyle(MetricKind kind) {
    switch (kind) {
    case MetricKind::Share:
        return NumberStyle::Percent;
    case MetricKind::Rate:
    case MetricKind::Memory:
        return NumberStyle::Count;
    case MetricKind::Nats:
    case MetricKind::Number:
        break;
    }
    return NumberStyle::General;
}

double displayFactor(const Metric &metric) {
    constexpr double percent = 100;
    return metric.kind == MetricKind::Share ? percent : 1;
}

} // namespace simclr::ui
