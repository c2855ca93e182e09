// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <vector>

namespace simclr::ui {

/// One way to look into the representation of one run, or of two side by side. Owned by the ExplorePanel; UI
/// thread.
class ExploreView : public QWidget {
  public:
    using QWidget::QWidget;

    /// One or two runs, in full. Called when the view is on the screen and the runs are others than at the
    /// last call, or have new results or checkpoints.
    virtual void showRuns(const std::vector<RunRecord> &runs) = 0;
};

} // namespace simclr::ui
