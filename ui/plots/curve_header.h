// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"

#include <QList>
#include <QWidget>

class QToolButton;

namespace simclr::ui {

/// Title and legend above a plot; each legend entry is a line sample and a name. Both are on one line if
/// there is room, otherwise the legend is below the title. Text that still does not fit is elided. At the
/// right end are two small buttons: show all data, and save. Owned by its CurvePlot.
class CurveHeader : public QWidget {
    Q_OBJECT
  public:
    explicit CurveHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    const QString &title() const { return m_title; }
    void setCurves(const QList<CurveStyle> &curves);
    QToolButton &resetButton() const { return *m_reset; }
    QToolButton &saveButton() const { return *m_save; }
    void showButtons(bool shown);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

  private:
    /// Sizes within the legend, in pixels.
    struct Spacing {
        int sample;
        int gap;
        int entry;
    };
    int lineHeight() const;
    void arrange();
    int titleWidth() const;
    /// Right end of title and legend.
    int textEnd() const;
    void paintTitle(QPainter &painter) const;
    void paintLegend(QPainter &painter, int left, int top) const;
    int legendWidth(const Spacing &spacing) const;
    const Spacing &spacing() const;

    QString m_title;
    QList<CurveStyle> m_curves;
    bool m_hasTwoLines = false;
    QToolButton *m_reset;
    QToolButton *m_save;

    static constexpr Spacing wide{18, 6, 14};
    static constexpr Spacing narrow{14, 4, 8};
};

} // namespace simclr::ui
