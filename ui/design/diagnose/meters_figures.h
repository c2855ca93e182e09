// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnose/shortcut_meters.h"

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace simclr::ui {

class MetersBar;

/// The measured values, each with a line that says what it means, and its formula in the tooltip. Owned by
/// the MetersPanel; UI thread.
class MetersFigures : public QWidget {
    Q_OBJECT
  public:
    explicit MetersFigures(QWidget *parent = nullptr);

    void showMeters(const Meters &meters, const Pipeline &pipeline);
    /// Greys the values: they belong to an earlier pipeline.
    void setOld(bool old);

  private:
    struct Texts {
        const char *name;
        QString title;
        QString meaning;
        QString formula;
    };

    MetersBar *addBar(const Texts &texts);
    /// Sets `meaningLabel` to the label that explains the value.
    QLabel *addFigure(const Texts &texts, int row, int column, int columns = 1,
                      QLabel **meaningLabel = nullptr);

    QGridLayout *m_grid;
    std::vector<QLabel *> m_values;
    MetersBar *m_color;
    MetersBar *m_layout;
    QLabel *m_overlap;
    QLabel *m_ratio;
    QLabel *m_clipped;
    QLabel *m_sources = nullptr; ///< what "clipped" means, and the share in the original images
    QLabel *m_uniform;
    QLabel *m_cost;
};

} // namespace simclr::ui
