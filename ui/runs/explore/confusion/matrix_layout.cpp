// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/matrix_layout.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int largestFit = 44;
constexpr int smallestFit = 2;

} // namespace

void MatrixLayout::setOrder(std::vector<std::size_t> order) {
    m_order = std::move(order);
    m_rows.resize(m_order.size());
    for (std::size_t row = 0; row < m_order.size(); ++row)
        m_rows[m_order[row]] = row;
}

void MatrixLayout::fit(const QSize &space, int margin, int wanted) {
    m_space = space;
    m_margin = margin;
    const int free = std::min(space.width(), space.height()) - margin;
    m_side = wanted > 0 ? wanted : std::clamp(free / std::max(1, classes()), smallestFit, largestFit);
}

MatrixLayout::Range MatrixLayout::visible(int offset, int space) const {
    if (m_order.empty())
        return {};
    const int first = std::clamp(offset / m_side, 0, classes() - 1);
    const int count = std::clamp((offset + space + m_side - 1) / m_side - first, 1, classes() - first);
    return {std::size_t(first), std::size_t(count)};
}

QRect MatrixLayout::rect(std::size_t label, std::size_t predicted) const {
    return {m_margin + int(rowOf(predicted)) * m_side - m_offset.x(),
            m_margin + int(rowOf(label)) * m_side - m_offset.y(), m_side, m_side};
}

QRect MatrixLayout::rect(const MatrixPlace &place) const {
    const QRect first =
        rect(place.label.value_or(m_order.front()), place.predicted.value_or(m_order.front()));
    return first.united(rect(place.label.value_or(m_order.back()), place.predicted.value_or(m_order.back())));
}

MatrixPlace MatrixLayout::placeAt(const QPoint &point) const {
    const QPoint inside = point - QPoint(m_margin, m_margin);
    const int column = (inside.x() + m_offset.x()) / m_side;
    const int row = (inside.y() + m_offset.y()) / m_side;
    const bool isBeside = inside.x() >= 0 && column >= classes();
    const bool isBelow = inside.y() >= 0 && row >= classes();
    MatrixPlace place;
    if (inside.y() >= 0 && !isBelow && !isBeside)
        place.label = m_order[std::size_t(row)];
    if (inside.x() >= 0 && !isBeside && !isBelow)
        place.predicted = m_order[std::size_t(column)];
    return place;
}

} // namespace simclr::ui
