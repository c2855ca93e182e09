// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview_panel.h"

#include "ui/design/pipeline_document.h"
#include "ui/design/preview_film.h"
#include "ui/design/preview_grid.h"
#include "ui/design/preview_images.h"
#include "ui/design/preview_rival.h"
#include "ui/design/preview_sheet.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"
#include "ui/workspace/option_settings.h"
#include "ui/workspace/workspace.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int spinWidth = 104;

template <typename Spin>
Spin *makeSpin(const char *name, const QString &prefix, const QString &toolTip) {
    auto *spin = new Spin;
    spin->setObjectName(QString::fromLatin1(name));
    spin->setPrefix(prefix);
    spin->setToolTip(toolTip);
    spin->setAccessibleName(toolTip);
    spin->setFixedWidth(spinWidth);
    WheelGuard::install(spin);
    return spin;
}

QSpinBox *makeEpoch() {
    auto *spin = makeSpin<QSpinBox>("previewEpoch", PreviewPanel::tr("epoch "),
                                    PreviewPanel::tr("The epoch whose views are shown, counted from 0"));
    spin->setRange(0, std::numeric_limits<int>::max());
    return spin;
}

/// Takes every seed of a run: whole numbers up to 2⁵³, which a QSpinBox does not reach.
QDoubleSpinBox *makeSeed() {
    auto *spin = makeSpin<QDoubleSpinBox>("previewSeed", PreviewPanel::tr("seed "),
                                          PreviewPanel::tr("Seed of the random numbers, as that of a run"));
    const Parameter &seed = trainOptionsDescription().parameter("seed", "preview");
    spin->setDecimals(0);
    spin->setRange(seed.minimum, seed.maximum);
    spin->setValue(double(std::get<std::int64_t>(seed.initial)));
    return spin;
}

QComboBox *makeViewSizes() {
    auto *sizes = new QComboBox;
    sizes->setObjectName(QStringLiteral("previewViewSize"));
    sizes->setToolTip(PreviewPanel::tr("Side of the views, as chosen for training"));
    sizes->setAccessibleName(PreviewPanel::tr("Side of the views"));
    for (const int side : {32, 48, 64, 96, 128, 160, 224})
        sizes->addItem(PreviewPanel::tr("%1 px").arg(side), side);
    WheelGuard::install(sizes);
    return sizes;
}

QScrollArea *scrolled(QWidget *widget) {
    auto *area = new QScrollArea;
    area->setWidget(widget);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

QToolButton *checkable(const char *name, const QString &text, const QString &toolTip) {
    auto *button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedHeight(26);
    return button;
}

} // namespace

PreviewPanel::PreviewPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_document(document),
      m_renderer(new PreviewRenderer(this)),
      m_images(new PreviewImages(this)),
      m_modes(new QButtonGroup(this)),
      m_seed(makeSeed()),
      m_lock(iconButton(QStringLiteral("lockSeed"), QStringLiteral("object-locked"), {})),
      m_epoch(makeEpoch()),
      m_viewSize(makeViewSizes()),
      m_message(new InlineMessage),
      m_pictureName(mutedLabel()),
      m_rival(new PreviewRival(document)),
      m_pages(new QStackedWidget),
      m_grid(new PreviewGrid),
      m_film(new PreviewFilm),
      m_sheet(new PreviewSheet),
      m_empty(
          new EmptyState(QStringLiteral("view-preview"), tr("Opening the images"),
                         tr("Here you will see pictures and the views that the network is given of them."))) {
    m_message->setObjectName(QStringLiteral("previewMessage"));
    setAcceptDrops(true);
    m_pictureRow = makePictureRow();
    m_comparisonRow = makeComparisonRow();
    makePages();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 10);
    layout->setSpacing(8);
    layout->addLayout(makeModeRow());
    layout->addLayout(makeDrawRow());
    for (QWidget *part : {m_pictureRow, m_comparisonRow, static_cast<QWidget *>(m_message)})
        layout->addWidget(part);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_empty, 1);
    connectParts();
    setMode(PreviewMode::Grid);
    m_pages->hide();
    ask();
}

QHBoxLayout *PreviewPanel::makeModeRow() {
    const std::tuple<const char *, QString, QString> modes[] = {
        {"previewGridButton", tr("Grid"), tr("Both views of many images")},
        {"previewFilmstripButton", tr("Filmstrip"), tr("What each step does, and what it drew")},
        {"previewSheetButton", tr("Sheet"), tr("Many draws of one image")},
        {"previewComparisonButton", tr("Compare"),
         tr("Two pipelines on the same images and random numbers")}};
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    for (int mode = 0; mode < 4; ++mode) {
        const auto &[name, text, toolTip] = modes[mode];
        const QKeySequence keys(Qt::ALT | Qt::Key(Qt::Key_1 + mode));
        QToolButton *button = checkable(name, text, withShortcut(toolTip, keys));
        m_modes->addButton(button, mode);
        connect(new QShortcut(keys, this), &QShortcut::activated, button, &QAbstractButton::click);
        row->addWidget(button);
    }
    auto *smaller = iconButton(QStringLiteral("zoomOut"), QStringLiteral("zoom-out"), tr("Smaller pictures"));
    auto *larger = iconButton(QStringLiteral("zoomIn"), QStringLiteral("zoom-in"), tr("Larger pictures"));
    auto *images = iconButton(QStringLiteral("previewImages"), QStringLiteral("insert-image"),
                              tr("Preview with pictures of your own: open, paste, or drop them here"));
    connect(smaller, &QToolButton::clicked, this, [this] { zoom(-1); });
    connect(larger, &QToolButton::clicked, this, [this] { zoom(+1); });
    connect(images, &QToolButton::clicked, this,
            [this, images] { m_images->menu()->popup(images->mapToGlobal(QPoint(0, images->height()))); });
    row->addStretch();
    for (QToolButton *button : {smaller, larger, images})
        row->addWidget(button);
    return row;
}

QHBoxLayout *PreviewPanel::makeDrawRow() {
    const QKeySequence keys(Qt::CTRL | Qt::Key_R);
    const QKeySequence backKeys(Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    auto *draw = new QPushButton(theme::icon(QStringLiteral("view-refresh")), tr("New draw"));
    draw->setObjectName(QStringLiteral("newDraw"));
    draw->setToolTip(withShortcut(tr("Draw the views of the next epoch"), keys));
    auto *back = iconButton(QStringLiteral("previousDraw"), QStringLiteral("go-previous"),
                            withShortcut(tr("Back to the draw of the epoch before"), backKeys));
    connect(new QShortcut(keys, this), &QShortcut::activated, this, &PreviewPanel::newDraw);
    connect(new QShortcut(backKeys, this), &QShortcut::activated, this, &PreviewPanel::previousDraw);
    connect(draw, &QPushButton::clicked, this, &PreviewPanel::newDraw);
    connect(back, &QToolButton::clicked, this, &PreviewPanel::previousDraw);
    m_lock->setCheckable(true);
    m_lock->setChecked(true);
    m_lock->setToolTip(tr("Locked: a new draw keeps the seed and goes to the next epoch, as training does. "
                          "Unlocked: it takes another seed."));
    auto *bar = new QHBoxLayout;
    bar->setSpacing(6);
    bar->addWidget(m_seed);
    bar->addWidget(m_lock);
    bar->addWidget(m_epoch);
    bar->addWidget(m_viewSize);
    bar->addStretch();
    bar->addWidget(back);
    bar->addWidget(draw);
    return bar;
}

QWidget *PreviewPanel::makePictureRow() {
    auto *previous =
        iconButton(QStringLiteral("previousImage"), QStringLiteral("go-previous"), tr("The image before"));
    auto *next = iconButton(QStringLiteral("nextImage"), QStringLiteral("go-next"), tr("The next image"));
    connect(previous, &QToolButton::clicked, this, [this] { choose(m_grid->chosen() - 1); });
    connect(next, &QToolButton::clicked, this, [this] { choose(m_grid->chosen() + 1); });
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

QWidget *PreviewPanel::makeComparisonRow() {
    auto *divide =
        checkable("comparisonDivider", tr("Divider"),
                  tr("One picture for both: left of the pointer this pipeline, right of it the other"));
    connect(divide, &QToolButton::toggled, this, [this](bool divided) {
        m_grid->setComparing(divided ? PreviewGrid::Comparing::Divided : PreviewGrid::Comparing::SideBySide);
    });
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(mutedLabel(tr("compared with")));
    row->addWidget(m_rival);
    row->addWidget(divide);
    row->addStretch();
    return widget;
}

void PreviewPanel::makePages() {
    m_gridArea = scrolled(m_grid);
    m_filmArea = scrolled(m_film);
    for (QWidget *page : {static_cast<QWidget *>(m_gridArea), static_cast<QWidget *>(m_filmArea),
                          static_cast<QWidget *>(m_sheet)})
        m_pages->addWidget(page);
    m_gridArea->viewport()->installEventFilter(this);
    auto *paste = new QShortcut(QKeySequence::Paste, this);
    paste->setContext(Qt::WidgetWithChildrenShortcut);
    connect(paste, &QShortcut::activated, m_images, &PreviewImages::paste);
}

void PreviewPanel::connectParts() {
    connect(&m_workspace, &Workspace::datasetChanged, this, &PreviewPanel::startOver);
    connect(&m_document, &PipelineDocument::changed, this, &PreviewPanel::ask);
    connect(m_renderer, &PreviewRenderer::rendered, this, &PreviewPanel::showPreview);
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { setMode(PreviewMode(id)); });
    connect(m_images, &PreviewImages::changed, this, &PreviewPanel::ask);
    const auto tell = [this](const QString &reason) {
        m_message->showText(InlineMessage::Tone::Warning, reason);
    };
    connect(m_images, &PreviewImages::failed, this, tell);
    connect(m_rival, &PreviewRival::failed, this, tell);
    connect(m_rival, &PreviewRival::chosen, this, &PreviewPanel::ask);
    connect(m_grid, &PreviewGrid::newDrawRequested, this, &PreviewPanel::newDraw);
    connect(m_grid, &PreviewGrid::choiceChanged, this, &PreviewPanel::choose);
    connect(m_grid, &PreviewGrid::closerLookRequested, this, [this] { setMode(PreviewMode::Filmstrip); });
    connect(m_film, &PreviewFilm::newDrawRequested, this, &PreviewPanel::newDraw);
    connect(m_sheet, &PreviewSheet::newDrawRequested, this, &PreviewPanel::newDraw);
    connect(m_sheet, &PreviewSheet::drawsChanged, this, [this] {
        if (m_mode == PreviewMode::Sheet)
            ask();
    });
    connect(m_seed, &QDoubleSpinBox::valueChanged, this, [this] {
        ask();
        Q_EMIT seedChanged(seed());
    });
    connect(m_seed, &QDoubleSpinBox::textChanged, this, [this](const QString &text) {
        m_seed->setFixedWidth(std::max(spinWidth, m_seed->fontMetrics().horizontalAdvance(text) + 36));
    });
    connect(m_lock, &QToolButton::toggled, this, [this](bool locked) {
        m_lock->setIcon(
            theme::icon(locked ? QStringLiteral("object-locked") : QStringLiteral("object-unlocked")));
    });
    connect(m_epoch, &QSpinBox::valueChanged, this, &PreviewPanel::ask);
    connect(m_viewSize, &QComboBox::currentIndexChanged, this, [this] {
        applyZoom();
        ask();
        Q_EMIT viewSizeChanged(viewSize());
    });
}

void PreviewPanel::setMode(PreviewMode mode) {
    m_mode = mode;
    m_modes->button(int(mode))->setChecked(true);
    const bool isOfOne = mode == PreviewMode::Filmstrip || mode == PreviewMode::Sheet;
    m_pictureRow->setVisible(isOfOne);
    m_comparisonRow->setVisible(mode == PreviewMode::Comparison);
    m_pages->setCurrentIndex(mode == PreviewMode::Filmstrip ? 1 : mode == PreviewMode::Sheet ? 2 : 0);
    applyZoom();
    ask();
}

void PreviewPanel::newDraw() {
    if (m_lock->isChecked())
        m_epoch->setValue(m_epoch->value() + 1);
    else
        m_seed->setValue(double(QRandomGenerator::global()->bounded(1, 1'000'000)));
}

void PreviewPanel::previousDraw() {
    m_epoch->setValue(m_epoch->value() - 1);
}

int PreviewPanel::tiles() const {
    return m_grid->preview() ? int(m_grid->preview()->tiles.size()) : 0;
}

void PreviewPanel::choose(int tile) {
    if (tile < 0 || tile >= tiles())
        return;
    m_grid->choose(tile);
    if (m_mode == PreviewMode::Filmstrip || m_mode == PreviewMode::Sheet)
        ask();
    tellChoice(m_grid->preview());
}

/// Where it is another one than before.
void PreviewPanel::tellChoice(const PreviewPtr &preview) {
    const auto chosen = std::size_t(m_grid->chosen());
    if (!preview || chosen >= preview->tiles.size())
        return;
    const PreviewTile &tile = preview->tiles[chosen];
    m_pictureName->setText(tile.problem.isEmpty() ? tile.name : tile.problem);
    if (!tile.original.isEmpty() && tile.original != m_told) {
        m_told = tile.original;
        Q_EMIT imageChosen(m_told);
    }
}

void PreviewPanel::zoom(int steps) {
    m_zoom = std::clamp(m_zoom + steps, -3, 6);
    applyZoom();
}

void PreviewPanel::applyZoom() {
    const double factor = std::pow(1.25, m_zoom);
    m_film->setSide(int(std::lround(112 * factor)));
    m_sheet->setSide(int(std::lround(std::max(96, std::min(viewSize(), 128)) * factor)));
    m_grid->setMinimumSize(m_zoom > 0 ? m_gridArea->viewport()->size() * factor : QSize(0, 0));
}

bool PreviewPanel::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_gridArea->viewport() && event->type() == QEvent::Resize && m_zoom > 0)
        QMetaObject::invokeMethod(this, &PreviewPanel::applyZoom, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void PreviewPanel::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    followTraining();
}

/// What was changed on the Train page since this page was last seen holds here too; what was chosen here
/// stays.
void PreviewPanel::followTraining() {
    const TrainOptions options = rememberedOptions();
    const int side = int(options.imageSize);
    const std::int64_t seed = options.seed;
    if (std::exchange(m_trainedSize, side) != side)
        setViewSize(side);
    if (std::exchange(m_trainedSeed, seed) != seed)
        m_seed->setValue(double(seed));
}

void PreviewPanel::setViewSize(int side) {
    if (m_viewSize->findData(side) < 0)
        m_viewSize->addItem(tr("%1 px").arg(side), side);
    m_viewSize->setCurrentIndex(m_viewSize->findData(side));
}

int PreviewPanel::viewSize() const {
    return m_viewSize->currentData().toInt();
}

quint64 PreviewPanel::seed() const {
    return quint64(m_seed->value());
}

void PreviewPanel::ask() {
    PreviewRequest request;
    request.dataset = m_workspace.dataset();
    if (!request.dataset)
        return;
    request.own = m_images->own();
    const bool isQuick = request.dataset->report().inMemory && viewSize() <= 64;
    request.count = isQuick ? 24 : 12; // decoding photographs and drawing large views take their time
    request.pipeline = m_document.pipeline();
    request.seed = seed();
    request.epoch = std::uint32_t(m_epoch->value());
    request.viewSize = viewSize();
    request.mode = m_mode;
    request.focus = std::size_t(m_grid->chosen());
    request.draws = m_mode == PreviewMode::Sheet ? m_sheet->draws() : 0;
    if (m_mode == PreviewMode::Comparison)
        request.other = m_rival->pipeline();
    m_renderer->request(request);
}

/// The pictures of other images go before the new ones are there.
void PreviewPanel::startOver() {
    m_images->backToDataset();
    m_grid->setPreview(nullptr);
    m_pages->hide();
    m_empty->show();
    ask();
}

void PreviewPanel::showPreview(const PreviewPtr &preview) {
    m_empty->hide();
    m_pages->show();
    m_grid->setPreview(preview);
    if (preview->request.mode == PreviewMode::Filmstrip)
        m_film->setPreview(preview);
    if (preview->request.mode == PreviewMode::Sheet)
        m_sheet->setPreview(preview);
    tellChoice(preview);
    const QString problem =
        preview->problem.isEmpty() ? QString() : tr("No views: %1.").arg(preview->problem);
    if (std::exchange(m_problem, problem) != problem) // other messages stay until they are closed
        m_message->showText(InlineMessage::Tone::Warning, problem);
}

/// A folder or a pipeline is for the window.
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
