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
    /// Hidden curves keep their entry, struck through.
    void setHidden(int curve, bool isHidden);
    QToolButton &resetButton() const { return *m_reset; }
    QToolButton &saveButton() const { return *m_save; }
    void showButtons(bool shown);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    /// The entry of this curve was clicked.
    void toggled(int curve);
    /// The pointer entered the entry of this curve; −1: it left all of them.
    void hovered(int curve);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

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
    /// Also stores where the entries are.
    void paintLegend(QPainter &painter, int left, int top);
    int entryAt(const QPoint &place) const;
    void hover(int curve);
    int legendWidth(const Spacing &spacing) const;
    const Spacing &spacing() const;

    QString m_title;
    struct Entry {
        int curve;
        QRect place;
    };
    QList<CurveStyle> m_curves;
    QList<bool> m_hidden; ///< as m_curves
    QList<Entry> m_entries;
    int m_hovered = -1;
    bool m_hasTwoLines = false;
    QToolButton *m_reset;
    QToolButton *m_save;

    static constexpr Spacing wide{18, 6, 14};
    static constexpr Spacing narrow{14, 4, 8};
};

} // namespace simclr::ui
