// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline_edit.h"

#include <QPoint>
#include <vector>

class QWidget;

namespace simclr::ui {

class StepCard;
class StepColumn;

/// Maps cards to steps: the cards of a branch and those in them. Owned by the PipelineList; UI thread.
class StepTree {
  public:
    /// A gap in one of the columns.
    struct Gap {
        StepColumn *column;
        int row;
    };

    /// `steps` contains the cards of the branch.
    explicit StepTree(StepColumn &steps) : m_steps(&steps) {}

    int branch() const { return m_branch; }
    void setBranch(int branch) { m_branch = branch; }

    /// From top to bottom, without the cards in a folded card.
    std::vector<StepCard *> shown() const;
    StepPath pathOf(const StepCard &card) const;
    StepPath pathOf(const Gap &gap) const;
    /// The card at a path, or nullptr.
    StepCard *cardAt(const StepPath &path) const;
    /// The innermost card that the widget is or that contains it, or nullptr.
    StepCard *cardOf(QWidget *widget) const;
    /// In the innermost combination under the pointer, otherwise in the branch.
    Gap gapAt(const QPoint &globalPosition) const;

  private:
    StepColumn *m_steps;
    int m_branch = 0;
};

} // namespace simclr::ui
