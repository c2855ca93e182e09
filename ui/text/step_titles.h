// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QString>

namespace simclr::ui {

/// "Colour jitter"; "One of (Colour jitter, Colour drop)" for a combination; the id where nobody knows it.
QString stepTitle(const PipelineStep &step);

/// Those that are switched on, with dots between them; empty where there is none.
QString stepTitles(const std::vector<PipelineStep> &steps);

} // namespace simclr::ui
