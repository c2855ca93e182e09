// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/pipelines/pipelines_canvas.h"

#include "ui/design/preview/preview_painting.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int gap = 4;
constexpr int groupGap = 18;
constexpr int smallest = 28;
constexpr int largest = 128;

} // namespace

PipelinesCanvas::PipelinesCanvas(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("pipelinesCanvas"));
    setAccessibleName(tr("Views of each pipeline"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PipelinesCanvas::setSamples(const PipelineSamplesPtr &samples) {
    m_samples = samples;
    m_pixmaps.clear();
    updateGeometry();
    update();
}

int PipelinesCanvas::columns() const {
    return m_samples ? 1 + 2 * int(m_samples->request.pipelines.size()) : 0;
}

int PipelinesCanvas::headerHeight() const {
    return 2 * fontMetrics().height() + 4;
}

/// Pipelines are apart from each other and from the original.
int PipelinesCanvas::left(int column, int side) const {
    return column * (side + gap) + (column + 1) / 2 * (groupGap - gap);
}

int PipelinesCanvas::side(int width) const {
    const int all = columns();
    const int gaps = all == 0 ? 0 : left(all - 1, 0);
    return all == 0 ? smallest : std::clamp((width - gaps) / all, smallest, largest);
}

QRect PipelinesCanvas::cell(int row, int column) const {
    const int length = side(width());
    return {left(column, length), headerHeight() + row * (length + gap), length, length};
}

int PipelinesCanvas::heightForWidth(int width) const {
    return m_samples ? headerHeight() + int(m_samples->rows.size()) * (side(width) + gap) : 0;
}

const Image &PipelinesCanvas::imageAt(int row, int column) const {
    const PipelineRow &images = m_samples->rows[std::size_t(row)];
    return column == 0 ? images.original
                       : images.views[std::size_t(column - 1) / 2][std::size_t(column - 1) % 2];
}

const QPixmap &PipelinesCanvas::pixmap(int row, int column) {
    QPixmap &known = m_pixmaps[{row, column}];
    if (known.isNull())
        known = pixmapOf(imageAt(row, column), side(width()), devicePixelRatioF());
    return known;
}

void PipelinesCanvas::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    m_pixmaps.clear();
}

void PipelinesCanvas::paintEvent(QPaintEvent *event) {
    if (m_samples == nullptr)
        return;
    QPainter painter(this);
    paintHeader(painter);
    for (int row = 0; row < int(m_samples->rows.size()); ++row)
        for (int column = 0; column < columns(); ++column) {
            const QRect square = cell(row, column);
            if (!square.intersects(event->rect()))
                continue;
            if (imageAt(row, column).isEmpty())
                painter.fillRect(square, theme::hover());
            else
                paintInSquare(painter, square, pixmap(row, column));
        }
}

/// The runs and the name of each pipeline, and below them the views.
void PipelinesCanvas::paintHeader(QPainter &painter) {
    const int line = fontMetrics().height();
    const int length = side(width());
    const auto write = [&](const QRect &place, const QString &text, const QColor &color) {
        painter.setPen(color);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    write({0, line, length, line}, tr("original"), theme::mutedText());
    for (int i = 0; i < int(m_samples->request.pipelines.size()); ++i) {
        const int begin = left(1 + 2 * i, length);
        const ComparedPipeline &pipeline = m_samples->request.pipelines[std::size_t(i)];
        write({begin, 0, 2 * length + gap, line}, pipeline.title(), palette().color(QPalette::WindowText));
        const QString &problem = m_samples->problems[std::size_t(i)];
        if (problem.isEmpty()) {
            write({begin, line, length, line}, tr("view 1"), theme::mutedText());
            write({begin + length + gap, line, length, line}, tr("view 2"), theme::mutedText());
        } else {
            write({begin, line, 2 * length + gap, line}, problem, theme::danger());
        }
    }
}

QString PipelinesCanvas::textAt(const QPoint &point) const {
    for (int row = 0; m_samples && row < int(m_samples->rows.size()); ++row)
        if (const QRect square = cell(row, 0); point.y() >= square.top() && point.y() <= square.bottom()) {
            const PipelineRow &each = m_samples->rows[std::size_t(row)];
            return each.problem.isEmpty() ? each.name : each.problem;
        }
    for (int i = 0; m_samples && i < int(m_samples->request.pipelines.size()); ++i)
        if (point.x() >= cell(0, 1 + 2 * i).left() && point.x() <= cell(0, 2 + 2 * i).right())
            return m_samples->request.pipelines[std::size_t(i)].title() + QChar('\n') +
                   m_samples->problems[std::size_t(i)];
    return {};
}

bool PipelinesCanvas::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(textAt(help->pos()).trimmed()), this);
    return true;
}

} // namespace simclr::ui
