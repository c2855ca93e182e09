// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/widgets/plain_text.h"

#include <QString>

namespace simclr::ui {

/// "32 px" if all images are squares of that side, otherwise "64 × 48 px" or "120 × 90 to 4,000 × 3,000 px".
QString sizeText(const DatasetReport &report);
/// "Shapes · 2,000 · 32 px": a one-line summary of the dataset.
QString datasetHeadline(const DatasetReport &report);
/// Title of the dataset kind: "CIFAR-10, binary files".
QString kindText(const DatasetReport &report);
/// A source as shown in a list: the path without its kind, or the name of the built-in dataset.
QString sourceText(const QString &source);
/// The part with labelled images to evaluate on, in the same way; empty if there is none.
QString labelledSourceText(const QString &source);
/// As openDataset() takes it; several parts one after the other: "folder:/photos; labelled: folder:/few".
QString fullSourceText(const QString &source);

} // namespace simclr::ui
