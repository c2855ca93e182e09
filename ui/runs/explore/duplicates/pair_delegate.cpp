// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/duplicates/pair_delegate.h"

#include "ui/design/preview/preview_painting.h"
#include "ui/runs/explore/duplicates/pair_model.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QPainter>

namespace simclr::ui {

PairDelegate::PairDelegate(const ThumbnailLoader &thumbnails, QObject *parent)
    : QStyledItemDelegate(parent), m_thumbnails(thumbnails) {}

void PairDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const {
    const QVariant sample = index.data(PairModel::SampleRole);
    if (!sample.isValid())
        return QStyledItemDelegate::paint(painter, option, index);
    QStyleOptionViewItem empty = option;
    initStyleOption(&empty, index);
    empty.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, option.widget);
    const int side = m_thumbnails.side();
    const QRect square(option.rect.left() + 4, option.rect.center().y() - side / 2, side, side);
    const ThumbnailLoader::Thumbnail *known = m_thumbnails.thumbnail(sample.toUInt());
    if (known != nullptr && !known->pixmap.isNull())
        paintInSquare(*painter, square, known->pixmap);
    else
        painter->fillRect(square, theme::hover());
    paintTexts(*painter, option.rect.adjusted(side + 12, 0, -4, 0), empty, index);
}

void PairDelegate::paintTexts(QPainter &painter, const QRect &beside, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const {
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor color = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QString name = index.data(PairModel::ClassRole).toString();
    const int line = option.fontMetrics.height();
    const int lines = name.isEmpty() ? 1 : 2;
    QRect row(beside.left(), beside.center().y() - lines * line / 2, beside.width(), line);
    const auto write = [&](const QFont &font, const QString &text, Qt::TextElideMode mode) {
        painter.setFont(font);
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetrics(font).elidedText(text, mode, row.width()));
        row.translate(0, line);
    };
    painter.save();
    painter.setPen(color);
    if (!name.isEmpty())
        write(option.font, name, Qt::ElideRight);
    if (!isSelected)
        painter.setPen(theme::mutedText());
    write(captionFont(option.font), index.data().toString(), Qt::ElideLeft);
    painter.restore();
}

} // namespace simclr::ui
