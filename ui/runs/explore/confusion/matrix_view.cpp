// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/matrix_view.h"

#include "ui/design/preview/preview_painting.h"
#include "ui/runs/explore/confusion/matrix_painting.h"
#include "ui/runs/explore/gallery/gallery_item.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <numeric>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int largestCell = 96;
constexpr int widestName = 96;

} // namespace

MatrixView::MatrixView(QWidget *parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Confusion matrix"));
}

void MatrixView::setContent(MatrixContent content) {
    const bool isOther = content.classes() != m_content.classes();
    m_content = std::move(content);
    if (isOther) {
        std::vector<std::size_t> order(m_content.classes());
        std::iota(order.begin(), order.end(), 0);
        m_layout.setOrder(std::move(order));
        m_row = m_column = 0;
        m_chosen = {};
    }
    arrange();
}

void MatrixView::setOrder(std::vector<std::size_t> order) {
    if (order.size() != m_content.classes())
        return;
    m_layout.setOrder(std::move(order));
    viewport()->update();
}

void MatrixView::setDataset(const DatasetPtr &dataset) {
    m_dataset = dataset;
    arrange();
}

void MatrixView::setChosen(const MatrixPlace &place) {
    m_chosen = place;
    if (place.label && *place.label < m_content.classes())
        m_row = int(m_layout.rowOf(*place.label));
    if (place.predicted && *place.predicted < m_content.classes())
        m_column = int(m_layout.rowOf(*place.predicted));
    viewport()->update();
}

void MatrixView::setCellSide(int side) {
    m_wantedSide = side;
    arrange();
}

QString MatrixView::nameOf(std::size_t label) const {
    return classText(m_dataset.get(), int(label));
}

/// Names need most of the height of a line.
bool MatrixView::showsNames() const {
    const int line = QFontMetrics(captionFont(font())).height();
    const int roughly = (viewport()->height() - widestName / 2) / std::max(1, m_layout.classes());
    return (m_wantedSide > 0 ? m_wantedSide : roughly) >= line - 4;
}

/// Space for the names, or for the titles of the axes alone, and the ranges of the scroll bars.
void MatrixView::arrange() {
    const QFontMetrics metrics(captionFont(font()));
    int widest = 0;
    const int named = showsNames() ? m_layout.classes() : 0;
    for (int i = 0; i < named; ++i)
        widest = std::max(widest, metrics.horizontalAdvance(nameOf(std::size_t(i))));
    const int names = named > 0 ? std::min(widest, widestName) + 8 : 4;
    m_layout.fit(viewport()->size(), metrics.height() + names, m_wantedSide);
    setScrollBar(*horizontalScrollBar(), m_layout.cells().width());
    setScrollBar(*verticalScrollBar(), m_layout.cells().height());
    scrollContentsBy(0, 0);
}

void MatrixView::setScrollBar(QScrollBar &bar, int space) const {
    bar.setRange(0, std::max(0, m_layout.length() - space));
    bar.setPageStep(space);
    bar.setSingleStep(std::max(8, m_layout.side()));
}

void MatrixView::scrollContentsBy(int, int) {
    m_layout.scrollTo({horizontalScrollBar()->value(), verticalScrollBar()->value()});
    viewport()->update();
}

void MatrixView::zoom(int steps) {
    const int side = m_layout.side();
    const int next = steps > 0 ? std::max(side + 1, side * 5 / 4) : std::min(side - 1, side * 4 / 5);
    setCellSide(std::clamp(next, 1, largestCell));
    Q_EMIT cellSideChosen(m_wantedSide);
}

QString MatrixView::textOf(const MatrixPlace &place) const {
    if (place.label && place.predicted)
        return tr("%1, predicted as %2: %3")
            .arg(nameOf(*place.label), nameOf(*place.predicted),
                 m_content.valueText(*place.label, *place.predicted));
    if (place.label)
        return tr("%1, predicted wrong").arg(nameOf(*place.label));
    return place.predicted ? tr("Wrongly predicted as %1").arg(nameOf(*place.predicted)) : QString();
}

MatrixPlace MatrixView::current() const {
    if (m_layout.classes() == 0)
        return {};
    return {m_layout.classAt(std::size_t(m_row)), m_layout.classAt(std::size_t(m_column))};
}

QString MatrixView::spokenValue() const {
    return textOf(current());
}

void MatrixView::choose(const MatrixPlace &place) {
    setChosen(place);
    Q_EMIT placeChosen(place);
}

bool MatrixView::viewportEvent(QEvent *event) {
    if (event->type() != QEvent::ToolTip || m_layout.classes() == 0)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(textOf(m_layout.placeAt(help->pos()))), viewport());
    return true;
}

void MatrixView::mousePressEvent(QMouseEvent *event) {
    if (event->button() == Qt::LeftButton && m_layout.classes() > 0)
        choose(m_layout.placeAt(event->position().toPoint()));
}

/// Scrolls as far as needed.
void MatrixView::moveTo(int row, int column) {
    m_row = std::clamp(row, 0, m_layout.classes() - 1);
    m_column = std::clamp(column, 0, m_layout.classes() - 1);
    const QRect cell = m_layout.rect(current());
    const QRect space = m_layout.cells();
    const auto shift = [](QScrollBar &bar, int low, int high, int from, int to) {
        bar.setValue(bar.value() + std::min(0, low - from) + std::max(0, high - to));
    };
    shift(*horizontalScrollBar(), cell.left(), cell.right(), space.left(), space.right());
    shift(*verticalScrollBar(), cell.top(), cell.bottom(), space.top(), space.bottom());
    viewport()->update();
    notifySpokenValue(*this);
}

/// Whether the key moves the cell.
bool MatrixView::move(int key) {
    const int down = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    const int right = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    if (down == 0 && right == 0)
        return false;
    moveTo(m_row + down, m_column + right);
    return true;
}

void MatrixView::keyPressEvent(QKeyEvent *event) {
    const int key = event->key();
    if (m_layout.classes() == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    if (move(key))
        return;
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
        choose(current());
    } else if (key == Qt::Key_Escape && m_chosen != MatrixPlace()) {
        choose({});
    } else if (key == Qt::Key_Plus || key == Qt::Key_Minus) {
        zoom(key == Qt::Key_Plus ? 1 : -1);
    } else if (key == Qt::Key_Home) {
        setCellSide(0);
        Q_EMIT cellSideChosen(0);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void MatrixView::wheelEvent(QWheelEvent *event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    if (event->angleDelta().y() != 0 && m_layout.classes() > 0)
        zoom(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

void MatrixView::resizeEvent(QResizeEvent *event) {
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void MatrixView::changeEvent(QEvent *event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_colors = MatrixColors();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        arrange();
}

void MatrixView::focusInEvent(QFocusEvent *event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void MatrixView::focusOutEvent(QFocusEvent *event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void MatrixView::paintEvent(QPaintEvent *) {
    if (m_layout.classes() == 0)
        return;
    QPainter painter(viewport());
    MatrixScene scene{m_content, m_layout, m_colors, captionFont(font()), palette(), {}};
    if (showsNames())
        scene.nameOf = [this](std::size_t label) { return nameOf(label); };
    paintMatrixNames(painter, scene);
    painter.setClipRect(m_layout.cells().adjusted(-2, -2, 0, 0));
    paintMatrix(painter, scene);
    paintMarks(painter);
}

/// What is chosen, and with the focus also the cell that the arrows move.
void MatrixView::paintMarks(QPainter &painter) const {
    painter.setBrush(Qt::NoBrush);
    if (m_chosen != MatrixPlace()) {
        painter.setPen(QPen(palette().color(QPalette::Text), 2));
        painter.drawRect(m_layout.rect(m_chosen).adjusted(-1, -1, 0, 0));
    }
    if (!hasFocus())
        return;
    painter.setPen(QPen(theme::accent(), 2, Qt::DotLine));
    painter.drawRect(m_layout.rect(current()).adjusted(-2, -2, 1, 1));
}

} // namespace simclr::ui
