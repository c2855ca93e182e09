// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <vector>

namespace simclr::ui {

class StepCard;

/// The cards that the next command applies to: one by a click, several with Ctrl or Shift. A plain value of
/// the PipelineList; UI thread.
class StepSelection {
  public:
    /// As in item views: a click chooses one card, Ctrl toggles it, Shift chooses all cards from the one
    /// clicked before. `shown` are the cards from top to bottom.
    void click(StepCard *card, Qt::KeyboardModifiers modifiers, const std::vector<StepCard *> &shown);
    void choose(const std::vector<StepCard *> &cards);
    /// Removes the cards that are no longer shown.
    void keepOnly(const std::vector<StepCard *> &shown);

    std::vector<StepCard *> cards() const;
    bool contains(const StepCard *card) const;
    /// The card clicked last; nullptr if that click removed it, or none is selected.
    StepCard *current() const;

  private:
    void add(StepCard *card);
    void remove(StepCard *card);

    std::vector<QPointer<StepCard>> m_chosen;
    QPointer<StepCard> m_current;
    QPointer<StepCard> m_anchor;
};

} // namespace simclr::ui
