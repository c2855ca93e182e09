// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_colors.h"

#include "ui/runs/explore/map/map_canvas.h"
#include "ui/runs/explore/map/map_controls.h"
#include "ui/runs/explore/map/map_legend.h"
#include "ui/runs/explore/map/map_pane.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"

#include <QFileDialog>
#include <QSet>

namespace simclr::ui {

namespace {

/// One legend for two maps: the groups of the first, then those that only the second has.
PointGroups joined(PointGroups first, const PointGroups &second) {
    QSet<QString> titles;
    for (const PointGroup &group : first.groups)
        titles.insert(group.title);
    for (const PointGroup &group : second.groups)
        if (!titles.contains(group.title))
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

bool MapColors::isFileOf(const Dataset &images) const {
    return m_columns && images.fingerprint() == m_columnImages;
}

QStringList MapColors::columnsOf(const Dataset &images) const {
    QStringList columns;
    for (const std::string &name : images.columnNames())
        columns.append(QString::fromStdString(name));
    if (isFileOf(images))
        columns.append(m_columns->columns);
    columns.removeDuplicates();
    return columns;
}

void MapColors::offerColumns() {
    QStringList columns;
    bool areKnown = false;
    for (const MapPane *map : m_maps)
        if (map->images()) {
            columns.append(columnsOf(map->images()->images()));
            areKnown = true;
        }
    columns.removeDuplicates();
    if (areKnown)
        m_controls.setColumns(columns);
}

PointGroups MapColors::groupsByColumn(const MappedImages &images) const {
    const QString &column = m_controls.settings().column;
    const std::vector<std::uint32_t> &samples = images.table().samples;
    if (isFileOf(images.images()) && m_columns->columns.contains(column))
        return groupsByText(m_columns->of(column, samples));
    std::vector<QString> values;
    values.reserve(samples.size());
    for (const std::uint32_t sample : samples)
        values.push_back(QString::fromStdString(images.images().columnValue(sample, column.toStdString())));
    return groupsByText(values);
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
        if (columnsOf(images.images()).contains(settings.column))
            return groupsByColumn(images);
        break;
    case MapColouring::Class:
        break;
    }
    return groupsByClass(images.table(), images.images());
}

void MapColors::color() {
    offerColumns();
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
    m_reader.ask(
        [file, images] { return readColumnFile(toPath(file), *images); },
        [this, images](ColumnFile columns) { takeColumns(std::move(columns), images->fingerprint()); });
}

void MapColors::takeColumns(ColumnFile columns, const std::string &images) {
    Q_EMIT failed(columns.problem);
    if (!columns.problem.isEmpty())
        return;
    const QString first = columns.columns.front();
    m_columns = std::make_shared<const ColumnFile>(std::move(columns));
    m_columnImages = images;
    color();
    m_controls.chooseColumn(first);
}

} // namespace simclr::ui
