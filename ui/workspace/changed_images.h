// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace simclr::ui {

class ComputeQueue;

/// When a run cannot be resumed because its images have changed, asks the user, in a dialog over `owner`,
/// whether to resume it on the changed images, and submits that.
void askWhereImagesChanged(ComputeQueue &queue, QWidget &owner);

} // namespace simclr::ui
