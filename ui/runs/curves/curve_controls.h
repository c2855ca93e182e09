// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/curves/curve_settings.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QMenu;
class QSlider;
class QToolButton;

namespace simclr::ui {

/// The row above the curves: which metrics, over which x, smoothing, band and axes. Stores every change in
/// the settings. Owned by the CurvesPanel.
class CurveControls : public QWidget {
    Q_OBJECT
  public:
    explicit CurveControls(QWidget *parent = nullptr);

    const CurveSettings &settings() const { return m_settings; }
    /// "the first 50 of 80 selected runs"; empty if all are shown.
    /// The choice of a band, which only groups of several runs have.
    void showBand(bool isShown);
    void setNotDrawn(const QString &text);

  Q_SIGNALS:
    void changed();

  private:
    void buildMetrics();
    void buildX();
    void buildSmoothing();
    void buildBand();
    void buildAxes();
    void arrange();
    QAction *addSwitch(const char *name, const QString &text, bool CurveSettings::*member);
    void chooseOne(const QString &metric);
    void chooseSeveral();
    void change();
    void showSettings();

    CurveSettings m_settings;
    QComboBox *m_metric;
    QToolButton *m_more;
    QMenu *m_metrics;
    QComboBox *m_x;
    QComboBox *m_smoothingKind;
    QSlider *m_smoothing;
    QLabel *m_smoothingText;
    QComboBox *m_band;
    QToolButton *m_axes;
    QMenu *m_axesMenu;
    QLabel *m_notDrawn;
};

} // namespace simclr::ui
