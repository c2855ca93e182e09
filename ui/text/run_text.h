// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QIcon>
#include <QList>
#include <QString>

namespace simclr::ui {

/// Texts and icons for the fields of a run.
QString statusTitle(RunStatus status);
QIcon statusIcon(RunStatus status);
/// A dot in the colour of the run's curves.
QIcon runDot(RunId run);
QString dateText(double secondsSince1970);
/// "12 of 20"; a dash for an imported run.
QString epochsText(const RunRecord &run);
/// Negative if the duration is not known.
double durationSeconds(const RunRecord &run, double now);
/// "12 · Name": the id comes first, because runs of one pipeline often have the same name.
QString runTitle(const RunRecord &run);

/// "Width" for "config.width", "Colour jitter · Brightness" for "pipeline.color_jitter.brightness", from the
/// schema of the parameters; also the fixed settings, such as "seed". Other paths are returned unchanged.
QString settingTitle(const std::string &path);

QString pipelineName(const RunRecord &run);
/// "epoch 10", "random encoder", "imported encoder": the encoder that a result belongs to.
QString encoderTitle(const RunRecord &run, const Result &result);
/// "62.1 % (59.0–65.1 %)": an accuracy with its 95 % interval, if known.
QString accuracyText(const RunRecord &run, const Result &result);
/// The text of an accuracy, marked if some images were skipped: "62.1 %, images missing: 3".
QString withMissing(const QString &accuracy, const Result &result);
/// Explanation of the interval, for tooltips.
QString intervalHelp();
/// The newest result of a protocol: on the test split if there is one, otherwise on validation; nullptr if
/// there is none. Results of the untrained encoder are ignored.
const Result *bestKnownResult(const RunRecord &run, Protocol protocol);

} // namespace simclr::ui
