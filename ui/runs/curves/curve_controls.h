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
    /// The choice of a band, which only groups of several runs have.
    void showBand(bool isShown);
    /// "the first 50 of 80 selected runs"; empty if all are shown.
    void setNotDrawn(const QString &text);
    /// Metrics that are not of this program, below the others; chosen ones are always among them.
    void setForeignMetrics(QStringList names);

  Q_SIGNALS:
    void changed();

  private:
    void buildMetrics();
    void showUnlisted();
    void addMetric(const QString &title, const QString &key, const QString &help);
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
    QStringList m_foreign;        ///< the last ones in m_metric and m_metrics
    qsizetype m_unlisted = 0;     ///< metrics beyond those that are offered
    QAction *m_further = nullptr; ///< says so, at the end of m_metrics
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
