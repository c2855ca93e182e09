// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/map_points.h"
#include "ui/background/background_worker.h"
#include "ui/runs/explore/map/image_folder_export.h"
#include "ui/runs/explore/map/mapped_images.h"

#include <QWidget>
#include <functional>
#include <optional>

class QToolButton;

namespace simclr::ui {

class ImageGallery;
class InlineMessage;
class MapSelection;

/// The selected images of the maps as a list, which can be exported. Owned by the MapView; UI thread.
class SelectionPanel : public QWidget {
    Q_OBJECT
  public:
    /// The selection must outlive it.
    explicit SelectionPanel(MapSelection &selection, QWidget *parent = nullptr);

    /// What the selected indices are of; nothing while there is no map. `points` are those of its rows.
    void setImages(const std::optional<MappedImages> &images);
    /// Where the points of a map are at the time of an export; set by the owner.
    void setPoints(std::function<MapPoints()> points) { m_points = std::move(points); }

  Q_SIGNALS:
    /// The user wants to open this folder of images that was written, as openDataset() names it.
    void openRequested(const QString &source);
    /// The user has chosen an image of the list.
    void imageChosen(quint32 sample);

  private:
    void build();
    void showImages();
    void buildMenu();
    void askForTable();
    void exportTable(const QString &file);
    /// A folder of the selected images, or of all others.
    void askForFolder(bool isOfOthers);
    void exportFolder(const QString &folder, bool isOfOthers);
    /// A file that leaves the selected images out, or all others.
    void askForSelection(bool isKept);
    void exportSelection(const QString &file, bool isKept);
    void showProgress(std::size_t done, std::size_t all);
    void showFolder(const QString &folder, const ExportedFolder &written);
    void showWritten(const QString &where, const QString &problem);

    /// The images of the list, in ascending order.
    std::vector<std::uint32_t> listedSamples() const;

    MapSelection &m_selection;
    std::optional<MappedImages> m_images;
    std::function<MapPoints()> m_points;
    ImageGallery *m_gallery;
    InlineMessage *m_message;
    QToolButton *m_export;
    QString m_written; ///< what openDataset() opens: the last folder, or the images with the last selection
    QToolButton *m_clear;
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
