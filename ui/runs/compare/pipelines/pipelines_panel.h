// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/compare/pipelines/pipeline_samples.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSpinBox;
class QStackedWidget;
class QTableWidget;

namespace simclr {
class DatasetCache;
}

namespace simclr::ui {

class EmptyState;
class PipelinesCanvas;
class RunImages;

/// The pipelines of the selected runs side by side: the same images with the same seed, and the settings in
/// which the pipelines differ. Runs with equal pipelines share a column. Renders only while it is visible.
/// Owned by whoever shows it; UI thread.
class PipelinesPanel : public QWidget {
    Q_OBJECT
  public:
    explicit PipelinesPanel(DatasetCache &images, QWidget *parent = nullptr);

    void setRuns(const std::vector<RunRecord> &runs);

  public Q_SLOTS:
    /// Other random numbers: the next seed.
    void renderNextSample();
    /// Copies all images as one picture.
    void copyPicture();

  protected:
    void showEvent(QShowEvent *event) override;

  private:
    QWidget *buildControls();
    QWidget *buildContent();
    void refresh();
    void request();
    void showDifferences();
    void showMessage(const QString &title, const QString &text);
    void showHint();

    std::vector<RunRecord> m_runs;
    std::vector<ComparedPipeline> m_pipelines;
    std::size_t m_different = 0; ///< pipelines of the runs, also those that are not shown
    bool m_isOutdated = true;
    RunImages *m_images;
    QSpinBox *m_count;
    QDoubleSpinBox *m_seed;
    QLabel *m_hint;
    QStackedWidget *m_stack; ///< message, or pipelines
    EmptyState *m_message;
    PipelinesCanvas *m_canvas;
    QTableWidget *m_differences;
    BackgroundWorker m_worker{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
