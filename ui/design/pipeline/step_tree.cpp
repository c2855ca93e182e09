// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/step_tree.h"

#include "ui/design/pipeline/step_card.h"
#include "ui/design/pipeline/step_column.h"

#include <algorithm>

namespace simclr::ui {

namespace {

void collect(const StepColumn &column, std::vector<StepCard *> &cards) {
    for (StepCard *card : column.cards()) {
        cards.push_back(card);
        if (card->inner() && card->inner()->isVisibleTo(card))
            collect(*card->inner(), cards);
    }
}

int rowOf(const StepCard &card) {
    const std::vector<StepCard *> &cards = card.column()->cards();
    return int(std::ranges::find(cards, &card) - cards.begin());
}

/// The column of a combination in `column` under the pointer, or nullptr.
StepColumn *innerUnder(const StepColumn &column, const QPoint &globalPosition) {
    for (const StepCard *card : column.cards())
        if (StepColumn *inner = card->inner(); inner && inner->isVisible())
            if (inner->rect().contains(inner->mapFromGlobal(globalPosition)))
                return inner;
    return nullptr;
}

} // namespace

std::vector<StepCard *> StepTree::shown() const {
    std::vector<StepCard *> cards;
    collect(*m_steps, cards);
    return cards;
}

StepPath StepTree::pathOf(const StepCard &card) const {
    return pathOf(Gap{card.column(), rowOf(card)});
}

StepPath StepTree::pathOf(const Gap &gap) const {
    const StepCard *owner = gap.column->owner();
    return owner ? pathOf(*owner).child(gap.row) : StepPath(gap.row, m_branch);
}

StepCard *StepTree::cardAt(const StepPath &path) const {
    const StepColumn *column = path.branch == m_branch ? m_steps : nullptr;
    StepCard *card = nullptr;
    for (const int index : path.indices) {
        if (!column || index < 0 || index >= int(column->cards().size()))
            return nullptr;
        card = column->cards()[std::size_t(index)];
        column = card->inner();
    }
    return card;
}

StepCard *StepTree::cardOf(QWidget *widget) const {
    for (; widget && widget != m_steps; widget = widget->parentWidget())
        if (auto *card = qobject_cast<StepCard *>(widget); card && card->isVisibleTo(m_steps))
            return card;
    return nullptr;
}

StepTree::Gap StepTree::gapAt(const QPoint &globalPosition) const {
    StepColumn *column = m_steps;
    while (StepColumn *inner = innerUnder(*column, globalPosition))
        column = inner;
    return {column, column->gapAt(column->mapFromGlobal(globalPosition).y())};
}

} // namespace simclr::ui
