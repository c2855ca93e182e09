// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QColor>
#include <QString>
#include <functional>
#include <vector>

namespace simclr::ui {

/// What is drawn as one curve: a run, or several runs as their mean with a band.
struct CurveGroup {
    QString label;                 ///< what differs from the others; plain text
    std::function<QColor()> color; ///< called again when the palette changes
    std::vector<RunId> runs;       ///< at least one
};

/// The labels of the groups; those that are equal get their run numbers: "SimCLR (runs 3, 5, 7)".
std::vector<QString> distinctLabels(const std::vector<CurveGroup> &groups);

} // namespace simclr::ui
