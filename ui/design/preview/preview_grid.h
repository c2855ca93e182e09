// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_layout.h"
#include "ui/design/preview/preview_renderer.h"

#include <QImage>
#include <QPixmap>
#include <QWidget>
#include <map>
#include <utility>

namespace simclr::ui {

/// The pictures of a preview: original, view 1, view 2, with the class under them. Small pictures are
/// enlarged with their pixels kept square and sharp. In a comparison the pipelines stand side by side, or
/// each view is parted by a line under the pointer: left of it what the document's pipeline makes, right of
/// it what the other one makes. One picture is chosen, by a click or the arrows, which go on to the images
/// before and behind; a double click or Enter asks for more of it, Space for a new draw. Owned by the
/// PreviewPanel; UI thread.
class PreviewGrid : public QWidget {
    Q_OBJECT
  public:
    /// How a comparison is shown.
    enum class Comparing { SideBySide, Divided };

    explicit PreviewGrid(QWidget *parent = nullptr);

    /// What is shown; null for nothing.
    const PreviewPtr &preview() const { return m_preview; }
    void setPreview(const PreviewPtr &preview);
    void setComparing(Comparing comparing);
    /// How large pictures are: 1 as large as has room, less for smaller ones and more of them.
    void setScale(double scale);
    /// How many of the tiles are shown.
    int visible() const { return m_layout.groups(); }
    /// Of a picture, in pixels.
    int side() const { return m_layout.side(); }
    /// What stands above original and views.
    QStringList titles() const;
    /// All of it as one picture, without what is chosen.
    QImage picture();
    /// Index of the chosen picture among the tiles.
    int chosen() const { return m_chosen; }
    void choose(int group);
    /// The image behind the chosen one (1) or before it (−1), on the next page where this one ends.
    void step(int direction);
    /// As choose(), of a page that is still to come: told when it is shown.
    void chooseOfNext(int group) { m_chosen = group; }
    /// Where the line parts a view, from its left edge (0) to its right (1).
    double divider() const { return m_divider; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void newDrawRequested();
    void choiceChanged(int group);
    /// The images behind those of this page are wanted (1), or those before (−1).
    void pageRequested(int direction);
    /// visible() may be another number.
    void layoutChanged();
    /// The steps of the chosen picture are wanted.
    void closerLookRequested();

  protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

  private:
    bool isComparing() const;
    bool isDivided() const;
    void arrange();
    void paintAll(QPainter &painter);
    void markChosen(QPainter &painter);
    void paintTitles(QPainter &painter);
    void paintGroup(QPainter &painter, int group);
    void paintDivided(QPainter &painter, int group, int part, const Image &left, const Image &right);
    /// `part` 3 and 4 are what the other pipeline made.
    const QPixmap &pixmap(int group, int part, const Image &image);
    /// All titles, in the order of the columns.
    QString titleLine() const;
    QString toolTipAt(const QPoint &point) const;
    QString toolTipOf(int group) const;

    PreviewPtr m_preview;
    PreviewLayout m_layout;
    Comparing m_comparing = Comparing::SideBySide;
    double m_scale = 1;
    bool m_marks = true; ///< what is chosen, and the focus
    int m_chosen = 0;
    double m_divider = 0.5;
    std::map<std::pair<int, int>, QPixmap> m_pixmaps;
};

} // namespace simclr::ui
