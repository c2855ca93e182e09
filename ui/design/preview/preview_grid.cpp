// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_grid.h"

#include "ui/design/preview/preview_painting.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

int tilesOf(const PreviewPtr &preview) {
    return preview ? int(preview->tiles.size()) : 0;
}

bool haveSameOriginals(const PreviewPtr &a, const PreviewPtr &b) {
    return a && b && a->request.dataset == b->request.dataset && a->request.own == b->request.own &&
           std::ranges::equal(a->tiles, b->tiles, {}, &PreviewTile::sample, &PreviewTile::sample);
}

} // namespace

PreviewGrid::PreviewGrid(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("previewGrid"));
    setAccessibleName(tr("Preview: originals and their two views"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

QSize PreviewGrid::sizeHint() const {
    return {640, 560};
}
QSize PreviewGrid::minimumSizeHint() const {
    return {280, 240};
}

void PreviewGrid::setPreview(const PreviewPtr &preview) {
    const bool regroup = tilesOf(m_preview) != tilesOf(preview);
    const bool sameOriginals = haveSameOriginals(m_preview, preview);
    m_preview = preview;
    std::erase_if(m_pixmaps, [=](const auto &entry) { return !sameOriginals || entry.first.second != 0; });
    if (regroup)
        arrange();
    if (m_chosen >= tilesOf(preview))
        m_chosen = 0;
    setAccessibleDescription(isComparing() ? titleLine() : QString());
    update();
}

void PreviewGrid::arrange() {
    m_layout = PreviewLayout(tilesOf(m_preview), size(), m_scale);
    const int before = std::exchange(m_chosen, std::clamp(m_chosen, 0, std::max(0, visible() - 1)));
    m_pixmaps.clear();
    update();
    Q_EMIT layoutChanged();
    if (m_chosen != before)
        Q_EMIT choiceChanged(m_chosen);
}

void PreviewGrid::setScale(double scale) {
    if (std::exchange(m_scale, scale) != scale)
        arrange();
}

void PreviewGrid::setComparing(Comparing comparing) {
    m_comparing = comparing;
    m_pixmaps.clear();
    update();
}

void PreviewGrid::choose(int group) {
    if (group < 0 || group >= tilesOf(m_preview) || std::exchange(m_chosen, group) == group)
        return;
    update();
    Q_EMIT choiceChanged(group);
}

bool PreviewGrid::isComparing() const {
    return m_preview && m_preview->request.mode == PreviewMode::Comparison;
}

bool PreviewGrid::isDivided() const {
    return isComparing() && m_comparing == Comparing::Divided;
}

void PreviewGrid::resizeEvent(QResizeEvent *) {
    arrange();
}

QStringList PreviewGrid::titles() const {
    if (!isComparing() || isDivided())
        return {tr("original"), tr("view 1"), tr("view 2")};
    return {tr("original"), m_preview->request.title, m_preview->request.otherTitle};
}

void PreviewGrid::paintEvent(QPaintEvent *) {
    if (!m_preview || m_preview->tiles.empty())
        return;
    QPainter painter(this);
    painter.setFont(captionFont(font()));
    paintAll(painter);
    if (hasFocus() && m_marks) {
        painter.setPen(QPen(theme::accent(), 1));
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }
}

void PreviewGrid::paintAll(QPainter &painter) {
    paintTitles(painter);
    for (int group = 0; group < m_layout.groups(); ++group)
        paintGroup(painter, group);
    if (m_marks && m_layout.groups() > 1)
        markChosen(painter);
}

void PreviewGrid::markChosen(QPainter &painter) {
    if (m_chosen >= m_layout.groups())
        return;
    painter.setPen(QPen(theme::accent(), 2));
    painter.drawRect(m_layout.picture(m_chosen, 0).adjusted(1, 1, -1, -1)); // also at the edge
}

QImage PreviewGrid::picture() {
    m_marks = false;
    const QImage image = pictureOf(*this);
    m_marks = true;
    return image;
}

void PreviewGrid::paintTitles(QPainter &painter) {
    painter.setPen(theme::mutedText());
    const auto paint = [&painter](const QRect &place, const QString &text) {
        painter.drawText(place, Qt::AlignLeft | Qt::AlignBottom,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    const QRect first = m_layout.header(0, 0);
    if (isComparing() && !isDivided()) // pipeline names are too long for a column
        return paint(first.united(QRect(width() - 1, first.top(), 1, 1)), titleLine());
    const QStringList texts = titles();
    for (int column = 0; column < std::min(m_layout.columns(), m_layout.groups()); ++column)
        for (int part = 0; part < 3; ++part)
            paint(m_layout.header(column, part), texts[part]);
}

QString PreviewGrid::titleLine() const {
    return titles().join(QStringLiteral("  |  "));
}

void PreviewGrid::paintGroup(QPainter &painter, int group) {
    const PreviewTile &tile = m_preview->tiles[std::size_t(group)];
    const auto paint = [&](int place, int part, const Image &image) {
        const QRect square = m_layout.picture(group, place);
        if (image.isEmpty())
            painter.fillRect(square, theme::hover());
        else
            paintInSquare(painter, square, pixmap(group, part, image));
    };
    paint(0, 0, tile.original);
    if (isDivided()) {
        paintDivided(painter, group, 1, tile.first, tile.otherFirst);
        paintDivided(painter, group, 2, tile.second, tile.otherSecond);
    } else {
        paint(1, 1, tile.first);
        isComparing() ? paint(2, 3, tile.otherFirst) : paint(2, 2, tile.second);
    }
    const QRect line = m_layout.caption(group);
    const bool isChosen = m_marks && group == m_chosen;
    painter.setPen(!tile.problem.isEmpty() ? theme::danger()
                   : isChosen              ? theme::accent()
                                           : theme::mutedText());
    const QString text = tile.problem.isEmpty() ? tile.caption : tile.problem;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideMiddle, line.width()));
}

void PreviewGrid::paintDivided(QPainter &painter, int group, int part, const Image &left,
                               const Image &right) {
    const QRect square = m_layout.picture(group, part);
    painter.fillRect(square, theme::hover());
    if (left.isEmpty() || right.isEmpty())
        return;
    const int middle = int(std::lround(m_divider * square.width()));
    painter.save();
    painter.setClipRect(QRect(square.left(), square.top(), middle, square.height()));
    paintInSquare(painter, square, pixmap(group, part, left));
    painter.setClipRect(square.adjusted(middle, 0, 0, 0));
    paintInSquare(painter, square, pixmap(group, part + 2, right));
    painter.restore();
    painter.fillRect(QRect(square.left() + middle, square.top(), 1, square.height()), theme::accent());
}

const QPixmap &PreviewGrid::pixmap(int group, int part, const Image &image) {
    QPixmap &pixmap = m_pixmaps[{group, part}];
    if (pixmap.isNull())
        pixmap = pixmapOf(image, m_layout.side(), devicePixelRatioF());
    return pixmap;
}

bool PreviewGrid::event(QEvent *event) {
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

/// The titles are elided if they are long.
QString PreviewGrid::toolTipAt(const QPoint &point) const {
    const bool isTitle = m_preview && point.y() < PreviewLayout::headerHeight;
    return isTitle ? plainToolTip(titleLine()) : toolTipOf(m_layout.groupAt(point));
}

QString PreviewGrid::toolTipOf(int group) const {
    if (!m_preview || group < 0)
        return {};
    const PreviewTile &tile = m_preview->tiles[std::size_t(group)];
    const PreviewRequest &request = m_preview->request;
    const QString use = tile.isForTesting ? tr("\ntest image") : QString();
    return plainToolTip(tile.name + use +
                        tr("\nsample %1 · %2 × %3 px\nviews of %4 px · seed %5 · epoch %6")
                            .arg(tile.sample)
                            .arg(tile.originalSize.width)
                            .arg(tile.originalSize.height)
                            .arg(request.viewSize)
                            .arg(request.seed)
                            .arg(request.epoch));
}

void PreviewGrid::step(int direction) {
    const int next = m_chosen + direction;
    if (next < 0 || next >= visible())
        Q_EMIT pageRequested(direction);
    else
        choose(next);
}

void PreviewGrid::keyPressEvent(QKeyEvent *event) {
    switch (event->key()) {
    case Qt::Key_Space:
        Q_EMIT newSampleRequested();
        return;
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Up:
        return choose(m_chosen - m_layout.columns());
    case Qt::Key_Down:
        if (m_chosen + m_layout.columns() < visible())
            choose(m_chosen + m_layout.columns());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT closerLookRequested();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PreviewGrid::mousePressEvent(QMouseEvent *event) {
    if (event->button() == Qt::LeftButton)
        choose(m_layout.groupAt(event->position().toPoint()));
}

void PreviewGrid::mouseDoubleClickEvent(QMouseEvent *event) {
    if (m_layout.groupAt(event->position().toPoint()) >= 0)
        Q_EMIT closerLookRequested();
}

/// The divider follows the pointer in all views at once.
void PreviewGrid::mouseMoveEvent(QMouseEvent *event) {
    const QPoint at = event->position().toPoint();
    const int group = m_layout.groupAt(at);
    if (!isDivided() || group < 0)
        return;
    for (const int part : {1, 2})
        if (const QRect square = m_layout.picture(group, part); square.contains(at)) {
            m_divider = double(at.x() - square.left()) / std::max(1, square.width() - 1);
            update();
        }
}

} // namespace simclr::ui
