// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/map/column_file.h"
#include "ui/runs/explore/map/point_groups.h"

#include <QObject>
#include <memory>
#include <vector>

namespace simclr::ui {

class MapControls;
class MapLegend;
class MapPane;
struct MappedImages;

/// Colours the points of the maps as the controls say, keeps the legend up to date, and reads the file of a
/// column. Columns are those of the table that lists the images, and those of a file; of the same name, that
/// of the file. Owned by the MapView; UI thread.
class MapColors : public QObject {
    Q_OBJECT
  public:
    /// All belong to `window`, over which dialogs open.
    MapColors(MapControls &controls, MapLegend &legend, QWidget &window);

    /// The maps that are shown.
    void setMaps(std::vector<MapPane *> maps);
    /// To be called when rows or colouring of a map have changed.
    void color();

  Q_SIGNALS:
    /// `problem` is a sentence; empty: solved.
    void failed(const QString &problem);

  private:
    PointGroups groupsOf(const MapPane &pane) const;
    PointGroups groupsByColumn(const MappedImages &images) const;
    /// Whether the file is about these images.
    bool isFileOf(const Dataset &images) const;
    /// Those of the images of the maps, and those of the file.
    QStringList columnsOf(const Dataset &images) const;
    void offerColumns();
    void showHidden();
    void askForColumns();
    void readColumns(const QString &file);
    /// `images` is the fingerprint of the images of the columns.
    void takeColumns(ColumnFile columns, const std::string &images);

    MapControls &m_controls;
    MapLegend &m_legend;
    QWidget &m_window;
    std::vector<MapPane *> m_maps;
    std::shared_ptr<const ColumnFile> m_columns;
    std::string m_columnImages; ///< fingerprint of the images of the columns
    BackgroundWorker m_reader{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
