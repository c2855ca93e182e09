// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/data_study.h"

#include <QScrollArea>

class QVBoxLayout;

namespace simclr::ui {

class DatasetReportView;
class SplitsBox;
class TrainingLook;

/// The left column of the Data page: the report of the open images, their splits, what is measured of them,
/// and one image at the training size. Scrolls. Owned by the DataPage; UI thread.
class FactsPanel : public QScrollArea {
    Q_OBJECT
  public:
    /// The study must outlive it.
    explicit FactsPanel(DataStudy &study, QWidget *parent = nullptr);

    /// Shows the options that splits depend on.
    void setOptions(const TrainOptions &options);
    /// Which image is shown at the training size; −1: the first.
    void setSample(qint64 sample);
    /// Puts a widget above the report, below those that are there.
    void addOnTop(QWidget *widget);

  Q_SIGNALS:
    void optionEdited(const QString &id, const simclr::Value &value);

  private:
    void showDataset();
    void showLook();

    DataStudy &m_study;
    QVBoxLayout *m_column;
    int m_onTop = 0; ///< widgets above the report
    DatasetReportView *m_report;
    SplitsBox *m_splits;
    QWidget *m_lookTitle;
    TrainingLook *m_look;
    qint64 m_sample = -1;
};

} // namespace simclr::ui
