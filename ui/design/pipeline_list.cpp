// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline_list.h"

#include "ui/design/operation_palette_model.h"
#include "ui/design/pipeline_document.h"
#include "ui/design/step_card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/theme.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int gapHeight = 8;

/// The accent line that shows where a drop would go.
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
      m_column(new QVBoxLayout(m_content)),
      m_empty(new EmptyState(
          QStringLiteral("view-grid"), tr("No operations yet"),
          tr("Both views are the picture itself. Add an operation from the left by double click, "
             "Enter or dragging, or start from a preset."))),
      m_marker(new GapMarker(m_content)) {
    setObjectName(QStringLiteral("pipelineList"));
    setAccessibleName(tr("Pipeline"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAcceptDrops(true);
    m_content->setObjectName(QStringLiteral("pipelineContent"));
    m_column->setContentsMargins(10, 2, 10, 12);
    m_column->setSpacing(gapHeight);
    m_column->addWidget(m_empty, 1);
    m_column->addStretch(0);
    setWidget(m_content);
    connect(&document, &PipelineDocument::changed, this, &PipelineList::showChange);
    rebuild();
}

void PipelineList::addOperation(const QString &operation) {
    int row = int(m_cards.size());
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        if (m_cards[i]->isAncestorOf(focusWidget()) || m_cards[i]->hasFocus())
            row = int(i) + 1;
    m_document.insertStep(row, operation);
    ensureWidgetVisible(m_cards[std::size_t(row)]);
}

void PipelineList::showChange(bool structure) {
    if (structure)
        return rebuild();
    for (std::size_t row = 0; row < m_cards.size(); ++row)
        m_cards[row]->setStep(m_document.pipeline().steps[row]);
}

void PipelineList::rebuild() {
    const std::size_t steps = m_document.pipeline().steps.size();
    std::vector<StepCard *> old = std::exchange(m_cards, std::vector<StepCard *>(steps, nullptr));
    for (std::size_t row = 0; row < steps; ++row)
        m_cards[row] = takeCardFor(row, old);
    for (std::size_t row = 0; row < steps; ++row) {
        if (!m_cards[row])
            m_cards[row] = makeCard(row);
        m_column->insertWidget(int(row), m_cards[row]);
        m_cards[row]->show(); // now, so that it can be scrolled to and focused
        if (row > 0)
            setTabOrder(m_cards[row - 1], m_cards[row]);
    }
    for (StepCard *card : old) {
        if (!card)
            continue;
        m_column->removeWidget(card);
        card->hide();
        card->deleteLater(); // it may be the one that asked
    }
    m_empty->setVisible(steps == 0);
    m_column->setStretch(m_column->count() - 1, steps == 0 ? 0 : 1);
    m_content->layout()->activate();
}

/// Cards outlive changes of order, so that focus and folding stay with their step.
StepCard *PipelineList::takeCardFor(std::size_t row, std::vector<StepCard *> &old) {
    const PipelineStep &step = m_document.pipeline().steps[row];
    const auto found =
        std::ranges::find_if(old, [&](StepCard *card) { return card && card->step() == step; });
    return found == old.end() ? nullptr : std::exchange(*found, nullptr);
}

StepCard *PipelineList::makeCard(std::size_t row) {
    auto *card = new StepCard(m_document.pipeline().steps[row], m_content);
    connectCard(card);
    return card;
}

void PipelineList::connectCard(StepCard *card) {
    PipelineDocument &document = m_document;
    connect(card, &StepCard::enabledEdited, this,
            [=, this, &document](bool enabled) { document.setStepEnabled(rowOf(card), enabled); });
    connect(card, &StepCard::probabilityEdited, this,
            [=, this, &document](double p) { document.setStepProbability(rowOf(card), p); });
    connect(card, &StepCard::parameterEdited, this,
            [=, this, &document](const QString &id, const Value &value) {
                document.setParameter(rowOf(card), id, value);
            });
    connect(card, &StepCard::duplicateRequested, this,
            [=, this, &document] { document.duplicateStep(rowOf(card)); });
    connect(card, &StepCard::removeRequested, this, [=, this, &document] {
        const int row = rowOf(card);
        document.removeStep(row);
        focusRow(row);
    });
    connect(card, &StepCard::moveRequested, this, [=, this, &document](int direction) {
        const int row = rowOf(card);
        document.moveStep(row, row + direction);
        ensureWidgetVisible(card);
    });
    connect(card, &StepCard::dragMoved, this, [=, this](const QPoint &at) { cardDragged(card, at); });
    connect(card, &StepCard::dragFinished, this, [=, this](const QPoint &at) { cardDropped(card, at); });
}

int PipelineList::rowOf(const StepCard *card) const {
    return int(std::ranges::find(m_cards, card) - m_cards.begin());
}

void PipelineList::focusRow(int row) {
    if (!m_cards.empty())
        m_cards[std::size_t(std::clamp(row, 0, int(m_cards.size()) - 1))]->setFocus();
}

int PipelineList::gapAt(int y) const {
    return int(std::ranges::count_if(
        m_cards, [=](const StepCard *card) { return y > card->geometry().center().y(); }));
}

void PipelineList::markGap(int gap) {
    const bool atEnd = gap >= int(m_cards.size());
    const int y = m_cards.empty() ? 4
                  : atEnd         ? m_cards.back()->geometry().bottom() + gapHeight / 2
                                  : m_cards[std::size_t(gap)]->geometry().top() - gapHeight / 2 - 1;
    m_marker->setGeometry(12, std::max(0, y - 1), m_content->width() - 24, 3);
    m_marker->raise();
    m_marker->show();
}

void PipelineList::cardDragged(StepCard *card, const QPoint &globalPosition) {
    const QPoint position = m_content->mapFromGlobal(globalPosition);
    card->setHighlighted(true);
    ensureVisible(0, position.y(), 0, 40);
    markGap(gapAt(position.y()));
}

void PipelineList::cardDropped(StepCard *card, const QPoint &globalPosition) {
    card->setHighlighted(false);
    m_marker->hide();
    const int from = rowOf(card);
    const int gap = gapAt(m_content->mapFromGlobal(globalPosition).y());
    m_document.moveStep(from, gap > from ? gap - 1 : gap);
}

void PipelineList::dragEnterEvent(QDragEnterEvent *event) {
    if (event->mimeData()->hasFormat(OperationPaletteModel::operationMimeType()))
        event->acceptProposedAction();
}

void PipelineList::dragMoveEvent(QDragMoveEvent *event) {
    markGap(gapAt(m_content->mapFrom(this, event->position().toPoint()).y()));
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
    m_document.insertStep(gapAt(m_content->mapFrom(this, event->position().toPoint()).y()), operation);
}

} // namespace simclr::ui
