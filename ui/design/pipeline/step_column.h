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

/// A list of steps as cards, in order: those of a branch, or of a combination within its card. Cards are kept
/// when the order changes, so that focus and folding stay with their step. Owned by the PipelineList or by
/// the card of the combination; UI thread.
class StepColumn : public QWidget {
    Q_OBJECT
  public:
    /// Connects each new card.
    using Wire = std::function<void(StepCard &)>;

    /// `owner` is the card of the combination; nullptr for the steps of a branch.
    StepColumn(const Wire &wire, StepCard *owner, QWidget *parent = nullptr);

    StepCard *owner() const { return m_owner; }
    const std::vector<StepCard *> &cards() const { return m_cards; }

    /// Shows these steps; `structure` if steps were added, removed or reordered.
    void setSteps(const std::vector<PipelineStep> &steps, bool structure);

    /// The gap between cards nearest to `y`: 0 … number of cards.
    int gapAt(int y) const;
    /// Where the line that marks a gap is painted.
    int markY(int gap) const;

  private:
    void rebuild(const std::vector<PipelineStep> &steps);
    void place(std::size_t row);

    Wire m_wire;
    StepCard *m_owner;
    QVBoxLayout *m_layout;
    QLabel *m_nothing = nullptr; ///< shown in an empty combination
    std::vector<StepCard *> m_cards;
};

} // namespace simclr::ui
