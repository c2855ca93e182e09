// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_film.h"

#include "ui/design/preview/preview_painting.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int gap = 12;
constexpr int heading = 24;      ///< pixels above the frames of a view
constexpr int linesUnder = 5;    ///< title and sampled values
constexpr int between = 10;      ///< pixels between the two views
constexpr double smallest = 0.7; ///< of the requested side, if that saves a row of frames
constexpr double largest = 1.8;  ///< of the requested side, if there is space

} // namespace

PreviewFilm::PreviewFilm(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("previewFilm"));
    setAccessibleName(tr("Preview: every step of one sample"));
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PreviewFilm::setPreview(const PreviewPtr &preview) {
    m_preview = preview;
    fit();
}

void PreviewFilm::setSide(int side) {
    m_wanted = side;
    fit();
}

void PreviewFilm::resizeEvent(QResizeEvent *) {
    fit();
}

/// The visible area. Always computed with the scroll bar, so that it does not appear and disappear with the
/// size of the images.
QSize PreviewFilm::room() const {
    const auto *viewport = parentWidget();
    const auto *area = viewport ? qobject_cast<const QScrollArea *>(viewport->parentWidget()) : nullptr;
    if (!area)
        return size();
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    return area->maximumViewportSize() - QSize(bar, 0);
}

/// Puts all frames of a view in one row if possible, as large as two such rows fit.
void PreviewFilm::fit() {
    const QSize room = this->room();
    const int most = std::max({1, frames(0), frames(1)});
    const int inALine = (room.width() + gap) / most - gap;
    const int inTheHeight = (room.height() - 2 * (heading + belowPicture()) - between) / 2;
    m_side = inALine < smallest * m_wanted
                 ? m_wanted
                 : std::min(inALine, std::clamp(inTheHeight, m_wanted, int(largest * m_wanted)));
    m_pixmaps.clear();
    setMinimumHeight(heightForWidth(width()));
    update();
}

int PreviewFilm::columns(int width) const {
    return std::max(1, (width + gap) / (m_side + gap));
}

int PreviewFilm::frames(int view) const {
    return m_preview ? 1 + int(m_preview->film[std::size_t(view)].size()) : 0;
}

int PreviewFilm::belowPicture() const {
    return linesUnder * QFontMetrics(captionFont(font())).lineSpacing() + gap;
}

int PreviewFilm::cellHeight() const {
    return m_side + belowPicture();
}

int PreviewFilm::rowTop(int view, int width) const {
    if (view == 0)
        return heading;
    const int lines = (frames(0) + columns(width) - 1) / columns(width);
    return heading + lines * cellHeight() + between + heading;
}

int PreviewFilm::heightForWidth(int width) const {
    const int lines = (frames(1) + columns(width) - 1) / columns(width);
    return rowTop(1, width) + lines * cellHeight();
}

QSize PreviewFilm::sizeHint() const {
    return {640, 480};
}

QRect PreviewFilm::cell(int view, int frame) const {
    const int columns = this->columns(width());
    return {frame % columns * (m_side + gap), rowTop(view, width()) + frame / columns * cellHeight(), m_side,
            m_side};
}

void PreviewFilm::paintEvent(QPaintEvent *) {
    if (!m_preview || m_preview->request.focus >= m_preview->tiles.size())
        return;
    QPainter painter(this);
    painter.setFont(captionFont(font()));
    const QString titles[] = {tr("view 1"), tr("view 2")};
    for (const int view : {0, 1}) {
        painter.setPen(theme::mutedText());
        painter.drawText(QRect(0, rowTop(view, width()) - heading, width(), heading - 4),
                         Qt::AlignLeft | Qt::AlignBottom, titles[view]);
        for (int frame = 0; frame < frames(view); ++frame)
            paintFrame(painter, view, frame);
    }
}

void PreviewFilm::paintFrame(QPainter &painter, int view, int frame) {
    const PreviewTile &tile = m_preview->tiles[m_preview->request.focus];
    const FilmFrame *step =
        frame == 0 ? nullptr : &m_preview->film[std::size_t(view)][std::size_t(frame - 1)];
    const Image &image = step ? step->after : tile.original;
    const QRect square = cell(view, frame);
    painter.setOpacity(!step || step->isApplied ? 1 : 0.3);
    if (image.isEmpty()) {
        painter.fillRect(square, theme::hover());
    } else {
        QPixmap &pixmap = m_pixmaps[{view, frame}];
        if (pixmap.isNull())
            pixmap = pixmapOf(image, m_side, devicePixelRatioF());
        paintInSquare(painter, square, pixmap);
    }
    painter.setOpacity(1);
    const QRect below(square.left(), square.bottom() + 3, m_side, cellHeight() - m_side - gap);
    if (!step)
        paintText(painter, below, tr("original"),
                  {tr("%1 × %2 px").arg(tile.originalSize.width).arg(tile.originalSize.height)});
    else
        paintText(painter, below, step->title, step->isApplied ? step->sampled : QStringList{tr("skipped")});
}

void PreviewFilm::paintText(QPainter &painter, const QRect &below, const QString &title,
                            const QStringList &lines) {
    const QFontMetrics metrics = painter.fontMetrics();
    QRect line(below.left(), below.top(), below.width(), metrics.lineSpacing());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(line, Qt::AlignLeft, metrics.elidedText(title, Qt::ElideRight, line.width()));
    painter.setPen(theme::mutedText());
    painter.drawText(QRect(line.left(), line.bottom() + 1, below.width(), below.height() - line.height()),
                     Qt::AlignLeft | Qt::TextWordWrap, lines.join(QStringLiteral(", ")));
}

void PreviewFilm::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Space)
        Q_EMIT newSampleRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace simclr::ui
