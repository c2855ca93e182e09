// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/matrix_painting.h"

#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(MatrixPainting)
};

using Range = MatrixLayout::Range;

/// One pixel per visible cell.
QImage pixelsOf(const MatrixScene &scene, const Range &rows, const Range &columns) {
    QImage cells(int(columns.count), int(rows.count), QImage::Format_RGB32);
    for (std::size_t row = 0; row < rows.count; ++row) {
        auto *line = reinterpret_cast<QRgb *>(cells.scanLine(int(row)));
        const std::size_t label = scene.layout.classAt(rows.first + row);
        for (std::size_t column = 0; column < columns.count; ++column)
            line[column] =
                scene.colors.of(scene.content, label, scene.layout.classAt(columns.first + column));
    }
    return cells;
}

void paintLines(QPainter &painter, const MatrixScene &scene, const QRect &target) {
    constexpr int smallestWithLines = 8;
    const int side = scene.layout.side();
    painter.setPen(scene.palette.color(QPalette::Base));
    for (int x = target.left(); side >= smallestWithLines && x <= target.right() + 1; x += side)
        painter.drawLine(x - 1, target.top(), x - 1, target.bottom());
    for (int y = target.top(); side >= smallestWithLines && y <= target.bottom() + 1; y += side)
        painter.drawLine(target.left(), y - 1, target.right(), y - 1);
    painter.setPen(theme::border());
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(target.adjusted(-1, -1, 0, 0));
}

void paintNumbers(QPainter &painter, const MatrixScene &scene, const Range &rows, const Range &columns) {
    const QString widest = scene.content.isDifference() ? QStringLiteral("−99") : QStringLiteral("100");
    if (scene.layout.side() < QFontMetrics(scene.font).horizontalAdvance(widest) + 4)
        return;
    painter.setFont(scene.font);
    for (std::size_t row = rows.first; row < rows.first + rows.count; ++row)
        for (std::size_t column = columns.first; column < columns.first + columns.count; ++column) {
            const std::size_t label = scene.layout.classAt(row);
            const std::size_t predicted = scene.layout.classAt(column);
            constexpr int middleGrey = 140;
            const bool isDark = qGray(scene.colors.of(scene.content, label, predicted)) < middleGrey;
            painter.setPen(isDark ? Qt::white : Qt::black);
            painter.drawText(scene.layout.rect(label, predicted), Qt::AlignCenter,
                             scene.content.cellText(label, predicted));
        }
}

/// Text from bottom to top.
void paintUpright(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text) {
    painter.save();
    painter.translate(rect.bottomLeft());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, rect.height(), rect.width()), int(alignment), text);
    painter.restore();
}

void paintRowNames(QPainter &painter, const MatrixScene &scene, int line) {
    const QFontMetrics metrics(scene.font);
    const int space = scene.layout.margin() - line - 6;
    const auto [first, count] = scene.layout.visibleRows();
    painter.setClipRect(
        QRect(0, scene.layout.margin(), scene.layout.margin(), scene.layout.cells().height()));
    for (std::size_t row = first; row < first + count; ++row) {
        const std::size_t label = scene.layout.classAt(row);
        const QRect cell = scene.layout.rect(label, label);
        painter.drawText(QRect(line, cell.top(), space, cell.height()), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(scene.nameOf(label), Qt::ElideRight, space));
    }
}

void paintColumnNames(QPainter &painter, const MatrixScene &scene, int line) {
    const QFontMetrics metrics(scene.font);
    const int space = scene.layout.margin() - line - 6;
    const auto [first, count] = scene.layout.visibleColumns();
    painter.setClipRect(QRect(scene.layout.margin(), 0, scene.layout.cells().width(), scene.layout.margin()));
    for (std::size_t column = first; column < first + count; ++column) {
        const std::size_t predicted = scene.layout.classAt(column);
        const QRect cell = scene.layout.rect(predicted, predicted);
        paintUpright(painter, QRect(cell.left(), line, cell.width(), space), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(scene.nameOf(predicted), Qt::ElideRight, space));
    }
}

} // namespace

void paintMatrix(QPainter &painter, const MatrixScene &scene) {
    const Range rows = scene.layout.visibleRows();
    const Range columns = scene.layout.visibleColumns();
    const QImage cells = pixelsOf(scene, rows, columns);
    const QPoint first =
        scene.layout.rect(scene.layout.classAt(rows.first), scene.layout.classAt(columns.first)).topLeft();
    const QRect target(first, cells.size() * scene.layout.side());
    painter.drawImage(target, cells);
    paintLines(painter, scene, target);
    paintNumbers(painter, scene, rows, columns);
}

void paintMatrixNames(QPainter &painter, const MatrixScene &scene) {
    const int line = QFontMetrics(scene.font).height();
    const QRect cells = scene.layout.cells();
    painter.setFont(scene.font);
    painter.setPen(theme::mutedText());
    painter.drawText(QRect(cells.left(), 0, cells.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     Texts::tr("Predicted"));
    paintUpright(painter, QRect(0, cells.top(), line, std::min(cells.height(), scene.layout.length())),
                 Qt::AlignRight | Qt::AlignVCenter, Texts::tr("Class"));
    if (!scene.nameOf)
        return;
    painter.setPen(scene.palette.color(QPalette::Text));
    paintRowNames(painter, scene, line);
    paintColumnNames(painter, scene, line);
    painter.setClipping(false);
}

} // namespace simclr::ui
