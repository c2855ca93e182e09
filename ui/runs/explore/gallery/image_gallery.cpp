// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/gallery/image_gallery.h"

#include "ui/runs/explore/gallery/gallery_actions.h"
#include "ui/runs/explore/gallery/gallery_delegate.h"
#include "ui/runs/explore/gallery/gallery_model.h"
#include "ui/runs/explore/gallery/thumbnail_loader.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QListView>
#include <QScrollBar>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <utility>

namespace simclr::ui {

namespace {

const QString sideKey = QStringLiteral("explore/thumbnailSide");
constexpr std::array sides{48, 64, 80, 96, 128, 160, 224, 320};
constexpr int usualSide = 80;

/// The side that is `steps` larger or smaller.
int sideAfter(int side, int steps) {
    const auto at = std::ranges::lower_bound(sides, side) - sides.begin();
    return sides[std::size_t(std::clamp<std::ptrdiff_t>(at + steps, 0, std::ssize(sides) - 1))];
}

} // namespace

ImageGallery::ImageGallery(QWidget *parent)
    : QWidget(parent),
      m_model(new GalleryModel(this)),
      m_thumbnails(new ThumbnailLoader(this)),
      m_delegate(new GalleryDelegate(*m_thumbnails, this)),
      m_view(new QListView(this)),
      m_actions(new GalleryActions(*m_view, *m_model, this)),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyState(QStringLiteral("view-list-icons"), tr("No images"), {}, this)),
      m_heading(headingLabel({}, this)),
      m_problem(plainLabel({}, this)),
      m_done(mutedLabel({}, this)) {
    setObjectName(QStringLiteral("imageGallery"));
    m_soon.setSingleShot(true);
    buildView();
    buildLayout();
    connectParts();
    m_thumbnails->setSide(sideAfter(QSettings().value(sideKey, usualSide).toInt(), 0), devicePixelRatioF());
    arrange();
    showHeading();
}

/// A wrapping list with tiles of one size: its layout takes milliseconds for 50,000 images, that of the icon
/// mode does not.
void ImageGallery::buildView() {
    m_view->setObjectName(QStringLiteral("galleryView"));
    m_view->setAccessibleName(tr("Images"));
    m_view->setToolTip(tr("Ctrl+wheel, + and − change the size of the images"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setFlow(QListView::LeftToRight);
    m_view->setWrapping(true);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(
        Qt::ScrollBarAlwaysOn); // a bar that comes and goes would move the tiles
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
}

void ImageGallery::buildLayout() {
    m_heading->setObjectName(QStringLiteral("galleryHeading"));
    m_heading->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("galleryProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_done->setObjectName(QStringLiteral("galleryDone"));
    m_done->setWordWrap(true);
    m_done->hide();
    m_empty->setObjectName(QStringLiteral("emptyGallery"));
    auto *emptyPage = new QWidget;
    (new QVBoxLayout(emptyPage))->addWidget(m_empty, 0, Qt::AlignCenter);
    m_pages->addWidget(emptyPage);
    m_pages->addWidget(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_heading);
    layout->addWidget(m_problem);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_done);
}

void ImageGallery::connectParts() {
    connect(&m_soon, &QTimer::timeout, this, &ImageGallery::loadVisible);
    connect(m_thumbnails, &ThumbnailLoader::loaded, m_view->viewport(), qOverload<>(&QWidget::update));
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ImageGallery::selectionEdited);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                m_done->hide(); // it was about another image
                if (current.isValid())
                    Q_EMIT imageChosen(current.data(GalleryModel::SampleRole).toUInt());
            });
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT imageActivated(index.data(GalleryModel::SampleRole).toUInt());
    });
    connect(m_actions, &GalleryActions::done, this, [this](const QString &what, bool isProblem) {
        m_done->setText(what);
        m_done->setForegroundRole(isProblem ? QPalette::BrightText : QPalette::WindowText);
        m_done->show();
    });
}

void ImageGallery::setDataset(const DatasetPtr &dataset, const QString &problem) {
    m_thumbnails->setDataset(dataset);
    m_actions->setDataset(dataset);
    m_model->setDataset(dataset);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_soon.start();
}

void ImageGallery::setItems(std::vector<GalleryItem> items, const QString &heading) {
    m_title = heading;
    if (items != m_model->items()) {
        m_model->setItems(std::move(items));
        m_done->hide();
        arrange();
    }
    showHeading();
}

void ImageGallery::setEmptyTexts(const QString &title, const QString &text) {
    m_empty->setTexts(title, text);
}

const std::vector<GalleryItem> &ImageGallery::items() const {
    return m_model->items();
}

QString ImageGallery::heading() const {
    return m_heading->text();
}

QList<quint32> ImageGallery::selectedSamples() const {
    QModelIndexList rows = m_view->selectionModel()->selectedIndexes();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QList<quint32> samples;
    for (const QModelIndex &index : std::as_const(rows))
        samples.append(m_model->items()[std::size_t(index.row())].sample);
    return samples;
}

void ImageGallery::selectSamples(const QList<quint32> &samples) {
    const QSet<quint32> wanted(samples.begin(), samples.end());
    QItemSelection selection;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (wanted.contains(m_model->items()[std::size_t(row)].sample))
            selection.append(QItemSelectionRange(m_model->index(row)));
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!selection.isEmpty())
        m_view->scrollTo(selection.front().topLeft());
}

void ImageGallery::showHeading() {
    const int count = m_model->rowCount();
    const QString number = count == 1 ? tr("1 image") : tr("%1 images").arg(countText(count));
    m_heading->setText(m_title.isEmpty() ? number : tr("%1 · %2").arg(m_title, number));
    m_heading->setVisible(count > 0 || !m_title.isEmpty());
    m_pages->setCurrentIndex(count > 0 ? 1 : 0);
}

/// The tiles at their current size.
void ImageGallery::arrange() {
    m_delegate->setLines(m_model->hasPredictions(), m_model->hasNotes());
    const QSize tile = m_delegate->tileSize(m_view->font());
    m_view->setGridSize(tile);
    m_view->verticalScrollBar()->setSingleStep(tile.height() / 3);
    m_soon.start();
}

void ImageGallery::loadVisible() {
    if (!isVisible() || m_model->rowCount() == 0)
        return;
    const QSize tile = m_view->gridSize();
    const QModelIndex first = m_view->indexAt(QPoint(tile.width() / 2, 1));
    std::vector<std::uint32_t> samples;
    for (int row = std::max(0, first.row()); row < m_model->rowCount(); ++row) {
        if (m_view->visualRect(m_model->index(row)).top() > m_view->viewport()->height() + tile.height())
            break; // a row below the visible ones is loaded too
        samples.push_back(m_model->items()[std::size_t(row)].sample);
    }
    m_thumbnails->load(samples);
}

void ImageGallery::zoom(int steps) {
    const int side = sideAfter(m_thumbnails->side(), steps);
    QSettings().setValue(sideKey, side);
    m_thumbnails->setSide(side, devicePixelRatioF());
    arrange();
}

/// Whether it is a request for another size; then it is done.
bool ImageGallery::zoomBy(const QEvent &event) {
    int steps = 0;
    if (event.type() == QEvent::KeyPress) {
        const int key = static_cast<const QKeyEvent &>(event).key();
        steps = key == Qt::Key_Plus ? 1 : key == Qt::Key_Minus ? -1 : 0;
    } else if (event.type() == QEvent::Wheel) {
        const auto &wheel = static_cast<const QWheelEvent &>(event);
        if (wheel.modifiers().testFlag(Qt::ControlModifier))
            steps = wheel.angleDelta().y() > 0 ? 1 : wheel.angleDelta().y() < 0 ? -1 : 0;
    }
    if (steps != 0)
        zoom(steps);
    return steps != 0;
}

bool ImageGallery::eventFilter(QObject *object, QEvent *event) {
    if (zoomBy(*event))
        return true;
    if (event->type() == QEvent::Resize)
        m_soon.start();
    return QWidget::eventFilter(object, event);
}

void ImageGallery::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

void ImageGallery::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_thumbnails->setSide(m_thumbnails->side(), devicePixelRatioF());
    m_soon.start();
}

} // namespace simclr::ui
