// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_comparison.h"

#include "core/util/error.h"

#include <algorithm>
#include <tuple>

namespace simclr {

namespace {

/// The row that a result belongs to, without values.
ResultRow rowOf(const RunRecord &run, const Result &result) {
    ResultRow row;
    row.example = result;
    row.isBaseline = isBaseline(run, result);
    if (row.isBaseline || result.key.protocol == Protocol::Supervised)
        row.origin = originOf(run, result);
    return row;
}

/// Equal for results that share a row; epochs may differ, since runs of different lengths are compared.
auto orderOf(const ResultRow &row) {
    const auto &[protocol, split, place, scope] = row.example.key;
    return std::tuple(nameOf(split), nameOf(protocol), scope.dataset, scope.features, -scope.labels,
                      scope.seed, scope.trainedOn, scope.overrides, scope.remark, place.step, !row.isBaseline,
                      row.origin);
}

bool isInRow(const ResultRow &row, const RunRecord &run, const Result &result) {
    return orderOf(rowOf(run, result)) == orderOf(row);
}

/// The newest result that `fits` accepts.
template <typename Fits>
const Result *newestResult(const RunRecord &run, Fits fits) {
    const Result *newest = nullptr;
    for (const Result &result : run.results)
        if (fits(result) && (newest == nullptr || result.key.place.epoch >= newest->key.place.epoch))
            newest = &result;
    return newest;
}

std::optional<Result> valueOf(const ResultRow &row, const RunRecord &run) {
    const Result *result = newestResult(run, [&](const Result &each) { return isInRow(row, run, each); });
    return result != nullptr ? std::optional(*result) : std::nullopt;
}

/// Whether the numbers of evaluated images refer to the same images in both runs.
bool isOnSameImages(const ResultRow &row, const RunRecord &first, const RunRecord &second) {
    return imagesFingerprint(first, row.values[0]->key) == imagesFingerprint(second, row.values[1]->key);
}

/// Only for results on the run's own images, whose labelled ones may follow others.
void countFromFirstLabelled(Predictions &predictions, const RunRecord &run) {
    const auto first = static_cast<std::int32_t>(run.dataset.firstLabelled);
    for (std::int32_t &sample : predictions.samples) {
        if (sample < first)
            throw InvalidInput("the stored predictions of " + displayName(run) + " are damaged");
        sample -= first;
    }
}

std::optional<McNemar> testOf(const RunStore &store, const ResultRow &row, const RunRecord &first,
                              const RunRecord &second) {
    if (!row.values[0] || !row.values[1] || !isOnSameImages(row, first, second))
        return std::nullopt;
    const auto ofFirst = pairablePredictions(store, first, row.values[0]->key);
    const auto ofSecond = pairablePredictions(store, second, row.values[1]->key);
    if (!ofFirst || !ofSecond)
        return std::nullopt;
    try {
        const McNemar test = mcNemar(*ofFirst, *ofSecond);
        return test.common > 0 ? std::optional(test) : std::nullopt;
    } catch (const InvalidInput &error) { // the predictions are inconsistent
        throw InvalidInput(displayName(first) + " and run " + std::to_string(second.id) +
                           " cannot be compared: " + error.what());
    }
}

} // namespace

const Result *findResult(const RunRecord &run, Protocol protocol, Split split, bool wantsBaseline) {
    return newestResult(run, [&](const Result &result) {
        return result.key.protocol == protocol && result.key.split == split && result.key.isPlain() &&
               isBaseline(run, result) == wantsBaseline;
    });
}

std::string imagesFingerprint(const RunRecord &run, const ResultKey &key) {
    return key.scope.dataset.empty() ? run.dataset.evaluatedFingerprint() : key.scope.dataset;
}

std::optional<Predictions> pairablePredictions(const RunStore &store, const RunRecord &run,
                                               const ResultKey &key) {
    std::optional<Predictions> predictions = store.results().predictions(run.id, key);
    if (predictions && key.scope.dataset.empty())
        countFromFirstLabelled(*predictions, run);
    return predictions;
}

std::vector<ResultRow> resultRows(const std::vector<RunRecord> &runs) {
    std::vector<ResultRow> rows;
    for (const RunRecord &run : runs)
        for (const Result &result : run.results) {
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
