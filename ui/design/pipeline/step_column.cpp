// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/step_column.h"

#include "ui/design/pipeline/step_card.h"
#include "ui/widgets/text_labels.h"

#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int gapHeight = 8;

/// Reuses an old card for each row that it `fits`, preferably the card of the same row.
template <typename Fits>
void reuse(std::vector<StepCard *> &cards, std::vector<StepCard *> &old, Fits fits) {
    for (std::size_t row = 0; row < cards.size(); ++row)
        if (!cards[row] && row < old.size() && old[row] && fits(*old[row], row))
            cards[row] = std::exchange(old[row], nullptr);
    for (std::size_t row = 0; row < cards.size(); ++row) {
        if (cards[row])
            continue;
        const auto found =
            std::ranges::find_if(old, [&](const StepCard *card) { return card && fits(*card, row); });
        if (found != old.end())
            cards[row] = std::exchange(*found, nullptr);
    }
}

} // namespace

StepColumn::StepColumn(const Wire &wire, StepCard *owner, QWidget *parent)
    : QWidget(parent), m_wire(wire), m_owner(owner), m_layout(new QVBoxLayout(this)) {
    setObjectName(owner ? QStringLiteral("innerSteps") : QStringLiteral("branchSteps"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(gapHeight);
    if (!owner)
        return;
    m_nothing = mutedLabel(tr("Empty: drop operations here, or select this card and add them."));
    m_nothing->setObjectName(QStringLiteral("nothingInside"));
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(6);
    m_layout->addWidget(m_nothing);
}

void StepColumn::setSteps(const std::vector<PipelineStep> &steps, bool structure) {
    if (structure || steps.size() != m_cards.size())
        rebuild(steps);
    for (std::size_t row = 0; row < steps.size(); ++row)
        m_cards[row]->setStep(steps[row], structure);
}

void StepColumn::rebuild(const std::vector<PipelineStep> &steps) {
    std::vector<StepCard *> old = std::exchange(m_cards, std::vector<StepCard *>(steps.size(), nullptr));
    reuse(m_cards, old, [&](const StepCard &card, std::size_t row) { return card.step() == steps[row]; });
    reuse(m_cards, old, [&](const StepCard &card, std::size_t row) { return card.canShow(steps[row]); });
    for (std::size_t row = 0; row < steps.size(); ++row) {
        if (!m_cards[row]) {
            m_cards[row] = new StepCard(steps[row], m_wire, this);
            m_wire(*m_cards[row]);
        }
        place(row);
    }
    for (StepCard *card : old) {
        if (!card)
            continue;
        m_layout->removeWidget(card);
        card->hide();
        card->deleteLater(); // it may be the sender of the signal being handled
    }
    if (m_nothing)
        m_nothing->setVisible(steps.empty());
}

void StepColumn::place(std::size_t row) {
    m_layout->insertWidget(int(row), m_cards[row]);
    m_cards[row]->show(); // now, so that it can be scrolled to and focused
    if (row > 0)
        setTabOrder(m_cards[row - 1], m_cards[row]);
}

int StepColumn::gapAt(int y) const {
    return int(std::ranges::count_if(
        m_cards, [=](const StepCard *card) { return y > card->geometry().center().y(); }));
}

int StepColumn::markY(int gap) const {
    if (m_cards.empty())
        return m_nothing ? 2 : 4;
    return gap >= int(m_cards.size()) ? m_cards.back()->geometry().bottom() + gapHeight / 2
                                      : m_cards[std::size_t(gap)]->geometry().top() - gapHeight / 2 - 1;
}

} // namespace simclr::ui
