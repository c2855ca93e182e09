// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/training_session.h"

namespace simclr::ui {

/// What a resumed run had done before it went on, up to `lastStep`, as the session would have told it; empty
/// where it cannot be read.
TrainingUpdate earlierCurves(const std::filesystem::path &database, RunId run, std::int64_t lastStep);

} // namespace simclr::ui
