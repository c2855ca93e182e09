// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/data/wall/image_wall.h"
#include "ui/data/wall/wall_filter.h"

#include <QWidget>
#include <optional>

class QLabel;
class QStackedWidget;

namespace simclr::ui {

class EmptyState;
class FilterBar;
class WallActions;

/// The wall of thumbnails with its filter, which is applied in a thread. Owned by the DataPage; UI thread.
class WallPanel : public QWidget {
    Q_OBJECT
  public:
    /// The study must outlive it.
    explicit WallPanel(const DataStudy &study, QWidget *parent = nullptr);

    ImageWall &wall() { return *m_wall; }
    /// A first look at images that are still being read; null: the study's dataset again.
    void setPreview(const DatasetPtr &preview);

    /// Shows all images of the study, selects these and scrolls to the first.
    void showSelected(const std::vector<std::uint32_t> &samples);

  Q_SIGNALS:
    /// Samples are those of the study's dataset: nothing is requested of images that are still being read.
    void previewRequested(const std::vector<std::uint32_t> &samples);
    void leaveOutRequested(const std::vector<std::uint32_t> &samples);
    void keepRequested(const std::vector<std::uint32_t> &samples);
    /// The image of the study with the focus; −1: none.
    void currentChanged(qint64 sample);

  private:
    void build();
    void connectParts();
    void connectActions();
    /// Whether what is shown is open; otherwise it says why nothing can be done with it.
    bool isOpen();
    void tell(const QString &what);
    DatasetPtr shownDataset() const { return m_preview ? m_preview : m_study.dataset(); }
    void showDataset();
    void showStatistics();
    void keepPlace(const DatasetPtr &next);
    void returnToPlace();
    void applyFilter();
    void showSamples(const ImageWall::Samples &samples);
    void showCount();
    QString describe(std::uint32_t sample, const ImageSize &size) const;

    const DataStudy &m_study;
    DatasetPtr m_preview;
    FilterBar *m_bar;
    ImageWall *m_wall;
    WallActions *m_actions;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QLabel *m_done;
    /// Samples of the images that a selection was made of.
    struct Place {
        std::uint32_t first = 0;              ///< the first that is visible
        std::optional<std::uint32_t> current; ///< the one with the focus
    };
    std::optional<Place> m_place;          ///< to return to when the filter has been applied
    std::vector<std::uint32_t> m_toSelect; ///< when the filter has been applied
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
