// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/parallel/parallel_plot.h"

#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double sideMargin = 62;
constexpr double gripWidth = 14; // pixels beside an axis that belong to it
constexpr double endGrip = 5;    // pixels around the end of a brush
constexpr double leastBrush = 0.01;
constexpr double brushWidth = 14;
constexpr double reach = 6;

double distanceTo(const QLineF &segment, const QPointF &place) {
    const QPointF along = segment.p2() - segment.p1();
    const double length = QPointF::dotProduct(along, along);
    const double part =
        length == 0 ? 0 : std::clamp(QPointF::dotProduct(place - segment.p1(), along) / length, 0.0, 1.0);
    return QLineF(segment.pointAt(part), place).length();
}

QFont smallFont(const QFont &base) {
    QFont font = base;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
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

QRectF ParallelPlot::titleRect(std::size_t axis) const {
    const double room = m_figure.axes.size() < 2
                            ? width() - 8.0
                            : (width() - 2 * sideMargin) / static_cast<double>(m_figure.axes.size() - 1) - 8;
    const double wide = std::min(room, 2 * sideMargin + 40);
    const double x = std::clamp(xOf(axis) - wide / 2, 4.0, std::max(4.0, width() - wide - 4));
    return {x, 4, wide, static_cast<double>(fontMetrics().height() + 4)};
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
        const auto same = std::ranges::find_if(m_figure.axes, [&](const ParallelAxis &each) {
            return each.field.field == axis.field.field && each.field.categories == axis.field.categories;
        });
        if (same != m_figure.axes.end())
            axis.brush = same->brush;
    }
    m_figure = std::move(figure);
    m_current = std::min(m_current, m_figure.axes.empty() ? 0 : m_figure.axes.size() - 1);
    m_hovered.reset();
    requestLines();
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
    m_figure.axes.at(axis).brush = brush;
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

// ---- the mouse

void ParallelPlot::mousePressEvent(QMouseEvent *event) {
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF place = event->position();
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        if (titleRect(axis).contains(place)) {
            m_drag = Drag::Title;
            m_dragged = m_current = axis;
            m_grip = place.x() - xOf(axis);
            m_titleX = xOf(axis);
            return;
        }
    if (const auto axis = axisAt(place.x()); axis && !m_figure.lines.empty())
        beginBrush(*axis, shareAt(place.y()));
}

void ParallelPlot::beginBrush(std::size_t axis, double share) {
    m_dragged = m_current = axis;
    m_grip = share;
    const std::optional<Brush> &brush = m_figure.axes[axis].brush;
    m_before = brush.value_or(Brush{share, share});
    const auto isAt = [&](double end) { return std::abs(yOf(end) - yOf(share)) <= endGrip; };
    if (brush && isAt(brush->high))
        m_drag = Drag::High;
    else if (brush && isAt(brush->low))
        m_drag = Drag::Low;
    else if (brush && brush->contains(share))
        m_drag = Drag::Move;
    else
        m_drag = Drag::Create;
    if (m_drag == Drag::Create)
        m_before = {share, share};
}

void ParallelPlot::dragBrush(double share) {
    Brush brush = m_before;
    if (m_drag == Drag::Create) {
        brush = {std::min(m_grip, share), std::max(m_grip, share)};
    } else if (m_drag == Drag::Move) {
        const double by = std::clamp(share - m_grip, -m_before.low, 1 - m_before.high);
        brush = {m_before.low + by, m_before.high + by};
    } else {
        (m_drag == Drag::Low ? brush.low : brush.high) = share;
        brush = {std::min(brush.low, brush.high), std::max(brush.low, brush.high)};
    }
    std::optional<Brush> &shown = m_figure.axes[m_dragged].brush;
    if (shown && *shown == brush)
        return;
    shown = brush;
    requestLines();
}

/// The axes that it passes make room.
void ParallelPlot::dragTitle(double x) {
    m_titleX = x - m_grip;
    std::size_t nearest = 0;
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        if (std::abs(xOf(axis) - m_titleX) < std::abs(xOf(nearest) - m_titleX))
            nearest = axis;
    if (nearest != m_dragged) {
        moveAxis(m_dragged, nearest);
        m_dragged = m_current = nearest;
    }
    update();
}

void ParallelPlot::moveAxis(std::size_t axis, std::size_t place) {
    const auto rotate = [axis, place](auto &items) {
        const auto from = items.begin() + static_cast<std::ptrdiff_t>(axis);
        const auto to = items.begin() + static_cast<std::ptrdiff_t>(place);
        if (axis < place)
            std::rotate(from, from + 1, to + 1);
        else
            std::rotate(to, from, from + 1);
    };
    rotate(m_figure.axes);
    for (ParallelLine &line : m_figure.lines)
        rotate(line.shares);
    requestLines();
}

void ParallelPlot::mouseMoveEvent(QMouseEvent *event) {
    if (m_drag == Drag::Title)
        return dragTitle(event->position().x());
    if (m_drag != Drag::None)
        return dragBrush(shareAt(event->position().y()));
    hover(event->position());
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent *event) {
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Title) {
        QStringList fields;
        for (const ParallelAxis &axis : m_figure.axes)
            fields.append(axis.field.field);
        update();
        Q_EMIT axesReordered(fields);
    } else if (drag != Drag::None) {
        std::optional<Brush> &brush = m_figure.axes[m_dragged].brush;
        if (brush && brush->high - brush->low < leastBrush && m_figure.axes[m_dragged].field.isNumeric)
            brush.reset(); // a click
        requestLines();
        Q_EMIT brushed();
    } else if (event->button() == Qt::LeftButton) {
        if (const auto line = lineAt(event->position()))
            Q_EMIT runChosen(m_figure.lines[*line].run->id, event->modifiers().testFlag(Qt::ControlModifier));
    }
}

void ParallelPlot::mouseDoubleClickEvent(QMouseEvent *event) {
    m_drag = Drag::None;
    if (const auto axis = axisAt(event->position().x()))
        m_figure.axes[*axis].brush.reset();
    else
        clearBrushes();
    requestLines();
    Q_EMIT brushed();
}

// ---- pointing

std::optional<std::size_t> ParallelPlot::lineAt(const QPointF &place) const {
    std::optional<std::size_t> best;
    double least = reach;
    for (std::size_t axis = 1; axis < m_figure.axes.size(); ++axis) {
        if (place.x() < xOf(axis - 1) || place.x() > xOf(axis))
            continue;
        for (std::size_t i = 0; i < m_figure.lines.size(); ++i) {
            const std::vector<double> &shares = m_figure.lines[i].shares;
            if (std::isnan(shares[axis - 1]) || std::isnan(shares[axis]) ||
                !m_figure.isInside(m_figure.lines[i]))
                continue;
            const double distance =
                distanceTo({{xOf(axis - 1), yOf(shares[axis - 1])}, {xOf(axis), yOf(shares[axis])}}, place);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
    }
    return best;
}

QString ParallelPlot::describe(std::size_t line) const {
    const RunRecord &run = *m_figure.lines[line].run;
    QStringList lines{runTitle(run)};
    for (const ParallelAxis &axis : m_figure.axes)
        lines.append(QStringLiteral("%1: %2").arg(axis.field.title, axis.field.textOf(run.id)));
    return lines.join(QLatin1Char('\n'));
}

void ParallelPlot::hover(const QPointF &place) {
    const bool isTitle = place.y() < top() - 8;
    const bool isAxis = !isTitle && axisAt(place.x()).has_value();
    const auto line = isTitle || isAxis ? std::nullopt : lineAt(place);
    setCursor(isTitle  ? Qt::OpenHandCursor
              : isAxis ? Qt::SizeVerCursor
              : line   ? Qt::PointingHandCursor
                       : Qt::ArrowCursor);
    if (std::exchange(m_hovered, line) == line)
        return;
    if (line)
        QToolTip::showText(mapToGlobal(place.toPoint() + QPoint(6, 6)), plainToolTip(describe(*line)), this);
    else
        QToolTip::hideText();
    update();
}

void ParallelPlot::leaveEvent(QEvent *) {
    m_hovered.reset();
    update();
}

void ParallelPlot::contextMenuEvent(QContextMenuEvent *event) {
    Q_EMIT menuRequested(event->globalPos());
}

// ---- the keyboard

void ParallelPlot::brushByKey(bool isHigh, int direction) {
    constexpr double step = 0.05;
    Brush brush = m_figure.axes[m_current].brush.value_or(Brush());
    double &end = isHigh ? brush.high : brush.low;
    end = std::clamp(end + direction * step, isHigh ? brush.low : 0.0, isHigh ? 1.0 : brush.high);
    setBrush(m_current, brush);
}

void ParallelPlot::keyPressEvent(QKeyEvent *event) {
    const bool isShift = event->modifiers().testFlag(Qt::ShiftModifier);
    if (m_figure.axes.empty())
        return QWidget::keyPressEvent(event);
    const int sideways = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int up = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (sideways != 0) {
        const auto last = static_cast<int>(m_figure.axes.size()) - 1;
        const int place = std::clamp(static_cast<int>(m_current) + sideways, 0, last);
        const std::size_t before = std::exchange(m_current, static_cast<std::size_t>(place));
        if (isShift && before != m_current) {
            moveAxis(before, m_current);
            QStringList fields;
            for (const ParallelAxis &axis : m_figure.axes)
                fields.append(axis.field.field);
            Q_EMIT axesReordered(fields);
        }
        update();
        notifySpokenValue(*this);
    } else if (up != 0) {
        brushByKey(isShift, up);
        notifySpokenValue(*this);
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        setBrush(m_current, std::nullopt);
    } else {
        QWidget::keyPressEvent(event);
    }
}

QString ParallelPlot::spokenValue() const {
    if (m_figure.lines.empty() || m_figure.axes.empty())
        return m_emptyText;
    const ParallelAxis &axis = m_figure.axes[m_current];
    const QString inside = tr("%1 of %2 runs").arg(m_figure.insideCount()).arg(m_figure.lines.size());
    if (!axis.brush)
        return QStringLiteral("%1, %2").arg(axis.field.title, inside);
    return tr("%1 from %2 to %3, %4")
        .arg(axis.field.title, axis.field.text(axis.valueAt(axis.brush->low)),
             axis.field.text(axis.valueAt(axis.brush->high)), inside);
}

// ---- painting

void ParallelPlot::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    requestLines();
}

void ParallelPlot::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        requestLines();
}

void ParallelPlot::paintLine(QPainter &painter, std::size_t line, const QColor &color, double width) const {
    const std::vector<double> &shares = m_figure.lines[line].shares;
    painter.setPen(QPen(color, width));
    for (std::size_t axis = 1; axis < shares.size(); ++axis)
        if (!std::isnan(shares[axis - 1]) && !std::isnan(shares[axis]))
            painter.drawLine(QLineF(xOf(axis - 1), yOf(shares[axis - 1]), xOf(axis), yOf(shares[axis])));
}

void ParallelPlot::paintTicks(QPainter &painter, std::size_t number) const {
    const ParallelAxis &axis = m_figure.axes[number];
    const double line = painter.fontMetrics().height();
    const bool isLast = number + 1 == m_figure.axes.size() && number > 0;
    double free = height(); // labels do not overlap
    for (const double tick : axis.ticks()) {
        const double y = yOf(axis.share(tick));
        painter.setPen(theme::border());
        painter.drawLine(QLineF(xOf(number) - 3, y, xOf(number) + 3, y));
        if (y > free)
            continue;
        free = y - line * 0.9;
        constexpr double room = sideMargin - 12;
        const QString text =
            painter.fontMetrics().elidedText(axis.field.text(tick), Qt::ElideRight, static_cast<int>(room));
        const QRectF place(isLast ? xOf(number) + 8 : xOf(number) - room - 8, y - line / 2, room, line);
        painter.setPen(theme::mutedText());
        painter.drawText(place, Qt::AlignVCenter | (isLast ? Qt::AlignLeft : Qt::AlignRight), text);
    }
}

void ParallelPlot::paintAxis(QPainter &painter, std::size_t number) const {
    const ParallelAxis &axis = m_figure.axes[number];
    const double x = xOf(number);
    painter.setFont(smallFont(font()));
    painter.setPen(QPen(theme::mutedText(), 1));
    painter.drawLine(QLineF(x, top(), x, bottom()));
    paintTicks(painter, number);
    if (axis.brush) {
        QColor fill = theme::accent();
        painter.setPen(QPen(fill, 1));
        fill.setAlphaF(0.25f);
        painter.setBrush(fill);
        const double high = yOf(axis.brush->high);
        painter.drawRoundedRect(
            QRectF(x - brushWidth / 2, high, brushWidth, std::max(2.0, yOf(axis.brush->low) - high)), 3, 3);
    }
    if (axis.missing > 0) {
        painter.setPen(theme::mutedText());
        painter.drawText(QRectF(x - 90, bottom() + 6, 180, painter.fontMetrics().height()), Qt::AlignCenter,
                         tr("%1 without").arg(countText(axis.missing)));
    }
    painter.setFont(font());
    const bool isCurrent = hasFocus() && number == m_current;
    painter.setPen(isCurrent ? theme::accent() : palette().color(QPalette::WindowText));
    QRectF title = titleRect(number);
    if (m_drag == Drag::Title && number == m_dragged)
        title.translate(m_titleX - x, 0);
    painter.drawText(
        title, Qt::AlignCenter,
        fontMetrics().elidedText(axis.field.title, Qt::ElideMiddle, static_cast<int>(title.width())));
}

void ParallelPlot::paintAxes(QPainter &painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr qsizetype mostMarked = 100;
    for (std::size_t i = 0; m_selected.size() <= mostMarked && i < m_figure.lines.size(); ++i)
        if (m_selected.contains(m_figure.lines[i].run->id))
            paintLine(painter, i, theme::accent(), 2);
    if (m_hovered && *m_hovered < m_figure.lines.size())
        paintLine(painter, *m_hovered, palette().color(QPalette::Text), 2.4);
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        paintAxis(painter, axis);
}

void ParallelPlot::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? theme::accent() : theme::border());
    painter.setBrush(palette().brush(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    if (m_figure.lines.empty() || m_figure.axes.empty()) {
        painter.setPen(theme::mutedText());
        painter.drawText(rect().adjusted(24, 8, -24, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    painter.drawImage(0, 0, m_lines);
    paintAxes(painter);
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
