// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <vector>

namespace simclr::ui {

class StepCard;

/// Which cards the next command is for: one by a click, more with Ctrl or Shift. A plain value of the
/// PipelineList; UI thread.
class StepSelection {
  public:
    /// As lists do: a click alone chooses one, Ctrl adds or takes away, Shift chooses all from the one
    /// clicked before. `shown` are the cards from top to bottom.
    void click(StepCard *card, Qt::KeyboardModifiers modifiers, const std::vector<StepCard *> &shown);
    void choose(const std::vector<StepCard *> &cards);
    /// Forgets the cards that are no longer shown.
    void keepOnly(const std::vector<StepCard *> &shown);

    std::vector<StepCard *> cards() const;
    bool contains(const StepCard *card) const;
    /// The one clicked last; nullptr where that took it out, or none is chosen.
    StepCard *current() const;

  private:
    void add(StepCard *card);
    void remove(StepCard *card);

    std::vector<QPointer<StepCard>> m_chosen;
    QPointer<StepCard> m_current;
    QPointer<StepCard> m_anchor;
};

} // namespace simclr::ui
