// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnose/shortcut_meters.h"

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace simclr::ui {

class MetersBar;

/// The numbers of the meters with a line each that says what they mean, and the formula in the tooltip. Owned
/// by the MetersPanel; UI thread.
class MetersFigures : public QWidget {
    Q_OBJECT
  public:
    explicit MetersFigures(QWidget *parent = nullptr);

    void showMeters(const Meters &meters, const Pipeline &pipeline);
    /// Greys what is shown: it was of another pipeline.
    void setOld(bool old);

  private:
    struct Words {
        const char *name;
        QString title;
        QString meaning;
        QString formula;
    };

    MetersBar *addBar(const Words &words);
    /// `meaning` is set to the line that says what the figure means.
    QLabel *addFigure(const Words &words, int row, int column, int columns = 1, QLabel **meaning = nullptr);

    QGridLayout *m_grid;
    std::vector<QLabel *> m_values;
    MetersBar *m_color;
    MetersBar *m_layout;
    QLabel *m_overlap;
    QLabel *m_ratio;
    QLabel *m_clipped;
    QLabel *m_sources = nullptr; ///< what clipped means, and how much of the pictures is
    QLabel *m_uniform;
    QLabel *m_cost;
};

} // namespace simclr::ui
