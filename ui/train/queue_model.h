// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace/compute_queue.h"

#include <QAbstractTableModel>
#include <vector>

namespace simclr::ui {

class QueueForecast;

/// The jobs of the queue, one per row: those in progress, those that wait in their order, and those that
/// failed. Waiting ones can be dragged to another place. Owned by the QueuePanel.
class QueueModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Title, Images, Pipeline, State, Time, columns };

    QueueModel(ComputeQueue &queue, QueueForecast &forecast, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    /// Moves the job in the queue; the rows follow.
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

    /// Empty for an invalid index.
    JobId idAt(const QModelIndex &index) const;
    bool isWaiting(const QModelIndex &index) const;
    bool isTroubled(const QModelIndex &index) const;
    /// Invalid if there is no such job.
    QModelIndex indexOf(const JobId &id) const;

  private:
    enum class Kind { Running, Waiting, Troubled };
    struct Row {
        JobId id;
        Kind kind;
        std::array<QString, columns> texts;
    };
    Row rowOf(const QueuedJob &job) const;
    static Row rowOf(const TroubledJob &job);
    std::vector<Row> rows() const;
    void update();
    const Row *row(const QModelIndex &index) const;

    ComputeQueue &m_queue;
    QueueForecast &m_forecast;
    std::vector<Row> m_rows;
};

} // namespace simclr::ui
