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

/// The images of a preview: original, view 1, view 2, with the class below them. Small images are enlarged
/// with sharp square pixels. In a comparison the views of both pipelines are side by side, or each view is
/// divided at the pointer: left of it the document's pipeline, right of it the reference. One image is
/// selected, by a click or the arrows, which continue to the previous and next images; a double click or
/// Enter requests a closer look, Space a new sample. Owned by the PreviewPanel; UI thread.
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
    /// Scale of the images: 1 is as large as possible, smaller values show more and smaller images.
    void setScale(double scale);
    /// How many of the tiles are shown.
    int visible() const { return m_layout.groups(); }
    /// Side of an image, in pixels.
    int side() const { return m_layout.side(); }
    /// The titles above the original and the views.
    QStringList titles() const;
    /// The whole grid as one picture, without the mark of the selected image.
    QImage picture();
    /// Index of the selected image among the tiles.
    int chosen() const { return m_chosen; }
    void choose(int group);
    /// Selects the next (1) or previous (−1) image, if necessary on the neighbouring page.
    void step(int direction);
    /// As choose(), for a page that is not shown yet: announced once it is shown.
    void chooseOfNext(int group) { m_chosen = group; }
    /// Where the divider is in a view, from its left edge (0) to its right (1).
    double divider() const { return m_divider; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void newSampleRequested();
    void choiceChanged(int group);
    /// Requests the images of the next page (1) or of the previous one (−1).
    void pageRequested(int direction);
    /// visible() may have changed.
    void layoutChanged();
    /// Requests the steps of the selected image.
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
    /// `part` 3 and 4 are the views of the reference.
    const QPixmap &pixmap(int group, int part, const Image &image);
    /// All titles, in the order of the columns.
    QString titleLine() const;
    QString toolTipAt(const QPoint &point) const;
    QString toolTipOf(int group) const;

    PreviewPtr m_preview;
    PreviewLayout m_layout;
    Comparing m_comparing = Comparing::SideBySide;
    double m_scale = 1;
    bool m_marks = true; ///< paints the selected image and the focus
    int m_chosen = 0;
    double m_divider = 0.5;
    std::map<std::pair<int, int>, QPixmap> m_pixmaps;
};

} // namespace simclr::ui
