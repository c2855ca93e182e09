// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QString>

namespace simclr::ui {

/// "Colour jitter"; "One of (Colour jitter, Colour drop)" for a combination; the id if the operation is
/// unknown.
QString stepTitle(const PipelineStep &step);

/// Titles of the enabled steps, separated by dots; empty if there are none.
QString stepTitles(const std::vector<PipelineStep> &steps);

} // namespace simclr::ui
