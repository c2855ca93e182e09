// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/gallery/gallery_delegate.h"

#include "ui/design/preview/preview_painting.h"
#include "ui/runs/explore/gallery/gallery_model.h"
#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace simclr::ui {

namespace {

constexpr int margin = 4; ///< around a tile's content
constexpr int gap = 2;    ///< between tiles

void paintCross(QPainter &painter, const QRectF &box, const QColor &color) {
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(box.topLeft(), box.bottomRight());
    painter.drawLine(box.topRight(), box.bottomLeft());
}

/// A disc with a check or a cross: told apart by its shape, not only by its colour.
void paintMark(QPainter &painter, const QRect &square, bool isRight) {
    constexpr qreal diameter = 15;
    const QRectF disc(square.right() - diameter - 1, square.top() + 2, diameter, diameter);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme::raised(), 1));
    painter.setBrush(isRight ? theme::good() : theme::danger());
    painter.drawEllipse(disc);
    const QColor sign = theme::isDark() ? QColor(Qt::black) : QColor(Qt::white);
    if (isRight)
        painting::checkMark(&painter, disc.adjusted(2, 2, -2, -2), sign);
    else
        paintCross(painter, disc.adjusted(5, 5, -5, -5), sign);
    painter.restore();
}

void paintFrame(QPainter &painter, const QStyleOptionViewItem &option) {
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if (!isSelected && !hasFocus && !isHovered)
        return;
    const QColor fill = isSelected  ? theme::selection()
                        : isHovered ? theme::hover()
                                    : QColor(Qt::transparent);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painting::box(&painter, QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5), fill,
                  hasFocus || isSelected ? theme::accent() : QColor());
    painter.restore();
}

} // namespace

GalleryDelegate::GalleryDelegate(const ThumbnailLoader &thumbnails, QObject *parent)
    : QStyledItemDelegate(parent), m_thumbnails(thumbnails) {}

QSize GalleryDelegate::tileSize(const QFont &font) const {
    const int line = QFontMetrics(captionFont(font)).height();
    const int side = m_thumbnails.side() + 2 * (margin + gap);
    const int lines = 1 + (m_hasPredictions ? 1 : 0) + (m_hasNotes ? 1 : 0);
    return {side, side + lines * line + margin};
}

QSize GalleryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    return tileSize(option.font);
}

void GalleryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const {
    paintFrame(*painter, option);
    const int inset = margin + gap;
    const QRect square(option.rect.topLeft() + QPoint(inset, inset),
                       QSize(m_thumbnails.side(), m_thumbnails.side()));
    paintThumbnail(*painter, square, index);
    if (const int mark = index.data(GalleryModel::MarkRole).toInt(); mark != GalleryModel::NoMark)
        paintMark(*painter, square, mark == GalleryModel::Right);
    const QRect below(square.left(), square.bottom() + margin, square.width(),
                      option.rect.bottom() - square.bottom() - margin);
    paintTexts(*painter, below, option, index);
}

void GalleryDelegate::paintThumbnail(QPainter &painter, const QRect &square, const QModelIndex &index) const {
    const ThumbnailLoader::Thumbnail *known =
        m_thumbnails.thumbnail(index.data(GalleryModel::SampleRole).toUInt());
    if (known == nullptr || known->pixmap.isNull()) {
        painter.fillRect(square, theme::hover());
        if (known != nullptr)
            theme::icon(QStringLiteral("dialog-warning")).paint(&painter, square.adjusted(12, 12, -12, -12));
        return;
    }
    QRectF target(QPointF(),
                  known->pixmap.deviceIndependentSize().scaled(square.size(), Qt::KeepAspectRatio));
    target.moveCenter(QRectF(square).center());
    painter.drawPixmap(target, known->pixmap, QRectF(known->pixmap.rect()));
}

void GalleryDelegate::paintTexts(QPainter &painter, const QRect &below, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const {
    const QFont font = captionFont(option.font);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    const auto line = [&](int number, const QString &text, const QColor &color) {
        painter.setPen(color);
        painter.drawText(
            QRect(below.left(), below.top() + number * metrics.height(), below.width(), metrics.height()),
            Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextSingleLine,
            metrics.elidedText(text, Qt::ElideRight, below.width()));
    };
    line(0, index.data().toString(), option.palette.color(QPalette::Text));
    int next = 1;
    if (m_hasPredictions)
        line(next++, index.data(GalleryModel::PredictionRole).toString(), theme::mutedText());
    if (m_hasNotes)
        line(next, index.data(GalleryModel::NoteRole).toString(), theme::mutedText());
}

} // namespace simclr::ui
