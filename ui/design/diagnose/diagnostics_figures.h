// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnose/view_diagnostics.h"

#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace simclr::ui {

class DiagnosticsBar;

/// The measured values, each with a line that says what it means, and its formula in the tooltip. Owned by
/// the DiagnosticsPanel; UI thread.
class DiagnosticsFigures : public QWidget {
    Q_OBJECT
  public:
    explicit DiagnosticsFigures(QWidget *parent = nullptr);

    void showDiagnostics(const ViewDiagnostics &diagnostics, const Pipeline &pipeline);
    /// Greys the values: they belong to an earlier pipeline.
    void setOld(bool old);

  private:
    struct Texts {
        const char *name;
        QString title;
        QString meaning;
        QString formula;
    };

    DiagnosticsBar *addBar(const Texts &texts);
    /// Sets `meaningLabel` to the label that explains the value.
    QLabel *addFigure(const Texts &texts, int row, int column, int columns = 1,
                      QLabel **meaningLabel = nullptr);

    QGridLayout *m_grid;
    std::vector<QLabel *> m_values;
    DiagnosticsBar *m_color;
    DiagnosticsBar *m_layout;
    QLabel *m_overlap;
    QLabel *m_ratio;
    QLabel *m_clipped;
    QLabel *m_sources = nullptr; ///< what "clipped" means, and the share in the original images
    QLabel *m_uniform;
    QLabel *m_cost;
};

} // namespace simclr::ui
