// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/feature_table.h"
#include "ui/text/training_text.h"

#include <QString>

namespace simclr::ui {

/// "training", "validation", "test", or that the run does not use the image.
QString splitText(ImageSplit split);

} // namespace simclr::ui
