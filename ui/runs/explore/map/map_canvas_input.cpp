// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, wheel and keys of the MapCanvas.
#include "ui/runs/explore/map/map_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr double keyStep = 40; ///< pixels
constexpr double keyZoom = 1.25;

SelectionChange changeFor(Qt::KeyboardModifiers modifiers) {
    if (modifiers.testFlag(Qt::ControlModifier))
        return SelectionChange::Add;
    return modifiers.testFlag(Qt::AltModifier) ? SelectionChange::Remove : SelectionChange::Replace;
}

} // namespace

void MapCanvas::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    if (m_isFitted)
        return fitAll();
    m_transform.size = size();
    repaintPoints();
}

void MapCanvas::mousePressEvent(QMouseEvent *event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mousePressEvent(event);
    m_pressed = event->position();
    m_last = event->position();
    const bool outlines = event->button() == Qt::LeftButton &&
                          (m_tool != Tool::Move || event->modifiers().testFlag(Qt::ShiftModifier));
    if (outlines)
        m_outline.begin(m_tool == Tool::Rectangle ? MapOutline::Kind::Rectangle : MapOutline::Kind::Lasso,
                        event->position());
    Q_EMIT hovered({}, {});
}

void MapCanvas::mouseMoveEvent(QMouseEvent *event) {
    if (m_outline.isActive()) {
        m_outline.extendTo(event->position());
        return update();
    }
    if (!m_pressed) {
        Q_EMIT hovered(rowAt(event->position()), event->position().toPoint());
        return;
    }
    constexpr double wobble = 4; // a click that is not quite still
    m_isPanning = m_isPanning || (event->position() - *m_pressed).manhattanLength() > wobble;
    if (!m_isPanning)
        return;
    m_transform.pan(event->position() - m_last);
    m_last = event->position();
    moved();
}

void MapCanvas::mouseReleaseEvent(QMouseEvent *event) {
    if (!m_pressed)
        return QWidget::mouseReleaseEvent(event);
    const bool isClick = !m_isPanning && (!m_outline.isActive() || !m_outline.isLarge());
    if (m_outline.isActive() && !isClick)
        finishOutline(event->modifiers());
    m_outline.end();
    m_pressed.reset();
    m_isPanning = false;
    update();
    if (!isClick || event->button() != Qt::LeftButton)
        return;
    if (const auto row = rowAt(event->position()))
        Q_EMIT clicked(*row);
}

void MapCanvas::finishOutline(Qt::KeyboardModifiers modifiers) {
    std::vector<quint32> rows;
    for (std::size_t row = 0; isPaintable() && row < m_points.size(); ++row)
        if (m_groups.isShown(row) && m_outline.contains(m_transform.toPixels(m_points[row])))
            rows.push_back(static_cast<quint32>(row));
    Q_EMIT outlined(rows, changeFor(modifiers));
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent *) {
    fitAll();
}

void MapCanvas::wheelEvent(QWheelEvent *event) {
    constexpr double perNotch = 1.2;
    constexpr double notch = 120;
    m_transform.zoom(std::pow(perNotch, event->angleDelta().y() / notch), event->position());
    moved();
    event->accept();
}

bool MapCanvas::moveByKey(int key) {
    const QPointF middle = QRectF(rect()).center();
    switch (key) {
    case Qt::Key_Left:
        m_transform.pan({keyStep, 0});
        break;
    case Qt::Key_Right:
        m_transform.pan({-keyStep, 0});
        break;
    case Qt::Key_Up:
        m_transform.pan({0, keyStep});
        break;
    case Qt::Key_Down:
        m_transform.pan({0, -keyStep});
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_transform.zoom(keyZoom, middle);
        break;
    case Qt::Key_Minus:
        m_transform.zoom(1 / keyZoom, middle);
        break;
    default:
        return false;
    }
    moved();
    return true;
}

void MapCanvas::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Home)
        return fitAll();
    if (event->key() == Qt::Key_Escape && m_outline.isActive()) {
        m_outline.end();
        m_pressed.reset();
        return update();
    }
    if (event->key() == Qt::Key_Escape && !m_selected.empty())
        Q_EMIT outlined({}, SelectionChange::Replace);
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (!moveByKey(event->key()))
        QWidget::keyPressEvent(event);
}

void MapCanvas::selectAll() {
    std::vector<quint32> rows;
    for (std::size_t row = 0; isPaintable() && row < m_points.size(); ++row)
        if (m_groups.isShown(row))
            rows.push_back(static_cast<quint32>(row));
    Q_EMIT outlined(rows, SelectionChange::Replace);
}

void MapCanvas::leaveEvent(QEvent *event) {
    QWidget::leaveEvent(event);
    Q_EMIT hovered({}, {});
}

void MapCanvas::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        repaintPoints();
}

} // namespace simclr::ui
