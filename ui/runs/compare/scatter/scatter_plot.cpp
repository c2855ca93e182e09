// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/scatter/scatter_plot.h"

#include "ui/plots/curve_header.h"
#include "ui/plots/plot_look.h"
#include "ui/plots/qcustomplot.h"
#include "ui/runs/compare/scatter/scatter_axes.h"
#include "ui/runs/compare/scatter/scatter_layer.h"
#include "ui/runs/compare/scatter/scatter_legend.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

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
    if (colorField(figure) != colorField(m_figure) || figure.colorRuns != m_figure.colorRuns)
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
    if (isX == m_isXLogarithmic && isY == m_isYLogarithmic)
        return; // the user's view stays
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

} // namespace simclr::ui
