// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_sheet.h"

#include "ui/design/preview/preview_painting.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int gap = 6;
constexpr int heading = 22;

} // namespace

PreviewSheet::PreviewSheet(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("previewSheet"));
    setAccessibleName(tr("Preview: many samples of one image"));
    setFocusPolicy(Qt::StrongFocus);
}

QSize PreviewSheet::sizeHint() const {
    return {640, 480};
}

void PreviewSheet::setPreview(const PreviewPtr &preview) {
    m_preview = preview;
    m_pixmaps.clear();
    update();
}

void PreviewSheet::setSide(int side) {
    m_side = side;
    m_pixmaps.clear();
    update();
    Q_EMIT drawsChanged();
}

void PreviewSheet::resizeEvent(QResizeEvent *) {
    Q_EMIT drawsChanged();
}

int PreviewSheet::columns() const {
    return std::max(2, (width() + gap) / (m_side + gap));
}

int PreviewSheet::rows() const {
    return std::max(1, (height() - heading + gap) / (m_side + gap));
}

std::size_t PreviewSheet::draws() const {
    return std::size_t(columns() * rows() - 1);
}

QRect PreviewSheet::cell(std::size_t index) const {
    const int at = int(index);
    return {at % columns() * (m_side + gap), heading + at / columns() * (m_side + gap), m_side, m_side};
}

void PreviewSheet::paintEvent(QPaintEvent *) {
    if (!m_preview || m_preview->request.focus >= m_preview->tiles.size())
        return;
    const PreviewTile &tile = m_preview->tiles[m_preview->request.focus];
    QPainter painter(this);
    painter.setFont(captionFont(font()));
    painter.setPen(theme::mutedText());
    painter.drawText(
        QRect(0, 0, width(), heading - 4), Qt::AlignLeft | Qt::AlignBottom,
        tr("original, then view 1 and view 2 of %n samples", nullptr, int(m_preview->sheet.size() + 1) / 2));
    m_pixmaps.resize(1 + m_preview->sheet.size());
    for (std::size_t i = 0; i < m_pixmaps.size(); ++i) {
        const Image &image = i == 0 ? tile.original : m_preview->sheet[i - 1];
        if (m_pixmaps[i].isNull() && !image.isEmpty())
            m_pixmaps[i] = pixmapOf(image, m_side, devicePixelRatioF());
        paintInSquare(painter, cell(i), m_pixmaps[i]);
    }
    painter.setPen(QPen(theme::accent(), 2));
    painter.drawRect(cell(0).adjusted(1, 1, -1, -1));
}

void PreviewSheet::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Space)
        Q_EMIT newSampleRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace simclr::ui
