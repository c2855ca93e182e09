// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/pipeline_list.h"

#include "core/augment/operation.h"
#include "ui/design/palette/operation_palette_model.h"
#include "ui/design/pipeline/step_card.h"
#include "ui/design/pipeline/step_column.h"
#include "ui/document/pipeline_document.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

/// The accent line that marks the gap of a drop.
class GapMarker : public QWidget {
  public:
    explicit GapMarker(QWidget *parent) : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

  protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), theme::accent()); }
};

} // namespace

PipelineList::PipelineList(PipelineDocument &document, QWidget *parent)
    : QScrollArea(parent),
      m_document(document),
      m_content(new QWidget),
      m_empty(new EmptyState(QStringLiteral("view-grid"), tr("No operations yet"),
                             tr("Views equal the image. Add an operation from the left by double click, "
                                "Enter or dragging, or start from a preset."))),
      m_steps(new StepColumn([this](StepCard &card) { connectCard(card); }, nullptr)),
      m_tree(*m_steps),
      m_marker(new GapMarker(m_content)) {
    setObjectName(QStringLiteral("pipelineList"));
    setAccessibleName(tr("Pipeline"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::ClickFocus); // so that paste works without any cards
    setAcceptDrops(true);
    m_content->setObjectName(QStringLiteral("pipelineContent"));
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(10, 2, 10, 12);
    column->addWidget(m_steps);
    column->addWidget(m_empty, 1);
    column->addStretch(0);
    setWidget(m_content);
    connect(&document, &PipelineDocument::changed, this, &PipelineList::showChange);
    showChange(true);
}

void PipelineList::setBranch(int branch) {
    if (this->branch() == branch)
        return;
    commitPendingNumber(); // of a card that will be deleted
    m_tree.setBranch(branch);
    showChange(true);
}

void PipelineList::showChange(bool structure) {
    if (!m_document.pipeline().secondSteps)
        m_tree.setBranch(0);
    const std::vector<PipelineStep> &steps = m_document.pipeline().stepsOf(branch());
    m_steps->setSteps(steps, structure);
    if (!structure)
        return;
    m_selection.keepOnly(m_tree.shown());
    m_empty->setVisible(steps.empty());
    auto *column = static_cast<QVBoxLayout *>(m_content->layout());
    column->setStretch(column->count() - 1, steps.empty() ? 0 : 1);
    column->activate();
}

// Requests of cards ----------------------------------------------------------------------------------------

void PipelineList::connectCard(StepCard &card) {
    connectEdits(card);
    connect(&card, &StepCard::pressed, this,
            [this, &card](Qt::KeyboardModifiers modifiers) { clicked(card, modifiers); });
    connect(&card, &StepCard::duplicateRequested, this, [this, &card] {
        actOn(card);
        Q_EMIT duplicateRequested();
    });
    connect(&card, &StepCard::removeRequested, this, [this, &card] {
        actOn(card);
        Q_EMIT removeRequested();
    });
    connect(&card, &StepCard::deletePressed, this, &PipelineList::removeRequested);
    connect(&card, &StepCard::switchPressed, this,
            [this](bool enabled) { m_document.setStepsEnabled(chosenPaths(), enabled); });
    connect(&card, &StepCard::menuRequested, this, [this, &card](const QPoint &at) {
        actOn(card);
        Q_EMIT menuRequested(at);
    });
    connect(&card, &StepCard::stepAsideRequested, this,
            [this, &card](int direction, Qt::KeyboardModifiers modifiers) {
                focusBeside(card, direction, modifiers);
            });
    connect(&card, &StepCard::dragMoved, this, [this, &card](const QPoint &at) { cardDragged(card, at); });
    connect(&card, &StepCard::dragFinished, this, [this, &card](const QPoint &at) { cardDropped(card, at); });
}

void PipelineList::connectEdits(StepCard &card) {
    PipelineDocument &document = m_document;
    connect(&card, &StepCard::enabledEdited, this, [this, &card, &document](bool enabled) {
        document.setStepsEnabled({m_tree.pathOf(card)}, enabled);
    });
    connect(&card, &StepCard::probabilityEdited, this,
            [this, &card, &document](double p) { document.setStepProbability(m_tree.pathOf(card), p); });
    connect(&card, &StepCard::parameterEdited, this,
            [this, &card, &document](const QString &id, const Value &value) {
                document.setParameter(m_tree.pathOf(card), id, value);
            });
    connect(&card, &StepCard::resetRequested, this,
            [this, &card, &document] { document.resetSteps({m_tree.pathOf(card)}); });
}

/// A command on one card applies to all cards selected with it.
void PipelineList::actOn(StepCard &card) {
    if (!m_selection.contains(&card))
        m_selection.click(&card, {}, m_tree.shown());
    if (m_tree.cardOf(focusWidget()) != &card)
        card.setFocus(Qt::OtherFocusReason);
}

void PipelineList::clicked(StepCard &card, Qt::KeyboardModifiers modifiers) {
    m_selection.click(&card, modifiers, m_tree.shown());
}

void PipelineList::focusBeside(StepCard &card, int direction, Qt::KeyboardModifiers modifiers) {
    std::vector<StepCard *> shown = m_tree.shown();
    std::erase_if(shown, [this](const StepCard *each) { // those in a disabled combination
        return !each->isEnabledTo(m_steps);
    });
    const auto place = std::ranges::find(shown, &card) - shown.begin() + direction;
    if (place < 0 || place >= std::ssize(shown))
        return;
    StepCard *next = shown[std::size_t(place)];
    next->setFocus(Qt::OtherFocusReason);
    ensureWidgetVisible(next);
    if (!m_selection.contains(&card))
        m_selection.click(&card, {}, shown);
    m_selection.click(next, modifiers & Qt::ShiftModifier, shown);
}

// Selection ------------------------------------------------------------------------------------------------

StepPath PipelineList::placeToAdd() const {
    const std::optional<StepPath> current = currentPath();
    if (!current)
        return {int(m_steps->cards().size()), branch()};
    const StepCard &card = *m_tree.cardAt(*current);
    if (card.inner() && m_selection.contains(&card))
        return current->child(int(card.inner()->cards().size()));
    return current->sibling(current->row() + 1);
}

std::vector<StepPath> PipelineList::chosenPaths() const {
    std::vector<StepPath> paths;
    for (const StepCard *card : m_selection.cards())
        paths.push_back(m_tree.pathOf(*card));
    const QWidget *focused = QApplication::focusWidget();
    const StepCard *card = m_tree.cardOf(focusWidget());
    const bool isInControl =
        card && focused != card && card->isAncestorOf(focused); // the focus is in a control of that card
    if (card && !m_selection.contains(card) && (isInControl || paths.empty()))
        return {m_tree.pathOf(*card)};
    return outermost(m_document.pipeline(), paths);
}

std::optional<StepPath> PipelineList::currentPath() const {
    const StepCard *focused = m_tree.cardOf(focusWidget());
    const StepCard *current = focused ? focused : m_selection.current();
    return current ? std::optional(m_tree.pathOf(*current)) : std::nullopt;
}

void PipelineList::choosePaths(const std::vector<StepPath> &paths) {
    std::vector<StepCard *> cards;
    for (const StepPath &path : paths)
        if (StepCard *card = m_tree.cardAt(path))
            cards.push_back(card);
    m_selection.choose(cards);
    if (cards.empty())
        return;
    cards.back()->setFocus(Qt::OtherFocusReason);
    m_content->layout()->activate();
    ensureWidgetVisible(cards.back());
}

void PipelineList::chooseFrom(const StepPath &first, std::size_t count) {
    std::vector<StepPath> paths;
    for (std::size_t i = 0; i < count; ++i)
        paths.push_back(first.sibling(first.row() + int(i)));
    choosePaths(paths);
}

/// All cards outside combinations: the others are selected along with theirs. The focus moves, too.
void PipelineList::chooseAll() {
    m_selection.choose(m_steps->cards());
    if (const StepCard *card = m_tree.cardOf(focusWidget()); card && !m_selection.contains(card))
        m_steps->cards()[std::size_t(m_tree.pathOf(*card).indices.front())]->setFocus(Qt::OtherFocusReason);
}

void PipelineList::focusNear(const StepPath &path) {
    StepPath near = path;
    while (!m_tree.cardAt(near) && near.row() > 0)
        near = near.sibling(near.row() - 1);
    if (!m_tree.cardAt(near) && near.depth() > 0)
        near = near.parent();
    if (m_tree.cardAt(near))
        choosePaths({near});
    else
        setFocus(Qt::OtherFocusReason);
}

void PipelineList::addOperation(const QString &operation) {
    attempt([&] {
        const StepPath at = placeToAdd();
        m_document.insertStep(at, operation);
        StepCard *card = m_tree.cardAt(at);
        m_selection.click(card, {}, m_tree.shown());
        m_content->layout()->activate();
        ensureWidgetVisible(card);
        if (QWidget *earlier = focusWidget())
            earlier->clearFocus(); // the next focus goes to the card that was added
    });
}

template <typename Work>
void PipelineList::attempt(Work work) {
    try {
        work();
    } catch (const std::exception &error) {
        Q_EMIT failed(sentenceText(error));
    }
}

/// Beside the cards, which have their own context menu.
void PipelineList::contextMenuEvent(QContextMenuEvent *event) {
    Q_EMIT menuRequested(event->globalPos());
}

// Dragging -------------------------------------------------------------------------------------------------

void PipelineList::markGap(const StepTree::Gap &gap) {
    const int y = gap.column->mapTo(m_content, QPoint(0, gap.column->markY(gap.row))).y();
    const int left = gap.column->mapTo(m_content, QPoint()).x() + (gap.column->owner() ? 14 : 2);
    const int right = gap.column->mapTo(m_content, QPoint(gap.column->width(), 0)).x() - 2;
    m_marker->setGeometry(left, std::max(0, y - 1), right - left, 3);
    m_marker->raise();
    m_marker->show();
}

void PipelineList::cardDragged(StepCard &card, const QPoint &globalPosition) {
    actOn(card);
    ensureVisible(0, m_content->mapFromGlobal(globalPosition).y(), 0, 40);
    markGap(m_tree.gapAt(globalPosition));
}

void PipelineList::cardDropped(StepCard &card, const QPoint &globalPosition) {
    m_marker->hide();
    actOn(card);
    attempt([&] {
        const std::vector<StepPath> moved = chosenPaths();
        if (const auto at = m_document.moveSteps(moved, m_tree.pathOf(m_tree.gapAt(globalPosition))))
            chooseFrom(*at, moved.size());
    });
}

void PipelineList::dragEnterEvent(QDragEnterEvent *event) {
    if (event->mimeData()->hasFormat(OperationPaletteModel::operationMimeType()))
        event->acceptProposedAction();
}

void PipelineList::dragMoveEvent(QDragMoveEvent *event) {
    markGap(m_tree.gapAt(mapToGlobal(event->position().toPoint())));
    event->acceptProposedAction();
}

void PipelineList::dragLeaveEvent(QDragLeaveEvent *) {
    m_marker->hide();
}

void PipelineList::dropEvent(QDropEvent *event) {
    m_marker->hide();
    const QString operation =
        QString::fromUtf8(event->mimeData()->data(OperationPaletteModel::operationMimeType()));
    if (!findOperationType(operation.toStdString()))
        return;
    event->acceptProposedAction();
    attempt([&] {
        const StepPath at = m_tree.pathOf(m_tree.gapAt(mapToGlobal(event->position().toPoint())));
        m_document.insertStep(at, operation);
        choosePaths({at});
    });
}

} // namespace simclr::ui
