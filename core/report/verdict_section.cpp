// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html_table.h"
#include "core/report/report_text.h"
#include "core/report/results_section.h"
#include "core/results/run_groups.h"
#include "core/results/seed_verdict.h"
#include "core/results/verdict_text.h"
#include "core/store/run_settings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace simclr {

namespace {

/// The difference for which the number of seeds is stated: 2 points.
constexpr double toShow = 0.02;

struct Measure {
    Protocol protocol;
    Split split;
};

/// Runs in groups by all but the seed, with one accuracy.
struct MeasuredGroups {
    const std::vector<RunRecord> &runs;
    std::vector<RunGroup> groups;
    Measure measure;
    std::vector<std::optional<double>> values; ///< one per run
};

std::vector<std::optional<double>> valuesOf(const std::vector<RunRecord> &runs, const Measure &measure) {
    std::vector<std::optional<double>> values;
    for (const RunRecord &run : runs) {
        const Result *result = finalResult(run, measure.protocol, measure.split);
        values.push_back(result != nullptr ? std::optional(result->value) : std::nullopt);
    }
    return values;
}

SeedGroup seedsOf(const RunGroup &group, const MeasuredGroups &all) {
    SeedGroup seeds;
    for (const std::size_t member : group.members)
        if (const RunRecord &run = all.runs[member]; all.values[member])
            seeds.push_back({run.id, run.seed, *all.values[member], run.dataset.evaluatedFingerprint()});
    return seeds;
}

std::string countText(const GroupStatistics &statistics) {
    const std::string known = std::to_string(statistics.summary.count);
    return statistics.summary.count == statistics.runs ? known
                                                       : known + " of " + std::to_string(statistics.runs);
}

HtmlRow groupRow(const RunGroup &group, const MeasuredGroups &all) {
    const GroupStatistics statistics = groupStatistics(group, all.values);
    std::string runs;
    for (const std::size_t member : group.members)
        runs += (runs.empty() ? (group.members.size() == 1 ? "run " : "runs ") : ", ") +
                std::to_string(all.runs[member].id);
    const std::size_t n = statistics.summary.count;
    return {{.text = group.title, .detail = runs},
            numberCell(n > 0 ? shareText(statistics.summary.mean) : "–"),
            numberCell(n > 1 ? fixedText(100 * statistics.summary.sd, 1) : "–"),
            numberCell(countText(statistics))};
}

std::vector<std::string> sentencesOn(const MeasuredGroups &all) {
    std::vector<SeedGroup> others;
    for (std::size_t i = 1; i < all.groups.size(); ++i)
        others.push_back(seedsOf(all.groups[i], all));
    const auto verdicts = compareWithBaseline(others, seedsOf(all.groups.front(), all), toShow);
    std::vector<std::string> sentences;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
        sentences.push_back(
            toText(sentenceOn(verdicts[i], all.groups[i + 1].title, comparedAccuracy(all.measure.protocol))));
    return sentences;
}

void writeMeasure(HtmlWriter &html, const MeasuredGroups &all) {
    html.element("h3", {},
                 toText(comparedAccuracy(all.measure.protocol).title) + ", " + nameOf(all.measure.split));
    std::vector<HtmlRow> rows;
    for (const RunGroup &group : all.groups)
        rows.push_back(groupRow(group, all));
    writeTable(html, {"Group", "Mean", "Standard deviation (points)", "n"}, rows);
    const auto list = html.element("ul");
    for (const std::string &sentence : sentencesOn(all))
        html.element("li", {{"class", "verdict"}}, sentence);
}

} // namespace

void writeVerdicts(HtmlWriter &html, const std::vector<RunRecord> &runs, const Schema &schema) {
    constexpr std::array measures{
        Measure{Protocol::Linear, Split::Test}, Measure{Protocol::Linear, Split::Validation},
        Measure{Protocol::Knn, Split::Test}, Measure{Protocol::Knn, Split::Validation}};
    const auto groups = groupRuns(groupedRuns(runs, schema), {AllButSeed()}, schema);
    if (groups.size() < 2)
        return;
    html.element("h2", {}, "Over seeds");
    html.element(
        "p", {{"class", "muted"}},
        "Runs that differ in their seed only are one group. Each group is compared with the first: “" +
            groups.front().title + "”.");
    for (const Measure &measure : measures) {
        const MeasuredGroups all{runs, groups, measure, valuesOf(runs, measure)};
        if (std::ranges::any_of(all.values, [](const auto &value) { return value.has_value(); }))
            writeMeasure(html, all);
    }
}

} // namespace simclr
