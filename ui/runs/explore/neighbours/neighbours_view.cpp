// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/neighbours/neighbours_view.h"

#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/neighbours/neighbours_panel.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/compute_queue.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <algorithm>

namespace simclr::ui {

namespace {

void nameIt(QWidget &widget, const char *objectName, const QString &toolTip) {
    widget.setObjectName(QLatin1String(objectName));
    widget.setAccessibleName(toolTip);
    widget.setToolTip(toolTip);
}

} // namespace

NeighboursView::NeighboursView(FeatureCache &features, const ComputeQueue &queue, QWidget *parent)
    : ExploreView(parent),
      m_features(features),
      m_queue(queue),
      m_split(new QComboBox(this)),
      m_kind(new QComboBox(this)),
      m_stop(iconButton(QStringLiteral("stopNeighbours"), QStringLiteral("media-playback-stop"), tr("Stop"),
                        this)),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyState(QStringLiteral("edit-find"), {}, {})),
      m_images(new ImageGallery),
      m_neighbours(new NeighboursPanel),
      m_changes(features) {
    build();
    connect(m_empty, &EmptyState::actionRequested, this, &NeighboursView::start);
    connect(m_stop, &QToolButton::clicked, this, &NeighboursView::stop);
    connect(m_images, &ImageGallery::imageChosen, m_neighbours, &NeighboursPanel::showImage);
    connect(&m_changes, &NeighbourChanges::embedded, this, [this](qulonglong done, qulonglong all) {
        m_empty->setTexts(tr("Computing features"),
                          tr("%1 of %2 images").arg(countText(done), countText(all)));
    });
    connect(&m_changes, &NeighbourChanges::compared, this, &NeighboursView::showImages);
}

void NeighboursView::build() {
    nameIt(*m_split, "neighbourSplit", tr("Images to search in"));
    m_split->addItem(tr("Test images"), QStringLiteral("test"));
    m_split->addItem(tr("Validation images"), QStringLiteral("validation"));
    m_split->addItem(tr("Training images"), QStringLiteral("train"));
    m_split->addItem(tr("All images"), QStringLiteral("all"));
    nameIt(*m_kind, "neighbourFeatures",
           tr("Features: h is the output of the encoder, z that of the projection head"));
    m_kind->addItem(tr("h"), int(FeatureKind::H));
    m_kind->addItem(tr("z"), int(FeatureKind::Z));
    m_images->setObjectName(QStringLiteral("neighbourImages"));
    m_empty->setObjectName(QStringLiteral("emptyNeighbours"));
    auto *controls = new QHBoxLayout;
    for (QComboBox *box : {m_split, m_kind}) {
        controls->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, &NeighboursView::refresh);
    }
    controls->addWidget(m_stop);
    controls->addStretch(1);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("imagesAndNeighbours"));
    split->addWidget(m_images);
    split->addWidget(m_neighbours);
    split->setChildrenCollapsible(false);
    split->setSizes({500, 500});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(split);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(controls);
    layout->addWidget(m_pages, 1);
}

void NeighboursView::showRuns(const std::vector<RunRecord> &runs) {
    m_runs = runs;
    refresh();
}

FeatureRequest NeighboursView::request() const {
    FeatureRequest request;
    request.features = static_cast<FeatureKind>(m_kind->currentData().toInt());
    request.split = m_split->currentData().toString().toStdString();
    return request;
}

bool NeighboursView::isCheap() const {
    return std::ranges::all_of(
        m_runs, [this](const RunRecord &run) { return m_features.find(run, request()) != nullptr; });
}

void NeighboursView::refresh() {
    m_changes.cancel();
    m_neighbours->setSources({});
    m_pages->setCurrentIndex(0);
    m_stop->hide();
    showIntroduction();
    if (!m_runs.empty() && (m_isFollowing || isCheap()))
        start();
}

void NeighboursView::showIntroduction() {
    m_empty->setTexts(
        tr("Neighbours"),
        m_runs.size() > 1
            ? tr("The images whose nearest images differ most between the two runs. The features of the "
                 "images are computed first, which can be stopped.")
            : tr("The images that the encoder finds most similar to a chosen one, or to an image file. The "
                 "features of the images are computed first, which can be stopped."));
    m_empty->setAction(tr("Find neighbours"));
}

void NeighboursView::start() {
    m_isFollowing = true;
    FeatureRequest wanted = request();
    wanted.device = m_queue.computing() != nullptr ? "cpu" : "";
    m_empty->setTexts(tr("Computing features"), {});
    m_empty->setAction({});
    m_stop->show();
    m_changes.compare(m_runs, wanted);
}

void NeighboursView::stop() {
    m_isFollowing = false;
    m_changes.cancel();
    m_stop->hide();
    showIntroduction();
}

void NeighboursView::showImages(const ComparedImages &images) {
    m_stop->hide();
    if (!images.problem.isEmpty()) {
        m_empty->setTexts(tr("There are no neighbours to show"), images.problem);
        return m_empty->setAction(tr("Try again"));
    }
    if (images.sources.empty())
        return;
    m_images->setDataset(images.sources.front()->images.features->images);
    m_images->setItems(images.items, images.heading);
    m_neighbours->setSources(images.sources);
    m_pages->setCurrentIndex(1);
}

} // namespace simclr::ui
