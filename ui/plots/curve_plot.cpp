// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_plot.h"

#include "ui/plots/curve_header.h"
#include "ui/plots/curve_plot_impl.h"
#include "ui/plots/plot_menu.h"
#include "ui/plots/qcustomplot.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <limits>

namespace simclr::ui {

namespace {

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

CurvePlot::CurvePlot(const QString &title, QWidget *parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(*this, title)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setAccessibleDescription(
        tr("A plot. Arrow keys move it, plus and minus zoom, Home shows all data, the menu key saves it."));
    m_impl->m_header->setToolTip(tr("Drag to move, scroll to zoom, double-click to show all data"));
    setAxes({});
    m_impl->applyLook();
}

CurvePlot::~CurvePlot() = default;

QString CurvePlot::title() const {
    return m_impl->m_header->title();
}

void CurvePlot::setTitle(const QString &title) {
    m_impl->m_header->setTitle(title);
    setAccessibleName(title);
}

const PlotAxes &CurvePlot::axes() const {
    return m_impl->m_axes;
}

void CurvePlot::setAxes(const PlotAxes &axes) {
    QCustomPlot &canvas = *m_impl->m_canvas;
    m_impl->m_axes = axes;
    canvas.xAxis->setLabel(axes.x);
    canvas.xAxis->setTicker(tickerFor(axes.xStyle));
    canvas.yAxis->setLabel(axes.left);
    canvas.yAxis2->setLabel(axes.right);
    canvas.yAxis2->grid()->setVisible(false);
    m_impl->changed();
}

void CurvePlot::setEmptyText(const QString &text) {
    m_impl->m_empty->setText(text);
}

int CurvePlot::curveCount() const {
    return static_cast<int>(m_impl->m_series.size());
}

int CurvePlot::addCurve(const CurveStyle &style) {
    m_impl->m_series.emplace_back(*m_impl->m_canvas, style, m_impl->m_smoothing);
    m_impl->updateHeader();
    m_impl->changed();
    return curveCount() - 1;
}

void CurvePlot::removeCurves() {
    for (CurveSeries &series : m_impl->m_series)
        series.removeGraphs();
    m_impl->m_series.clear();
    m_impl->updateHeader();
    m_impl->hideCrosshair();
    m_impl->changed();
}

const CurveStyle &CurvePlot::curveStyle(int curve) const {
    return m_impl->m_series.at(static_cast<std::size_t>(curve)).style();
}

void CurvePlot::setData(int curve, const QList<double> &xs, const QList<double> &ys) {
    m_impl->m_series.at(static_cast<std::size_t>(curve)).assign(xs, ys);
    m_impl->changed();
}

void CurvePlot::append(int curve, std::span<const QPointF> points) {
    m_impl->m_series.at(static_cast<std::size_t>(curve)).append(points);
    m_impl->changed();
}

qsizetype CurvePlot::pointCount(int curve) const {
    return m_impl->m_series.at(static_cast<std::size_t>(curve)).size();
}

QList<QPointF> CurvePlot::points(int curve) const {
    return m_impl->m_series.at(static_cast<std::size_t>(curve)).points();
}

QList<QPointF> CurvePlot::drawnPoints(int curve) const {
    return m_impl->m_series.at(static_cast<std::size_t>(curve)).drawnPoints();
}

void CurvePlot::setSmoothing(double weight) {
    m_impl->m_smoothing = weight;
    for (CurveSeries &series : m_impl->m_series)
        series.setSmoothing(weight);
    m_impl->changed();
}

void CurvePlot::setReferenceLine(const QString &name, double value) {
    m_impl->m_references.set(name, value);
    m_impl->changed();
}

QList<QString> CurvePlot::referenceLines() const {
    return m_impl->m_references.names();
}

void CurvePlot::fit() {
    m_impl->m_following = true;
    m_impl->changed();
}

bool CurvePlot::isFollowing() const {
    return m_impl->m_following;
}

QRectF CurvePlot::visibleRange() const {
    const QCPRange x = m_impl->m_canvas->xAxis->range();
    const QCPRange y = m_impl->m_canvas->yAxis->range();
    return {x.lower, y.lower, x.size(), y.size()};
}

void CurvePlot::repaintNow() {
    m_impl->m_dirty = true;
    m_impl->repaintIfNeeded();
}

QString CurvePlot::readoutAt(double x) const {
    const auto reading = m_impl->readingAt(x);
    if (!reading)
        return {};
    QString text = m_impl->headingOf(*reading);
    for (const CurveReadout::Row &row : m_impl->rowsOf(*reading))
        text += QLatin1Char('\n') + row.style.name + QStringLiteral(": ") + row.value;
    return text;
}

QString CurvePlot::spokenValue() const {
    if (m_impl->isEmpty())
        return m_impl->m_empty->text();
    QStringList newest; // last value of each curve
    for (const CurveSeries &series : m_impl->m_series)
        if (const auto point = series.nearest(std::numeric_limits<double>::max()))
            newest.append(QStringLiteral("%1: %2").arg(
                series.style().name,
                readableNumber(point->y(), series.style().axis == CurveAxis::Left ? axes().leftStyle
                                                                                  : axes().rightStyle)));
    return newest.join(QStringLiteral(", "));
}

std::optional<double> CurvePlot::crosshair() const {
    const QCPItemStraightLine &line = *m_impl->m_crosshair;
    return line.visible() ? std::optional(line.point1->coords().x()) : std::nullopt;
}

QPixmap CurvePlot::picture() {
    m_impl->m_header->showButtons(false);
    QPixmap picture = grab();
    m_impl->m_header->showButtons(true);
    return picture;
}

void CurvePlot::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    const auto type = event->type();
    if (type == QEvent::PaletteChange || type == QEvent::StyleChange || type == QEvent::FontChange)
        m_impl->applyLook();
}

void CurvePlot::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_impl->changed();
}

void CurvePlot::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? theme::accent() : theme::border());
    painter.setBrush(palette().brush(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

void CurvePlot::keyPressEvent(QKeyEvent *event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return m_impl->pan(-0.1);
    case Qt::Key_Right:
        return m_impl->pan(0.1);
    case Qt::Key_Plus:
        return m_impl->zoom(0.8);
    case Qt::Key_Minus:
        return m_impl->zoom(1.25);
    case Qt::Key_Home:
        return fit();
    default:
        QWidget::keyPressEvent(event);
    }
}

void CurvePlot::contextMenuEvent(QContextMenuEvent *event) {
    popUpPlotMenu(*this, event->globalPos());
}

bool CurvePlot::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::Leave)
        m_impl->hideCrosshair();
    else if (event->type() == QEvent::MouseButtonPress)
        setFocus(Qt::MouseFocusReason);
    else if (event->type() == QEvent::Resize)
        m_impl->m_empty->setGeometry(m_impl->m_canvas->rect().adjusted(24, 8, -24, -8));
    return QWidget::eventFilter(watched, event);
}

} // namespace simclr::ui
