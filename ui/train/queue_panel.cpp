// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/queue_panel.h"

#include "ui/text/training_text.h"
#include "ui/train/queue_model.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/queue_forecast.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QToolButton>
#include <QTreeView>

namespace simclr::ui {

QueuePanel::QueuePanel(ComputeQueue &queue, QueueForecast &forecast, QWidget *parent)
    : QWidget(parent),
      m_queue(queue),
      m_forecast(forecast),
      m_model(new QueueModel(queue, forecast, this)),
      m_view(new QTreeView(this)),
      m_summary(new ElidedLabel({}, this)),
      m_reason(new InlineMessage(this)) {
    setObjectName(QStringLiteral("queuePanel"));
    m_view->setObjectName(QStringLiteral("queueList"));
    m_view->setAccessibleName(tr("Queue"));
    m_view->setModel(m_model);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setUniformRowHeights(true);
    m_view->setRootIsDecorated(false);
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDragDropOverwriteMode(false);
    m_view->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_view->header()->setStretchLastSection(true);
    m_view->setColumnWidth(QueueModel::Title, 220);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_summary->setObjectName(QStringLiteral("queueSummary"));
    m_reason->setObjectName(QStringLiteral("queueReason"));
    makeActions();
    buildLayout();
    connectParts();
    update();
}

QAction *QueuePanel::makeAction(const QString &name, const QString &icon, const QString &text,
                                const QKeySequence &key, const QString &tip, void (QueuePanel::*act)()) {
    auto *action = new QAction(theme::icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(key.isEmpty() ? tip : withShortcut(tip, key));
    addAction(action);
    m_view->addAction(action);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void QueuePanel::makeActions() {
    m_pause = makeAction(QStringLiteral("pauseQueue"), QStringLiteral("media-playback-pause"),
                         tr("Pause the queue"), {}, {}, &QueuePanel::togglePause);
    m_up = makeAction(QStringLiteral("jobUp"), QStringLiteral("go-up"), tr("Earlier"), Qt::CTRL | Qt::Key_Up,
                      tr("Moves the selected job up in the queue"), &QueuePanel::moveUp);
    m_down =
        makeAction(QStringLiteral("jobDown"), QStringLiteral("go-down"), tr("Later"), Qt::CTRL | Qt::Key_Down,
                   tr("Moves the selected job down in the queue"), &QueuePanel::moveDown);
    m_repeat = makeAction(QStringLiteral("repeatJob"), QStringLiteral("view-refresh"), tr("Try again"), {},
                          tr("Puts the selected job, which failed, at the end of the queue"),
                          &QueuePanel::repeatSelected);
    m_remove = makeAction(QStringLiteral("removeJob"), QStringLiteral("edit-delete"),
                          tr("Remove from the queue"), QKeySequence::Delete,
                          tr("Removes the selected job from the list; a job in progress is stopped"),
                          &QueuePanel::removeSelected);
}

void QueuePanel::buildLayout() {
    auto *head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(m_summary, 1);
    for (QAction *action : {m_pause, m_up, m_down, m_repeat, m_remove}) {
        auto *button = new QToolButton(this);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        head->addWidget(button);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_reason);
    column->addWidget(m_view, 1);
}

void QueuePanel::connectParts() {
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &QueuePanel::update);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_current = selected(); });
    connect(m_model, &QAbstractItemModel::modelReset, this,
            [this] { m_view->setCurrentIndex(m_model->indexOf(m_current)); });
    connect(&m_queue, &ComputeQueue::changed, this, &QueuePanel::update);
    connect(&m_forecast, &QueueForecast::changed, this, &QueuePanel::showSummary);
    connect(m_reason, &InlineMessage::actionRequested, &m_queue, &ComputeQueue::resume);
}

JobId QueuePanel::selected() const {
    return m_model->idAt(m_view->currentIndex());
}

void QueuePanel::update() {
    const QModelIndex current = m_view->currentIndex();
    const bool isWaiting = m_model->isWaiting(current);
    m_up->setEnabled(isWaiting);
    m_down->setEnabled(isWaiting);
    m_repeat->setEnabled(m_model->isTroubled(current));
    m_remove->setEnabled(current.isValid());
    showPause();
    showSummary();
    setVisible(m_queue.waiting() > 0 || !m_queue.troubled().empty() || m_queue.isPaused());
}

void QueuePanel::showPause() {
    const bool isPaused = m_queue.isPaused();
    m_pause->setText(isPaused ? tr("Continue the queue") : tr("Pause the queue"));
    m_pause->setIcon(theme::icon(isPaused ? QStringLiteral("media-playback-start")
                                          : QStringLiteral("media-playback-pause")));
    m_pause->setToolTip(isPaused ? tr("Starts the next job")
                                 : tr("Starts no further job; what is in progress continues"));
    if (isPaused && !m_queue.pauseReason().isEmpty())
        m_reason->showText(InlineMessage::Tone::Warning, m_queue.pauseReason(), tr("Continue"));
    else
        m_reason->clear();
}

void QueuePanel::showSummary() {
    QStringList parts{m_queue.isPaused() ? tr("Queue (paused)") : tr("Queue")};
    if (const int waiting = m_queue.waiting(); waiting > 0) {
        const double seconds = m_forecast.secondsOfAll();
        parts.append(tr("%n waiting", nullptr, waiting));
        parts.append(seconds < 0 ? tr("remaining time unknown")
                                 : tr("about %1 left").arg(durationText(seconds)));
    }
    m_summary->setText(parts.join(QStringLiteral(" · ")));
}

void QueuePanel::removeSelected() {
    if (m_model->isTroubled(m_view->currentIndex()))
        m_queue.dismiss(selected());
    else
        m_queue.cancel(selected());
}

void QueuePanel::moveSelected(int by) {
    m_queue.move(selected(), by);
}

void QueuePanel::repeatSelected() {
    m_queue.repeat(selected());
}

void QueuePanel::togglePause() {
    if (m_queue.isPaused())
        m_queue.resume();
    else
        m_queue.pause();
}

void QueuePanel::focusList() {
    m_view->setFocus();
}

} // namespace simclr::ui
