// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_plot.h"

#include "ui/plots/curve_canvas.h"
#include "ui/plots/curve_header.h"
#include "ui/plots/plot_menu.h"
#include "ui/plots/qcustomplot.h"
#include "ui/plots/smoothing_text.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <limits>
#include <utility>

namespace simclr::ui {

CurvePlot::CurvePlot(const QString &title, QWidget *parent)
    : QWidget(parent), m_header(new CurveHeader(title, this)), m_canvas(new CurveCanvas(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setAccessibleDescription(
        tr("A plot. Arrow keys move it, plus and minus zoom, Home shows all data, the menu key saves it."));
    m_header->setToolTip(tr("Drag to move, scroll to zoom, double-click to show all data"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 4, 1, 2);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_canvas, 1);
    connectParts();
    setAxes({});
    m_canvas->applyLook();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::connectParts() {
    connect(m_canvas, &CurveCanvas::pressed, this, [this] { setFocus(Qt::MouseFocusReason); });
    connect(m_canvas, &CurveCanvas::menuRequested, this,
            [this](const QPoint &place) { popUpPlotMenu(*this, place); });
    connect(m_header, &CurveHeader::toggled, this, &CurvePlot::toggleCurve);
    const auto highlight = [this](int curve) {
        setHighlightedCurve(curve < 0 ? std::nullopt : std::optional(curve));
        Q_EMIT curveHovered(curve);
    };
    connect(m_header, &CurveHeader::hovered, this, highlight);
    connect(m_canvas, &CurveCanvas::curvePointedAt, this, highlight);
    connect(&m_header->resetButton(), &QToolButton::clicked, this, &CurvePlot::fit);
    QToolButton &save = m_header->saveButton();
    connect(&save, &QToolButton::clicked, this,
            [this, &save] { popUpSaveMenu(*this, save.mapToGlobal(save.rect().bottomLeft())); });
}

QString CurvePlot::title() const {
    return m_header->title();
}

void CurvePlot::setTitle(const QString &title) {
    m_header->setTitle(title);
    setAccessibleName(title);
}

const PlotAxes &CurvePlot::axes() const {
    return m_canvas->axes();
}

void CurvePlot::setAxes(const PlotAxes &axes) {
    m_canvas->setAxes(axes);
}

void CurvePlot::setEmptyText(const QString &text) {
    m_canvas->setEmptyText(text);
}

int CurvePlot::curveCount() const {
    return m_canvas->curveCount();
}

int CurvePlot::addCurve(const CurveStyle &style) {
    m_canvas->addCurve(style);
    m_header->setCurves(m_canvas->styles());
    return curveCount() - 1;
}

void CurvePlot::removeCurves() {
    m_canvas->removeCurves();
    m_header->setCurves({});
}

const CurveStyle &CurvePlot::curveStyle(int curve) const {
    return m_canvas->series(curve).style();
}

void CurvePlot::setData(int curve, const QList<double> &xs, const QList<double> &ys) {
    m_canvas->setData(curve, xs, ys);
}

void CurvePlot::append(int curve, std::span<const QPointF> points) {
    m_canvas->append(curve, points);
}

qsizetype CurvePlot::pointCount(int curve) const {
    return m_canvas->series(curve).size();
}

QList<QPointF> CurvePlot::points(int curve) const {
    return m_canvas->series(curve).points();
}

bool CurvePlot::isSmoothed(int curve) const {
    return m_canvas->series(curve).hasSmoothed();
}

QList<QPointF> CurvePlot::drawnPoints(int curve) const {
    return m_canvas->series(curve).drawnPoints();
}

void CurvePlot::setSmoothing(const Smoothing &smoothing) {
    m_canvas->setSmoothing(smoothing);
}

const Smoothing &CurvePlot::smoothing() const {
    return m_canvas->smoothing();
}

void CurvePlot::setSmoothedElsewhere(bool isElsewhere) {
    m_canvas->setSmoothedElsewhere(isElsewhere);
}

void CurvePlot::setSmoothed(int curve, std::vector<double> values) {
    m_canvas->setSmoothed(curve, std::move(values));
}

void CurvePlot::setGroup(int curve, GroupCurve group, std::vector<double> raw) {
    m_canvas->setGroup(curve, std::move(group), std::move(raw));
}

const GroupCurve &CurvePlot::group(int curve) const {
    return m_canvas->series(curve).group();
}

void CurvePlot::setCurveHidden(int curve, bool isHidden) {
    m_canvas->setHidden(curve, isHidden);
    m_header->setHidden(curve, isHidden);
}

bool CurvePlot::isCurveHidden(int curve) const {
    return m_canvas->series(curve).emphasis == CurveEmphasis::Hidden;
}

void CurvePlot::setHighlightedCurve(std::optional<int> curve) {
    m_canvas->setHighlighted(curve);
}

std::optional<int> CurvePlot::highlightedCurve() const {
    return m_canvas->highlighted();
}

void CurvePlot::toggleCurve(int curve) {
    setCurveHidden(curve, !isCurveHidden(curve));
    Q_EMIT curveToggled(curve, isCurveHidden(curve));
}

QString CurvePlot::caption() const {
    QStringList parts;
    if (smoothing().isActive())
        parts.append(tr("Smoothed: %1; raw values faint.").arg(smoothingText(smoothing())));
    if (!m_note.isEmpty())
        parts.append(m_note);
    return parts.join(QLatin1Char(' '));
}

void CurvePlot::setNote(const QString &note) {
    m_note = note;
}

void CurvePlot::setReferenceLine(const QString &name, double value) {
    m_canvas->setReferenceLine(name, value);
}

QList<QString> CurvePlot::referenceLines() const {
    return m_canvas->referenceLines();
}

void CurvePlot::fit() {
    m_canvas->fit();
}

bool CurvePlot::isFollowing() const {
    return m_canvas->isFollowing();
}

QRectF CurvePlot::visibleRange() const {
    return m_canvas->visibleRange();
}

void CurvePlot::repaintNow() {
    m_canvas->repaintNow();
}

QString CurvePlot::readoutAt(double x) const {
    return m_canvas->readoutAt(x);
}

QString CurvePlot::spokenValue() const {
    if (m_canvas->isEmpty())
        return m_canvas->emptyText();
    QStringList newest; // last value of each curve
    for (int curve = 0; curve < curveCount(); ++curve) {
        const CurveSeries &series = m_canvas->series(curve);
        const NumberStyle style =
            series.style().axis == CurveAxis::Left ? axes().leftStyle : axes().rightStyle;
        if (const auto point = series.nearest(std::numeric_limits<double>::max()))
            newest.append(
                QStringLiteral("%1: %2").arg(series.style().name, readableNumber(point->y(), style)));
    }
    return newest.join(QStringLiteral(", "));
}

std::optional<double> CurvePlot::crosshair() const {
    return m_canvas->crosshair();
}

int CurvePlot::captionHeight() const {
    const QRect room(0, 0, width() - 16, 10'000);
    const QString text = caption();
    return text.isEmpty() ? 0 : fontMetrics().boundingRect(room, Qt::TextWordWrap, text).height() + 6;
}

QSize CurvePlot::pictureSize() const {
    return size() + QSize(0, captionHeight());
}

void CurvePlot::paintCaption(QPainter &painter) const {
    if (captionHeight() == 0)
        return;
    painter.setFont(font());
    painter.setPen(theme::mutedText());
    painter.drawText(QRect(8, height() + 2, width() - 16, captionHeight() - 4),
                     Qt::TextWordWrap | Qt::AlignLeft, caption());
}

QPixmap CurvePlot::picture() {
    m_header->showButtons(false);
    const QPixmap plot = grab();
    m_header->showButtons(true);
    QPixmap picture(pictureSize() * plot.devicePixelRatio());
    picture.setDevicePixelRatio(plot.devicePixelRatio());
    picture.fill(palette().color(QPalette::Base));
    QPainter painter(&picture);
    painter.drawPixmap(0, 0, plot);
    paintCaption(painter);
    return picture;
}

void CurvePlot::paintVector(QPaintDevice &device) {
    QCPPainter painter;
    painter.begin(&device);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setWindow(QRect(QPoint(), pictureSize()));
    painter.fillRect(QRect(QPoint(), pictureSize()), palette().brush(QPalette::Base));
    m_header->showButtons(false);
    m_header->render(&painter, m_header->pos(), {}, {});
    m_header->showButtons(true);
    paintCaption(painter);
    painter.translate(m_canvas->pos());
    m_canvas->paint(painter, m_canvas->size());
    painter.end();
}

void CurvePlot::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    const auto type = event->type();
    if (type != QEvent::PaletteChange && type != QEvent::StyleChange && type != QEvent::FontChange)
        return;
    m_canvas->applyLook();
    m_header->update();
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
        return m_canvas->pan(-0.1);
    case Qt::Key_Right:
        return m_canvas->pan(0.1);
    case Qt::Key_Plus:
        return m_canvas->zoom(0.8);
    case Qt::Key_Minus:
        return m_canvas->zoom(1.25);
    case Qt::Key_Home:
        return fit();
    default:
        QWidget::keyPressEvent(event);
    }
}

void CurvePlot::contextMenuEvent(QContextMenuEvent *event) {
    popUpPlotMenu(*this, event->globalPos());
}

} // namespace simclr::ui
