// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_canvas.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr double reach = 9; ///< pixels around the pointer in which a point is found

} // namespace

MapCanvas::MapCanvas(QWidget *parent) : QWidget(parent) {
    installAccessibleInterfaces();
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    constexpr int pause = 150; // ms
    m_settled.setSingleShot(true);
    m_settled.setInterval(pause);
    connect(&m_settled, &QTimer::timeout, this, [this] {
        if (m_points.size() > m_mostMoving)
            repaintPoints();
    });
}

void MapCanvas::setPoints(MapPoints points) {
    const bool areOthers = points.size() != m_points.size();
    m_points = std::move(points);
    if (areOthers) {
        m_selected.clear();
        setMarked({}, {});
    }
    if (m_isFitted || areOthers)
        fitAll();
    else
        repaintPoints();
}

void MapCanvas::setGroups(PointGroups groups) {
    m_groups = std::move(groups);
    repaintPoints();
}

void MapCanvas::setSelected(std::vector<std::uint8_t> selected) {
    m_selected = selected.size() == m_points.size() ? std::move(selected) : std::vector<std::uint8_t>();
    m_selectedCount = static_cast<std::size_t>(std::ranges::count(m_selected, 1));
    notifySpokenValue(*this);
    repaintPoints();
}

void MapCanvas::setMarked(std::optional<std::uint32_t> row, std::vector<std::uint32_t> others) {
    m_marked = row;
    m_others = std::move(others);
    update();
}

void MapCanvas::setTool(Tool tool) {
    m_tool = tool;
    setCursor(tool == Tool::Move ? Qt::ArrowCursor : Qt::CrossCursor);
}

void MapCanvas::fitAll() {
    m_transform.size = size();
    m_transform.fit(m_points);
    m_isFitted = true;
    repaintPoints();
}

std::optional<std::uint32_t> MapCanvas::rowAt(const QPointF &place) const {
    std::optional<std::uint32_t> nearest;
    if (!isPaintable())
        return nearest;
    double least = reach * reach;
    for (std::size_t row = 0; row < m_points.size(); ++row) {
        const QPointF offset = m_transform.toPixels(m_points[row]) - place;
        const double distance = QPointF::dotProduct(offset, offset);
        if (distance < least && m_groups.isShown(row)) {
            least = distance;
            nearest = static_cast<std::uint32_t>(row);
        }
    }
    return nearest;
}

int MapCanvas::paintedEvery() const {
    if (!m_settled.isActive() || m_mostMoving == 0)
        return 1;
    return static_cast<int>((m_points.size() + m_mostMoving - 1) / m_mostMoving);
}

QString MapCanvas::spokenValue() const {
    return tr("%1 images, %2 selected").arg(countText(m_points.size()), countText(m_selectedCount));
}

void MapCanvas::repaintPoints() {
    m_image = {};
    update();
}

void MapCanvas::moved() {
    m_isFitted = false;
    m_settled.start();
    repaintPoints();
}

void MapCanvas::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    if (isPaintable()) {
        if (m_image.isNull())
            m_image = m_painter.paint({m_points, m_groups, m_selected, std::max(1, paintedEvery())},
                                      m_transform, devicePixelRatioF());
        painter.drawImage(QPointF(0, 0), m_image);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarks(painter);
    paintOutline(painter);
    paintNotes(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(theme::accent());
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void MapCanvas::paintMarks(QPainter &painter) const {
    if (!isPaintable())
        return;
    const auto ring = [&](std::uint32_t row, double radius, double width) {
        if (row >= m_points.size())
            return;
        painter.setPen(QPen(palette().color(QPalette::Text), width));
        painter.drawEllipse(m_transform.toPixels(m_points[row]), radius, radius);
    };
    const double radius = PointPainter::pointSide(m_points.size(), m_transform.magnification()) / 2 + 2.5;
    for (const std::uint32_t row : m_others)
        ring(row, radius, 1);
    if (m_marked)
        ring(*m_marked, radius + 2, 2.5);
}

void MapCanvas::paintOutline(QPainter &painter) const {
    if (!m_outline.isActive())
        return;
    QColor fill = theme::accent();
    painter.setPen(QPen(fill, 1.5));
    fill.setAlphaF(0.12f);
    painter.setBrush(fill);
    painter.drawPolygon(m_outline.polygon());
    painter.setBrush(Qt::NoBrush);
}

void MapCanvas::paintNotes(QPainter &painter) const {
    if (!isPaintable() || paintedEvery() <= 1)
        return;
    painter.setPen(theme::mutedText());
    painter.drawText(rect().adjusted(8, 6, -8, -6), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tr("While the map moves, 1 in %1 of %2 images is shown.")
                         .arg(paintedEvery())
                         .arg(countText(m_points.size())));
}

} // namespace simclr::ui
