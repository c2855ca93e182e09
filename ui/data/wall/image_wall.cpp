// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/image_wall.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

namespace simclr::ui {

namespace {

const ImageWall::Samples noSamples = std::make_shared<const std::vector<std::uint32_t>>();
constexpr int usualSide = 88;

} // namespace

ImageWall::ImageWall(QWidget *parent)
    : QAbstractScrollArea(parent), m_samples(noSamples), m_tiles(new TileLoader(qint64{96} << 20, this)) {
    setObjectName(QStringLiteral("imageWall"));
    setAccessibleName(tr("Images"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // one that comes and goes would move the tiles
    setMinimumSize(2 * usualSide, usualSide);
    viewport()->setBackgroundRole(QPalette::Base);
    m_layout.side = usualSide;
    m_description = [](std::uint32_t sample, const ImageSize &) { return countText(sample); };
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ImageWall::loadVisible);
    connect(m_tiles, &TileLoader::loaded, this, &ImageWall::repaintTiles);
}

void ImageWall::setDataset(const DatasetPtr &dataset) {
    m_dataset = dataset;
    m_selection = SampleSet(dataset ? dataset->size() : 0);
    m_current = m_anchor = -1;
    m_tiles->setDataset(dataset);
    verticalScrollBar()->setValue(0);
    setSamples(noSamples);
    Q_EMIT selectionChanged();
    Q_EMIT currentChanged(-1);
}

void ImageWall::setSamples(const Samples &samples) {
    const qint64 current = m_current >= 0 ? qint64((*m_samples)[std::size_t(m_current)]) : -1;
    m_samples = samples;
    const auto again =
        std::ranges::find(*m_samples, current, [](std::uint32_t each) { return qint64(each); });
    m_current = m_anchor = again == m_samples->end() ? -1 : int(again - m_samples->begin());
    arrange();
    if (m_current >= 0)
        scrollTo(m_current);
    else if (current >= 0)
        Q_EMIT currentChanged(-1);
}

void ImageWall::setSide(int side) {
    const int wanted = std::clamp(side, smallestSide, largestSide);
    if (wanted == m_layout.side)
        return;
    const int middle = m_layout.between(top() + viewport()->height() / 2, top()).first;
    m_layout.side = wanted;
    arrange();
    verticalScrollBar()->setValue(m_layout.tile(middle).center().y() - viewport()->height() / 2);
    Q_EMIT sideChanged(wanted);
}

int ImageWall::top() const {
    return verticalScrollBar()->value();
}

QRect ImageWall::shownTile(int position) const {
    return m_layout.tile(position).translated(0, -top());
}

/// After a change of the images, their size or that of the wall.
void ImageWall::arrange() {
    m_layout = WallLayout::fit(viewport()->width(), m_layout.side, int(m_samples->size()));
    m_tiles->setSide(m_layout.side, devicePixelRatioF());
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height() - m_layout.pitch()));
    verticalScrollBar()->setSingleStep(std::max(1, m_layout.pitch() / 2));
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height() - viewport()->height()));
    viewport()->update();
    m_soon.start();
}

/// Also two rows below and above, for the next step of a wheel.
void ImageWall::loadVisible() {
    if (!isVisible())
        return;
    const auto add = [this](std::vector<std::uint32_t> &samples, int from, int to) {
        samples.insert(samples.end(), m_samples->begin() + from, m_samples->begin() + to);
    };
    const auto [first, last] = m_layout.between(top(), top() + viewport()->height());
    std::vector<std::uint32_t> samples;
    add(samples, first, last);
    add(samples, last, std::min(m_layout.count, last + 2 * m_layout.columns));
    add(samples, std::max(0, first - 2 * m_layout.columns), first);
    m_tiles->want(samples);
}

/// On another screen tiles may have other pixels.
bool ImageWall::event(QEvent *event) {
    if (event->type() == QEvent::ScreenChangeInternal)
        arrange();
    return QAbstractScrollArea::event(event);
}

void ImageWall::resizeEvent(QResizeEvent *event) {
    QAbstractScrollArea::resizeEvent(event);
    const int shown = m_layout.between(top(), top()).first;
    arrange();
    if (top() > 0)
        verticalScrollBar()->setValue(m_layout.tile(shown).top() - WallLayout::gap);
}

void ImageWall::showEvent(QShowEvent *event) {
    QAbstractScrollArea::showEvent(event);
    arrange();
}

void ImageWall::scrollContentsBy(int, int) {
    viewport()->update();
    m_soon.start();
}

void ImageWall::paintEvent(QPaintEvent *event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    const auto [first, last] = m_layout.between(top() + event->rect().top(), top() + event->rect().bottom());
    for (int position = first; position < last; ++position)
        paintTile(painter, position);
}

void ImageWall::paintTile(QPainter &painter, int position) const {
    const std::uint32_t sample = (*m_samples)[std::size_t(position)];
    const QRect square = shownTile(position);
    const TileLoader::Tile *tile = m_tiles->tile(sample);
    if (tile == nullptr || tile->pixmap.isNull()) {
        painter.fillRect(square, theme::hover());
        if (tile != nullptr)
            theme::icon(QStringLiteral("dialog-warning"))
                .paint(&painter, square.adjusted(8, 8, -8, -8)); // it cannot be read
    } else {
        QRectF target(QPointF(),
                      tile->pixmap.deviceIndependentSize().scaled(square.size(), Qt::KeepAspectRatio));
        target.moveCenter(QRectF(square).center());
        painter.drawPixmap(target.toRect(), tile->pixmap);
    }
    const bool isSelected = m_selection.contains(sample);
    const bool isCurrent = position == m_current && hasFocus();
    if (!isSelected && !isCurrent)
        return;
    if (isSelected)
        painter.fillRect(square,
                         QColor(theme::accent().red(), theme::accent().green(), theme::accent().blue(), 60));
    painter.setPen(
        QPen(theme::accent(), isSelected ? 3 : 1, isCurrent && !isSelected ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5));
    if (isSelected && isCurrent) {
        painter.setPen(QPen(palette().color(QPalette::Base), 1));
        painter.drawRect(QRectF(square).adjusted(3.5, 3.5, -3.5, -3.5));
    }
}

void ImageWall::repaintTiles(const QList<quint32> &samples) {
    const auto [first, last] = m_layout.between(top(), top() + viewport()->height());
    for (int position = first; position < last; ++position)
        if (samples.contains((*m_samples)[std::size_t(position)]))
            viewport()->update(shownTile(position));
}

QString ImageWall::spokenValue() const {
    if (m_current < 0)
        return tr("%1 images").arg(countText(m_samples->size()));
    const std::uint32_t sample = (*m_samples)[std::size_t(m_current)];
    const TileLoader::Tile *tile = m_tiles->tile(sample);
    const QString what = m_description(sample, tile ? tile->size : ImageSize());
    return m_selection.contains(sample) ? tr("%1, selected").arg(what) : what;
}

bool ImageWall::viewportEvent(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int position = positionAt(help->pos());
    if (position < 0) {
        QToolTip::hideText();
        return true;
    }
    const std::uint32_t sample = (*m_samples)[std::size_t(position)];
    const TileLoader::Tile *tile = m_tiles->tile(sample);
    QString text = m_description(sample, tile ? tile->size : ImageSize());
    if (tile != nullptr && !tile->problem.isEmpty())
        text += QLatin1Char('\n') + tile->problem;
    QToolTip::showText(help->globalPos(), plainToolTip(text), viewport(), shownTile(position));
    return true;
}

} // namespace simclr::ui
