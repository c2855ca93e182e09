// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/explore_view.h"
#include "ui/runs/explore/quality/quality_measuring.h"
#include "ui/runs/explore/table_export.h"

#include <array>
#include <deque>

class QLabel;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace simclr::ui {

class ComputeQueue;
class QualityModel;

/// The quality of representations without labels: the measures of all finished runs on the images of the
/// selected one, and how far each measure orders them as their accuracies do. Runs are measured on request,
/// one after the other, and only once. Owned by the ExplorePanel, which also owns the features; UI thread.
class QualityView : public ExploreView {
    Q_OBJECT
  public:
    QualityView(FeatureCache &features, DatasetCache &images, const ComputeQueue &queue,
                QWidget *parent = nullptr);

    /// Blocks until nothing is measured, what was cancelled included; answers are delivered later.
    void waitForMeasuring() { m_worker.wait(); }
    void showRuns(const std::vector<RunRecord> &runs) override;

  private:
    void buildTable();
    void buildLayout();
    TableContent content() const;
    QWidget *buildRanking();
    void takeRows(std::vector<QualityRow> rows);
    void measure(const std::vector<RunRecord> &runs);
    void measureNext();
    void take(const RunRecord &run, const QualityAnswer &answer);
    void cancel();
    void updateState();
    void showRanking();
    std::vector<RunRecord> unmeasured() const;

    FeatureCache &m_features;
    DatasetCache &m_images;
    const ComputeQueue &m_queue; ///< the device is free if it computes nothing
    QualityFile m_file;
    std::vector<RunRecord> m_runs;   ///< the selected ones
    std::deque<RunRecord> m_waiting; ///< to be measured, the current one first
    QualityModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    QPushButton *m_measure;
    QPushButton *m_measureAll;
    QPushButton *m_cancel;
    QProgressBar *m_progress;
    QLabel *m_state;
    std::array<QLabel *, 4> m_ranking; ///< by QualityMeasure
    BackgroundWorker m_reader{BackgroundWorker::Policy::StopCurrent};
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
