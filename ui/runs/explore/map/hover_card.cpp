// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/hover_card.h"

#include "ui/runs/explore/gallery/gallery_item.h"
#include "ui/runs/explore/gallery/thumbnail_loader.h"
#include "ui/runs/explore/map/image_text.h"
#include "ui/widgets/text_labels.h"

#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int side = 112; ///< of the picture

} // namespace

HoverCard::HoverCard(QWidget *parent)
    : QFrame(parent),
      m_thumbnails(new ThumbnailLoader(this)),
      m_picture(plainLabel({}, this)),
      m_text(plainLabel({}, this)) {
    setObjectName(QStringLiteral("hoverCard"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    m_picture->setFixedSize(side, side);
    m_picture->setAlignment(Qt::AlignCenter);
    m_text->setObjectName(QStringLiteral("hoverText"));
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setWordWrap(true);
    m_text->setFixedWidth(side + 40);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(4);
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addWidget(m_text);
    connect(m_thumbnails, &ThumbnailLoader::loaded, this, [this](quint32 sample) {
        if (sample == m_sample)
            showPicture();
    });
    hide();
}

void HoverCard::setImages(const MappedImages &images) {
    m_images = images;
    m_thumbnails->setDataset(images.features->images);
    hide();
}

QString HoverCard::text() const {
    return isHidden() ? QString() : m_text->text();
}

void HoverCard::showRow(std::optional<quint32> row, const QPoint &place) {
    if (!row || !m_images.features || *row >= m_images.table().rows())
        return hide();
    m_thumbnails->setSide(side, devicePixelRatioF());
    m_sample = m_images.table().samples[*row];
    m_thumbnails->load({m_sample});
    m_text->setText(imageDescription(m_images, *row));
    showPicture();
    adjustSize();
    constexpr int gap = 16;
    const QSize room = parentWidget()->size();
    const int x = place.x() + gap + width() <= room.width() ? place.x() + gap : place.x() - gap - width();
    const int y = std::clamp(place.y() - height() / 2, 0, std::max(0, room.height() - height()));
    move(std::max(0, x), y);
    show();
    raise();
}

void HoverCard::showPicture() {
    const ThumbnailLoader::Thumbnail *thumbnail = m_thumbnails->thumbnail(m_sample);
    m_picture->setPixmap(thumbnail == nullptr ? QPixmap() : thumbnail->pixmap);
    if (thumbnail != nullptr && thumbnail->pixmap.isNull())
        m_picture->setText(tr("not readable"));
}

} // namespace simclr::ui
