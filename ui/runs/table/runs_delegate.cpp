// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_delegate.h"

#include "ui/runs/table/runs_filter.h"
#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace simclr::ui {

namespace {

constexpr int stripWidth = 3;

bool isFirstColumn(const QStyleOptionViewItem &option, const QModelIndex &index) {
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    return table != nullptr && table->horizontalHeader()->visualIndex(index.column()) == 0;
}

/// A faint background, and a strip in the accent colour at the start of the row.
void paintSelected(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) {
    painter.fillRect(option.rect, theme::selection());
    if (isFirstColumn(option, index))
        painter.fillRect(QRect(option.rect.topLeft(), QSize(stripWidth, option.rect.height())),
                         theme::accent());
}

} // namespace

RunsDelegate::RunsDelegate(const RunsFilter &filter, QObject *parent)
    : QStyledItemDelegate(parent), m_filter(filter) {}

void RunsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const {
    QStyleOptionViewItem plain = option;
    if (option.state & QStyle::State_Selected)
        paintSelected(*painter, option, index);
    plain.state &= ~QStyle::State_Selected;
    QStyledItemDelegate::paint(painter, plain, index);
    if (m_filter.startsGroup(index.row()))
        painter->fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), theme::mutedText());
}

} // namespace simclr::ui
