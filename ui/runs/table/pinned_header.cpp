// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/pinned_header.h"

#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <utility>

namespace simclr::ui {

PinnedHeader::PinnedHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {
    connect(this, &QHeaderView::sectionMoved, this, [this] { arrange(); });
    connect(this, &QHeaderView::sectionCountChanged, this, [this] { arrange(); });
    connect(this, &QHeaderView::sortIndicatorChanged, this, [this] { updatePinned(); });
}

void PinnedHeader::setPinned(const QSet<int> &sections) {
    m_pinned = sections;
    arrange();
    viewport()->update();
}

/// Also after the user has moved a section: pinned ones are the first.
void PinnedHeader::arrange() {
    if (std::exchange(m_isArranging, true))
        return;
    int place = 0;
    for (int visual = 0; visual < count(); ++visual)
        if (isPinned(logicalIndex(visual)))
            moveSection(visual, place++);
    m_isArranging = false;
}

QList<int> PinnedHeader::pinnedSections() const {
    QList<int> sections;
    for (int visual = 0; visual < count(); ++visual)
        if (const int section = logicalIndex(visual); isPinned(section) && !isSectionHidden(section))
            sections.append(section);
    return sections;
}

int PinnedHeader::pinnedWidth() const {
    if (offset() == 0 || isRightToLeft())
        return 0;
    int width = 0;
    for (const int section : pinnedSections())
        width += sectionSize(section);
    return width * 3 <= viewport()->width() * 2 ? width : 0;
}

/// QHeaderView repaints a section where it would be if it were not pinned.
void PinnedHeader::updatePinned() {
    viewport()->update(0, 0, pinnedWidth(), height());
}

QPoint PinnedHeader::unpinned(const QPoint &place) const {
    return place.x() < pinnedWidth() ? place - QPoint(offset(), 0) : place;
}

void PinnedHeader::paintEvent(QPaintEvent *event) {
    QHeaderView::paintEvent(event);
    const int width = pinnedWidth();
    if (width == 0)
        return;
    QPainter painter(viewport());
    painter.fillRect(0, 0, width, height(), palette().window());
    int left = 0;
    for (const int section : pinnedSections()) {
        painter.save();
        paintSection(&painter, QRect(left, 0, sectionSize(section), height()), section);
        painter.restore();
        left += sectionSize(section);
    }
    painter.fillRect(width - 1, 0, 1, height(), theme::border());
}

bool PinnedHeader::viewportEvent(QEvent *event) {
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto &help = static_cast<QHelpEvent &>(*event);
        QHelpEvent moved(QEvent::ToolTip, unpinned(help.pos()), help.globalPos());
        return QHeaderView::viewportEvent(&moved);
    }
    case QEvent::HoverEnter:
    case QEvent::HoverMove:
        updatePinned();
        return hoverEvent(static_cast<QHoverEvent &>(*event));
    case QEvent::Leave:
    case QEvent::HoverLeave:
        updatePinned();
        break;
    default:
        break;
    }
    return QHeaderView::viewportEvent(event);
}

bool PinnedHeader::hoverEvent(const QHoverEvent &event) {
    const QPointF shift = unpinned(event.position().toPoint()) - event.position().toPoint();
    QHoverEvent moved(event.type(), event.position() + shift, event.globalPosition(), event.oldPosF() + shift,
                      event.modifiers());
    return QHeaderView::viewportEvent(&moved);
}

// ---- the mouse: what is drawn at a place, not what is below it

QMouseEvent PinnedHeader::translated(const QMouseEvent &event) const {
    const QPoint shift = m_isDragged ? QPoint(-offset(), 0)
                                     : unpinned(event.position().toPoint()) - event.position().toPoint();
    return {event.type(),   event.position() + shift, event.globalPosition(),
            event.button(), event.buttons(),          event.modifiers()};
}

void PinnedHeader::mousePressEvent(QMouseEvent *event) {
    m_isDragged = event->position().x() < pinnedWidth();
    QMouseEvent moved = translated(*event);
    QHeaderView::mousePressEvent(&moved);
    updatePinned();
}

void PinnedHeader::mouseMoveEvent(QMouseEvent *event) {
    QMouseEvent moved = translated(*event);
    QHeaderView::mouseMoveEvent(&moved);
    updatePinned();
}

void PinnedHeader::mouseReleaseEvent(QMouseEvent *event) {
    QMouseEvent moved = translated(*event);
    QHeaderView::mouseReleaseEvent(&moved);
    m_isDragged = false;
    updatePinned();
}

void PinnedHeader::mouseDoubleClickEvent(QMouseEvent *event) {
    QMouseEvent moved = translated(*event);
    QHeaderView::mouseDoubleClickEvent(&moved);
}

} // namespace simclr::ui
