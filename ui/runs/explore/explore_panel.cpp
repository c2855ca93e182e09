// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/explore_panel.h"

#include "core/store/run_comparison.h"
#include "ui/runs/explore/confusion/confusion_view.h"
#include "ui/runs/explore/disagreement/disagreement_view.h"
#include "ui/runs/explore/duplicates/duplicates_view.h"
#include "ui/runs/explore/explore_view.h"
#include "ui/runs/explore/map/map_view.h"
#include "ui/runs/explore/neighbours/neighbours_view.h"
#include "ui/runs/explore/quality/quality_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/workspace.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QSettings>
#include <QStackedWidget>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString viewKey = QStringLiteral("runs/exploreView");
constexpr std::size_t mostRuns = 2;

bool isSameToExplore(const RunRecord &one, const RunRecord &other) {
    return one.id == other.id && one.database == other.database &&
           std::ranges::equal(one.results, other.results, isSameResult) &&
           std::ranges::equal(one.artifacts, other.artifacts,
                              [](const ArtifactRecord &a, const ArtifactRecord &b) {
                                  return a.kind == b.kind && a.step == b.step;
                              });
}

} // namespace

ExplorePanel::ExplorePanel(Workspace &workspace, ComputeQueue &queue, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_queue(queue),
      m_features(workspace.images()),
      m_stack(new QStackedWidget(this)),
      m_hint(mutedLabel({}, this)),
      m_list(new QListWidget(this)),
      m_views(new QStackedWidget(this)) {
    auto *empty = new EmptyState(
        QStringLiteral("view-statistics"), tr("No run selected"),
        tr("The representation of a run is shown here: a map of its images, their neighbours, and its "
           "errors. Select one run above, or two with Ctrl to see them side by side."));
    empty->setObjectName(QStringLiteral("emptyExplore"));
    m_stack->addWidget(empty);
    m_stack->addWidget(buildViews());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_stack);
    addViews();
}

ExplorePanel::~ExplorePanel() {
    delete m_stack; // the views use the features in threads until they end
}

QWidget *ExplorePanel::buildViews() {
    m_list->setObjectName(QStringLiteral("exploreViews"));
    m_list->setAccessibleName(tr("Views of the representation"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFixedWidth(fontMetrics().averageCharWidth() * 19);
    m_hint->setObjectName(QStringLiteral("exploreHint"));
    m_hint->hide();
    auto *views = new QWidget;
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    column->addWidget(m_hint);
    column->addWidget(m_views, 1);
    auto *row = new QHBoxLayout(views);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_list);
    row->addLayout(column, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int view) {
        m_views->setCurrentIndex(view);
        updateView();
        if (m_list->hasFocus()) // chosen by the user
            QSettings().setValue(viewKey, m_list->item(view)->data(Qt::UserRole));
    });
    return views;
}

void ExplorePanel::addViews() {
    auto *map = new MapView(m_features, m_queue);
    connect(map, &MapView::openRequested, &m_workspace, &Workspace::openSource);
    addView(map, tr("Map"), tr("The images as points: near ones are similar for the encoder"),
            QStringLiteral("mapView"));
    addView(new NeighboursView(m_features, m_queue), tr("Neighbours"),
            tr("The images that are most similar to one for the encoder"), QStringLiteral("neighboursView"));
    addView(new ConfusionView(m_workspace.images()), tr("Confusion"),
            tr("Confusion matrix, accuracy of each class, and the worst images"),
            QStringLiteral("exploreConfusion"));
    m_disagreement = new DisagreementView(m_workspace.images());
    addView(m_disagreement, tr("Disagreement"),
            tr("Images that one of two runs predicts right and the other wrong"),
            QStringLiteral("exploreDisagreement"));
    addView(new DuplicatesView(m_features, m_workspace.images(), m_queue), tr("Near-duplicates"),
            tr("Pairs of nearly equal images, and leaks between splits"),
            QStringLiteral("exploreDuplicates"));
    addView(new QualityView(m_features, m_workspace.images(), m_queue), tr("Quality"),
            tr("Quality of representations without labels, and how well it ranks runs"),
            QStringLiteral("exploreQuality"));
}

void ExplorePanel::addView(ExploreView *view, const QString &title, const QString &toolTip,
                           const QString &objectName) {
    view->setObjectName(objectName);
    m_views->addWidget(view);
    m_isOutdated.push_back(true);
    auto *item = new QListWidgetItem(title, m_list);
    item->setToolTip(toolTip);
    item->setSizeHint({0, fontMetrics().height() + 10});
    item->setData(Qt::UserRole, objectName);
    if (m_list->count() == 1 || QSettings().value(viewKey).toString() == objectName)
        m_list->setCurrentItem(item);
}

void ExplorePanel::showView(const QString &objectName) {
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole) == objectName)
            m_list->setCurrentRow(row);
}

void ExplorePanel::showDisagreement(RunId first, RunId second, const ResultKey &key) {
    m_pair = {first, second};
    m_isPairShown = false;
    m_disagreement->chooseResult(key);
    showView(m_disagreement->objectName());
    explore();
}

void ExplorePanel::setRuns(const std::vector<RunRecord> &runs, std::size_t selected) {
    m_available = runs;
    m_selected = selected;
    explore();
}

/// The two runs of showDisagreement(); none if they are not all there.
std::vector<RunRecord> ExplorePanel::pairOf(const std::vector<RunRecord> &runs) const {
    std::vector<RunRecord> pair;
    for (const RunId id : {m_pair->first, m_pair->second})
        if (const auto run = std::ranges::find(runs, id, &RunRecord::id); run != runs.end())
            pair.push_back(*run);
    return pair.size() == 2 ? pair : std::vector<RunRecord>();
}

void ExplorePanel::explore() {
    std::vector<RunRecord> explored = m_pair ? pairOf(m_available) : std::vector<RunRecord>();
    const bool isPair = !explored.empty();
    if (!isPair && m_isPairShown)
        m_pair.reset(); // other runs are selected
    m_isPairShown = isPair;
    if (!isPair)
        explored.assign(m_available.begin(),
                        m_available.begin() + std::ptrdiff_t(std::min(m_available.size(), mostRuns)));
    showHint(isPair);
    m_stack->setCurrentIndex(explored.empty() ? 0 : 1);
    if (std::ranges::equal(explored, m_runs, isSameToExplore))
        return;
    m_runs = std::move(explored);
    m_isOutdated.assign(m_isOutdated.size(), true);
    updateView();
}

void ExplorePanel::showHint(bool isPair) {
    m_hint->setText(
        isPair ? tr("Showing the runs %1 and %2 of %3 selected runs.")
                     .arg(m_pair->first)
                     .arg(m_pair->second)
                     .arg(countText(m_selected))
               : tr("Showing the first %1 of %2 selected runs.").arg(mostRuns).arg(countText(m_selected)));
    m_hint->setVisible(m_selected > mostRuns);
}

void ExplorePanel::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    updateView();
}

ExploreView *ExplorePanel::currentView() const {
    return static_cast<ExploreView *>(m_views->currentWidget());
}

/// Views that nobody sees cost nothing.
void ExplorePanel::updateView() {
    const auto view = static_cast<std::size_t>(m_views->currentIndex());
    if (!isVisible() || m_runs.empty() || view >= m_isOutdated.size() || !m_isOutdated[view])
        return;
    m_isOutdated[view] = false;
    currentView()->showRuns(m_runs);
}

} // namespace simclr::ui
