// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QWidget>
#include <functional>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace simclr::ui {

class StepCard;

/// A list of steps as cards, in order: those of a branch, or of a combination within its card. Cards outlive
/// changes of order, so that focus and folding stay with their step. Owned by the PipelineList or by the card
/// of the combination; UI thread.
class StepColumn : public QWidget {
    Q_OBJECT
  public:
    /// What is to be connected to each card as it is made.
    using Wire = std::function<void(StepCard &)>;

    /// `owner` is the card of the combination; nullptr for the steps of a branch.
    StepColumn(const Wire &wire, StepCard *owner, QWidget *parent = nullptr);

    StepCard *owner() const { return m_owner; }
    const std::vector<StepCard *> &cards() const { return m_cards; }

    /// Shows these steps; `structure` where there may be others than before, or in another order.
    void setSteps(const std::vector<PipelineStep> &steps, bool structure);

    /// The gap between cards that is nearest to `y`: 0 … number of cards.
    int gapAt(int y) const;
    /// Where the line is drawn that marks a gap.
    int markY(int gap) const;

  private:
    void rebuild(const std::vector<PipelineStep> &steps);
    void place(std::size_t row);

    Wire m_wire;
    StepCard *m_owner;
    QVBoxLayout *m_layout;
    QLabel *m_nothing = nullptr; ///< what stands in an empty combination
    std::vector<StepCard *> m_cards;
};

} // namespace simclr::ui
