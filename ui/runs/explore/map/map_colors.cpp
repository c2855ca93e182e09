// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_colors.h"

#include "ui/runs/explore/map/map_canvas.h"
#include "ui/runs/explore/map/map_controls.h"
#include "ui/runs/explore/map/map_legend.h"
#include "ui/runs/explore/map/map_pane.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"

#include <QFileDialog>
#include <algorithm>

namespace simclr::ui {

namespace {

/// One legend for two maps: the groups of the first, then those that only the second has.
PointGroups joined(PointGroups first, const PointGroups &second) {
    for (const PointGroup &group : second.groups)
        if (std::ranges::find(first.groups, group.title, &PointGroup::title) == first.groups.end())
            first.groups.push_back(group);
    return first;
}

} // namespace

MapColors::MapColors(MapControls &controls, MapLegend &legend, QWidget &window)
    : QObject(&window), m_controls(controls), m_legend(legend), m_window(window) {
    connect(&m_controls, &MapControls::columnFileRequested, this, &MapColors::askForColumns);
    connect(&m_legend, &MapLegend::shownChanged, this, &MapColors::showHidden);
}

void MapColors::setMaps(std::vector<MapPane *> maps) {
    m_maps = std::move(maps);
    color();
}

PointGroups MapColors::groupsOf(const MapPane &pane) const {
    const MappedImages &images = *pane.images();
    const MapSettings &settings = m_controls.settings();
    switch (settings.colouring) {
    case MapColouring::Split:
        return groupsBySplit(images.table());
    case MapColouring::Prediction:
        return groupsByPrediction(images.predicted, images.images());
    case MapColouring::Correctness:
        return groupsByCorrectness(images.predicted, images.table());
    case MapColouring::Column:
        if (m_columns && images.images().fingerprint() == m_columnImages)
            return groupsByText(m_columns->of(settings.column, images.table().samples));
        break;
    case MapColouring::Class:
        break;
    }
    return groupsByClass(images.table(), images.images());
}

void MapColors::color() {
    PointGroups all;
    for (MapPane *map : m_maps) {
        if (!map->images())
            continue;
        const PointGroups groups = groupsOf(*map);
        map->setGroups(groups);
        all = all.groups.empty() ? groups : joined(all, groups);
    }
    m_legend.setGroups(all);
    showHidden();
}

void MapColors::showHidden() {
    for (MapPane *map : m_maps) {
        PointGroups groups = map->canvas().groups();
        for (PointGroup &group : groups.groups)
            group.isHidden = !m_legend.isShown(group.title);
        map->setGroups(groups);
    }
}

void MapColors::askForColumns() {
    if (m_maps.empty() || !m_maps.front()->images())
        return Q_EMIT failed(tr("Make a map first, then choose a file."));
    QFileDialog *dialog =
        newFileDialog(&m_window, QStringLiteral("columnFile"), tr("Colour by a column of a file"),
                      tr("CSV tables (*.csv *.tsv *.txt)"), FolderFor::Exports);
    connect(dialog, &QFileDialog::fileSelected, this, &MapColors::readColumns);
    dialog->open();
}

void MapColors::readColumns(const QString &file) {
    if (m_maps.empty() || !m_maps.front()->images())
        return;
    const DatasetPtr images = m_maps.front()->images()->features->images;
    m_reader.ask([file, images] { return readColumnFile(toPath(file), *images); },
                 [this, images](ColumnFile columns) {
                     m_columnImages = images->fingerprint();
                     takeColumns(std::move(columns));
                 });
}

void MapColors::takeColumns(ColumnFile columns) {
    Q_EMIT failed(columns.problem);
    if (!columns.problem.isEmpty())
        return;
    const QStringList titles = columns.columns;
    m_columns = std::make_shared<const ColumnFile>(std::move(columns));
    m_controls.setColumns(titles);
}

} // namespace simclr::ui
