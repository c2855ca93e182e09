// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/widgets/plain_text.h"

#include <QString>

namespace simclr::ui {

/// "32 px" where all pictures are that square, otherwise "64 × 48 px" or "120 × 90 to 4,000 × 3,000 px".
QString sizeText(const DatasetReport &report);
/// "Shapes · 2,000 · 32 px": the dataset in a glance.
QString datasetHeadline(const DatasetReport &report);
/// "CIFAR-10, binary" for the kind of a report.
QString kindText(const DatasetReport &report);
/// How a source reads in a list: the path without its kind, or the name of what is built in.
QString sourceText(const QString &source);

} // namespace simclr::ui
