// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview_panel.h"

#include "ui/design/pipeline_document.h"
#include "ui/design/preview_grid.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"
#include "ui/workspace/option_settings.h"
#include "ui/workspace/workspace.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSpinBox>
#include <limits>
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

} // namespace

PreviewPanel::PreviewPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_document(document),
      m_renderer(new PreviewRenderer(this)),
      m_seed(makeSeed()),
      m_epoch(makeEpoch()),
      m_viewSize(makeViewSizes()),
      m_message(new InlineMessage),
      m_grid(new PreviewGrid),
      m_empty(
          new EmptyState(QStringLiteral("view-preview"), tr("Opening the images"),
                         tr("Here you will see pictures and the views that the network is given of them."))) {
    m_message->setObjectName(QStringLiteral("previewMessage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 10);
    layout->setSpacing(8);
    layout->addLayout(makeToolBar());
    layout->addWidget(m_message);
    layout->addWidget(m_grid, 1);
    layout->addWidget(m_empty, 1);
    connect(&workspace, &Workspace::datasetChanged, this, &PreviewPanel::startOver);
    connect(&document, &PipelineDocument::changed, this, &PreviewPanel::ask);
    connect(m_renderer, &PreviewRenderer::rendered, this, &PreviewPanel::showPreview);
    connect(m_grid, &PreviewGrid::newDrawRequested, this, &PreviewPanel::newDraw);
    m_grid->hide();
    ask();
}

QHBoxLayout *PreviewPanel::makeToolBar() {
    const QKeySequence keys(Qt::CTRL | Qt::Key_R);
    auto *draw = new QPushButton(theme::icon(QStringLiteral("view-refresh")), tr("New draw"));
    draw->setObjectName(QStringLiteral("newDraw"));
    draw->setToolTip(withShortcut(tr("Draw the views of the next epoch"), keys));
    auto *shortcut = new QShortcut(keys, this);
    connect(shortcut, &QShortcut::activated, this, &PreviewPanel::newDraw);
    connect(draw, &QPushButton::clicked, this, &PreviewPanel::newDraw);
    connect(m_seed, &QDoubleSpinBox::valueChanged, this, &PreviewPanel::ask);
    connect(m_seed, &QDoubleSpinBox::textChanged, this, [this](const QString &text) {
        m_seed->setFixedWidth(std::max(spinWidth, m_seed->fontMetrics().horizontalAdvance(text) + 36));
    });
    connect(m_epoch, &QSpinBox::valueChanged, this, &PreviewPanel::ask);
    connect(m_viewSize, &QComboBox::currentIndexChanged, this, &PreviewPanel::ask);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(8);
    bar->addWidget(m_seed);
    bar->addWidget(m_epoch);
    bar->addWidget(m_viewSize);
    bar->addStretch();
    bar->addWidget(draw);
    return bar;
}

void PreviewPanel::newDraw() {
    m_epoch->setValue(m_epoch->value() + 1);
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

void PreviewPanel::ask() {
    PreviewRequest request;
    request.dataset = m_workspace.dataset();
    if (!request.dataset)
        return;
    request.count = request.dataset->report().inMemory ? 24 : 12; // decoding photographs takes its time
    request.pipeline = m_document.pipeline();
    request.seed = std::uint64_t(m_seed->value());
    request.epoch = std::uint32_t(m_epoch->value());
    request.viewSize = viewSize();
    m_renderer->request(request);
}

/// The pictures of other images go before the new ones are there.
void PreviewPanel::startOver() {
    m_grid->setPreview(nullptr);
    m_grid->hide();
    m_empty->show();
    ask();
}

void PreviewPanel::showPreview(const PreviewPtr &preview) {
    m_empty->hide();
    m_grid->show();
    m_grid->setPreview(preview);
    m_message->showText(InlineMessage::Tone::Warning,
                        preview->problem.isEmpty() ? QString() : tr("No views: %1.").arg(preview->problem));
}

} // namespace simclr::ui
