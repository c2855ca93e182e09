// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_view.h"

#include "ui/runs/explore/map/map_canvas.h"
#include "ui/runs/explore/map/map_colors.h"
#include "ui/runs/explore/map/map_controls.h"
#include "ui/runs/explore/map/map_legend.h"
#include "ui/runs/explore/map/map_pane.h"
#include "ui/runs/explore/map/selection_panel.h"
#include "ui/runs/explore/neighbours/neighbours_panel.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/remembered.h"
#include "ui/workspace/compute_queue.h"

#include <QDragEnterEvent>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

MapView::MapView(FeatureCache &features, const ComputeQueue &queue, QWidget *parent)
    : ExploreView(parent),
      m_queue(queue),
      m_controls(new MapControls(this)),
      m_message(new InlineMessage(this)),
      m_panes{new MapPane(features, m_selection, QStringLiteral("firstMap")),
              new MapPane(features, m_selection, QStringLiteral("secondMap"))},
      m_side(new QTabWidget),
      m_legend(new MapLegend),
      m_colors(new MapColors(*m_controls, *m_legend, *this)),
      m_selected(new SelectionPanel(m_selection)),
      m_neighbours(new NeighboursPanel) {
    setAcceptDrops(true);
    build();
    connectControls();
    for (MapPane *pane : m_panes)
        connectPane(*pane);
}

void MapView::build() {
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("mapsAndSide"));
    for (MapPane *pane : m_panes)
        split->addWidget(pane);
    split->addWidget(buildSide());
    split->setChildrenCollapsible(false);
    split->setSizes({500, 500, 240});
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_controls);
    layout->addWidget(m_message);
    layout->addWidget(split, 1);
}

QWidget *MapView::buildSide() {
    m_side->setObjectName(QStringLiteral("mapSide"));
    m_side->setDocumentMode(true);
    m_side->setAccessibleName(tr("About the map"));
    m_side->setUsesScrollButtons(false);
    m_side->addTab(m_legend, tr("Legend"));
    m_side->addTab(m_selected, tr("Selection"));
    m_side->addTab(m_neighbours, tr("Neighbours"));
    m_side->setMinimumWidth(m_side->tabBar()->sizeHint().width());
    m_selected->setPoints([this] { return m_panes[0]->canvas().points(); });
    return m_side;
}

void MapView::connectControls() {
    connect(m_controls, &MapControls::settingsEdited, this, &MapView::arrange);
    connect(m_controls, &MapControls::toolChosen, this, [this](MapCanvas::Tool tool) {
        for (MapPane *pane : m_panes)
            pane->canvas().setTool(tool);
    });
    connect(m_controls, &MapControls::fitRequested, this, [this] {
        for (MapPane *pane : m_panes)
            pane->canvas().fitAll();
    });
    connect(m_colors, &MapColors::failed, this, [this](const QString &problem) {
        if (problem.isEmpty())
            m_message->clear();
        else
            m_message->showText(InlineMessage::Tone::Error, problem);
    });
    connect(m_legend, &MapLegend::groupChosen, this, &MapView::selectGroup);
    connect(m_selected, &SelectionPanel::imageChosen, this, [this](quint32 sample) {
        showSources(*m_panes[0]); // the list is of the first map
        m_neighbours->showImage(sample);
    });
    connect(m_selected, &SelectionPanel::openRequested, this, &MapView::openRequested);
    connect(m_neighbours, &NeighboursPanel::found, this, &MapView::mark);
    connect(&m_selection, &MapSelection::changed, this, [this] {
        if (!m_selection.samples().empty() && !m_legend->hasFocus())
            m_side->setCurrentWidget(m_selected);
    });
}

void MapView::connectPane(MapPane &pane) {
    connect(&pane, &MapPane::loaded, this, [this] {
        m_colors->color();
        m_selected->setImages(m_panes[0]->images());
        showSources(*m_panes[0]);
    });
    connect(&pane, &MapPane::imageClicked, this,
            [this, &pane](quint32 sample) { showNeighbours(pane, sample); });
    connect(&pane, &MapPane::stopped, this, [this] { m_isFollowing = false; });
    connect(&pane, &MapPane::startRequested, this, [this, &pane] {
        m_isFollowing = true;
        start(pane);
        startMissing();
    });
}

void MapView::showNeighbours(const MapPane &pane, quint32 sample) {
    if (!areLinked())
        showSources(pane);
    m_side->setCurrentWidget(m_neighbours);
    m_neighbours->showImage(sample);
}

void MapView::showSources(const MapPane &clicked) {
    std::vector<NeighbourSourcePtr> sources;
    for (const MapPane *pane : m_panes)
        if (pane->source() && (pane == &clicked || (areLinked() && hasTwoMaps())))
            sources.push_back(pane->source());
    m_neighbours->setSources(std::move(sources));
}

void MapView::mark(const std::vector<FoundNeighbours> &found) {
    const std::vector<NeighbourSourcePtr> &sources = m_neighbours->sources();
    for (MapPane *pane : m_panes) {
        const auto place = std::size_t(std::ranges::find(sources, pane->source()) - sources.begin());
        if (pane->source() && place < found.size())
            pane->mark(m_neighbours->image(), found[place].rows);
        else
            pane->mark({}, {});
    }
}

void MapView::dragEnterEvent(QDragEnterEvent *event) {
    if (m_panes[0]->source() && !droppedImage(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MapView::dropEvent(QDropEvent *event) {
    m_side->setCurrentWidget(m_neighbours);
    m_neighbours->showFile(droppedImage(event->mimeData()));
    event->acceptProposedAction();
}

bool MapView::areLinked() const {
    return m_runs.empty() || m_runs.front().dataset.fingerprint == m_runs.back().dataset.fingerprint;
}

bool MapView::hasTwoMaps() const {
    return m_runs.size() > 1 || m_controls->settings().sides == MapSides::Both;
}

void MapView::showRuns(const std::vector<RunRecord> &runs) {
    const bool areSameImages =
        !m_runs.empty() && m_runs.front().dataset.fingerprint == runs.front().dataset.fingerprint;
    m_runs = runs;
    if (!areSameImages) {
        m_selection.clear();
        m_otherSelection.clear();
        m_neighbours->forget();
    }
    m_controls->setRunCount(runs.size());
    arrange();
}

/// Which pane shows what; maps that cost little, or that the user waits for, are made.
void MapView::arrange() {
    if (m_runs.empty())
        return;
    const MapSettings &settings = m_controls->settings();
    const FeatureKind first = settings.sides == MapSides::Z ? FeatureKind::Z : FeatureKind::H;
    const bool isBoth = settings.sides == MapSides::Both && m_runs.size() == 1;
    m_panes[0]->setWhat(m_runs.front(), first, settings);
    m_panes[1]->setVisible(hasTwoMaps());
    m_panes[1]->useSelection(areLinked() ? m_selection : m_otherSelection);
    if (!hasTwoMaps() && m_panes[1]->isWorking())
        m_panes[1]->stop();
    if (hasTwoMaps())
        m_panes[1]->setWhat(m_runs.back(), isBoth ? FeatureKind::Z : first, settings);
    if (!areLinked())
        m_message->showText(InlineMessage::Tone::Warning,
                            tr("The runs were trained on different images: selections are not linked."));
    else
        m_message->clear();
    m_colors->setMaps(hasTwoMaps() ? std::vector<MapPane *>(m_panes.begin(), m_panes.end())
                                   : std::vector<MapPane *>{m_panes[0]});
    m_selected->setImages(m_panes[0]->images());
    showSources(*m_panes[0]);
    startMissing();
}

void MapView::startMissing() {
    for (MapPane *pane : m_panes) {
        const bool isWanted = pane == m_panes[0] || hasTwoMaps();
        const bool isMissing = !pane->images() && !pane->isWorking() && !pane->hasFailed();
        if (isWanted && isMissing && (m_isFollowing || pane->isCheap()))
            start(*pane);
    }
}

/// Beside a job that computes, the features are computed on the processor: the memory of a GPU belongs to the
/// job.
void MapView::start(MapPane &pane) {
    pane.start(m_queue.computing() != nullptr ? "cpu" : "");
}

void MapView::selectGroup(const QString &title) {
    const bool isOfFirst = m_panes[0]->images() || !areLinked();
    const MapPane &pane = isOfFirst ? *m_panes[0] : *m_panes[1];
    const PointGroups &groups = pane.canvas().groups();
    std::vector<std::uint32_t> samples;
    for (std::size_t row = 0; pane.images() && row < groups.groupOf.size(); ++row)
        if (groups.groups[groups.groupOf[row]].title == title)
            samples.push_back(pane.images()->table().samples[row]);
    m_selection.change(std::move(samples), SelectionChange::Replace);
}

} // namespace simclr::ui
