// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_controls.h"

#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QWidgetAction>
#include <utility>

namespace simclr::ui {

namespace {

void nameIt(QWidget &widget, const char *objectName, const QString &accessibleName, const QString &toolTip) {
    widget.setObjectName(QLatin1String(objectName));
    widget.setAccessibleName(accessibleName);
    widget.setToolTip(toolTip);
}

void choose(QComboBox &box, const QVariant &data) {
    const QSignalBlocker blocker(box);
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

constexpr int fileChoice = -1; ///< in the list of colourings

} // namespace

MapControls::MapControls(QWidget *parent)
    : QWidget(parent),
      m_settings(MapSettings::recall()),
      m_split(new QComboBox(this)),
      m_sides(new QComboBox(this)),
      m_method(new QComboBox(this)),
      m_colouring(new QComboBox(this)),
      m_neighbours(new QSpinBox),
      m_minDist(new QDoubleSpinBox),
      m_seed(new QSpinBox) {
    buildChoices();
    buildColouring();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (QComboBox *box : {m_split, m_sides, m_method, m_colouring}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        layout->addWidget(box);
    }
    layout->addWidget(buildOptions());
    layout->addStretch(1);
    layout->addWidget(buildTools());
}

void MapControls::buildChoices() {
    nameIt(*m_split, "mapSplit", tr("Images of the map"), tr("Images of the map"));
    m_split->addItem(tr("Test images"), QStringLiteral("test"));
    m_split->addItem(tr("Validation images"), QStringLiteral("validation"));
    m_split->addItem(tr("Training images"), QStringLiteral("train"));
    m_split->addItem(tr("All images"), QStringLiteral("all"));
    choose(*m_split, m_settings.split);
    nameIt(*m_sides, "mapFeatures", tr("Features of the map"),
           tr("h is the output of the encoder, z that of the projection head"));
    m_sides->addItem(tr("h"), int(MapSides::H));
    m_sides->addItem(tr("z"), int(MapSides::Z));
    m_sides->addItem(tr("h beside z"), int(MapSides::Both));
    choose(*m_sides, int(m_settings.sides));
    nameIt(*m_method, "mapMethod", tr("Method of the map"),
           tr("UMAP keeps neighbours together; distances between its clusters, and their sizes, are not "
              "those of the features. PCA shows the two directions of largest variance."));
    m_method->addItem(tr("UMAP"), int(MapMethod::Umap));
    m_method->addItem(tr("PCA"), int(MapMethod::Pca));
    choose(*m_method, int(m_settings.method));
    for (QComboBox *box : {m_split, m_sides, m_method})
        connect(box, &QComboBox::currentIndexChanged, this, &MapControls::edit);
}

void MapControls::buildColouring() {
    nameIt(*m_colouring, "mapColouring", tr("Colours of the map"),
           tr("What the colours mean. Predictions are those of the newest linear evaluation, or kNN."));
    m_colouring->addItem(tr("By class"), int(MapColouring::Class));
    m_colouring->addItem(tr("By split"), int(MapColouring::Split));
    m_colouring->addItem(tr("By prediction"), int(MapColouring::Prediction));
    m_colouring->addItem(tr("Right or wrong"), int(MapColouring::Correctness));
    m_colouring->addItem(tr("By a column of a CSV file…"), fileChoice);
    choose(*m_colouring, int(m_settings.colouring));
    connect(m_colouring, &QComboBox::currentIndexChanged, this, &MapControls::chooseColouring);
}

QWidget *MapControls::buildOptions() {
    auto *form = new QWidget;
    auto *rows = new QFormLayout(form);
    nameIt(*m_neighbours, "mapNeighbours", tr("Neighbours"),
           tr("Neighbours of an image for UMAP, itself included. More show large structures, fewer small "
              "ones."));
    m_neighbours->setRange(2, 200);
    m_neighbours->setValue(m_settings.neighbours);
    nameIt(
        *m_minDist, "mapMinDist", tr("Minimum distance"),
        tr("Smallest distance of neighbours on the map, from 0 to 1. Smaller values give denser clusters."));
    m_minDist->setRange(0, 1);
    m_minDist->setSingleStep(0.05);
    m_minDist->setValue(m_settings.minDist);
    nameIt(*m_seed, "mapSeed", tr("Seed"), tr("The same seed gives the same map, on any number of threads"));
    m_seed->setRange(0, 1'000'000);
    m_seed->setValue(m_settings.seed);
    for (QAbstractSpinBox *box : std::initializer_list<QAbstractSpinBox *>{m_neighbours, m_minDist, m_seed}) {
        SpinBoxBehaviour::install(*box);
        rows->addRow(box->accessibleName(), box);
    }
    connect(m_neighbours, &QSpinBox::valueChanged, this, &MapControls::edit);
    connect(m_minDist, &QDoubleSpinBox::valueChanged, this, &MapControls::edit);
    connect(m_seed, &QSpinBox::valueChanged, this, &MapControls::edit);
    auto *menu = new QMenu(this);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(form);
    menu->addAction(action);
    QToolButton *button = choiceButton(QStringLiteral("mapOptions"), tr("Options"),
                                       tr("Neighbours, minimum distance and seed of UMAP"));
    button->setCheckable(false);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu);
    return button;
}

QWidget *MapControls::buildTools() {
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    const auto add = [&](const char *name, const char *icon, const QString &toolTip, MapCanvas::Tool tool) {
        QToolButton *button = exclusiveButton(QLatin1String(name), {}, toolTip);
        button->setIcon(theme::icon(QLatin1String(icon)));
        button->setAccessibleName(toolTip);
        button->setChecked(tool == MapCanvas::Tool::Move);
        row->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, tool] { Q_EMIT toolChosen(tool); });
    };
    add("moveTool", "transform-move", tr("Dragging moves the map; with Shift it selects by a lasso"),
        MapCanvas::Tool::Move);
    add("lassoTool", "draw-freehand", tr("Dragging selects by a lasso; Ctrl adds, Alt removes"),
        MapCanvas::Tool::Lasso);
    add("rectangleTool", "select-rectangular", tr("Dragging selects by a rectangle; Ctrl adds, Alt removes"),
        MapCanvas::Tool::Rectangle);
    QToolButton *fit = iconButton(QStringLiteral("fitMap"), QStringLiteral("zoom-fit-best"),
                                  withShortcut(tr("Show the whole map"), Qt::Key_Home));
    connect(fit, &QToolButton::clicked, this, &MapControls::fitRequested);
    row->addWidget(fit);
    return tools;
}

void MapControls::edit() {
    m_settings.split = m_split->currentData().toString();
    m_settings.sides = static_cast<MapSides>(m_sides->currentData().toInt());
    m_settings.method = static_cast<MapMethod>(m_method->currentData().toInt());
    m_settings.neighbours = m_neighbours->value();
    m_settings.minDist = m_minDist->value();
    m_settings.seed = m_seed->value();
    m_settings.remember();
    Q_EMIT settingsEdited();
}

/// The list has the fixed colourings, then the columns of the images and of a file, then the choice of a
/// file.
void MapControls::chooseColouring(int index) {
    const QVariant chosen = m_colouring->itemData(index);
    if (chosen.toInt() == fileChoice && chosen.typeId() == QMetaType::Int) {
        showColouring();
        Q_EMIT columnFileRequested();
        return;
    }
    const bool isColumn = chosen.typeId() == QMetaType::QString;
    m_settings.colouring = isColumn ? MapColouring::Column : static_cast<MapColouring>(chosen.toInt());
    m_settings.column = isColumn ? chosen.toString() : QString();
    edit();
}

void MapControls::setRunCount(std::size_t runs) {
    auto *items = qobject_cast<QStandardItemModel *>(m_sides->model());
    QStandardItem *both = items->item(m_sides->findData(int(MapSides::Both)));
    both->setEnabled(runs < 2);
}

void MapControls::setColumns(const QStringList &columns) {
    if (std::exchange(m_columns, columns) == columns)
        return;
    {
        const QSignalBlocker blocker(m_colouring);
        for (int i = m_colouring->count() - 1; i >= 0; --i)
            if (m_colouring->itemData(i).typeId() == QMetaType::QString)
                m_colouring->removeItem(i);
        for (const QString &column : columns)
            m_colouring->insertItem(m_colouring->count() - 1, tr("Column “%1”").arg(column), column);
    }
    if (m_settings.colouring == MapColouring::Column && !columns.contains(m_settings.column)) {
        m_settings.colouring = MapColouring::Class;
        m_settings.column.clear();
    }
    showColouring();
}

void MapControls::showColouring() {
    const bool isColumn = m_settings.colouring == MapColouring::Column;
    choose(*m_colouring, isColumn ? QVariant(m_settings.column) : QVariant(int(m_settings.colouring)));
}

void MapControls::chooseColumn(const QString &column) {
    m_colouring->setCurrentIndex(m_colouring->findData(column));
}

} // namespace simclr::ui
