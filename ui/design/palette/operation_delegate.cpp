// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/palette/operation_delegate.h"

#include "ui/design/palette/operation_palette_model.h"
#include "ui/design/pipeline/combination_glyph.h"
#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace simclr::ui {

namespace {

constexpr int rowHeight = 42;
constexpr int headingHeight = 32;
constexpr int thumbnailSide = 36; ///< pixels on screen
constexpr int margin = 8;

void paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QString &text) {
    QFont font = option.font;
    font.setPointSizeF(font.pointSizeF() * 0.92);
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(theme::mutedText());
    painter->drawText(option.rect.adjusted(10, 0, -8, -5), Qt::AlignLeft | Qt::AlignBottom, text);
}

QRect thumbnailRect(const QRect &row) {
    return {row.left() + margin, row.top() + (row.height() - thumbnailSide) / 2, thumbnailSide,
            thumbnailSide};
}

/// The thumbnail, the glyph of a combination, which has no thumbnail, or a plain square until the thumbnail
/// exists.
void paintThumbnail(QPainter *painter, const QRectF &rect, const QModelIndex &index) {
    const auto picture = index.data(Qt::DecorationRole).value<QImage>();
    if (picture.isNull()) {
        painting::box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), theme::hover(), theme::border(), 4);
    } else {
        painter->save();
        QPainterPath outline;
        outline.addRoundedRect(rect, 4, 4);
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter->setClipPath(outline);
        painter->drawImage(rect, picture);
        painter->restore();
    }
    if (index.data(OperationPaletteModel::CombinationRole).toBool())
        paintCombinationGlyph(painter, rect.adjusted(9, 9, -9, -9),
                              index.data(OperationPaletteModel::OperationRole).toString(),
                              theme::mutedText());
}

} // namespace

QRect OperationDelegate::plusRect(const QRect &row) {
    return QRect(row.right() - 27, row.top() + (row.height() - 22) / 2, 22, 22);
}

QSize OperationDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const {
    return {120, index.data(OperationPaletteModel::HeadingRole).toBool() ? headingHeight : rowHeight};
}

void OperationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const {
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->save();
    if (index.data(OperationPaletteModel::HeadingRole).toBool()) {
        paintHeading(painter, option, text);
        painter->restore();
        return;
    }
    const bool hovered = option.state & QStyle::State_MouseOver;
    const bool chosen = option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus;
    if (hovered || chosen)
        painting::box(painter, QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5), theme::hover(),
                      chosen ? theme::accent() : QColor());
    const QRect plus = plusRect(option.rect);
    const QRect picture = thumbnailRect(option.rect);
    paintThumbnail(painter, QRectF(picture), index);
    painter->setPen(option.palette.color(QPalette::Text));
    const QRect textRect(QPoint(picture.right() + 1 + margin, option.rect.top()),
                         QPoint(plus.left() - 2, option.rect.bottom()));
    painter->drawText(textRect, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(text, Qt::ElideRight, textRect.width()));
    painter->setOpacity(hovered || chosen ? 1 : 0.35);
    theme::icon(QStringLiteral("list-add")).paint(painter, plus.adjusted(3, 3, -3, -3));
    painter->restore();
}

bool OperationDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) {
    if (event->type() != QEvent::MouseButtonRelease ||
        index.data(OperationPaletteModel::HeadingRole).toBool())
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton || !plusRect(option.rect).contains(mouse->position().toPoint()))
        return false;
    Q_EMIT plusPressed(index);
    return true;
}

} // namespace simclr::ui
