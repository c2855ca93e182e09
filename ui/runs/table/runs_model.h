// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QAbstractTableModel>
#include <QIcon>
#include <optional>
#include <unordered_map>
#include <vector>

namespace simclr::ui {

/// The runs of the store as a table, newest first. setRuns() changes only what differs, so that selections
/// and editors stay. Owned by the RunsPage; UI thread.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column {
        Name,
        Status,
        Dataset,
        PipelineName,
        Encoder,
        Epochs,
        Linear,
        Knn,
        Speed,
        Started,
        Duration
    };
    static constexpr int columns = Duration + 1;
    enum Role {
        SortRole = Qt::UserRole, ///< the real value behind the text
        RunIdRole,
        StatusRole,
        GroupRole, ///< equal for comparable accuracies; empty without one
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(std::vector<RunRecord> runs);
    const std::vector<RunRecord> &runs() const { return m_runs; }
    /// nullptr if there is no such run.
    const RunRecord *run(RunId id) const;
    QModelIndex indexOf(RunId id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

  Q_SIGNALS:
    /// The user has renamed a run; the name is to be stored and then set with setRuns().
    void renamed(qint64 run, const QString &name);

  private:
    QString text(const RunRecord &run, int column) const;
    QVariant sortValue(const RunRecord &run, int column) const;
    QVariant decoration(const RunRecord &run, int column) const;
    QString toolTip(const RunRecord &run, int column) const;
    void indexRows();
    void notifyChanges(int row, const RunRecord &before, const RunRecord &after);
    static QString groupOf(const RunRecord &run, int column);
    bool differs(const RunRecord &before, const RunRecord &after, int column) const;
    void removeGone(const std::vector<RunRecord> &newer);
    void insertNew(const std::vector<RunRecord> &newer);

    std::vector<RunRecord> m_runs;
    std::unordered_map<RunId, std::size_t> m_rows; ///< the row of each run after the last change
};

} // namespace simclr::ui
