// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_source.h"

#include <QAbstractTableModel>
#include <QString>
#include <vector>

namespace simclr::ui {

/// The runs that an import has found, and then what became of each. Runs of another database can be chosen by
/// their check boxes. Owned by the ImportDialog; UI thread.
class FoundRunsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Source, Import, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Runs of a database have check boxes; all are checked.
    void setFound(const std::vector<FoundRun> &runs, ImportKind kind);
    /// The numbers in the other database of those that are checked.
    std::vector<RunId> chosen() const;
    bool areAllChosen() const;
    /// Replaces what was found by what was done.
    void setDone(const std::vector<ImportOutcome> &outcomes);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

  Q_SIGNALS:
    /// chosen() has changed.
    void choiceChanged();

  private:
    struct Row {
        QString name;
        QString source;
        QString import; ///< "new", "known as run 3", "added as run 5", …
        RunId id = 0;
        bool isChosen = true;
    };

    std::vector<Row> m_rows;
    bool m_canChoose = false;
};

} // namespace simclr::ui
