// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/figure_export.h"

class QWidget;

namespace simclr::ui {

/// A table of Compare as a figure for files and the clipboard, drawn as it is shown; the table must outlive
/// it.
ExportedFigure exportedTable(QWidget &table, const QString &title, const QString &caption,
                             std::function<QByteArray()> csv, bool hasValues);

} // namespace simclr::ui
