// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/step_selection.h"

#include "ui/design/pipeline/step_card.h"

#include <algorithm>

namespace simclr::ui {

void StepSelection::click(StepCard *card, Qt::KeyboardModifiers modifiers,
                          const std::vector<StepCard *> &shown) {
    const auto from = std::ranges::find(shown, m_anchor.data());
    const auto to = std::ranges::find(shown, card);
    if (modifiers & Qt::ShiftModifier && from != shown.end() && to != shown.end()) {
        const QPointer<StepCard> anchor = m_anchor;
        choose({std::min(from, to), std::max(from, to) + 1});
        m_anchor = anchor;
    } else if (modifiers & Qt::ControlModifier) {
        contains(card) ? remove(card) : add(card);
        m_anchor = card;
    } else {
        choose({card});
    }
    m_current = contains(card) ? card : nullptr;
}

void StepSelection::choose(const std::vector<StepCard *> &cards) {
    for (StepCard *old : this->cards())
        remove(old);
    for (StepCard *card : cards)
        add(card);
    m_current = cards.empty() ? nullptr : cards.back();
    m_anchor = cards.empty() ? nullptr : cards.front();
}

void StepSelection::keepOnly(const std::vector<StepCard *> &shown) {
    for (StepCard *card : cards())
        if (std::ranges::find(shown, card) == shown.end())
            remove(card);
    std::erase(m_chosen, nullptr);
}

std::vector<StepCard *> StepSelection::cards() const {
    std::vector<StepCard *> cards;
    for (const QPointer<StepCard> &card : m_chosen)
        if (card)
            cards.push_back(card);
    return cards;
}

StepCard *StepSelection::current() const {
    return m_current;
}

bool StepSelection::contains(const StepCard *card) const {
    return std::ranges::find(m_chosen, card) != m_chosen.end();
}

void StepSelection::add(StepCard *card) {
    if (contains(card))
        return;
    m_chosen.emplace_back(card);
    card->setChosen(true);
}

void StepSelection::remove(StepCard *card) {
    std::erase(m_chosen, card);
    card->setChosen(false);
    if (m_current == card)
        m_current = nullptr;
}

} // namespace simclr::ui
