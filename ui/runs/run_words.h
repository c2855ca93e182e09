// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QIcon>
#include <QList>
#include <QString>

namespace simclr::ui {

/// How the fields of a run read in the window.
QString statusTitle(RunStatus status);
QIcon statusIcon(RunStatus status);
/// A dot in the run's colour, as its curves have it.
QIcon runDot(RunId run);
QString dateText(double secondsSince1970);
/// "12 of 20".
QString epochsText(const RunRecord &run);
double durationSeconds(const RunRecord &run, double now);
QString pipelineName(const RunRecord &run);
/// The newest result of a protocol: on the test split where there is one, otherwise on validation; nullptr
/// without any. The random encoder's does not count.
const ResultRecord *bestKnownResult(const RunRecord &run, const std::string &protocol);
/// "test" or "validation".
QString splitText(const std::string &split);

} // namespace simclr::ui
