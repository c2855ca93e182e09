// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/runs/explore/confusion/matrix_content.h"
#include "ui/runs/explore/confusion/matrix_layout.h"
#include "ui/widgets/spoken.h"

#include <QAbstractScrollArea>
#include <vector>

namespace simclr::ui {

/// A confusion matrix as a heat map: rows are classes, columns predictions. It fits into its space, zooms and
/// scrolls; with 1,000 classes a cell is a pixel or more. A click on a cell or on the name of a class chooses
/// it; the arrows move, Enter chooses, Escape chooses nothing. Owned by the ConfusionView; UI thread.
class MatrixView : public QAbstractScrollArea, public Spoken {
    Q_OBJECT
  public:
    explicit MatrixView(QWidget *parent = nullptr);

    void setContent(MatrixContent content);
    const MatrixContent &content() const { return m_content; }
    /// The classes from the first row to the last, and the columns alike.
    void setOrder(std::vector<std::size_t> order);
    /// Gives names to the classes; null: they have numbers.
    void setDataset(const DatasetPtr &dataset);
    void setChosen(const MatrixPlace &place);
    const MatrixPlace &chosen() const { return m_chosen; }
    /// Side of a cell in pixels; 0: as large as fits.
    void setCellSide(int side);
    /// Where the cells are in the viewport.
    const MatrixLayout &layoutOfCells() const { return m_layout; }
    /// What is at a place, with its numbers.
    QString textOf(const MatrixPlace &place) const;

    QSize sizeHint() const override { return {360, 320}; }
    QAccessible::Role spokenRole() const override { return QAccessible::Table; }
    QString spokenValue() const override;

  Q_SIGNALS:
    void placeChosen(const simclr::ui::MatrixPlace &place);
    /// By wheel or key; 0: as large as fits.
    void cellSideChosen(int side);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int x, int y) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

  private:
    bool showsNames() const;
    void arrange();
    void setScrollBar(QScrollBar &bar, int space) const;
    void zoom(int steps);
    QString nameOf(std::size_t label) const;
    /// The cell that the arrows move.
    MatrixPlace current() const;
    bool move(int key);
    void moveTo(int row, int column);
    void choose(const MatrixPlace &place);
    void paintMarks(QPainter &painter) const;

    MatrixContent m_content;
    MatrixLayout m_layout;
    DatasetPtr m_dataset;
    MatrixColors m_colors;
    MatrixPlace m_chosen;
    int m_wantedSide = 0;
    int m_row = 0; ///< of current(), in the order
    int m_column = 0;
};

} // namespace simclr::ui
