// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/metric_text.h"

#include <QCoreApplication>
#include <string>

namespace simclr::ui {

namespace {

QString translated(std::string_view text) {
    return QCoreApplication::translate("Metric", std::string(text).c_str());
}

} // namespace

QString metricTitle(const Metric &metric) {
    return translated(metric.title);
}

QString metricShortTitle(const Metric &metric) {
    return translated(metric.shortTitle);
}

QString metricHelp(const Metric &metric) {
    return translated(metric.help);
}

} // namespace simclr::ui
