// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_panel.h"

#include "ui/design/preview/comparison_picker.h"
#include "ui/design/preview/preview_comparison_bar.h"
#include "ui/design/preview/preview_grid.h"
#include "ui/design/preview/preview_images.h"
#include "ui/design/preview/preview_mode_bar.h"
#include "ui/design/preview/preview_pages.h"
#include "ui/design/preview/preview_picture.h"
#include "ui/design/preview/preview_sample_bar.h"
#include "ui/design/preview/preview_seed_bar.h"
#include "ui/design/preview/preview_sheet.h"
#include "ui/document/pipeline_document.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/workspace.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QShortcut>
#include <QTimer>
#include <QVBoxLayout>
#include <initializer_list>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int lateMilliseconds = 400; ///< until pending views are shown as such

/// Empty if there is none.
Image firstReadable(const Preview &preview) {
    for (const PreviewTile &tile : preview.tiles)
        if (!tile.original.isEmpty())
            return tile.original;
    return {};
}

QString pictureName(const Preview &preview) {
    const QString modes[] = {PreviewPanel::tr("grid"), PreviewPanel::tr("filmstrip"),
                             PreviewPanel::tr("sheet"), PreviewPanel::tr("comparison")};
    return QStringLiteral("%1, %2").arg(nameOf(preview.request.pipeline), modes[int(preview.request.mode)]);
}

} // namespace

PreviewPanel::PreviewPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_document(document),
      m_renderer(new PreviewRenderer(this)),
      m_images(new PreviewImages(this)),
      m_modes(new PreviewModeBar(m_images->menu())),
      m_late(new QTimer(this)),
      m_draw(new PreviewSeedBar),
      m_message(new InlineMessage),
      m_pictureName(mutedLabel()),
      m_samples(new PreviewSampleBar),
      m_comparison(new PreviewComparisonBar(document)),
      m_pages(new PreviewPages),
      m_picture(new PreviewPicture(*m_pages)),
      m_grid(&m_pages->grid()),
      m_empty(new EmptyState(QStringLiteral("view-preview"), tr("Opening the images"),
                             tr("The images and the views that the network receives will be shown here."))) {
    m_message->setObjectName(QStringLiteral("previewMessage"));
    setAcceptDrops(true);
    m_pictureRow = makePictureRow();
    makePicture();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 10);
    layout->setSpacing(8);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_modes, m_draw, m_samples, m_pictureRow, m_comparison, m_message})
        layout->addWidget(part);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_empty, 1);
    connectImages();
    connectOwnImages();
    connectDraws();
    connectPages();
    m_samples->setDataset(shownDataset());
    setMode(PreviewMode::Grid);
    m_pages->hide();
    ask();
}

QWidget *PreviewPanel::makePictureRow() {
    auto *previous =
        iconButton(QStringLiteral("previousImage"), QStringLiteral("go-previous"), tr("Previous image"));
    auto *next = iconButton(QStringLiteral("nextImage"), QStringLiteral("go-next"), tr("Next image"));
    connect(previous, &QToolButton::clicked, this, [this] { m_grid->step(-1); });
    connect(next, &QToolButton::clicked, this, [this] { m_grid->step(1); });
    m_pictureName->setObjectName(QStringLiteral("previewImageName"));
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    for (QWidget *part : {static_cast<QWidget *>(previous), static_cast<QWidget *>(next),
                          static_cast<QWidget *>(m_pictureName)})
        row->addWidget(part);
    row->addStretch();
    return widget;
}

void PreviewPanel::makePicture() {
    m_samples->row().addWidget(m_picture->makeCopyButton());
    m_samples->row().addWidget(m_picture->makeSaveButton());
    connect(m_picture, &PreviewPicture::saved, this,
            [this](const QString &what) { m_message->showText(InlineMessage::Tone::Done, what); });
    connect(m_picture, &PreviewPicture::failed, this,
            [this](const QString &reason) { m_message->showText(InlineMessage::Tone::Warning, reason); });
}

void PreviewPanel::connectImages() {
    connect(m_samples, &PreviewSampleBar::changed, this, [this] {
        m_grid->chooseOfNext(0);
        ask();
    });
    connect(m_samples, &PreviewSampleBar::backToDatasetRequested, m_images, &PreviewImages::backToDataset);
    connect(&m_workspace, &Workspace::openingPreviewChanged, this, &PreviewPanel::startOver);
    connect(&m_workspace, &Workspace::datasetChanged, this, &PreviewPanel::startOver);
    connect(m_grid, &PreviewGrid::choiceChanged, this, &PreviewPanel::showChoice);
    connect(m_grid, &PreviewGrid::closerLookRequested, this, [this] { setMode(PreviewMode::Filmstrip); });
    connect(m_grid, &PreviewGrid::pageRequested, this, &PreviewPanel::turnPage);
    connect(m_grid, &PreviewGrid::layoutChanged, this,
            [this] { m_samples->setVisibleImages(m_grid->visible()); });
}

void PreviewPanel::connectOwnImages() {
    auto *paste = new QShortcut(QKeySequence::Paste, this);
    paste->setContext(Qt::WidgetWithChildrenShortcut);
    connect(paste, &QShortcut::activated, m_images, &PreviewImages::paste);
    const auto tell = [this](const QString &reason) {
        m_message->showText(InlineMessage::Tone::Warning, reason);
    };
    connect(m_images, &PreviewImages::failed, this, tell);
    connect(m_comparison, &PreviewComparisonBar::failed, this, tell);
    connect(m_images, &PreviewImages::changed, this, [this] {
        m_message->clear(); // about images that could not be opened
        m_problem.clear();  // shown again if it still applies
        m_samples->setOwn(m_images->own());
        ask();
    });
}

void PreviewPanel::connectDraws() {
    connect(&m_document, &PipelineDocument::changed, this, &PreviewPanel::ask);
    connect(m_renderer, &PreviewRenderer::rendered, this, &PreviewPanel::showPreview);
    m_late->setSingleShot(true);
    m_late->setInterval(lateMilliseconds);
    connect(m_late, &QTimer::timeout, m_modes, [this] { m_modes->setBusy(true); });
    connect(m_draw, &PreviewSeedBar::epochChanged, this, &PreviewPanel::ask);
    connect(m_draw, &PreviewSeedBar::seedChanged, this, &PreviewPanel::ask);
    connect(m_draw, &PreviewSeedBar::seedChanged, this, &PreviewPanel::seedChanged);
    connect(m_draw, &PreviewSeedBar::viewSizeChanged, m_pages, &PreviewPages::setViewSize);
    connect(m_draw, &PreviewSeedBar::viewSizeChanged, this, &PreviewPanel::ask);
    connect(m_draw, &PreviewSeedBar::viewSizeChanged, this, &PreviewPanel::viewSizeChanged);
}

void PreviewPanel::connectPages() {
    connect(m_modes, &PreviewModeBar::modeChosen, this, &PreviewPanel::setMode);
    connect(m_modes, &PreviewModeBar::zoomRequested, m_pages, &PreviewPages::zoom);
    connect(m_pages, &PreviewPages::newSampleRequested, m_draw, &PreviewSeedBar::newSample);
    connect(m_pages, &PreviewPages::zoomed, this, &PreviewPanel::ask);
    connect(&m_pages->sheet(), &PreviewSheet::drawsChanged, this, [this] {
        if (m_mode == PreviewMode::Sheet)
            ask();
    });
    connect(m_comparison, &PreviewComparisonBar::changed, this, [this] {
        if (m_mode == PreviewMode::Comparison)
            ask();
    });
    connect(m_comparison, &PreviewComparisonBar::divisionToggled, this, [this](bool divided) {
        m_grid->setComparing(divided ? PreviewGrid::Comparing::Divided : PreviewGrid::Comparing::SideBySide);
    });
    for (const int direction : {-1, 1}) {
        auto *turn = new QShortcut(QKeySequence(direction < 0 ? Qt::Key_PageUp : Qt::Key_PageDown), m_pages);
        turn->setContext(Qt::WidgetWithChildrenShortcut); // spin boxes use the same keys
        connect(turn, &QShortcut::activated, m_samples,
                [this, direction] { m_samples->turnPage(direction); });
    }
}

void PreviewPanel::setMode(PreviewMode mode) {
    m_mode = mode;
    m_modes->setMode(mode);
    m_pictureRow->setVisible(mode == PreviewMode::Filmstrip || mode == PreviewMode::Sheet);
    m_comparison->setVisible(mode == PreviewMode::Comparison);
    m_pages->setMode(mode);
    ask();
}

void PreviewPanel::newSample() {
    m_draw->newSample();
}

void PreviewPanel::previousSample() {
    m_draw->previousSample();
}

int PreviewPanel::viewSize() const {
    return m_draw->viewSize();
}

quint64 PreviewPanel::seed() const {
    return m_draw->seed();
}

void PreviewPanel::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_draw->followTraining();
}

void PreviewPanel::showChoice() {
    if (m_mode == PreviewMode::Filmstrip || m_mode == PreviewMode::Sheet)
        ask();
    announceChoice(m_grid->preview());
}

void PreviewPanel::announceChoice(const PreviewPtr &preview) {
    const auto chosen = std::size_t(m_grid->chosen());
    if (!preview || chosen >= preview->tiles.size())
        return;
    const PreviewTile &tile = preview->tiles[chosen];
    m_pictureName->setText(tile.problem.isEmpty() ? tile.name : tile.problem);
    if (!preview->request.own && preview->request.dataset == m_workspace.dataset())
        Q_EMIT sampleChosen(tile.sample);
    announceImage(tile.original.isEmpty() ? firstReadable(*preview) : tile.original);
}

/// Announces the image if it has changed.
void PreviewPanel::announceImage(const Image &image) {
    if (image == m_announced)
        return;
    m_announced = image;
    Q_EMIT imageChosen(m_announced);
}

DatasetPtr PreviewPanel::shownDataset() const {
    const DatasetPtr openingPreview = m_workspace.openingPreview();
    return openingPreview ? openingPreview : m_workspace.dataset();
}

/// Limited, because decoding photographs and rendering large views takes time, and a photograph takes tens of
/// megabytes.
std::size_t PreviewPanel::imagesToShow() const {
    constexpr std::size_t budget = std::size_t{512} << 20;
    constexpr std::size_t usual = 12;
    if (m_images->own())
        return usual;
    const DatasetReport &report = shownDataset()->report();
    const double more = std::max(1.0, 1 / (m_pages->scale() * m_pages->scale()));
    if (report.inMemory && viewSize() <= 64)
        return std::size_t(2 * usual * more);
    const std::size_t bytes = std::size_t(report.largest.width) * std::size_t(report.largest.height) * 3;
    const std::size_t most = bytes > 0 ? budget / bytes : usual;
    return std::clamp(std::size_t(usual * more), usual, std::max(usual, most));
}

void PreviewPanel::ask() {
    PreviewRequest request;
    request.dataset = shownDataset();
    if (!request.dataset) {
        m_late->stop();
        return m_renderer->forget();
    }
    request.own = m_images->own();
    request.order = m_samples->order();
    request.first = m_samples->first();
    request.count = imagesToShow();
    request.pipeline = m_document.pipeline();
    request.seed = seed();
    request.epoch = m_draw->epoch();
    request.viewSize = viewSize();
    request.mode = m_mode;
    request.focus = std::size_t(m_grid->chosen());
    request.draws = m_mode == PreviewMode::Sheet ? m_pages->sheet().draws() : 0;
    if (m_mode == PreviewMode::Comparison) {
        request.other = m_comparison->picker().pipeline();
        request.title = m_comparison->title();
        request.otherTitle = m_comparison->otherTitle();
    }
    m_renderer->request(request);
    if (!m_late->isActive() && !m_modes->isBusy())
        m_late->start();
}

void PreviewPanel::showSamples(const std::vector<std::uint32_t> &samples) {
    constexpr std::size_t most = 100;
    const DatasetPtr dataset = m_workspace.dataset();
    std::vector<OwnImage> images;
    for (std::size_t i = 0; dataset && i < std::min(most, samples.size()); ++i)
        images.push_back(
            {QString::fromStdString(dataset->sampleName(samples[i])), {}, {}, dataset, samples[i]});
    if (!images.empty())
        m_images->show(std::move(images));
}

/// Clears the images of another dataset before the new ones are ready; those of a first look stay.
void PreviewPanel::startOver() {
    const DatasetPtr now = shownDataset();
    const PreviewPtr &shown = m_grid->preview();
    m_samples->setDataset(now);
    if (now && shown && shown->request.dataset->report().source == now->report().source)
        return ask();
    m_images->backToDataset();
    m_samples->startOver();
    m_pages->setPreview(nullptr);
    m_pages->hide();
    m_empty->show();
    ask();
}

void PreviewPanel::showPreview(const PreviewPtr &preview) {
    m_late->stop();
    m_modes->setBusy(false);
    if (!m_renderer->isUpToDate())
        m_late->start();
    m_empty->hide();
    m_pages->show();
    m_pages->setPreview(preview);
    m_samples->setShown(*preview, m_grid->visible(), m_renderer->isUpToDate());
    m_picture->setName(pictureName(*preview));
    announceChoice(preview);
    const QString problem =
        preview->problem.isEmpty() ? QString() : tr("No views: %1.").arg(preview->problem);
    if (std::exchange(m_problem, problem) != problem) // other messages stay until they are closed
        m_message->showText(InlineMessage::Tone::Warning, problem);
}

/// By the arrows: chooses the first image of the next page, or the last one of the previous page.
void PreviewPanel::turnPage(int direction) {
    const std::size_t before = m_samples->first();
    if (m_samples->turnPage(direction) && direction < 0) {
        m_grid->chooseOfNext(int(before - m_samples->first()) - 1);
        ask();
    }
}

/// A single folder or pipeline file is handled by the window.
void PreviewPanel::dragEnterEvent(QDragEnterEvent *event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    const bool isOneOther = urls.size() == 1 && !PreviewImages::offersPictures(*event->mimeData());
    if (!isOneOther && (event->mimeData()->hasImage() || !urls.isEmpty()))
        event->acceptProposedAction();
}

void PreviewPanel::dropEvent(QDropEvent *event) {
    if (m_images->take(*event->mimeData()))
        event->acceptProposedAction();
}

} // namespace simclr::ui
