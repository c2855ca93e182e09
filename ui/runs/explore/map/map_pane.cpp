// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_pane.h"

#include "ui/runs/explore/map/checkpoint_bar.h"
#include "ui/runs/explore/map/hover_card.h"
#include "ui/runs/explore/map/map_canvas.h"
#include "ui/runs/explore/map/map_heading.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"

#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>

namespace simclr::ui {

MapPane::MapPane(FeatureCache &features, MapSelection &selection, const QString &objectName, QWidget *parent)
    : QWidget(parent),
      m_features(features),
      m_selection(&selection),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyState(QStringLiteral("view-statistics"), {}, {})),
      m_canvas(new MapCanvas),
      m_card(new HoverCard(m_canvas)),
      m_heading(new MapHeading(this)),
      m_checkpoints(new CheckpointBar(this)),
      m_maker(features) {
    setObjectName(objectName);
    build();
    connectParts();
    showState();
}

void MapPane::build() {
    m_canvas->setObjectName(QStringLiteral("mapCanvas"));
    m_canvas->setAccessibleName(tr("Map of the images"));
    m_empty->setObjectName(QStringLiteral("emptyMap"));
    m_pages->setMinimumWidth(200); // two maps must fit into a small window
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_canvas);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_heading);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_checkpoints);
}

void MapPane::connectParts() {
    connect(m_empty, &EmptyState::actionRequested, this, &MapPane::startRequested);
    connect(m_heading, &MapHeading::stopRequested, this, [this] {
        stop();
        Q_EMIT stopped();
    });
    connect(m_checkpoints, &CheckpointBar::stepChosen, this, &MapPane::startRequested);
    connect(m_canvas, &MapCanvas::hovered, m_card, &HoverCard::showRow);
    connect(m_canvas, &MapCanvas::clicked, this, [this](quint32 row) {
        if (m_images && row < m_images->table().rows())
            Q_EMIT imageClicked(m_images->table().samples[row]);
    });
    connect(m_canvas, &MapCanvas::outlined, this,
            [this](const std::vector<quint32> &rows, SelectionChange change) {
                std::vector<std::uint32_t> samples;
                for (const quint32 row : rows)
                    samples.push_back(m_images->table().samples[row]);
                m_selection->change(std::move(samples), change);
            });
    connect(m_selection, &MapSelection::changed, this, &MapPane::showSelection);
    connect(&m_maker, &MapMaker::embedded, this, [this](qulonglong done, qulonglong all) {
        m_heading->setProgress(double(done) / double(std::max(1ULL, all)));
        m_empty->setTexts(tr("Computing features"),
                          tr("%1 of %2 images").arg(countText(done), countText(all)));
    });
    connect(&m_maker, &MapMaker::loaded, this, [this](const MappedImages &images) {
        m_images = images;
        m_source = std::make_shared<const NeighbourSource>(NeighbourSource{m_run, m_started, images});
        m_card->setImages(images);
        Q_EMIT loaded();
        m_heading->showWhat(m_run, m_kind, m_images);
    });
    connect(&m_maker, &MapMaker::moved, this, &MapPane::showPicture);
    connect(&m_maker, &MapMaker::finished, this, &MapPane::finish);
    connect(&m_maker, &MapMaker::failed, this, &MapPane::fail);
}

void MapPane::setWhat(const RunRecord &run, FeatureKind features, const MapSettings &settings) {
    const bool isSame = run.id == m_run.id && run.database == m_run.database && features == m_kind &&
                        settings.isSameMap(m_settings);
    m_run = run;
    m_kind = features;
    m_settings = settings;
    m_checkpoints->setRun(run, isSame && (m_images || isWorking()));
    if (!isSame)
        clear();
    m_heading->showWhat(m_run, m_kind, m_images);
}

void MapPane::clear() {
    m_maker.cancel();
    m_hasFailed = false;
    m_maps.clear();
    m_images.reset();
    m_source.reset();
    m_pages->setCurrentIndex(0);
    m_canvas->setPoints({});
    m_canvas->setMarked({}, {});
    m_heading->setNote({});
    showState();
}

void MapPane::useSelection(MapSelection &selection) {
    if (&selection == m_selection)
        return;
    disconnect(m_selection, nullptr, this, nullptr);
    m_selection = &selection;
    connect(m_selection, &MapSelection::changed, this, &MapPane::showSelection);
    showSelection();
}

FeatureRequest MapPane::request() const {
    FeatureRequest request;
    request.features = m_kind;
    request.split = m_settings.split.toStdString();
    request.step = m_checkpoints->step();
    return request;
}

bool MapPane::isCheap() const {
    return m_features.find(m_run, request()) != nullptr;
}

/// That of the nearest earlier checkpoint, or of a later one.
FinishedMap MapPane::mapBefore() const {
    const auto after = m_maps.upper_bound(m_step);
    if (after != m_maps.begin())
        return std::prev(after)->second;
    return after == m_maps.end() ? FinishedMap() : after->second;
}

void MapPane::start(const std::string &device) {
    MapOrder order{.run = m_run, .features = request(), .options = {}, .before = {}, .known = {}};
    order.features.device = device;
    m_started = order.features;
    m_hasFailed = false;
    order.options.method = m_settings.method;
    order.options.neighbours = std::size_t(m_settings.neighbours);
    order.options.minDist = m_settings.minDist;
    order.options.seed = std::uint64_t(m_settings.seed);
    m_step = m_checkpoints->step().value_or(0);
    order.before = mapBefore();
    if (const auto known = m_maps.find(m_step); known != m_maps.end())
        order.known = known->second;
    m_heading->setNote({});
    m_heading->setProgress(0);
    m_maker.make(order);
    if (m_pages->currentIndex() == 0)
        m_empty->setTexts(tr("Opening the images"), {});
    showState();
}

void MapPane::stop() {
    m_maker.cancel();
    m_checkpoints->stopPlaying();
    if (m_pages->currentIndex() == 1)
        m_heading->setNote(tr("Cancelled before the map was finished."));
    showState();
}

void MapPane::showPicture(const MapPoints &points, double done) {
    m_canvas->setPoints(points);
    if (m_pages->currentIndex() == 0) {
        m_pages->setCurrentIndex(1);
        showSelection();
    }
    m_heading->setProgress(done);
}

void MapPane::finish() {
    if (m_images)
        m_maps[m_step] = {m_images->table().samples, m_canvas->points()};
    showState();
    m_checkpoints->showFinished();
}

void MapPane::fail(const QString &problem) {
    clear();
    m_hasFailed = true;
    m_checkpoints->stopPlaying();
    m_empty->setTexts(tr("There is no map"), problem);
    m_empty->setAction(tr("Try again"));
}

void MapPane::setGroups(const PointGroups &groups) {
    m_canvas->setGroups(groups);
}

void MapPane::showSelection() {
    if (m_images)
        m_canvas->setSelected(m_selection->flagsOf(m_images->table().samples));
}

void MapPane::mark(std::optional<quint32> sample, const std::vector<std::uint32_t> &nearRows) {
    std::optional<std::uint32_t> row;
    if (m_images && sample) {
        const std::vector<std::uint32_t> &samples = m_images->table().samples;
        if (const auto found = std::ranges::find(samples, *sample); found != samples.end())
            row = std::uint32_t(found - samples.begin());
    }
    m_canvas->setMarked(row, nearRows);
}

QString MapPane::introduction() const {
    return tr("Each point is an image, placed by its features %1: the encoder finds near points similar. "
              "Computing the features of many images takes a while; it can be stopped.")
        .arg(featureKindText(m_kind));
}

void MapPane::showState() {
    const bool isWorking = m_maker.isWorking();
    m_heading->setWorking(isWorking);
    if (!isWorking)
        m_empty->setTexts(tr("A map of the images"), introduction());
    m_empty->setAction(isWorking ? QString() : tr("Make the map"));
}

} // namespace simclr::ui
