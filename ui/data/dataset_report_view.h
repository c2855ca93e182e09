// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QListWidget;

namespace simclr::ui {

class ClassBars;

/// The report of the opened dataset: kind, sizes, classes, splits, and the files that were left out. Owned by
/// the DatasetPanel; UI thread.
class DatasetReportView : public QWidget {
    Q_OBJECT
  public:
    explicit DatasetReportView(QWidget *parent = nullptr);

    void setDataset(const Dataset &dataset);

  private:
    QLabel *addRow(QFormLayout &form, const QString &title, const char *objectName);
    void showBroken(const DatasetReport &report);

    QLabel *m_title;
    QLabel *m_kind;
    QLabel *m_images;
    QLabel *m_size;
    QLabel *m_memory;
    QLabel *m_splits;
    QLabel *m_notes; ///< what was left out, and why
    ClassBars *m_classes;
    QLabel *m_brokenTitle;
    QListWidget *m_broken;
};

} // namespace simclr::ui
