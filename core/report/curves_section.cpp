// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/curves_section.h"

#include "core/metrics/metric.h"
#include "core/report/curve_chart.h"
#include "core/results/distinguishing_labels.h"
#include "core/results/run_groups.h"
#include "core/store/run_settings.h"
#include "core/util/error.h"

#include <algorithm>
#include <string>

namespace simclr {

namespace {

/// What other programs recorded may have thousands of names.
constexpr std::size_t mostCharts = 60;

/// Those of this program in their usual order, then the others.
std::vector<std::string> metricsOf(const RunStore &store, const std::vector<RunRecord> &runs) {
    std::vector<std::string> recorded;
    for (const RunRecord &run : runs)
        for (std::string &key : store.metrics().keys(run.id))
            if (std::ranges::find(recorded, key) == recorded.end())
                recorded.push_back(std::move(key));
    const auto place = [](const std::string &key) {
        const auto known = MetricId::find(key);
        return known ? known->index() : allMetrics.size();
    };
    std::ranges::stable_sort(recorded, {}, place);
    return recorded;
}

std::vector<std::string> labelsOf(const std::vector<RunRecord> &runs, const Schema &schema) {
    std::vector<FlatSettings> settings;
    std::vector<std::string> names;
    for (const RunRecord &run : runs) {
        settings.push_back(withoutMachineOptions(runSettings(run, schema), schema, SeedSetting::Kept));
        names.push_back("run " + std::to_string(run.id));
    }
    std::vector<std::string> labels = distinguishingLabels(settings, names);
    for (std::size_t i = 0; i < runs.size(); ++i) // one that is not its own ends with the number of the run
        labels[i] = labels[i] == names[i]           ? names[i] + " · " + runs[i].name
                    : labels[i].ends_with(names[i]) ? labels[i]
                                                    : names[i] + " · " + labels[i];
    return labels;
}

Chart chartOf(const RunStore &store, const std::vector<RunRecord> &runs,
              const std::vector<std::string> &labels, const std::string &key) {
    const auto metric = MetricId::find(key);
    Chart chart{.title = metric ? std::string((*metric)->title) : key};
    chart.isShare = metric && (*metric)->kind == MetricKind::Share;
    chart.startsAtZero = metric && (*metric)->startsAtZero;
    for (std::size_t i = 0; i < runs.size(); ++i)
        chart.lines.push_back({i, labels[i], chartOutline(store.metrics(), runs[i].id, key)});
    return chart;
}

void writeLegend(HtmlWriter &html, const std::vector<std::string> &labels) {
    const auto list = html.element("ul", {{"class", "legend"}});
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto item = html.element("li");
        {
            const auto svg = html.element("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                                                  {"viewBox", "0 0 28 8"},
                                                  {"class", "swatch"},
                                                  {"aria-hidden", "true"}});
            html.emptyElement("path", linePath(i, "M0 4L28 4"));
        }
        html.text(labels[i]);
    }
}

} // namespace

void writeCurves(HtmlWriter &html, const RunStore &store, const std::vector<RunRecord> &runs,
                 const Schema &schema, const std::stop_token &stop) {
    const std::vector<std::string> metrics = metricsOf(store, runs);
    if (metrics.empty())
        return;
    html.element("h2", {}, "Curves");
    const std::vector<std::string> labels = labelsOf(runs, schema);
    if (runs.size() > 1)
        writeLegend(html, labels);
    const std::size_t shown = std::min(metrics.size(), mostCharts);
    {
        const auto grid = html.element("div", {{"class", "charts"}});
        for (std::size_t i = 0; i < shown; ++i) {
            if (stop.stop_requested())
                throw Interrupted("the export was cancelled");
            writeChart(html, chartOf(store, runs, labels, metrics[i]));
        }
    }
    html.element("p", {{"class", "muted"}},
                 "Values as they were recorded, without smoothing; every peak is drawn." +
                     (shown < metrics.size()
                          ? " " + std::to_string(metrics.size() - shown) + " further metrics are left out."
                          : std::string()));
}

} // namespace simclr
