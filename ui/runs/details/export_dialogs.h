// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job/job.h"
#include "core/store/records.h"

#include <functional>

class QWidget;

namespace simclr::ui {

// Both ask for a file in a dialog over `owner`, without blocking, and pass the job that writes it to
// `chosen`.

/// The filters of the dialog are the formats.
void askForEncoderFile(QWidget &owner, const RunRecord &run, std::function<void(const ExportJob &)> chosen);

/// For the features of the run's own images.
void askForFeaturesFile(QWidget &owner, const RunRecord &run, std::function<void(const EmbedJob &)> chosen);

} // namespace simclr::ui
