// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/run_column.h"
#include "ui/runs/table/run_tree.h"
#include "ui/workspace/run_catalogue.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QSet>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace simclr::ui {

/// The table of runs: filtered, sorted, and in groups that may contain groups. Changes only what differs, so
/// that selections and editors stay; only if many rows come or go it resets itself. Owned by the RunsPage; UI
/// thread.
class RunsModel : public QAbstractItemModel {
    Q_OBJECT
  public:
    /// The places of basicRunColumns().
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
        Duration,
        Tags,
        Seed
    };
    enum Role {
        RunIdRole = Qt::UserRole, ///< 0 for a group
        GroupRole,                ///< keys of a group and its parents; empty for a run
        StartsApartRole,          ///< sorted by accuracy, and not comparable with the row above
        EvaluableRole,            ///< the cell has no result, and an evaluation of the run would give it
    };

    explicit RunsModel(QObject *parent = nullptr);
    ~RunsModel() override;

    /// The first columns are those of basicRunColumns().
    const std::vector<RunColumn> &columns() const { return m_columns; }
    /// −1 if there is no such column.
    int columnOf(const QString &field) const;
    /// Replaces the columns after the basic ones.
    void setExtraColumns(std::vector<RunColumn> columns);

    /// Newest first.
    void setRuns(const std::vector<RunPtr> &runs);
    /// The same, with setShown().
    void setRuns(const std::vector<RunPtr> &runs, std::optional<QSet<qint64>> shown);
    const std::vector<RunPtr> &runs() const { return m_runs; }
    /// Nothing: all.
    void setShown(std::optional<QSet<qint64>> ids);
    void setLevels(std::vector<RunLevel> levels);
    const std::vector<RunLevel> &levels() const { return m_order.levels; }
    void sort(int column, Qt::SortOrder order) override;

    /// Whether it has the run, shown or not. nullptr if there is no such run.
    RunPtr run(RunId id) const;
    /// Invalid if the run is not shown.
    QModelIndex indexOf(RunId id) const;
    QModelIndex indexOfGroup(const QStringList &keys) const;
    /// The runs of a row, all of them for a group, in the order of the table.
    std::vector<RunPtr> runsOf(const QModelIndex &index) const;
    /// Of a group alone: "Seed: 1"; empty for a run.
    QString groupTitle(const QModelIndex &index) const;
    bool isGroup(const QModelIndex &index) const;
    /// Of a group, with those of the groups around it: "Batch: 256 · Seed: 1".
    QString titleOf(const QModelIndex &group) const;
    int shownRuns() const { return m_root->runs; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

  Q_SIGNALS:
    /// The user has renamed a run; the name is to be stored and then set with setRuns().
    void renamed(qint64 run, const QString &name);
    /// shownRuns() may have changed.
    void arranged();

  private:
    RunNode &nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(const RunNode &node, int column = 0) const;
    QVariant runData(const RunNode &node, int column, int role) const;
    QVariant groupData(const RunNode &node, int column, int role) const;
    QString groupText(const RunNode &node, int column) const;
    QString commonText(const RunNode &node, int column) const;
    const GroupSummary &summaryOf(const RunNode &node, int column) const;
    bool startsApart(const RunNode &node) const;

    void takeRuns(const std::vector<RunPtr> &runs);
    void arrange();
    void indexRuns(const RunNode &node);
    void update(RunNode &node, const RunNode &newer);
    void tellChanges(const RunNode &node, const RunRecord &before);
    void tellCellsChanged(RunNode &node);
    bool patch(RunNode &newer);
    void removeGone(RunNode &node, const RunNode &newer);
    void reorder(const RunNode &newer);
    void insertNew(RunNode &node, const RunNode &newer);
    void insertRange(RunNode &node, const RunNode &newer, std::size_t first, std::size_t last);
    void forgetRuns(const RunNode &node);
    void tellGroupChanged(RunNode &node);

    std::vector<RunColumn> m_columns = basicRunColumns();
    std::vector<RunPtr> m_runs;
    QHash<qint64, RunPtr> m_byId;
    RunOrder m_order;
    QStringList m_shownLevels; ///< fields of the levels of m_root
    std::unique_ptr<RunNode> m_root;
    std::unordered_map<RunId, RunNode *> m_nodes; ///< of the shown runs
};

} // namespace simclr::ui
