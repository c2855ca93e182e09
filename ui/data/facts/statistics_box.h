// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/data_study.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace simclr::ui {

class HistogramBars;

/// Sizes, aspect ratios, and mean and standard deviation of the channels: measured when the user asks, or at
/// once if all decoded images are in memory. Owned by the FactsPanel; UI thread.
class StatisticsBox : public QWidget {
    Q_OBJECT
  public:
    /// The study must outlive it.
    explicit StatisticsBox(DataStudy &study, QWidget *parent = nullptr);

  private:
    void build();
    void showState();
    void showStatistics(const ImageStatistics &statistics);
    QString basisText(const ImageStatistics &statistics) const;
    void measureIfQuick();
    void press();

    DataStudy &m_study;
    QPushButton *m_measure;
    QProgressBar *m_progress;
    QLabel *m_channels;
    QLabel *m_basis; ///< what the numbers are of
    HistogramBars *m_sides;
    HistogramBars *m_aspects;
};

} // namespace simclr::ui
