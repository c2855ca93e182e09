// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/scatter/scatter_plot.h"

#include "ui/plots/curve_header.h"
#include "ui/plots/plot_look.h"
#include "ui/plots/qcustomplot.h"
#include "ui/runs/compare/scatter/scatter_axes.h"
#include "ui/runs/compare/scatter/scatter_layer.h"
#include "ui/runs/compare/scatter/scatter_legend.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double reach = 9; // pixels around a point

} // namespace

ScatterPlot::ScatterPlot(QWidget *parent)
    : QWidget(parent),
      m_header(new CurveHeader({}, this)),
      m_canvas(new QCustomPlot(this)),
      m_empty(mutedLabel({}, m_canvas)) {
    setObjectName(QStringLiteral("scatterPlot"));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(200, 140);
    setAccessibleName(tr("Scatter plot"));
    setAccessibleDescription(tr("Left and right go from run to run, Return selects the run in the table, "
                                "plus and minus zoom, Home shows all, the menu key saves the figure."));
    m_header->setToolTip(tr("Drag to move, scroll to zoom, double-click to show all data"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 4, 1, 2);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_canvas, 1);
    buildCanvas();
    connectParts();
    applyLook();
}

ScatterPlot::~ScatterPlot() = default;

void ScatterPlot::buildCanvas() {
    m_canvas->setObjectName(QStringLiteral("scatterCanvas"));
    m_canvas->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_canvas->setFocusPolicy(Qt::NoFocus);
    m_canvas->setContextMenuPolicy(Qt::NoContextMenu); // it goes to this widget
    m_canvas->setMouseTracking(true);
    m_canvas->installEventFilter(this);
    m_canvas->axisRect()->setMinimumMargins(QMargins(8, 6, 12, 4));
    m_layer = new ScatterLayer(*m_canvas);
    m_empty->setObjectName(QStringLiteral("scatterEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
}

void ScatterPlot::connectParts() {
    connect(m_canvas, &QCustomPlot::mouseDoubleClick, this, &ScatterPlot::fit);
    connect(m_header, &CurveHeader::toggled, this, &ScatterPlot::toggle);
    connect(&m_header->resetButton(), &QToolButton::clicked, this, &ScatterPlot::fit);
    QToolButton &save = m_header->saveButton();
    connect(&save, &QToolButton::clicked, this, [this, &save] {
        popUpExportMenu(*this, save.mapToGlobal(save.rect().bottomLeft()),
                        [this] { return exportedFigure(); });
    });
    for (QCPAxis *axis : {m_canvas->xAxis, m_canvas->yAxis})
        connect(axis, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), this, [this] { m_isFit = false; });
}

// ---- what is shown

void ScatterPlot::setFigure(ScatterFigure figure) {
    const bool isOther = figure.x.field != m_figure.x.field || figure.y.field != m_figure.y.field;
    const auto colorField = [](const ScatterFigure &each) {
        return each.color ? each.color->field : QString();
    };
    if (colorField(figure) != colorField(m_figure) || figure.titles != m_figure.titles)
        m_hidden.clear();
    const qint64 marked = m_layer->marked() ? m_figure.points[*m_layer->marked()].run : 0;
    m_figure = std::move(figure);
    m_isFit = m_isFit || isOther;
    showLegend();
    showPoints();
    if (const auto same = std::ranges::find(m_figure.points, marked, &ScatterPoint::run);
        marked != 0 && same != m_figure.points.end())
        m_layer->setMarked(static_cast<std::size_t>(same - m_figure.points.begin()));
    showAxes();
}

void ScatterPlot::setLogarithmic(bool isX, bool isY) {
    m_isXLogarithmic = isX;
    m_isYLogarithmic = isY;
    m_isFit = true;
    showAxes();
}

void ScatterPlot::setSelected(const QSet<qint64> &runs) {
    m_layer->setSelected(runs);
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

void ScatterPlot::setEmptyText(const QString &text) {
    m_empty->setText(text);
}

std::vector<QColor> ScatterPlot::colors() const {
    return scatterColors(m_figure);
}

int ScatterPlot::entryOf(const ScatterPoint &point) const {
    return legendEntryOf(m_figure, point);
}

void ScatterPlot::showLegend() {
    m_header->setTitle(tr("%1 over %2").arg(m_figure.y.title, m_figure.x.title));
    const QList<CurveStyle> entries = scatterLegend(m_figure);
    m_header->setCurves(entries);
    for (int entry = 0; entry < entries.size(); ++entry)
        m_header->setHidden(entry, m_hidden.contains(entry));
}

void ScatterPlot::showPoints() {
    m_layer->setFigure(m_figure, colors());
    std::vector<bool> shown;
    for (const ScatterPoint &point : m_figure.points)
        shown.push_back(!m_hidden.contains(entryOf(point)));
    m_layer->setShown(std::move(shown));
}

void ScatterPlot::toggle(int entry) {
    if (!hasEntriesToHide(m_figure))
        return; // a scale of numbers
    if (!m_hidden.remove(entry))
        m_hidden.insert(entry);
    m_header->setHidden(entry, m_hidden.contains(entry));
    showPoints();
    m_canvas->replot();
}

void ScatterPlot::showAxes() {
    const bool wasFit = m_isFit;
    const bool hasPoints = !m_figure.points.empty();
    m_empty->setVisible(!hasPoints);
    for (QCPAxis *axis : {m_canvas->xAxis, m_canvas->yAxis}) {
        axis->setVisible(hasPoints);
        axis->grid()->setVisible(hasPoints);
    }
    showFieldOnAxis(*m_canvas->xAxis, m_figure.x, m_isXLogarithmic);
    showFieldOnAxis(*m_canvas->yAxis, m_figure.y, m_isYLogarithmic);
    if (wasFit)
        fit();
    else
        m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

/// The ends of error bars are not part of it, unless they are close.
void ScatterPlot::fit() {
    const auto domain = [](bool isLogarithmic) { return isLogarithmic ? QCP::sdPositive : QCP::sdBoth; };
    bool hasX = false;
    bool hasY = false;
    const QCPRange x = m_layer->getKeyRange(hasX, domain(m_isXLogarithmic && m_figure.x.isNumeric));
    const QCPRange y = m_layer->getValueRange(hasY, domain(m_isYLogarithmic && m_figure.y.isNumeric), {});
    if (hasX)
        fitAxis(*m_canvas->xAxis, m_figure.x, x.lower, x.upper);
    if (hasY)
        fitAxis(*m_canvas->yAxis, m_figure.y, y.lower, y.upper);
    m_isFit = true;
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

// ---- pointing and choosing

QPoint ScatterPlot::placeOf(std::size_t point) const {
    const auto place = m_layer->placeOf(point);
    return place ? m_canvas->mapTo(this, place->toPoint()) : QPoint(-1, -1);
}

QString ScatterPlot::describe(std::size_t number) const {
    const ScatterPoint &point = m_figure.points[number];
    const auto line = [](const FigureField &field, double value, double error) {
        const QString text = QStringLiteral("%1: %2").arg(field.title, field.text(value));
        return std::isfinite(error) ? QStringLiteral("%1 ± %2").arg(text, field.text(error)) : text;
    };
    QStringList lines{m_figure.titles[point.entity]};
    if (point.isMean())
        lines.append(tr("Mean of n = %1 runs").arg(countText(point.count)));
    else if (!lines.front().startsWith(QStringLiteral("%1 ·").arg(point.run)))
        lines.append(tr("Run %1").arg(point.run));
    lines.append(line(m_figure.x, point.x, point.xError));
    lines.append(line(m_figure.y, point.y, point.yError));
    if (m_figure.color && std::isfinite(point.color))
        lines.append(line(*m_figure.color, point.color, std::nan("")));
    return lines.join(QLatin1Char('\n'));
}

void ScatterPlot::mark(std::optional<std::size_t> point) {
    if (m_layer->marked() == point)
        return;
    m_layer->setMarked(point);
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
    notifySpokenValue(*this);
}

void ScatterPlot::point(const QPoint &place) {
    const auto found = m_layer->nearest(place, reach);
    mark(found);
    m_canvas->setCursor(found ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (found)
        QToolTip::showText(m_canvas->mapToGlobal(place + QPoint(4, 4)), plainToolTip(describe(*found)),
                           m_canvas);
    else
        QToolTip::hideText();
}

/// The mean of a group stands for all of its runs.
void ScatterPlot::choose(std::size_t number, bool isAdded) {
    const ScatterPoint &chosen = m_figure.points[number];
    if (!chosen.isMean())
        Q_EMIT runChosen(chosen.run, isAdded);
}

/// To the next point in the order of x.
void ScatterPlot::step(int direction) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_figure.points.size(); ++i)
        if (m_layer->isShown(i) && m_layer->placeOf(i))
            order.push_back(i);
    if (order.empty())
        return;
    std::ranges::stable_sort(order, {}, [this](std::size_t i) { return m_figure.points[i].x; });
    const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
    const auto now = m_layer->marked() ? std::ranges::find(order, *m_layer->marked()) : order.end();
    const std::ptrdiff_t place = now == order.end() ? (direction > 0 ? -1 : last + 1) : now - order.begin();
    mark(order[static_cast<std::size_t>(std::clamp(place + direction, std::ptrdiff_t{0}, last))]);
    const QPoint pixel = placeOf(*m_layer->marked());
    QToolTip::showText(mapToGlobal(pixel), plainToolTip(describe(*m_layer->marked())), this);
}

bool ScatterPlot::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::Leave) {
        mark(std::nullopt);
    } else if (event->type() == QEvent::MouseMove) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->buttons() == Qt::NoButton)
            point(mouse->position().toPoint());
    } else if (event->type() == QEvent::MouseButtonPress) {
        setFocus(Qt::MouseFocusReason);
        m_pressed = static_cast<QMouseEvent *>(event)->position().toPoint();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QPoint place = mouse->position().toPoint();
        const auto found = m_layer->nearest(place, reach);
        if (mouse->button() == Qt::LeftButton && found && (place - m_pressed).manhattanLength() < 4)
            choose(*found, mouse->modifiers().testFlag(Qt::ControlModifier));
    }
    return QWidget::eventFilter(watched, event);
}

void ScatterPlot::keyPressEvent(QKeyEvent *event) {
    const auto zoom = [this](double factor) {
        m_canvas->xAxis->scaleRange(factor);
        m_canvas->yAxis->scaleRange(factor);
        m_canvas->replot();
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Plus:
        return zoom(0.8);
    case Qt::Key_Minus:
        return zoom(1.25);
    case Qt::Key_Home:
        return fit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_layer->marked())
            return choose(*m_layer->marked(), event->modifiers().testFlag(Qt::ControlModifier));
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
    }
}

void ScatterPlot::contextMenuEvent(QContextMenuEvent *event) {
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("scatterMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show all data"), this, &ScatterPlot::fit);
    menu->addSeparator();
    addExportActions(*menu, *this, [this] { return exportedFigure(); });
    menu->popup(event->globalPos());
}

QString ScatterPlot::spokenValue() const {
    if (m_figure.points.empty())
        return m_empty->text();
    return m_layer->marked() ? describe(*m_layer->marked())
                             : tr("%1 points. %2").arg(m_figure.points.size()).arg(correlationText(m_figure));
}

// ---- look

void ScatterPlot::applyLook() {
    applyPlotLook(*m_canvas);
    QPen grid = m_canvas->yAxis->grid()->pen();
    for (QCPAxis *axis : {m_canvas->xAxis, m_canvas->yAxis}) {
        axis->grid()->setPen(grid);
        axis->setBasePen(QPen(theme::border()));
    }
    showLegend();
    showPoints();
    showAxes();
}

void ScatterPlot::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    const auto type = event->type();
    if (type == QEvent::PaletteChange || type == QEvent::StyleChange || type == QEvent::FontChange)
        applyLook();
}

void ScatterPlot::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    m_empty->setGeometry(m_canvas->rect().adjusted(24, 8, -24, -8));
}

void ScatterPlot::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? theme::accent() : theme::border());
    painter.setBrush(palette().brush(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

// ---- export

int ScatterPlot::captionHeight() const {
    const QRect room(0, 0, width() - 16, 10'000);
    return m_caption.isEmpty() ? 0
                               : fontMetrics().boundingRect(room, Qt::TextWordWrap, m_caption).height() + 6;
}

void ScatterPlot::paintCaption(QPainter &painter) const {
    if (m_caption.isEmpty())
        return;
    painter.setFont(font());
    painter.setPen(theme::mutedText());
    painter.drawText(QRect(8, height() + 2, width() - 16, captionHeight() - 4),
                     Qt::TextWordWrap | Qt::AlignLeft, m_caption);
}

QPixmap ScatterPlot::picture() {
    m_header->showButtons(false);
    m_layer->setMarked(std::nullopt);
    m_canvas->replot();
    const QPixmap plot = grab();
    m_header->showButtons(true);
    QPixmap picture(QSize(width(), height() + captionHeight()) * plot.devicePixelRatio());
    picture.setDevicePixelRatio(plot.devicePixelRatio());
    picture.fill(palette().color(QPalette::Base));
    QPainter painter(&picture);
    painter.drawPixmap(0, 0, plot);
    paintCaption(painter);
    return picture;
}

void ScatterPlot::paintVector(QPaintDevice &device) {
    QCPPainter painter;
    painter.begin(&device);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    const QRect area(0, 0, width(), height() + captionHeight());
    painter.setWindow(area);
    painter.fillRect(area, palette().brush(QPalette::Base));
    m_header->showButtons(false);
    m_header->render(&painter, m_header->pos(), {}, {});
    m_header->showButtons(true);
    paintCaption(painter);
    painter.translate(m_canvas->pos());
    m_layer->setMarked(std::nullopt);
    m_canvas->toPainter(&painter, m_canvas->width(), m_canvas->height());
    painter.end();
}

ExportedFigure ScatterPlot::exportedFigure() {
    return {m_header->title(),
            m_caption,
            QSize(width(), height() + captionHeight()),
            [this] { return picture(); },
            [this](QPaintDevice &device) { paintVector(device); },
            [this] { return scatterAsCsv(m_figure); },
            !m_figure.points.empty()};
}

} // namespace simclr::ui
