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

namespace simclr::ui {

namespace {

const QString viewKey = QStringLiteral("runs/exploreView");
constexpr std::size_t mostRuns = 2;

bool isSameToExplore(const RunRecord &one, const RunRecord &other) {
    return one.id == other.id && one.database == other.database &&
           std::ranges::equal(one.results, other.results, isSameResult) &&
           std::ranges::equal(one.artifacts, other.artifacts, {}, &ArtifactRecord::sha256,
                              &ArtifactRecord::sha256);
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
    });
    connect(m_list, &QListWidget::itemClicked, this,
            [](const QListWidgetItem *item) { QSettings().setValue(viewKey, item->data(Qt::UserRole)); });
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
    addView(new DisagreementView(m_workspace.images()), tr("Disagreement"),
            tr("Images that one of two runs predicts right and the other wrong"),
            QStringLiteral("exploreDisagreement"));
    addView(new DuplicatesView(m_features, m_workspace.images()), tr("Near-duplicates"),
            tr("Pairs of nearly equal images, and leaks between splits"),
            QStringLiteral("exploreDuplicates"));
    addView(new QualityView(m_features, m_workspace.images()), tr("Quality"),
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
    item->setData(Qt::UserRole, objectName);
    if (m_list->count() == 1 || QSettings().value(viewKey).toString() == objectName)
        m_list->setCurrentItem(item);
}

void ExplorePanel::showView(const QString &objectName) {
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole) == objectName)
            m_list->setCurrentRow(row);
}

void ExplorePanel::setRuns(const std::vector<RunRecord> &runs, std::size_t selected) {
    const auto shown = std::ptrdiff_t(std::min(runs.size(), mostRuns));
    const std::vector<RunRecord> explored(runs.begin(), runs.begin() + shown);
    m_hint->setText(tr("Showing the first %1 of %2 selected runs.").arg(mostRuns).arg(countText(selected)));
    m_hint->setVisible(selected > mostRuns);
    m_stack->setCurrentIndex(explored.empty() ? 0 : 1);
    if (std::ranges::equal(explored, m_runs, isSameToExplore))
        return;
    m_runs = explored;
    m_isOutdated.assign(m_isOutdated.size(), true);
    updateView();
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
