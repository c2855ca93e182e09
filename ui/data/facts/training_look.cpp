// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/facts/training_look.h"

#include "core/image/resample.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int pictureSide = 128; ///< device-independent pixels
constexpr int keptSide = 512;    ///< of the original, pixels
constexpr int gap = 12;

QImage toQImage(const Image &image) {
    return QImage(image.data(), image.width(), image.height(), image.bytesPerRow(), QImage::Format_RGB888)
        .convertToFormat(QImage::Format_RGB32); // owns its pixels
}

/// Fitted into the square; pixels of an enlarged picture stay visible.
void paintFitted(QPainter &painter, const QRect &square, const QImage &image) {
    const QSize size = image.size().scaled(square.size(), Qt::KeepAspectRatio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, size.width() < image.width());
    painter.drawImage(QRect(square.topLeft(), size), image);
}

} // namespace

TrainingLook::TrainingLook(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("trainingLook"));
    setAccessibleName(tr("An image and the same at the training size"));
    setToolTip(tr("The current image of the wall, and its centre crop at the size of the views, as for "
                  "evaluation"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TrainingLook::sizeHint() const {
    return {2 * pictureSide + gap, pictureSide + fontMetrics().height() + 6};
}

void TrainingLook::show(const DatasetPtr &dataset, std::uint32_t sample, int side) {
    if (!dataset || sample >= dataset->size()) {
        m_worker.cancel();
        return take({});
    }
    m_worker.ask([dataset, sample, side] { return makePictures(*dataset, sample, side); },
                 [this](const Pictures &pictures) { take(pictures); });
}

TrainingLook::Pictures TrainingLook::makePictures(const Dataset &dataset, std::uint32_t sample, int side) {
    try {
        const Image image = dataset.image(sample);
        return {toQImage(fitted(image, keptSide)), toQImage(centerSquare(image, side)),
                tr("%1 × %2 px, and at %3 × %3 px")
                    .arg(countText(image.width()), countText(image.height()), countText(side))};
    } catch (const std::exception &error) {
        return {{}, {}, QString::fromStdString(error.what())};
    }
}

void TrainingLook::take(const Pictures &pictures) {
    m_original = pictures.original;
    m_small = pictures.small;
    m_caption = pictures.caption;
    setVisible(!m_caption.isEmpty());
    update();
}

void TrainingLook::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const int side = std::min(pictureSide, (width() - gap) / 2);
    if (!m_original.isNull()) {
        paintFitted(painter, QRect(0, 0, side, side), m_original);
        paintFitted(painter, QRect(side + gap, 0, side, side), m_small);
    }
    painter.setPen(theme::mutedText());
    painter.drawText(QRect(0, side + 4, width(), fontMetrics().height()), Qt::AlignLeft,
                     fontMetrics().elidedText(m_caption, Qt::ElideRight, width()));
}

} // namespace simclr::ui
