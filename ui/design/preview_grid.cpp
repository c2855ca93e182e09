// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview_grid.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

namespace simclr::ui {

namespace {

/// The picture in the size it is shown in. Enlarging goes through the next whole factor, so that every pixel
/// stays a sharp square, and all are equally large, whatever the space.
QImage shown(const Image &image, int side) {
    const QImage source(image.data(), image.width(), image.height(), image.bytesPerRow(),
                        QImage::Format_RGB888);
    const QSize target = source.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    if (target.width() <= source.width())
        return source.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const int factor = int(std::ceil(double(target.width()) / source.width()));
    const QImage sharp = source.scaled(source.size() * factor, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    return sharp.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

const Image &partOf(const PreviewTile &tile, int part) {
    return part == 0 ? tile.original : part == 1 ? tile.first : tile.second;
}

} // namespace

PreviewGrid::PreviewGrid(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("previewGrid"));
    setAccessibleName(tr("Preview: originals and their two views"));
    setFocusPolicy(Qt::StrongFocus);
}

QSize PreviewGrid::sizeHint() const {
    return {640, 560};
}
QSize PreviewGrid::minimumSizeHint() const {
    return {280, 240};
}

void PreviewGrid::setPreview(const PreviewPtr &preview) {
    const auto tilesOf = [](const PreviewPtr &some) { return some ? some->tiles.size() : 0; };
    const bool regroup = tilesOf(m_preview) != tilesOf(preview);
    const bool sameOriginals =
        m_preview && preview && m_preview->request.dataset == preview->request.dataset && !regroup;
    m_preview = preview;
    std::erase_if(m_pixmaps, [=](const auto &entry) { return !sameOriginals || entry.first.second != 0; });
    if (regroup)
        m_layout = PreviewLayout(int(tilesOf(preview)), size());
    update();
}

void PreviewGrid::resizeEvent(QResizeEvent *) {
    m_layout = PreviewLayout(m_preview ? int(m_preview->tiles.size()) : 0, size());
    m_pixmaps.clear();
}

void PreviewGrid::paintEvent(QPaintEvent *) {
    if (!m_preview || m_preview->tiles.empty())
        return;
    QPainter painter(this);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter.setFont(small);
    const QFontMetrics metrics(small);
    const QStringList titles{tr("original"), tr("view 1"), tr("view 2")};
    const int groups = m_layout.groups();
    painter.setPen(theme::mutedText());
    for (int column = 0; column < std::min(m_layout.columns(), groups); ++column)
        for (int part = 0; part < 3; ++part)
            painter.drawText(m_layout.header(column, part), Qt::AlignLeft | Qt::AlignBottom, titles[part]);
    for (int group = 0; group < groups; ++group) {
        const PreviewTile &tile = m_preview->tiles[std::size_t(group)];
        for (int part = 0; part < 3; ++part)
            paintPicture(painter, group, part, partOf(tile, part));
        const QRect line = m_layout.caption(group);
        painter.setPen(tile.problem.isEmpty() ? theme::mutedText() : theme::danger());
        const QString text = tile.problem.isEmpty() ? tile.caption : tile.problem;
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideMiddle, line.width()));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme::accent(), 1));
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }
}

void PreviewGrid::paintPicture(QPainter &painter, int group, int part, const Image &image) {
    const QRect square = m_layout.picture(group, part);
    if (image.isEmpty()) {
        painter.fillRect(square, theme::hover());
        return;
    }
    QPixmap &pixmap = m_pixmaps[{group, part}];
    if (pixmap.isNull())
        pixmap = pixmapOf(image);
    QRectF target(QPointF(), pixmap.deviceIndependentSize());
    target.moveCenter(QRectF(square).center());
    if (target.size() != QSizeF(square.size()))
        painter.fillRect(square, theme::hover());
    painter.drawPixmap(target.topLeft(), pixmap);
}

QPixmap PreviewGrid::pixmapOf(const Image &image) const {
    const qreal ratio = devicePixelRatioF();
    QPixmap pixmap = QPixmap::fromImage(shown(image, int(std::lround(m_layout.side() * ratio))));
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

bool PreviewGrid::event(QEvent *event) {
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipOf(m_layout.groupAt(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

QString PreviewGrid::toolTipOf(int group) const {
    if (!m_preview || group < 0)
        return {};
    const PreviewTile &tile = m_preview->tiles[std::size_t(group)];
    const PreviewRequest &request = m_preview->request;
    return plainToolTip(tile.name + tr("\nsample %1 · %2 × %3 px\nviews of %4 px · seed %5 · epoch %6")
                                        .arg(tile.sample)
                                        .arg(tile.originalSize.width)
                                        .arg(tile.originalSize.height)
                                        .arg(request.viewSize)
                                        .arg(request.seed)
                                        .arg(request.epoch));
}

void PreviewGrid::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Space)
        Q_EMIT newDrawRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace simclr::ui
