// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/parallel/parallel_plot.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double sideMargin = parallelMargin;
constexpr double gripWidth = 14; // pixels beside an axis that belong to it

bool isSameAxis(const ParallelAxis &one, const ParallelAxis &other) {
    return one.field.field == other.field.field && one.field.categories == other.field.categories;
}

bool hasBrush(const ParallelAxis &axis) {
    return axis.brush.has_value();
}

} // namespace

ParallelPlot::ParallelPlot(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("parallelPlot"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Parallel coordinates"));
    setAccessibleDescription(
        tr("Left and right choose an axis, with Shift they move it. Up and down move the lower end of its "
           "brush, with Shift the upper end. Delete removes the brush."));
}

// ---- geometry

double ParallelPlot::top() const {
    return fontMetrics().height() + 20;
}

double ParallelPlot::bottom() const {
    return height() - fontMetrics().height() - 12;
}

double ParallelPlot::xOf(std::size_t axis) const {
    const std::size_t count = m_figure.axes.size();
    if (count < 2)
        return width() / 2.0;
    return sideMargin +
           (width() - 2 * sideMargin) * static_cast<double>(axis) / static_cast<double>(count - 1);
}

double ParallelPlot::yOf(double share) const {
    return bottom() - share * (bottom() - top());
}

double ParallelPlot::shareAt(double y) const {
    return std::clamp((bottom() - y) / std::max(1.0, bottom() - top()), 0.0, 1.0);
}

/// Centred above its axis, and inside the widget.
QRectF ParallelPlot::titleRect(std::size_t axis) const {
    const std::size_t count = m_figure.axes.size();
    const double x = xOf(axis);
    const double room = count < 2 ? width() : (width() - 2 * sideMargin) / static_cast<double>(count - 1) - 8;
    const double inside = 2 * (std::min(x, width() - x) - 4);
    const double wide = std::max(40.0, std::min({room, inside, 4 * sideMargin}));
    return {x - wide / 2, 4, wide, static_cast<double>(fontMetrics().height() + 4)};
}

std::optional<std::size_t> ParallelPlot::axisAt(double x) const {
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        if (std::abs(x - xOf(axis)) <= gripWidth)
            return axis;
    return std::nullopt;
}

// ---- what is shown

void ParallelPlot::setFigure(ParallelFigure figure) {
    for (ParallelAxis &axis : figure.axes) {
        const auto same = std::ranges::find_if(
            m_figure.axes, [&](const ParallelAxis &each) { return isSameAxis(each, axis); });
        if (same != m_figure.axes.end())
            axis.brush = same->brush;
    }
    const bool isCut = m_drag != Drag::None && !std::ranges::equal(m_figure.axes, figure.axes, isSameAxis);
    const bool wasBrushing = isCut && std::exchange(m_drag, Drag::None) != Drag::Title;
    const bool isLost =
        std::ranges::count_if(figure.axes, hasBrush) != std::ranges::count_if(m_figure.axes, hasBrush);
    m_figure = std::move(figure);
    m_current = std::min(m_current, m_figure.axes.empty() ? 0 : m_figure.axes.size() - 1);
    m_hovered.reset();
    requestLines();
    if (isLost || wasBrushing)
        Q_EMIT brushed();
}

void ParallelPlot::setSelected(const QSet<qint64> &runs) {
    m_selected = runs;
    update();
}

void ParallelPlot::setEmptyText(const QString &text) {
    m_emptyText = text;
    update();
}

void ParallelPlot::clearBrushes() {
    for (ParallelAxis &axis : m_figure.axes)
        axis.brush.reset();
    requestLines();
}

void ParallelPlot::setBrush(std::size_t axis, std::optional<Brush> brush) {
    ParallelAxis &brushedAxis = m_figure.axes.at(axis);
    brushedAxis.brush = brush ? brushedAxis.settled(*brush) : std::nullopt;
    requestLines();
    Q_EMIT brushed();
}

ParallelPicture ParallelPlot::wantedPicture() const {
    ParallelPicture picture;
    picture.size = size();
    picture.ratio = devicePixelRatioF();
    picture.top = top();
    picture.bottom = bottom();
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        picture.xs.push_back(xOf(axis));
    picture.shares.reserve(m_figure.lines.size() * m_figure.axes.size());
    for (const ParallelLine &line : m_figure.lines) {
        picture.shares.insert(picture.shares.end(), line.shares.begin(), line.shares.end());
        picture.isInside.push_back(m_figure.isInside(line) ? 1 : 0);
    }
    picture.outside = theme::mutedText();
    picture.missing = theme::mutedText();
    return picture;
}

/// The previous lines are shown until then.
void ParallelPlot::requestLines() {
    m_worker.ask([picture = std::make_shared<const ParallelPicture>(
                      wantedPicture())] { return linesAsImage(*picture); },
                 [this](QImage &&image) {
                     m_lines = std::move(image);
                     update();
                 });
    update();
}

// ---- export

ExportedFigure ParallelPlot::exportedFigure(const QString &caption) {
    return {accessibleName(),
            caption,
            size(),
            [this] { return grab(); },
            [this](QPaintDevice &device) {
                QPainter painter(&device);
                painter.setWindow(rect());
                painter.fillRect(rect(), palette().brush(QPalette::Base));
                paintLines(painter, wantedPicture());
                paintAxes(painter);
            },
            [this] { return parallelAsCsv(m_figure); },
            !m_figure.lines.empty()};
}

} // namespace simclr::ui
