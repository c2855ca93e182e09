// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QSortFilterProxyModel>
#include <optional>

namespace simclr::ui {

/// Runs whose texts contain every typed word, of one status or of any, sorted by their real values;
/// accuracies are sorted only among comparable ones. Owned by the RunsPage.
class RunsFilter : public QSortFilterProxyModel {
    Q_OBJECT
  public:
    explicit RunsFilter(QAbstractItemModel &runs, QObject *parent = nullptr);

    void setWords(const QString &text);
    void setStatus(std::optional<RunStatus> status);
    /// Whether runs are sorted by accuracy, and that of this row is not comparable with the one above.
    bool startsGroup(int row) const;

  protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

  private:
    QStringList m_words;
    std::optional<RunStatus> m_status;
};

} // namespace simclr::ui
