// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/disagreement/disagreement_reading.h"

#include "core/store/run_comparison.h"
#include "ui/text/run_text.h"

#include <QCoreApplication>
#include <unordered_map>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(DisagreementReading)
};

/// One image and what both predict.
struct Case {
    std::int32_t sample;
    std::int32_t label;
    std::int32_t first;
    std::int32_t second;
};

RightRuns rightOf(const Case &each) {
    if (each.first == each.label)
        return each.second == each.label ? RightRuns::Both : RightRuns::First;
    return each.second == each.label ? RightRuns::Second : RightRuns::None;
}

GalleryItem itemOf(const Case &each, RightRuns right) {
    GalleryItem item{static_cast<std::uint32_t>(each.sample),
                     each.label,
                     right == RightRuns::First ? each.second : each.first,
                     {}};
    if (right == RightRuns::None && each.first != each.second)
        item.other = each.second;
    return item;
}

void sortIn(DisagreementReading &reading, const Predictions &first, const Predictions &second) {
    std::unordered_map<std::int32_t, std::int32_t> predicted;
    for (std::size_t i = 0; i < second.samples.size(); ++i)
        predicted.emplace(second.samples[i], second.predicted[i]);
    for (std::size_t i = 0; i < first.samples.size(); ++i) {
        const auto known = predicted.find(first.samples[i]);
        if (known == predicted.end())
            continue;
        const Case each{first.samples[i], first.labels[i], first.predicted[i], known->second};
        const RightRuns right = rightOf(each);
        reading.items[std::size_t(right)].push_back(itemOf(each, right));
    }
}

QString unstored(const RunRecord &run) {
    return Texts::tr("The predictions of this evaluation of “%1” are not stored. Evaluate the run again to "
                     "compare it image by image.")
        .arg(runTitle(run));
}

void fill(DisagreementReading &reading, const std::vector<RunRecord> &runs, const ResultChoice &choice) {
    const RunStore store(runs.front().database, RunStore::Access::ReadOnly);
    const auto first = pairablePredictions(store, runs[0], choice.results[0].key);
    const auto second = pairablePredictions(store, runs[1], choice.results[1].key);
    if (!first || !second) {
        reading.problem = unstored(first ? runs[1] : runs[0]);
        return;
    }
    reading.test = mcNemar(*first, *second); // throws if the images are different ones
    if (reading.test.common == 0)
        reading.problem = Texts::tr("The two runs were evaluated on different images: their splits have none "
                                    "in common, because their seeds differ.");
    else
        sortIn(reading, *first, *second);
}

} // namespace

DisagreementPtr readDisagreement(const std::vector<RunRecord> &runs, const ResultChoice &choice) {
    auto reading = std::make_shared<DisagreementReading>();
    try {
        if (areOfSameImages(runs, choice))
            fill(*reading, runs, choice);
        else
            reading->problem =
                Texts::tr("The two runs were evaluated on different images and cannot be compared image by "
                          "image.");
    } catch (const std::exception &error) {
        reading->problem =
            Texts::tr("The predictions cannot be compared: %1.").arg(QString::fromStdString(error.what()));
    }
    return reading;
}

} // namespace simclr::ui
