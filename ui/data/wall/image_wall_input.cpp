// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keyboard of the ImageWall.
#include "ui/data/wall/image_wall.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int zoomStep = 16; ///< device-independent pixels

} // namespace

std::vector<std::uint32_t> ImageWall::chosen() const {
    std::vector<std::uint32_t> samples;
    for (const std::uint32_t sample : *m_samples)
        if (m_selection.contains(sample))
            samples.push_back(sample);
    if (m_selection.count() == 0 && m_current >= 0)
        samples.push_back((*m_samples)[std::size_t(m_current)]);
    return samples;
}

std::size_t ImageWall::shownSelected() const {
    if (m_selection.count() == 0 || (m_dataset && m_samples->size() == m_dataset->size()))
        return m_selection.count(); // all images are shown
    return std::size_t(std::ranges::count_if(
        *m_samples, [this](std::uint32_t sample) { return m_selection.contains(sample); }));
}

void ImageWall::changeSelection(const std::function<void()> &change) {
    change();
    viewport()->update();
    Q_EMIT selectionChanged();
}

void ImageWall::selectSamples(const std::vector<std::uint32_t> &samples) {
    changeSelection([&] {
        m_selection.clear();
        for (const std::uint32_t sample : samples)
            m_selection.set(sample, true);
    });
}

void ImageWall::selectRange(int position, bool isAdded) {
    changeSelection([&] {
        if (!isAdded)
            m_selection.clear();
        const auto [low, high] = std::minmax(m_anchor < 0 ? position : m_anchor, position);
        for (int each = low; each <= high; ++each)
            m_selection.set((*m_samples)[std::size_t(each)], true);
    });
}

/// Of the images that are shown.
void ImageWall::selectAll(bool isSelected) {
    changeSelection([&] {
        m_selection.clear();
        for (const std::uint32_t sample : *m_samples)
            m_selection.set(sample, isSelected);
    });
}

void ImageWall::setCurrent(int position) {
    if (position < 0 || position >= m_layout.count)
        return;
    m_current = position;
    viewport()->update();
    scrollTo(position);
    Q_EMIT currentChanged(qint64((*m_samples)[std::size_t(position)]));
    notifySpokenValue(*this);
}

void ImageWall::setFirstVisible(int position) {
    verticalScrollBar()->setValue(m_layout.tile(position).top() - WallLayout::gap);
}

void ImageWall::scrollTo(int position) {
    const QRect tile = m_layout.tile(position).adjusted(0, -WallLayout::gap, 0, WallLayout::gap);
    if (tile.top() < top())
        verticalScrollBar()->setValue(tile.top());
    else if (tile.bottom() > top() + viewport()->height())
        verticalScrollBar()->setValue(tile.bottom() - viewport()->height());
}

/// As in a file manager: alone, with Ctrl in addition, with Shift from the anchor on.
void ImageWall::pick(int position, Qt::KeyboardModifiers modifiers) {
    const std::uint32_t sample = (*m_samples)[std::size_t(position)];
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        selectRange(position, modifiers.testFlag(Qt::ControlModifier));
    } else {
        m_anchor = position;
        if (modifiers.testFlag(Qt::ControlModifier))
            changeSelection([&] { m_selection.set(sample, !m_selection.contains(sample)); });
        else
            selectRange(position, false);
    }
    setCurrent(position);
}

void ImageWall::mousePressEvent(QMouseEvent *event) {
    const int position = positionAt(event->position().toPoint());
    const bool isForMenu = event->button() == Qt::RightButton;
    if (position < 0) {
        if (!isForMenu && event->modifiers() == Qt::NoModifier)
            selectAll(false);
        return;
    }
    if (isForMenu && m_selection.contains((*m_samples)[std::size_t(position)]))
        setCurrent(position); // the menu is for all that are selected
    else if (isForMenu || event->button() == Qt::LeftButton)
        pick(position, event->modifiers());
}

void ImageWall::mouseMoveEvent(QMouseEvent *event) {
    const int position = positionAt(event->position().toPoint());
    if (!event->buttons().testFlag(Qt::LeftButton) || position < 0 || position == m_current || m_anchor < 0)
        return;
    selectRange(position, event->modifiers().testFlag(Qt::ControlModifier));
    setCurrent(position);
}

void ImageWall::mouseDoubleClickEvent(QMouseEvent *event) {
    if (const int position = positionAt(event->position().toPoint()); position >= 0)
        Q_EMIT activated((*m_samples)[std::size_t(position)]);
}

int ImageWall::moved(int key) const {
    const int from = std::max(0, m_current);
    const int page = std::max(1, viewport()->height() / m_layout.pitch()) * m_layout.columns;
    const auto within = [this](int position) { return std::clamp(position, 0, m_layout.count - 1); };
    switch (key) {
    case Qt::Key_Left:
        return within(from - 1);
    case Qt::Key_Right:
        return within(m_current < 0 ? 0 : from + 1);
    case Qt::Key_Up:
        return from < m_layout.columns ? from : from - m_layout.columns;
    case Qt::Key_Down:
        return m_current < 0 ? 0 : from + m_layout.columns < m_layout.count ? from + m_layout.columns : from;
    case Qt::Key_PageUp:
        return within(from - page);
    case Qt::Key_PageDown:
        return within(from + page);
    case Qt::Key_Home:
        return 0;
    case Qt::Key_End:
        return m_layout.count - 1;
    default:
        return -1;
    }
}

void ImageWall::keyPressEvent(QKeyEvent *event) {
    const int position = m_layout.count > 0 ? moved(event->key()) : -1;
    if (position >= 0 && event->modifiers().testFlag(Qt::ControlModifier) &&
        !event->modifiers().testFlag(Qt::ShiftModifier))
        setCurrent(position); // without selecting it
    else if (position >= 0)
        pick(position, event->modifiers());
    else if (event->matches(QKeySequence::SelectAll))
        selectAll(true);
    else if (event->key() == Qt::Key_Escape && m_selection.count() > 0)
        selectAll(false);
    else if (event->key() == Qt::Key_Space && m_current >= 0)
        pick(m_current, Qt::ControlModifier);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0)
        Q_EMIT activated((*m_samples)[std::size_t(m_current)]);
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Minus)
        setSide(side() + (event->key() == Qt::Key_Plus ? zoomStep : -zoomStep));
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void ImageWall::wheelEvent(QWheelEvent *event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    if (const int delta = event->angleDelta().y(); delta != 0)
        setSide(side() + (delta > 0 ? zoomStep : -zoomStep));
    event->accept();
}

void ImageWall::focusInEvent(QFocusEvent *event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ImageWall::focusOutEvent(QFocusEvent *event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace simclr::ui
