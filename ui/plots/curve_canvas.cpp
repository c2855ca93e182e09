// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_canvas.h"

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

/// The smallest box around both. Unlike QRectF::united(), it does not ignore boxes of zero height.
std::optional<QRectF> around(const std::optional<QRectF> &a, const std::optional<QRectF> &b) {
    if (!a || !b)
        return a ? a : b;
    QRectF box;
    box.setCoords(std::min(a->left(), b->left()), std::min(a->top(), b->top()),
                  std::max(a->right(), b->right()), std::max(a->bottom(), b->bottom()));
    return box;
}

/// Epochs and steps are integers: no ticks between two of them.
QSharedPointer<QCPAxisTicker> tickerFor(NumberStyle style) {
    constexpr int ticks = 5;
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
    for (CurveSeries &series : m_series)
        series.applyLook();
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
    std::optional<QRectF> left = boundsOf(CurveAxis::Left);
    const std::optional<QRectF> right = boundsOf(CurveAxis::Right);
    if (const auto box = around(left, right)) {
        const double padding =
            std::max((box->right() - box->left()) * 0.02, box->left() == box->right() ? 0.5 : 0.0);
        m_canvas->xAxis->setRange(box->left() - padding, box->right() + padding);
    }
    if (left && m_references.bounds()) // reference lines extend the view in y only
        left = around(left, QRectF(QPointF(left->left(), m_references.bounds()->first),
                                   QPointF(left->left(), m_references.bounds()->second)));
    if (left)
        m_canvas->yAxis->setRange(paddedRange(left->top(), left->bottom(), m_axes.leftFromZero));
    if (right)
        m_canvas->yAxis2->setRange(paddedRange(right->top(), right->bottom(), true));
    m_applyingRanges = false;
}

std::optional<QRectF> CurveCanvas::boundsOf(CurveAxis axis) const {
    std::optional<QRectF> box;
    for (const CurveSeries &series : m_series)
        if (series.style().axis == axis)
            box = around(box, series.bounds());
    return box;
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
    m_canvas->xAxis->setLabel(axes.x);
    m_canvas->xAxis->setTicker(tickerFor(axes.xStyle));
    m_canvas->yAxis->setLabel(axes.left);
    m_canvas->yAxis2->setLabel(axes.right);
    m_canvas->yAxis2->grid()->setVisible(false);
    changed();
}

void CurveCanvas::setEmptyText(const QString &text) {
    m_empty->setText(text);
}

QString CurveCanvas::emptyText() const {
    return m_empty->text();
}

void CurveCanvas::addCurve(const CurveStyle &style) {
    m_series.emplace_back(*m_canvas, style, m_smoothing);
    changed();
}

void CurveCanvas::removeCurves() {
    for (CurveSeries &series : m_series)
        series.removeGraphs();
    m_series.clear();
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

const CurveSeries &CurveCanvas::series(int curve) const {
    return m_series.at(static_cast<std::size_t>(curve));
}

void CurveCanvas::setSmoothing(double weight) {
    m_smoothing = weight;
    for (CurveSeries &series : m_series)
        series.setSmoothing(weight);
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
}

void CurveCanvas::hideCrosshair() {
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
        const CurveStyle &style = m_series[i].style();
        const NumberStyle number = style.axis == CurveAxis::Right ? m_axes.rightStyle : m_axes.leftStyle;
        const double value = reading.values[i].value_or(std::numeric_limits<double>::quiet_NaN());
        if (!m_series[i].isEmpty())
            rows.append({style, readableNumber(value, number), std::isfinite(value)});
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
