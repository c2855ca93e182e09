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
/// "12 of 20"; a dash where nothing is trained.
QString epochsText(const RunRecord &run);
double durationSeconds(const RunRecord &run, double now);
/// The name with the number before it: runs of one pipeline are often called the same.
QString runTitle(const RunRecord &run);

/// "Width" for "config.width", "Colour jitter · Brightness" for "pipeline.color_jitter.brightness", from the
/// one description; what stands beside it is named too, any other path as it stands.
QString settingTitle(const std::string &path);

QString pipelineName(const RunRecord &run);
/// "epoch 10", "random encoder", "imported encoder": the encoder that a result of the run is about.
QString encoderTitle(const RunRecord &run, const Result &result);
/// "62.1 % (59.0–65.1 %)": an accuracy with its 95 % interval, where that is known.
QString accuracyText(const RunRecord &run, const Result &result);
/// The text of an accuracy, marked where it is not about all images: "62.1 %, images missing: 3".
QString withMissing(const QString &accuracy, const Result &result);
/// What the interval means, for tooltips.
QString intervalHelp();
/// The newest result of a protocol: on the test split where there is one, otherwise on validation; nullptr
/// without any. That of the encoder from before its training does not count.
const Result *bestKnownResult(const RunRecord &run, Protocol protocol);

} // namespace simclr::ui
