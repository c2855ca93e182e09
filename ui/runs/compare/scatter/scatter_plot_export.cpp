// SPDX-License-Identifier: GPL-3.0-or-later
// ScatterPlot as a picture.
#include "ui/runs/compare/scatter/scatter_plot.h"

#include "ui/plots/curve_header.h"
#include "ui/plots/qcustomplot.h"
#include "ui/runs/compare/scatter/scatter_layer.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace simclr::ui {

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
