// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/data_study.h"

#include <QString>

namespace simclr::ui {

/// "Reading 1,024 of 60,000 images".
QString stageText(DuplicateStage stage, qulonglong done, qulonglong all);

/// How many images were compared without a duplicate among them, and what was not compared.
QString nothingFoundText(const DuplicateImages &found);

/// How many pairs and groups there are, within and between splits, and which part of the test images is also
/// trained on: one line each.
QString foundText(const DuplicateImages &found, const StudiedSplits &splits);

} // namespace simclr::ui
