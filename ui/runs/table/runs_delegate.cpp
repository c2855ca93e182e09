// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_delegate.h"

#include "ui/runs/table/runs_model.h"
#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTreeView>

namespace simclr::ui {

namespace {

constexpr int stripWidth = 3;

bool isFirstColumn(const QStyleOptionViewItem &option, const QModelIndex &index) {
    const auto *table = qobject_cast<const QTreeView *>(option.widget);
    return table != nullptr && table->header()->visualIndex(index.column()) == 0;
}

/// A faint background, and a strip in the accent colour at the start of the row.
void paintSelected(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) {
    painter.fillRect(option.rect, theme::selection());
    if (isFirstColumn(option, index))
        painter.fillRect(QRect(option.rect.topLeft(), QSize(stripWidth, option.rect.height())),
                         theme::accent());
}

} // namespace

void RunsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const {
    QStyleOptionViewItem plain = option;
    if (option.state & QStyle::State_Selected)
        paintSelected(*painter, option, index);
    plain.state &= ~QStyle::State_Selected;
    QStyledItemDelegate::paint(painter, plain, index);
    if (index.data(RunsModel::StartsApartRole).toBool())
        painter->fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), theme::mutedText());
}

QSize RunsDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const {
    constexpr int air = 12;
    return {QStyledItemDelegate::sizeHint(option, index).width(), option.fontMetrics.height() + air};
}

} // namespace simclr::ui
