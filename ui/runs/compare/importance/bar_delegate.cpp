// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/importance/bar_delegate.h"

#include "ui/runs/compare/importance/importance_model.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace simclr::ui {

namespace {

constexpr int margin = 6;

} // namespace

void BarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const {
    QStyledItemDelegate::paint(painter, option, index);
    const QVariant bar = index.data(ImportanceModel::BarRole);
    if (!bar.isValid())
        return;
    const int number = option.fontMetrics.horizontalAdvance(QStringLiteral("−0.00")) + 3 * margin;
    const QRectF room = QRectF(option.rect).adjusted(margin, margin, -number, -margin);
    const double start = m_kind == Kind::Signed ? room.center().x() : room.left();
    const double most = m_kind == Kind::Signed ? room.width() / 2 : room.width();
    const double length = bar.toDouble() * most;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(length < 0 ? theme::warning() : theme::accent());
    painter->drawRoundedRect(
        QRectF(std::min(start, start + length), room.top(), std::abs(length), room.height()), 2, 2);
    painter->setPen(theme::border());
    painter->drawLine(QLineF(start, room.top() - 2, start, room.bottom() + 2));
    painter->restore();
}

} // namespace simclr::ui
