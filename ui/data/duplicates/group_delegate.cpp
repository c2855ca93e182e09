// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/duplicates/group_delegate.h"

#include "ui/data/duplicates/group_model.h"
#include "ui/data/wall/tile_loader.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int margin = 6;
constexpr int gap = 10;

QFont smallFont(QFont font) {
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

} // namespace

GroupDelegate::GroupDelegate(const TileLoader &tiles, QObject *parent)
    : QStyledItemDelegate(parent), m_tiles(tiles) {}

QSize GroupDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    return {3 * (side + gap), side + QFontMetrics(smallFont(option.font)).height() + 2 * margin + 2};
}

void GroupDelegate::paintImage(QPainter &painter, const QRect &square, std::uint32_t sample) const {
    const TileLoader::Tile *tile = m_tiles.tile(sample);
    if (tile == nullptr || tile->pixmap.isNull())
        return painter.fillRect(square, theme::hover());
    QRectF target(QPointF(), tile->pixmap.deviceIndependentSize().scaled(square.size(), Qt::KeepAspectRatio));
    target.moveCenter(QRectF(square).center());
    painter.drawPixmap(target.toRect(), tile->pixmap);
}

void GroupDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const {
    const auto &model = static_cast<const GroupModel &>(*index.model());
    const std::vector<std::uint32_t> &group = model.group(index.row());
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme::selection());
    painter->setFont(smallFont(option.font));
    const QFontMetrics metrics(painter->font());
    const int fitting = std::max(1, (option.rect.width() - 2 * margin) / (side + gap));
    const auto shown = std::min({group.size(), std::size_t(mostImages), std::size_t(fitting)});
    for (std::size_t i = 0; i < shown; ++i) {
        const QRect square(option.rect.left() + margin + int(i) * (side + gap), option.rect.top() + margin,
                           side, side);
        paintImage(*painter, square, group[i]);
        const bool isMore = i + 1 == shown && shown < group.size();
        const QString text =
            isMore ? tr("+ %1").arg(countText(group.size() - shown + 1)) : model.splitText(group[i]);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(QRect(square.left(), square.bottom() + 2, side, metrics.height()), Qt::AlignHCenter,
                          metrics.elidedText(text, Qt::ElideRight, side + gap - 2));
    }
    painter->setPen(theme::border());
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

} // namespace simclr::ui
