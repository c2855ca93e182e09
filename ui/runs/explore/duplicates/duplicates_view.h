// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/duplicates/duplicate_search.h"
#include "ui/runs/explore/explore_view.h"

#include <QTimer>
#include <optional>

class QStackedWidget;
class QTableView;

namespace simclr::ui {

class ComputeQueue;
class DuplicateControls;
class EmptyState;
class ImageGallery;
class PairModel;
class TableExport;
class ThumbnailLoader;

/// Near-duplicates among the images of a run, and leaks between its splits: a list of pairs, and the images
/// of the selected pairs beside it. Owned by the ExplorePanel, which also owns the features; UI thread.
class DuplicatesView : public ExploreView {
    Q_OBJECT
  public:
    DuplicatesView(FeatureCache &features, DatasetCache &images, const ComputeQueue &queue,
                   QWidget *parent = nullptr);

    /// Blocks until no search runs, a cancelled one included; answers are delivered later.
    void waitForSearch() { m_worker.wait(); }
    void showRuns(const std::vector<RunRecord> &runs) override;

  private:
    void buildTable();
    void buildLayout();
    void connectParts();
    void search();
    void cancel();
    void take(const DuplicatesPtr &answer);
    void showMessage(const QString &title, const QString &text);
    void askForSearch();
    QString statusOf(const DuplicateAnswer &answer) const;
    void showPairs();
    void loadThumbnails();
    void copySecondPaths();

    FeatureCache &m_features;
    DatasetCache &m_cache;
    const ComputeQueue &m_queue; ///< the device is free if it computes nothing
    std::optional<RunRecord> m_run;
    bool m_hasSearched = false; ///< the list follows the controls
    DuplicateControls *m_controls;
    QStackedWidget *m_stack; ///< message, or pairs
    EmptyState *m_message;
    PairModel *m_model;
    ThumbnailLoader *m_thumbnails;
    QTableView *m_table;
    TableExport *m_export;
    ImageGallery *m_gallery;
    QTimer m_soon; ///< loads thumbnails once after several changes
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
