// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/result_choice.h"

#include "core/data/data_source.h"
#include "core/util/error.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>
#include <tuple>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ResultChoice)
};

/// The newest result of a trained encoder that is alike; nullptr if there is none.
const Result *newestAlike(const RunRecord &run, const ResultKey &key) {
    const Result *newest = nullptr;
    for (const Result &result : run.results)
        if (areAlike(result.key, key) && !isBaseline(run, result) &&
            (newest == nullptr || newest->key.place <= result.key.place))
            newest = &result;
    return newest;
}

std::optional<ResultChoice> choiceOf(const std::vector<RunRecord> &runs, const ResultKey &key) {
    ResultChoice choice;
    for (const RunRecord &run : runs) {
        const Result *newest = newestAlike(run, key);
        if (newest == nullptr)
            return std::nullopt;
        choice.results.push_back(*newest);
    }
    return choice;
}

/// Only the labelled images are opened, if they are a source of their own.
std::string evaluatedSource(const std::string &source, bool areApart) {
    try {
        const DataSource parts = dataSourceFromText(source);
        const bool isAlone = !parts.labelled.empty() && parts.selection.empty();
        return areApart && isAlone ? parts.labelled : source;
    } catch (const InvalidInput &) {
        return source; // opening it says why
    }
}

bool precedes(const ResultChoice &one, const ResultChoice &other) {
    const auto rank = [](const ResultChoice &choice) {
        const ResultKey &key = choice.results.front().key;
        return std::tuple(key.split != Split::Test, !key.isPlain(), key.protocol);
    };
    return rank(one) < rank(other);
}

} // namespace

bool areAlike(const ResultKey &one, const ResultKey &other) {
    return one.protocol == other.protocol && one.split == other.split && one.scope == other.scope;
}

std::vector<ResultChoice> resultChoices(const std::vector<RunRecord> &runs) {
    std::vector<ResultChoice> choices;
    if (runs.empty())
        return choices;
    for (const Result &result : runs.front().results) {
        const bool isKnown = std::ranges::any_of(choices, [&result](const ResultChoice &choice) {
            return areAlike(choice.results.front().key, result.key);
        });
        if (auto choice = isKnown ? std::nullopt : choiceOf(runs, result.key))
            choices.push_back(std::move(*choice));
    }
    std::ranges::stable_sort(choices, precedes);
    return choices;
}

QString choiceTitle(const std::vector<RunRecord> &runs, const ResultChoice &choice) {
    const Result &first = choice.results.front();
    const QString title = Texts::tr("%1, %2").arg(resultText(first), splitText(first.key.split));
    return runs.size() > 1 ? title : Texts::tr("%1, %2").arg(title, encoderTitle(runs.front(), first));
}

DatasetRecord imagesOf(const RunRecord &run, const Result &result) {
    DatasetRecord images;
    if (result.key.scope.dataset.empty()) {
        images = run.dataset;
        images.title = run.dataset.evaluatedTitle();
        images.fingerprint = run.dataset.evaluatedFingerprint();
        images.source = evaluatedSource(run.dataset.source, run.dataset.firstLabelled > 0);
        return images;
    }
    images.title = result.datasetTitle;
    images.fingerprint = result.key.scope.dataset;
    return images;
}

bool areOfSameImages(const std::vector<RunRecord> &runs, const ResultChoice &choice) {
    const std::string first = imagesOf(runs.front(), choice.results.front()).fingerprint;
    for (std::size_t i = 1; i < runs.size(); ++i)
        if (imagesOf(runs[i], choice.results[i]).fingerprint != first)
            return false;
    return true;
}

} // namespace simclr::ui
