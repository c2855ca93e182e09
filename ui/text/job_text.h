// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/job_execution.h"

#include <QString>
#include <QStringList>

namespace simclr::ui {

/// "Train “crop + colour”", "Evaluate run 3", …
QString jobTitle(const Job &job);

/// The current activity in a few words: "opening the images, 1,200 of 50,000".
QString activityText(const Progressed &progressed);

/// What has come of a job that is not a training, in sentences. `notes` are problems that did not stop it.
QString outcomeText(const Job &job, const JobOutcome &outcome, const QStringList &notes = {});

/// The result of a measurement, one sentence each.
QStringList describe(const Preflight &preflight);

} // namespace simclr::ui
