// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/disagreement/disagreement_reading.h"
#include "ui/runs/explore/explore_view.h"

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace simclr {
class DatasetCache;
}

namespace simclr::ui {

class EmptyState;
class ImageGallery;
class ResultPicker;
class RunImages;

/// The images of two runs by who predicts them right: galleries of those that only one has right, that both
/// have wrong, and that both have right, with McNemar's test. Owned by the ExplorePanel; UI thread.
class DisagreementView : public ExploreView {
    Q_OBJECT
  public:
    explicit DisagreementView(DatasetCache &images, QWidget *parent = nullptr);

    void showRuns(const std::vector<RunRecord> &runs) override;

  public Q_SLOTS:
    /// Compares by this evaluation, now or when the runs have been selected.
    void chooseResult(const simclr::ResultKey &key);

  private:
    void buildLayout();
    QWidget *buildDiffering();
    void read();
    void take(const DisagreementPtr &reading);
    void showImages();
    void showTest();
    void showMessage(const QString &title, const QString &text);
    QString headingOf(RightRuns right) const;
    ImageGallery *gallery(RightRuns right) const { return m_galleries[std::size_t(right)]; }

    std::vector<RunRecord> m_runs;
    DisagreementPtr m_reading;
    RunImages *m_images;
    ResultPicker *m_picker;
    QLabel *m_test;
    QStackedWidget *m_stack; ///< message, or galleries
    EmptyState *m_message;
    QTabWidget *m_tabs;
    std::array<ImageGallery *, 4> m_galleries; ///< by RightRuns
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
