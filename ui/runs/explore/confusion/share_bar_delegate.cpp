// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/share_bar_delegate.h"

#include "ui/runs/explore/confusion/class_accuracy_model.h"
#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace simclr::ui {

namespace {

constexpr int barSpace = 72;
constexpr int barHeight = 6;

void paintBar(QPainter &painter, const QRectF &track, const QColor &ink, const QModelIndex &index) {
    const auto at = [&](int role) { return track.left() + track.width() * index.data(role).toDouble(); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painting::box(&painter, track, theme::hover(), {}, barHeight / 2.0);
    QRectF bar = track;
    bar.setRight(at(ClassAccuracyModel::ShareRole));
    painting::box(&painter, bar, theme::accent(), {}, barHeight / 2.0);
    if (index.data(ClassAccuracyModel::LowRole).isValid()) {
        const qreal low = at(ClassAccuracyModel::LowRole);
        const qreal high = at(ClassAccuracyModel::HighRole);
        const qreal y = track.center().y();
        painter.setPen(QPen(ink, 1.2));
        painter.drawLine(QPointF(low, y), QPointF(high, y));
        for (const qreal end : {low, high})
            painter.drawLine(QPointF(end, y - barHeight / 2.0), QPointF(end, y + barHeight / 2.0));
    }
    painter.restore();
}

} // namespace

QSize ShareBarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const {
    const QSize usual = QStyledItemDelegate::sizeHint(option, index);
    return index.data(ClassAccuracyModel::ShareRole).isValid() ? usual + QSize(barSpace + 12, 0) : usual;
}

void ShareBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const {
    QStyledItemDelegate::paint(painter, option, index);
    if (!index.data(ClassAccuracyModel::ShareRole).isValid())
        return;
    const QRectF cell(option.rect);
    const int text = option.fontMetrics.horizontalAdvance(QStringLiteral("100.0 %")) + 12;
    const QRectF track(cell.left() + 6, cell.center().y() - barHeight / 2.0, cell.width() - text - 12,
                       barHeight);
    if (track.width() > barHeight)
        paintBar(*painter, track, option.palette.color(QPalette::Text), index);
}

} // namespace simclr::ui
