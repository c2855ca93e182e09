// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_delegate.h"

#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/runs_table.h"
#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int stripWidth = 3;
constexpr int textMargin = 4; ///< between a text and the right edge of its cell, at least

QString linkText() {
    return RunsDelegate::tr("evaluate");
}

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

bool RunsDelegate::showsLink(const RunsTable &table, const QModelIndex &cell) {
    return cell.data(RunsModel::EvaluableRole).toBool() &&
           (table.isHovered(cell) || table.selectionModel()->isSelected(cell));
}

QRect RunsDelegate::linkRect(const RunsTable &table, const QRect &cell) {
    const int width =
        std::min(cell.width(), table.fontMetrics().horizontalAdvance(linkText()) + 2 * textMargin);
    return {cell.right() - width + 1, cell.top(), width, cell.height()};
}

void RunsDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    const auto *table = qobject_cast<const RunsTable *>(option->widget);
    if (table == nullptr || !showsLink(*table, index))
        return;
    option->text = linkText();
    option->font.setUnderline(true);
    option->palette.setColor(QPalette::Text, theme::accent());
}

QSize RunsDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const {
    constexpr int air = 12;
    return {QStyledItemDelegate::sizeHint(option, index).width(), option.fontMetrics.height() + air};
}

} // namespace simclr::ui
