// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/parallel/parallel_figure.h"

#include <QString>

namespace simclr::ui {

/// The brushes of a figure as conditions of the filter's language: "batch >= 128 and encoder = "resnet18"".
/// Empty without brushes. An end of a brush that is that of its axis is no condition.
QString brushedCondition(const ParallelFigure &figure);

/// A filter that is true where both are. Words that a line searches for become conditions of their own. An
/// empty part adds nothing.
QString combinedFilter(const QString &line, const QString &condition);

} // namespace simclr::ui
