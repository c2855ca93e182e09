// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curves_panel.h"

#include "core/metrics/metric.h"
#include "ui/plots/curve_plot.h"
#include "ui/runs/curves/curve_controls.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

/// The metrics of each plot: one, or all of one unit. Accuracies have a plot of their own.
std::vector<QStringList> plotsOf(const CurveSettings &settings) {
    std::vector<QStringList> plots;
    const auto shareUnit = [](const QString &one, const QString &other) {
        const auto known = MetricId::find(one.toStdString());
        const auto same = MetricId::find(other.toStdString());
        return known && same && (*known)->kind == (*same)->kind; // that of other metrics is not known
    };
    for (const QString &metric : settings.metrics) {
        const auto same = std::ranges::find_if(plots, [&](const QStringList &plot) {
            return settings.sharesAxes && shareUnit(plot.first(), metric);
        });
        if (same == plots.end())
            plots.push_back({metric});
        else
            same->append(metric);
    }
    return plots;
}

bool hasNoLabels(const RunRecord &run) {
    return run.dataset.classes == 0;
}

} // namespace

CurvesPanel::CurvesPanel(std::filesystem::path database, QWidget *parent)
    : QWidget(parent),
      m_loader(std::move(database)),
      m_controls(new CurveControls(this)),
      m_area(new QWidget(this)),
      m_grid(new QGridLayout(m_area)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_controls);
    layout->addWidget(m_area, 1);
    connect(&m_loader, &CurveLoader::loaded, this, &CurvesPanel::redraw);
    connect(&m_loader, &CurveLoader::failed, this, &CurvesPanel::failed);
    connect(&m_loader, &CurveLoader::described, this, [this](const std::vector<RunRecord> &runs) {
        for (const RunRecord &run : runs)
            m_shown.records.insert(run.id, run);
        redraw();
    });
    connect(&m_loader, &CurveLoader::metricsListed, m_controls, &CurveControls::setForeignMetrics);
    connect(m_controls, &CurveControls::changed, this, &CurvesPanel::changeSettings);
    buildPlots();
    applySettings();
}

CurvesPanel::~CurvesPanel() = default;

CurvePlot *CurvesPanel::newPlot(int index) {
    auto *plot = new CurvePlot({}, m_area);
    plot->setObjectName(index == 0 ? QStringLiteral("runCurves")
                                   : QStringLiteral("runCurves%1").arg(index + 1));
    connectPlot(index, *plot);
    return plot;
}

void CurvesPanel::connectPlot(int index, CurvePlot &plot) {
    connect(&plot, &CurvePlot::curveToggled, this, [this, index](int curve, bool isHidden) {
        const int group = m_plots[static_cast<std::size_t>(index)].groupOf(curve);
        setGroupHidden(group, isHidden);
        Q_EMIT groupToggled(group, isHidden);
    });
    connect(&plot, &CurvePlot::curveHovered, this, [this, index](int curve) {
        const int group = curve < 0 ? -1 : m_plots[static_cast<std::size_t>(index)].groupOf(curve);
        setGroupHighlighted(group < 0 ? std::nullopt : std::optional(group));
        Q_EMIT groupHovered(group);
        QList<qint64> runs;
        if (group >= 0)
            for (const RunId run : m_shown.groups[static_cast<std::size_t>(group)].runs)
                runs.append(run);
        Q_EMIT runsHovered(runs);
    });
}

/// Keeps the plots that are there already.
void CurvesPanel::buildPlots() {
    const std::vector<QStringList> wanted = plotsOf(m_controls->settings());
    const int count = static_cast<int>(wanted.size());
    while (m_widgets.size() > count)
        delete m_widgets.takeLast();
    while (m_widgets.size() < count)
        m_widgets.append(newPlot(static_cast<int>(m_widgets.size())));
    m_plots.clear();
    m_mixer.cancel();
    const int columns = count <= 1 ? 1 : count <= 4 ? 2 : 3;
    for (int i = 0; i < count; ++i) {
        m_grid->removeWidget(m_widgets[i]);
        m_grid->addWidget(m_widgets[i], i / columns, i % columns);
        m_widgets[i]->show();
        m_plots.emplace_back(*m_widgets[i], i, wanted[static_cast<std::size_t>(i)]);
        m_plots.back().drop();
        m_widgets[i]->fit();
    }
}

void CurvesPanel::applySettings() {
    for (CurveChart &plot : m_plots)
        plot.apply(m_controls->settings(), m_shown);
    updateEmptyTexts();
}

void CurvesPanel::changeSettings() {
    std::vector<QStringList> shown;
    for (const CurveChart &plot : m_plots)
        shown.push_back(plot.metrics());
    if (shown != plotsOf(m_controls->settings()))
        buildPlots();
    applySettings();
    request();
    redraw();
}

void CurvesPanel::setRuns(const std::vector<RunRecord> &runs, std::size_t selected) {
    std::vector<CurveGroup> groups;
    m_shown.records.clear();
    const QStringList labels = m_labels.of(runs);
    for (const RunRecord &run : runs) {
        groups.push_back(
            {labels[std::ssize(groups)], [id = run.id] { return theme::runColor(id); }, {run.id}});
        m_shown.records.insert(run.id, run);
    }
    showGroups(groups, selected);
}

void CurvesPanel::setSelection(const std::vector<CurveGroup> &groups, std::size_t selected) {
    std::vector<RunId> runs;
    for (const CurveGroup &group : groups)
        runs.insert(runs.end(), group.runs.begin(), group.runs.end());
    m_shown.records.removeIf(
        [&](const auto &item) { return std::ranges::find(runs, item.key()) == runs.end(); });
    showGroups(groups, selected);
    if (!runs.empty())
        m_loader.describe(runs);
}

void CurvesPanel::showGroups(const std::vector<CurveGroup> &groups, std::size_t selected) {
    m_controls->setNotDrawn(
        selected > groups.size()
            ? tr("the first %1 of %2 selected runs").arg(countText(groups.size()), countText(selected))
            : QString());
    m_controls->showBand(
        std::ranges::any_of(groups, [](const CurveGroup &group) { return group.runs.size() > 1; }));
    const bool isSame = std::ranges::equal(groups, m_shown.groups, {}, &CurveGroup::runs, &CurveGroup::runs);
    m_shown.groups = groups;
    m_shown.labels = distinctLabels(groups);
    if (!isSame)
        showOtherRuns();
    applySettings();
    request();
    redraw();
}

void CurvesPanel::showOtherRuns() {
    for (CurveChart &plot : m_plots) {
        plot.drop();
        plot.plot().fit();
    }
    std::vector<RunId> runs;
    for (const CurveGroup &group : m_shown.groups)
        runs.insert(runs.end(), group.runs.begin(), group.runs.end());
    m_loader.listMetrics(runs);
}

void CurvesPanel::updateEmptyTexts() {
    for (const CurveChart &plot : m_plots)
        plot.plot().setEmptyText(emptyText(plot));
}

QString CurvesPanel::emptyText(const CurveChart &plot) const {
    if (m_shown.groups.empty())
        return tr("Select runs above to see their curves here; Ctrl and Shift select several.");
    const bool isOne = m_shown.groups.size() == 1 && m_shown.groups[0].runs.size() == 1;
    if (plot.metrics().contains(accuracyKey) && !m_shown.records.isEmpty() &&
        std::ranges::all_of(m_shown.records, hasNoLabels))
        return isOne ? tr("The images of this run have no labels, so it has no accuracy.")
                     : tr("The images of these runs have no labels, so they have no accuracy.");
    return isOne ? tr("This metric was not recorded for the selected run.")
                 : tr("This metric was not recorded for the selected runs.");
}

void CurvesPanel::request() {
    QList<CurveLoader::Key> keys;
    for (const QString &metric : m_controls->settings().metrics)
        for (const CurveGroup &group : m_shown.groups)
            for (const RunId run : group.runs)
                if (const CurveLoader::Key key(run, metric == accuracyKey ? lossKey : metric);
                    !keys.contains(key))
                    keys.append(key);
    m_loader.request(keys);
}

void CurvesPanel::forget(RunId run) {
    m_loader.forget(run);
    for (CurveChart &plot : m_plots)
        plot.drop(); // the new curve does not extend the drawn one
    request();
    redraw();
}

void CurvesPanel::redraw() {
    for (CurveChart &plot : m_plots)
        if (plot.redraw(m_shown, m_loader))
            m_mixer.cancel(); // its answer would be for other curves
    for (std::size_t group = 0; group < m_shown.groups.size(); ++group)
        if (m_hidden.contains(keyOf(m_shown.groups[group])))
            setGroupHidden(static_cast<int>(group), true);
    updateEmptyTexts();
    mixGroups();
}

/// The same for the smoothed values of single runs.
void CurvesPanel::mixGroups() {
    std::vector<MixRequest> requests;
    for (const CurveChart &plot : m_plots)
        for (MixRequest &request : plot.mixes(m_shown, m_loader))
            requests.push_back(std::move(request));
    if (requests.empty())
        return;
    m_mixer.ask(
        [requests](const BackgroundWorker::Task &task) {
            std::vector<MixedCurve> mixed;
            for (const MixRequest &request : requests)
                if (!task.stop().stop_requested())
                    mixed.push_back(mix(request));
            return mixed;
        },
        [this](const std::vector<MixedCurve> &mixed) {
            for (const MixedCurve &curve : mixed)
                m_plots[static_cast<std::size_t>(curve.plot)].take(curve);
        });
}

QString CurvesPanel::keyOf(const CurveGroup &group) {
    QString key;
    for (const RunId run : group.runs)
        key += QString::number(run) + QLatin1Char(' ');
    return key;
}

void CurvesPanel::setGroupHidden(int group, bool isHidden) {
    const QString key = keyOf(m_shown.groups.at(static_cast<std::size_t>(group)));
    if (isHidden)
        m_hidden.insert(key);
    else
        m_hidden.remove(key);
    for (CurveChart &plot : m_plots)
        plot.setHidden(group, isHidden);
}

void CurvesPanel::setGroupHighlighted(std::optional<int> group) {
    for (CurveChart &plot : m_plots)
        plot.setHighlighted(group);
}

/// Those that have any of the runs.
QList<int> CurvesPanel::groupsOf(const QList<qint64> &runs) const {
    const QSet<qint64> wanted(runs.begin(), runs.end());
    QList<int> groups;
    for (std::size_t group = 0; group < m_shown.groups.size(); ++group)
        if (std::ranges::any_of(m_shown.groups[group].runs, [&](RunId run) { return wanted.contains(run); }))
            groups.append(static_cast<int>(group));
    return groups;
}

/// A row that is several curves highlights none.
void CurvesPanel::highlightRuns(const QList<qint64> &runs) {
    const QList<int> groups = groupsOf(runs);
    setGroupHighlighted(groups.size() == 1 ? std::optional(groups.first()) : std::nullopt);
}

void CurvesPanel::setRunsHidden(const QList<qint64> &runs, bool areHidden) {
    const QList<int> groups = groupsOf(runs);
    for (const int group : groups)
        setGroupHidden(group, areHidden);
}

bool CurvesPanel::hasCurves(const QList<qint64> &runs, bool areHidden) const {
    const QList<int> groups = groupsOf(runs);
    return std::ranges::any_of(groups, [&](int group) {
        return m_hidden.contains(keyOf(m_shown.groups[static_cast<std::size_t>(group)])) == areHidden;
    });
}

} // namespace simclr::ui
