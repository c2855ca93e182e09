// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/map_canvas.h"
#include "ui/runs/explore/map/map_settings.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace simclr::ui {

/// The line above the maps: which images and features, how they are placed and coloured, and the tool of the
/// mouse. Remembers its settings. Owned by the MapView; UI thread.
class MapControls : public QWidget {
    Q_OBJECT
  public:
    explicit MapControls(QWidget *parent = nullptr);

    const MapSettings &settings() const { return m_settings; }
    /// h and z of one run can be side by side; of two runs, one of them.
    void setRunCount(std::size_t runs);
    /// The columns that can be coloured by. One that was chosen and is not there any more is replaced by the
    /// class, without a signal.
    void setColumns(const QStringList &columns);
    void chooseColumn(const QString &column);

  Q_SIGNALS:
    void settingsEdited();
    void toolChosen(simclr::ui::MapCanvas::Tool tool);
    void fitRequested();
    /// The user wants to colour by a column of a file that is still to be chosen.
    void columnFileRequested();

  private:
    void buildChoices();
    void buildColouring();
    QWidget *buildTools();
    QWidget *buildOptions();
    void edit();
    void chooseColouring(int index);
    void showColouring();

    MapSettings m_settings;
    QStringList m_columns;
    QComboBox *m_split;
    QComboBox *m_sides;
    QComboBox *m_method;
    QComboBox *m_colouring;
    QSpinBox *m_neighbours;
    QDoubleSpinBox *m_minDist;
    QSpinBox *m_seed;
};

} // namespace simclr::ui
