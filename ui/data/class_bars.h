// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <QWidget>

namespace simclr::ui {

/// The classes of a dataset with their image counts as thin bars; shows the first few, then the number of
/// others. Owned by the DatasetReportView; UI thread.
class ClassBars : public QWidget {
    Q_OBJECT
  public:
    explicit ClassBars(QWidget *parent = nullptr);

    void setReport(const DatasetReport &report);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    std::vector<std::string> m_names;
    std::vector<std::size_t> m_counts;
    std::size_t m_rest = 0;
};

} // namespace simclr::ui
