// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_comparison.h"

#include "core/util/error.h"

#include <algorithm>
#include <tuple>

namespace simclr {

namespace {

/// The row that a result stands in, without values.
ResultRow rowOf(const RunRecord &run, const ResultRecord &result) {
    ResultRow row;
    row.protocol = result.protocol;
    row.split = result.split;
    row.scope = result.scope;
    row.isBaseline = isBaseline(run, result);
    if (row.isBaseline || result.protocol == "supervised")
        row.origin = originOf(run, result);
    return row;
}

auto orderOf(const ResultRow &row) {
    const ResultScope &scope = row.scope;
    return std::tuple(row.split, row.protocol, scope.dataset, scope.features, -scope.labels, scope.seed,
                      scope.options, !row.isBaseline, row.origin);
}

std::optional<ResultRecord> valueOf(const ResultRow &row, const RunRecord &run) {
    const ResultRecord *result = findResult(run, row.protocol, row.split, row.isBaseline, row.scope);
    const bool fits = result != nullptr && orderOf(rowOf(run, *result)) == orderOf(row);
    return fits ? std::optional(*result) : std::nullopt;
}

/// Whether the indices of judged images mean the same in both runs.
bool isOnSameImages(const ResultRow &row, const RunRecord &first, const RunRecord &second) {
    return !row.scope.dataset.empty() || first.dataset.fingerprint == second.dataset.fingerprint;
}

std::optional<McNemar> testOf(const RunStore &store, const ResultRow &row, const RunRecord &first,
                              const RunRecord &second) {
    if (!row.values[0] || !row.values[1] || !isOnSameImages(row, first, second))
        return std::nullopt;
    const auto judgedByFirst = store.predictions(first.id, *row.values[0]);
    const auto judgedBySecond = store.predictions(second.id, *row.values[1]);
    if (!judgedByFirst || !judgedBySecond)
        return std::nullopt;
    try {
        const McNemar test = mcNemar(*judgedByFirst, *judgedBySecond);
        return test.common > 0 ? std::optional(test) : std::nullopt;
    } catch (const InvalidInput &error) { // they contradict each other
        throw InvalidInput(displayName(first) + " and run " + std::to_string(second.id) +
                           " cannot be compared: " + error.what());
    }
}

} // namespace

const ResultRecord *findResult(const RunRecord &run, const std::string &protocol, const std::string &split,
                               bool wantsBaseline, const ResultScope &scope) {
    const ResultRecord *newest = nullptr;
    for (const ResultRecord &result : run.results) {
        const bool fits = result.protocol == protocol && result.split == split &&
                          isBaseline(run, result) == wantsBaseline && result.scope.isSame(scope);
        if (fits && (newest == nullptr || result.epoch >= newest->epoch))
            newest = &result;
    }
    return newest;
}

std::vector<ResultRow> resultRows(const std::vector<RunRecord> &runs) {
    std::vector<ResultRow> rows;
    for (const RunRecord &run : runs)
        for (const ResultRecord &result : run.results) {
            ResultRow row = rowOf(run, result);
            if (std::ranges::find(rows, orderOf(row), orderOf) == rows.end())
                rows.push_back(std::move(row));
        }
    std::ranges::sort(rows, {}, orderOf);
    for (ResultRow &row : rows)
        for (const RunRecord &run : runs)
            row.values.push_back(valueOf(row, run));
    return rows;
}

std::vector<ResultRow> compareResults(const RunStore &store, const std::vector<RunRecord> &runs) {
    std::vector<ResultRow> rows = resultRows(runs);
    if (runs.size() == 2)
        for (ResultRow &row : rows)
            row.test = testOf(store, row, runs[0], runs[1]);
    return rows;
}

} // namespace simclr
