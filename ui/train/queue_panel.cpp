// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/queue_panel.h"

#include "ui/text/job_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QListView>
#include <QToolButton>
#include <algorithm>

namespace simclr::ui {

QueueModel::QueueModel(ComputeQueue &queue, QObject *parent) : QAbstractListModel(parent), m_queue(queue) {
    connect(&queue, &ComputeQueue::changed, this, &QueueModel::update);
    update();
}

int QueueModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant QueueModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid())
        return {};
    const QString &text = m_rows[static_cast<std::size_t>(index.row())].text;
    if (role == Qt::DisplayRole)
        return text;
    return role == Qt::ToolTipRole ? QVariant(plainToolTip(text)) : QVariant();
}

JobId QueueModel::idAt(const QModelIndex &index) const {
    return index.isValid() ? m_rows[static_cast<std::size_t>(index.row())].id : JobId();
}

QModelIndex QueueModel::indexOf(const JobId &id) const {
    const auto found = std::ranges::find(m_rows, id, &Row::id);
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

QString QueueModel::textOf(const QueuedJob &job) {
    const QString state = job.isStopping           ? tr("stopping …")
                          : !job.isRunning         ? tr("waiting")
                          : job.activity.isEmpty() ? tr("in progress")
                                                   : job.activity;
    return tr("%1 · %2").arg(jobTitle(job.job), state);
}

void QueueModel::update() {
    std::vector<Row> newer;
    for (const QueuedJob &job : m_queue.jobs())
        newer.push_back({job.id, textOf(job)});
    const bool isSame = std::ranges::equal(newer, m_rows, {}, &Row::id, &Row::id);
    if (!isSame)
        beginResetModel();
    m_rows = std::move(newer);
    if (!isSame)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QueuePanel::QueuePanel(ComputeQueue &queue, QWidget *parent)
    : QWidget(parent),
      m_queue(queue),
      m_model(new QueueModel(queue, this)),
      m_view(new QListView(this)),
      m_remove(new QToolButton(this)) {
    m_view->setObjectName(QStringLiteral("queueList"));
    m_view->setAccessibleName(tr("Queue"));
    m_view->setModel(m_model);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setUniformItemSizes(true);
    auto *remove = new QAction(theme::icon(QStringLiteral("edit-delete")), tr("Remove from the queue"), this);
    remove->setObjectName(QStringLiteral("removeJob"));
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    remove->setToolTip(tr("Removes the selected job from the queue; a job in progress is stopped"));
    addAction(remove);
    m_view->addAction(remove);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_remove->setObjectName(QStringLiteral("removeJobButton"));
    m_remove->setDefaultAction(remove);
    m_remove->setAutoRaise(true);
    auto *head = new QHBoxLayout;
    head->addWidget(mutedLabel(tr("Queue"), this), 1);
    head->addWidget(m_remove);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_view, 1);
    connect(remove, &QAction::triggered, this, &QueuePanel::removeSelected);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &QueuePanel::updateButton);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this,
            [this] { m_current = m_model->idAt(m_view->currentIndex()); });
    connect(m_model, &QAbstractItemModel::modelReset, this,
            [this] { m_view->setCurrentIndex(m_model->indexOf(m_current)); });
    connect(&queue, &ComputeQueue::changed, this, &QueuePanel::updateButton);
    updateButton();
}

void QueuePanel::updateButton() {
    m_remove->defaultAction()->setEnabled(m_view->currentIndex().isValid());
    setVisible(m_queue.waiting() > 0);
}

void QueuePanel::removeSelected() {
    m_queue.cancel(m_model->idAt(m_view->currentIndex()));
}

} // namespace simclr::ui
