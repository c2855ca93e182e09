// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace/compute_queue.h"

#include <QAbstractListModel>
#include <QWidget>

class QListView;
class QToolButton;

namespace simclr::ui {

/// The jobs of the queue, one per row, in their order.
class QueueModel : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit QueueModel(ComputeQueue &queue, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Empty for an invalid index.
    JobId idAt(const QModelIndex &index) const;

    /// Invalid if there is no such job.
    QModelIndex indexOf(const JobId &id) const;

  private:
    struct Row {
        JobId id;
        QString text;
    };
    static QString textOf(const QueuedJob &job);
    void update();

    ComputeQueue &m_queue;
    std::vector<Row> m_rows;
};

/// What runs and what waits for it, beside the event log; hidden while nothing waits. Owned by the TrainPage.
class QueuePanel : public QWidget {
    Q_OBJECT
  public:
    explicit QueuePanel(ComputeQueue &queue, QWidget *parent = nullptr);

  private:
    void updateButton();
    void removeSelected();

    ComputeQueue &m_queue;
    QueueModel *m_model;
    QListView *m_view;
    QToolButton *m_remove;
    JobId m_current; ///< selected, while the rows are replaced
};

} // namespace simclr::ui
