// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QString>
#include <string>

namespace simclr::ui {

/// The accuracy of a run by one protocol, as short as the table of runs needs it: "60.0 % val."; a dash
/// without one.
QString shortAccuracy(const RunRecord &run, Protocol protocol);
/// The number behind it; -1 without one.
double accuracyValue(const RunRecord &run, Protocol protocol);
/// The same in full, with its interval, or the reason why there is none.
QString accuracyTip(const RunRecord &run, Protocol protocol);
/// Equal for accuracies on the same images; test sorts before validation. Empty without an accuracy.
QString comparableGroup(const RunRecord &run, Protocol protocol);

/// Whether the run has no such accuracy, but labels by which it can be evaluated, and is not running.
bool lacksAccuracy(const RunRecord &run, Protocol protocol);

} // namespace simclr::ui
