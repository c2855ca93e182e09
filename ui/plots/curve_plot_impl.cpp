// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_plot_impl.h"

#include "ui/plots/curve_header.h"
#include "ui/plots/plot_look.h"
#include "ui/plots/plot_menu.h"
#include "ui/plots/qcustomplot.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QToolButton>
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

} // namespace

CurvePlot::Impl::Impl(CurvePlot &owner, const QString &title)
    : m_owner(owner),
      m_header(new CurveHeader(title, &owner)),
      m_canvas(new QCustomPlot(&owner)),
      m_empty(mutedLabel({}, m_canvas)),
      m_readout(new CurveReadout(m_canvas)),
      m_references(*m_canvas) {
    buildCanvas();
    connectCanvas();
    auto *layout = new QVBoxLayout(&owner);
    layout->setContentsMargins(1, 4, 1, 2);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_canvas, 1);
    m_repaint.setInterval(repaintMilliseconds);
    m_repaint.setSingleShot(true);
    QObject::connect(&m_repaint, &QTimer::timeout, &owner, [this] { repaintIfNeeded(); });
}

void CurvePlot::Impl::buildCanvas() {
    m_canvas->setObjectName(QStringLiteral("canvas"));
    m_canvas->setMinimumSize(120, 80);
    m_canvas->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_canvas->setNoAntialiasingOnDrag(true);
    m_canvas->setPlottingHint(QCP::phFastPolylines);
    m_canvas->setFocusPolicy(Qt::NoFocus);
    m_canvas->setContextMenuPolicy(Qt::CustomContextMenu); // the canvas consumes the event before the plot
    m_canvas->setMouseTracking(true);
    m_canvas->installEventFilter(&m_owner);
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

void CurvePlot::Impl::connectCanvas() {
    QObject::connect(m_canvas, &QCustomPlot::mouseDoubleClick, &m_owner, [this] { m_owner.fit(); });
    QObject::connect(m_canvas, &QCustomPlot::mouseMove, &m_owner,
                     [this](QMouseEvent *event) { moveCrosshair(event->pos()); });
    QObject::connect(m_canvas, &QWidget::customContextMenuRequested, &m_owner, [this](const QPoint &place) {
        hideCrosshair();
        popUpPlotMenu(m_owner, m_canvas->mapToGlobal(place));
    });
    QObject::connect(&m_header->resetButton(), &QToolButton::clicked, &m_owner, &CurvePlot::fit);
    QToolButton &save = m_header->saveButton();
    QObject::connect(&save, &QToolButton::clicked, &m_owner,
                     [this, &save] { popUpSaveMenu(m_owner, save.mapToGlobal(save.rect().bottomLeft())); });
    const auto moved = [this] {
        if (!m_applyingRanges)
            m_following = false;
    };
    for (QCPAxis *axis : {m_canvas->xAxis, m_canvas->yAxis, m_canvas->yAxis2})
        QObject::connect(axis, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), &m_owner, moved);
}

void CurvePlot::Impl::applyLook() {
    applyPlotLook(*m_canvas);
    m_references.applyLook();
    m_crosshair->setPen(QPen(theme::mutedText(), 1, Qt::DotLine));
    for (CurveSeries &series : m_series)
        series.applyLook();
    m_header->update();
    changed();
}

void CurvePlot::Impl::changed() {
    m_dirty = true;
    if (!m_repaint.isActive() && m_owner.isVisible())
        m_repaint.start();
}

void CurvePlot::Impl::repaintIfNeeded() {
    if (!m_dirty || !m_owner.isVisible())
        return;
    m_dirty = false;
    showAxes(!isEmpty());
    if (m_following)
        applyRanges();
    m_references.place();
    m_canvas->replot();
}

/// Hides the axes of an empty plot: their numbers would have no meaning.
void CurvePlot::Impl::showAxes(bool shown) {
    m_empty->setVisible(!shown);
    m_canvas->xAxis->setVisible(shown);
    m_canvas->yAxis->setVisible(shown);
    m_canvas->yAxis2->setVisible(shown && !m_axes.right.isEmpty());
    m_canvas->xAxis->grid()->setVisible(shown);
    m_canvas->yAxis->grid()->setVisible(shown);
    m_references.setShown(shown);
}

void CurvePlot::Impl::applyRanges() {
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

std::optional<QRectF> CurvePlot::Impl::boundsOf(CurveAxis axis) const {
    std::optional<QRectF> box;
    for (const CurveSeries &series : m_series)
        if (series.style().axis == axis)
            box = around(box, series.bounds());
    return box;
}

bool CurvePlot::Impl::isEmpty() const {
    return std::all_of(m_series.begin(), m_series.end(),
                       [](const CurveSeries &series) { return series.isEmpty(); });
}

void CurvePlot::Impl::updateHeader() {
    QList<CurveStyle> styles;
    for (const CurveSeries &series : m_series)
        styles.append(series.style());
    m_header->setCurves(styles);
}

void CurvePlot::Impl::moveCrosshair(const QPoint &pointer) {
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

void CurvePlot::Impl::hideCrosshair() {
    m_readout->hide();
    if (!m_crosshair->visible())
        return;
    m_crosshair->setVisible(false);
    m_canvas->layer(QStringLiteral("overlay"))->replot();
}

/// Steps and epochs must be equal to be read together; times may differ by less than is visible.
std::optional<CurveReading> CurvePlot::Impl::readingAt(double x) const {
    constexpr double pixels = 2;
    const QCPAxis &axis = *m_canvas->xAxis;
    const double tolerance =
        m_axes.xStyle == NumberStyle::Count ? 0 : std::abs(axis.pixelToCoord(pixels) - axis.pixelToCoord(0));
    return readNear(m_series, x, tolerance);
}

QString CurvePlot::Impl::headingOf(const CurveReading &reading) const {
    return m_axes.x + QLatin1Char(' ') + readableNumber(reading.x, m_axes.xStyle);
}

QList<CurveReadout::Row> CurvePlot::Impl::rowsOf(const CurveReading &reading) const {
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

void CurvePlot::Impl::zoom(double factor) {
    m_canvas->xAxis->scaleRange(factor);
    changed();
}

void CurvePlot::Impl::pan(double fraction) {
    m_canvas->xAxis->moveRange(m_canvas->xAxis->range().size() * fraction);
    changed();
}

} // namespace simclr::ui
