// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_canvas.h"

#include "ui/plots/curve_layer.h"
#include "ui/plots/plot_look.h"
#include "ui/plots/qcustomplot.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int repaintMilliseconds = 50;

/// The range of an axis for data from `low` to `high`, with padding.
QCPRange paddedRange(double low, double high, bool fromZero) {
    const double size = high - low;
    if (fromZero && low == 0 && high == 0)
        return {0, 1}; // all values are zero
    const double padding = size > 0 ? size * 0.06 : std::max(std::abs(high) * 0.05, 1e-6);
    return fromZero && low >= 0 ? QCPRange(0, high + padding) : QCPRange(low - padding, high + padding);
}

/// The same in the units of the axis, whose logarithm is padded if it is logarithmic.
QCPRange paddedAxisRange(const Extremes &shown, bool isLogarithmic, bool fromZero) {
    if (!isLogarithmic)
        return paddedRange(shown.low, shown.high, fromZero);
    const QCPRange logarithms = paddedRange(shown.low, shown.high, false);
    return {std::pow(10.0, logarithms.lower), std::pow(10.0, logarithms.upper)};
}

/// Epochs and steps are integers: no ticks between two of them.
QSharedPointer<QCPAxisTicker> tickerFor(NumberStyle style, bool isLogarithmic) {
    constexpr int ticks = 5;
    if (isLogarithmic)
        return QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog);
    if (style == NumberStyle::Date) {
        QSharedPointer<QCPAxisTickerDateTime> dates(new QCPAxisTickerDateTime);
        dates->setDateTimeFormat(QStringLiteral("yyyy-MM-dd\nHH:mm"));
        dates->setTickCount(ticks);
        return dates;
    }
    if (style != NumberStyle::Count) {
        QSharedPointer<QCPAxisTicker> ticker(new QCPAxisTicker);
        ticker->setTickCount(ticks);
        return ticker;
    }
    QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
    whole->setTickStep(1);
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    whole->setTickCount(ticks);
    return whole;
}

/// " (4.1–4.3, n = 3)": the band of a group near x, and how many runs it is of.
QString groupText(const CurveSeries &series, double x, NumberStyle style) {
    const std::size_t index = series.nearestIndex(x);
    const GroupCurve &group = series.group();
    const QString count = CurveCanvas::tr("n = %1").arg(group.counts[index]);
    if (!std::isfinite(group.low[index]))
        return QStringLiteral(" (%1)").arg(count);
    return QStringLiteral(" (%1–%2, %3)")
        .arg(readableNumber(group.low[index], style), readableNumber(group.high[index], style), count);
}

} // namespace

CurveCanvas::CurveCanvas(QWidget *parent)
    : QWidget(parent),
      m_canvas(new QCustomPlot(this)),
      m_empty(mutedLabel({}, m_canvas)),
      m_readout(new CurveReadout(m_canvas)),
      m_references(*m_canvas) {
    buildCanvas();
    connectCanvas();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_canvas);
    m_repaint.setInterval(repaintMilliseconds);
    m_repaint.setSingleShot(true);
    connect(&m_repaint, &QTimer::timeout, this, &CurveCanvas::repaintIfNeeded);
}

CurveCanvas::~CurveCanvas() = default;

void CurveCanvas::buildCanvas() {
    m_canvas->setObjectName(QStringLiteral("canvas"));
    m_canvas->setMinimumSize(120, 80);
    m_canvas->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_canvas->setNoAntialiasingOnDrag(true);
    m_canvas->setPlottingHint(QCP::phFastPolylines);
    m_canvas->setFocusPolicy(Qt::NoFocus);
    m_canvas->setContextMenuPolicy(Qt::CustomContextMenu); // the canvas consumes the event before the plot
    m_canvas->setMouseTracking(true);
    m_canvas->installEventFilter(this);
    m_canvas->axisRect()->setRangeDragAxes({m_canvas->xAxis}, {m_canvas->yAxis, m_canvas->yAxis2});
    m_canvas->axisRect()->setRangeZoomAxes({m_canvas->xAxis}, {m_canvas->yAxis, m_canvas->yAxis2});
    m_canvas->axisRect()->setMinimumMargins(QMargins(8, 6, 12, 4));
    m_layer = new CurveLayer(*m_canvas, m_series);
    m_crosshair = new QCPItemStraightLine(m_canvas);
    m_crosshair->setLayer(QStringLiteral("overlay"));
    m_crosshair->setVisible(false);
    m_empty->setObjectName(QStringLiteral("emptyText"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
}

void CurveCanvas::connectCanvas() {
    connect(m_canvas, &QCustomPlot::mouseDoubleClick, this, &CurveCanvas::fit);
    connect(m_canvas, &QCustomPlot::mouseMove, this,
            [this](QMouseEvent *event) { moveCrosshair(event->pos()); });
    connect(m_canvas, &QWidget::customContextMenuRequested, this, [this](const QPoint &place) {
        hideCrosshair();
        Q_EMIT menuRequested(m_canvas->mapToGlobal(place));
    });
    const auto moved = [this] {
        if (!m_applyingRanges)
            m_following = false;
    };
    for (QCPAxis *axis : {m_canvas->xAxis, m_canvas->yAxis, m_canvas->yAxis2})
        connect(axis, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), this, moved);
}

void CurveCanvas::applyLook() {
    applyPlotLook(*m_canvas);
    m_references.applyLook();
    m_crosshair->setPen(QPen(theme::mutedText(), 1, Qt::DotLine));
    changed();
}

void CurveCanvas::changed() {
    m_dirty = true;
    if (!m_repaint.isActive() && isVisible())
        m_repaint.start();
}

void CurveCanvas::repaintIfNeeded() {
    if (!m_dirty || !isVisible())
        return;
    m_dirty = false;
    showAxes(!isEmpty());
    if (m_following)
        applyRanges();
    m_references.place();
    m_canvas->replot();
}

/// Hides the axes of an empty plot: their numbers would have no meaning.
void CurveCanvas::showAxes(bool shown) {
    m_empty->setVisible(!shown);
    m_canvas->xAxis->setVisible(shown);
    m_canvas->yAxis->setVisible(shown);
    m_canvas->yAxis2->setVisible(shown && !m_axes.right.isEmpty());
    m_canvas->xAxis->grid()->setVisible(shown);
    m_canvas->yAxis->grid()->setVisible(shown);
    m_references.setShown(shown);
}

void CurveCanvas::applyRanges() {
    m_applyingRanges = true;
    if (const Extremes x = xRange(); !x.isEmpty() && m_axes.isXLogarithmic) {
        const double padding = std::max((x.high - x.low) * 0.02, x.low == x.high ? 0.1 : 0.0);
        m_canvas->xAxis->setRange(std::pow(10.0, x.low - padding), std::pow(10.0, x.high + padding));
    } else if (!x.isEmpty()) {
        const double padding = std::max((x.high - x.low) * 0.02, x.low == x.high ? 0.5 : 0.0);
        m_canvas->xAxis->setRange(x.low - padding, x.high + padding);
    }
    Extremes left = yRange(CurveAxis::Left);
    if (const auto lines = m_references.bounds(); lines && !left.isEmpty())
        for (const double value : {lines->first, lines->second})
            left.cover(m_axes.isYLogarithmic ? std::log10(value) : value);
    if (!left.isEmpty())
        m_canvas->yAxis->setRange(paddedAxisRange(left, m_axes.isYLogarithmic, m_axes.leftFromZero));
    if (const Extremes right = yRange(CurveAxis::Right); !right.isEmpty())
        m_canvas->yAxis2->setRange(paddedAxisRange(right, m_axes.isYLogarithmic, true));
    m_applyingRanges = false;
}

/// Of the curves that are not hidden; logarithms if the axis is logarithmic.
Extremes CurveCanvas::xRange() const {
    Extremes range;
    for (const CurveSeries &series : m_series)
        if (series.emphasis != CurveEmphasis::Hidden)
            range.cover(series.xRange(m_axes.isXLogarithmic));
    if (m_axes.isXLogarithmic)
        range = {std::log10(range.low), std::log10(range.high)};
    return range;
}

Extremes CurveCanvas::yRange(CurveAxis axis) const {
    Extremes range;
    for (const CurveSeries &series : m_series)
        if (series.style().axis == axis && series.emphasis != CurveEmphasis::Hidden)
            range.cover(series.yRange(m_axes.leavesOutliersOut));
    return range;
}

bool CurveCanvas::isEmpty() const {
    return std::all_of(m_series.begin(), m_series.end(),
                       [](const CurveSeries &series) { return series.isEmpty(); });
}

QList<CurveStyle> CurveCanvas::styles() const {
    QList<CurveStyle> all;
    for (const CurveSeries &series : m_series)
        all.append(series.style());
    return all;
}

void CurveCanvas::setAxes(const PlotAxes &axes) {
    m_axes = axes;
    const auto scale = [](QCPAxis &axis, NumberStyle style, bool isLogarithmic) {
        axis.setScaleType(isLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        axis.setTicker(tickerFor(style, isLogarithmic));
    };
    m_applyingRanges = true; // a logarithmic axis moves its range above zero
    scale(*m_canvas->xAxis, axes.xStyle, axes.isXLogarithmic);
    scale(*m_canvas->yAxis, NumberStyle::General, axes.isYLogarithmic);
    scale(*m_canvas->yAxis2, NumberStyle::General, axes.isYLogarithmic);
    m_applyingRanges = false;
    m_canvas->xAxis->setLabel(axes.x);
    m_canvas->yAxis->setLabel(axes.left);
    m_canvas->yAxis2->setLabel(axes.right);
    m_canvas->yAxis2->grid()->setVisible(false);
    m_layer->setMarksOutliers(axes.leavesOutliersOut);
    for (CurveSeries &series : m_series)
        series.setLogarithmic(axes.isYLogarithmic);
    changed();
}

void CurveCanvas::setEmptyText(const QString &text) {
    m_empty->setText(text);
}

QString CurveCanvas::emptyText() const {
    return m_empty->text();
}

void CurveCanvas::addCurve(const CurveStyle &style) {
    m_series.emplace_back(style, m_smoothing, m_axes.isYLogarithmic);
    m_series.back().setSmoothedElsewhere(m_isSmoothedElsewhere);
    applyEmphasis();
}

void CurveCanvas::removeCurves() {
    m_series.clear();
    m_highlighted.reset();
    hideCrosshair();
    changed();
}

void CurveCanvas::setData(int curve, const QList<double> &xs, const QList<double> &ys) {
    m_series.at(static_cast<std::size_t>(curve)).assign(xs, ys);
    changed();
}

void CurveCanvas::append(int curve, std::span<const QPointF> points) {
    m_series.at(static_cast<std::size_t>(curve)).append(points);
    changed();
}

void CurveCanvas::setGroup(int curve, GroupCurve group, std::vector<double> raw) {
    m_series.at(static_cast<std::size_t>(curve)).assignGroup(std::move(group), std::move(raw));
    changed();
}

void CurveCanvas::setHidden(int curve, bool isHidden) {
    m_series.at(static_cast<std::size_t>(curve)).emphasis =
        isHidden ? CurveEmphasis::Hidden : CurveEmphasis::Normal;
    applyEmphasis();
}

void CurveCanvas::setHighlighted(std::optional<int> curve) {
    if (std::exchange(m_highlighted, curve) != curve)
        applyEmphasis();
}

/// Beside a highlighted curve the others are faded.
void CurveCanvas::applyEmphasis() {
    const bool fades = m_highlighted && *m_highlighted >= 0 && *m_highlighted < curveCount() &&
                       series(*m_highlighted).emphasis != CurveEmphasis::Hidden;
    for (int curve = 0; curve < curveCount(); ++curve) {
        CurveEmphasis &emphasis = m_series[static_cast<std::size_t>(curve)].emphasis;
        if (emphasis == CurveEmphasis::Hidden)
            continue;
        emphasis = !fades                    ? CurveEmphasis::Normal
                   : curve == *m_highlighted ? CurveEmphasis::Highlighted
                                             : CurveEmphasis::Faded;
    }
    changed();
}

const CurveSeries &CurveCanvas::series(int curve) const {
    return m_series.at(static_cast<std::size_t>(curve));
}

void CurveCanvas::setSmoothing(const Smoothing &smoothing) {
    if (std::exchange(m_smoothing, smoothing) == smoothing)
        return;
    for (CurveSeries &series : m_series)
        series.setSmoothing(smoothing);
    changed();
}

void CurveCanvas::setSmoothedElsewhere(bool isElsewhere) {
    m_isSmoothedElsewhere = isElsewhere;
    for (CurveSeries &series : m_series)
        series.setSmoothedElsewhere(isElsewhere);
}

void CurveCanvas::setSmoothed(int curve, std::vector<double> values) {
    m_series.at(static_cast<std::size_t>(curve)).assignSmoothed(std::move(values));
    changed();
}

void CurveCanvas::setReferenceLine(const QString &name, double value) {
    m_references.set(name, value);
    changed();
}

void CurveCanvas::fit() {
    m_following = true;
    changed();
}

QRectF CurveCanvas::visibleRange() const {
    const QCPRange x = m_canvas->xAxis->range();
    const QCPRange y = m_canvas->yAxis->range();
    return {x.lower, y.lower, x.size(), y.size()};
}

void CurveCanvas::repaintNow() {
    m_dirty = true;
    repaintIfNeeded();
}

/// Bands are translucent and texts stay texts. Antialiasing is drawn at the size of the picture.
void CurveCanvas::paint(QCPPainter &painter, const QSize &size) {
    repaintNow();
    const QCPItemStraightLine &crosshair = *m_crosshair;
    if (crosshair.visible())
        hideCrosshair();
    m_canvas->toPainter(&painter, size.width(), size.height());
}

QString CurveCanvas::readoutAt(double x) const {
    const auto reading = readingAt(x);
    if (!reading)
        return {};
    QString text = headingOf(*reading);
    for (const CurveReadout::Row &row : rowsOf(*reading))
        text += QLatin1Char('\n') + row.style.name + QStringLiteral(": ") + row.value;
    return text;
}

std::optional<double> CurveCanvas::crosshair() const {
    return m_crosshair->visible() ? std::optional(m_crosshair->point1->coords().x()) : std::nullopt;
}

void CurveCanvas::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    changed();
}

bool CurveCanvas::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::Leave)
        hideCrosshair();
    else if (event->type() == QEvent::MouseButtonPress)
        Q_EMIT pressed();
    else if (event->type() == QEvent::Resize)
        m_empty->setGeometry(m_canvas->rect().adjusted(24, 8, -24, -8));
    return QWidget::eventFilter(watched, event);
}

void CurveCanvas::moveCrosshair(const QPoint &pointer) {
    const bool isInside = m_canvas->axisRect()->rect().contains(pointer);
    const auto reading = isInside ? readingAt(m_canvas->xAxis->pixelToCoord(pointer.x())) : std::nullopt;
    if (!reading || !m_canvas->xAxis->range().contains(reading->x)) {
        hideCrosshair();
        return;
    }
    m_crosshair->point1->setCoords(reading->x, 0);
    m_crosshair->point2->setCoords(reading->x, 1);
    m_crosshair->setVisible(true);
    m_canvas->layer(QStringLiteral("overlay"))->replot(); // a separate buffer: the curves are not repainted
    m_readout->showAt(pointer, headingOf(*reading), rowsOf(*reading));
    pointAt(curveAt(pointer));
}

/// The curve whose point next to the pointer is the nearest, a few pixels above or below it.
int CurveCanvas::curveAt(const QPointF &place) const {
    constexpr double reach = 6;
    int best = -1;
    double least = reach;
    const double x = m_canvas->xAxis->pixelToCoord(place.x());
    for (int curve = 0; curve < curveCount(); ++curve) {
        const CurveSeries &each = series(curve);
        const auto point = each.emphasis == CurveEmphasis::Hidden ? std::nullopt : each.nearest(x);
        if (!point || !std::isfinite(point->y()))
            continue;
        const QCPAxis &axis = each.style().axis == CurveAxis::Right ? *m_canvas->yAxis2 : *m_canvas->yAxis;
        const double distance = std::abs(axis.coordToPixel(point->y()) - place.y());
        if (distance <= least) {
            least = distance;
            best = curve;
        }
    }
    return best;
}

void CurveCanvas::pointAt(int curve) {
    if (std::exchange(m_pointedAt, curve) != curve)
        Q_EMIT curvePointedAt(curve);
}

void CurveCanvas::hideCrosshair() {
    pointAt(-1);
    m_readout->hide();
    if (!m_crosshair->visible())
        return;
    m_crosshair->setVisible(false);
    m_canvas->layer(QStringLiteral("overlay"))->replot();
}

/// Steps and epochs must be equal to be read together; times may differ by less than is visible.
std::optional<CurveReading> CurveCanvas::readingAt(double x) const {
    constexpr double pixels = 2;
    const QCPAxis &axis = *m_canvas->xAxis;
    const double tolerance =
        m_axes.xStyle == NumberStyle::Count ? 0 : std::abs(axis.pixelToCoord(pixels) - axis.pixelToCoord(0));
    return readNear(m_series, x, tolerance);
}

QString CurveCanvas::headingOf(const CurveReading &reading) const {
    return m_axes.x + QLatin1Char(' ') + readableNumber(reading.x, m_axes.xStyle);
}

QList<CurveReadout::Row> CurveCanvas::rowsOf(const CurveReading &reading) const {
    QList<CurveReadout::Row> rows;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const CurveSeries &series = m_series[i];
        const CurveStyle &style = series.style();
        const NumberStyle number = style.axis == CurveAxis::Right ? m_axes.rightStyle : m_axes.leftStyle;
        const double value = reading.values[i].value_or(std::numeric_limits<double>::quiet_NaN());
        if (series.isEmpty() || series.emphasis == CurveEmphasis::Hidden)
            continue;
        QString text = readableNumber(value, number);
        if (std::isfinite(value) && series.hasBand())
            text += groupText(series, reading.x, number);
        rows.append({style, text, std::isfinite(value)});
    }
    return rows;
}

void CurveCanvas::zoom(double factor) {
    m_canvas->xAxis->scaleRange(factor);
    changed();
}

void CurveCanvas::pan(double fraction) {
    m_canvas->xAxis->moveRange(m_canvas->xAxis->range().size() * fraction);
    changed();
}

} // namespace simclr::ui
