// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/confusion/confusion_reading.h"
#include "ui/runs/explore/confusion/matrix_layout.h"
#include "ui/runs/explore/explore_view.h"

#include <array>

class QCheckBox;
class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTabWidget;

namespace simclr {
class DatasetCache;
}

namespace simclr::ui {

class ClassAccuracyModel;
class ConfusionMatrices;
class EmptyState;
class ImageGallery;
class ResultPicker;
class RunImages;

/// Which classes a run confuses, from the predictions that are stored with its evaluations: the confusion
/// matrix, the accuracy of each class, the worst images, and the images of any cell; for two runs side by
/// side. Owned by the ExplorePanel; UI thread.
class ConfusionView : public ExploreView {
    Q_OBJECT
  public:
    explicit ConfusionView(DatasetCache &images, QWidget *parent = nullptr);

    void showRuns(const std::vector<RunRecord> &runs) override;

  private:
    void buildControls();
    QWidget *buildClasses();
    void buildLayout();
    void connectParts();
    void read();
    void take(const ConfusionPtr &reading);
    void showSummary();
    void showProblem(const QString &title, const QString &text);
    void choose(std::size_t run, const MatrixPlace &place);
    void showImages();
    QStringList names() const;
    bool showsDifference() const;
    const RunImages &imagesOfRun(std::size_t run) const;

    std::vector<RunRecord> m_runs;
    ConfusionPtr m_reading;
    bool m_areComparable = false; ///< the runs are of the same images
    std::size_t m_run = 0;        ///< whose matrix has the chosen place
    MatrixPlace m_place;          ///< whose images are shown; without a place the worst images
    std::array<RunImages *, 2> m_images;
    ResultPicker *m_picker;
    QComboBox *m_order;
    QCheckBox *m_difference;
    QLabel *m_summary;
    QStackedWidget *m_stack; ///< message, or matrices
    EmptyState *m_message;
    ConfusionMatrices *m_matrices;
    QTabWidget *m_tabs;
    ImageGallery *m_gallery;
    ClassAccuracyModel *m_classes;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
