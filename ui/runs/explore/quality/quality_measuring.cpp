// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/quality/quality_measuring.h"

#include "core/store/run_store.h"
#include "core/util/files.h"
#include "ui/text/paths.h"
#include "ui/text/run_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <array>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(QualityMeasuring)
};

constexpr std::uintmax_t largestFile = 16 << 20;

/// Of the run, its newest checkpoint, and the images. A run of another database at the same path was created
/// at another time.
QString keyOf(const RunRecord &run) {
    const std::vector<std::int64_t> steps = checkpointSteps(run);
    return QStringLiteral("%1|%2|%3|%4|%5")
        .arg(toQString(run.database))
        .arg(run.id)
        .arg(run.created, 0, 'f', 6)
        .arg(steps.empty() ? -1 : steps.back())
        .arg(QString::fromStdString(run.dataset.fingerprint));
}

std::optional<double> lastAlignment(const RunStore &store, RunId run) {
    const std::array<std::string, 1> keys{"alignment"};
    const auto found = store.metrics().summaries(std::array{run}, keys);
    const auto summaries = found.find(run);
    return summaries == found.end() || summaries->second.empty()
               ? std::nullopt
               : std::optional(summaries->second.front().last.value);
}

LabelFreeQuality qualityFrom(const Json &json) {
    LabelFreeQuality quality;
    quality.images = json.at("images").get<std::size_t>();
    quality.rankMe = json.at("rankme").get<double>();
    quality.uniformity = json.at("uniformity").get<double>();
    if (json.contains("alpha_req"))
        quality.alphaReq = json.at("alpha_req").get<double>();
    return quality;
}

Json toJson(const LabelFreeQuality &quality) {
    Json json{{"images", quality.images}, {"rankme", quality.rankMe}, {"uniformity", quality.uniformity}};
    if (quality.alphaReq)
        json["alpha_req"] = *quality.alphaReq;
    return json;
}

QualityAnswer answerOf(const RunFeatures &features, const std::vector<std::int64_t> &steps) {
    QualityAnswer answer{labelFreeQuality(features.table), false, {}};
    answer.isOfNewest = !steps.empty() && features.step == steps.back();
    if (!features.problems.empty())
        answer.problem = QString::fromStdString(features.problems.front());
    return answer;
}

} // namespace

void QualityFile::read() const {
    if (std::exchange(m_isRead, true))
        return;
    try {
        const Json json = Json::parse(readFile(toPath(m_file), largestFile));
        for (const auto &[key, value] : json.items())
            m_known.insert(QString::fromStdString(key), qualityFrom(value));
    } catch (const std::exception &) {
        m_known.clear(); // it is a copy of what can be measured
    }
}

std::optional<LabelFreeQuality> QualityFile::find(const RunRecord &run) const {
    read();
    const auto found = m_known.constFind(keyOf(run));
    return found == m_known.constEnd() ? std::nullopt : std::optional(*found);
}

void QualityFile::add(const RunRecord &run, const LabelFreeQuality &quality) {
    read();
    m_known.insert(keyOf(run), quality);
    try {
        write();
    } catch (const std::exception &error) {
        qWarning("Measured quality is not kept: %s", error.what());
    }
}

void QualityFile::write() const {
    Json json = Json::object();
    for (auto each = m_known.constBegin(); each != m_known.constEnd(); ++each)
        json[each.key().toStdString()] = toJson(each.value());
    QDir().mkpath(QFileInfo(m_file).path());
    writeFileAtomically(toPath(m_file), json.dump());
}

std::vector<QualityRow> comparableRuns(const RunRecord &run) {
    const RunStore store(run.database, RunStore::Access::ReadOnly);
    std::vector<QualityRow> rows;
    for (const RunRecord &each : store.runs().all())
        if ((each.status == RunStatus::Completed || each.id == run.id) && each.status != RunStatus::Running &&
            !each.trashed && each.dataset.fingerprint == run.dataset.fingerprint &&
            !checkpointSteps(each).empty())
            rows.push_back({each, lastAlignment(store, each.id)});
    std::ranges::sort(rows, std::ranges::greater{}, [](const QualityRow &row) { return row.run.id; });
    return rows;
}

QualityAnswer measureQuality(const RunRecord &run, FeatureCache &features, DatasetCache &images,
                             FeatureRequest request, const std::stop_token &stop) {
    request.split = "train";
    try {
        const std::vector<std::int64_t> steps = checkpointSteps(run);
        const FeaturesPtr known = features.find(run, request);
        if (known && known->areRunImages)
            return answerOf(known->features, steps);
        const DatasetPtr dataset = openRunImages(images, run, stop);
        if (dataset && dataset->fingerprint() != run.dataset.fingerprint)
            return {
                {}, false, Texts::tr("“%1” cannot be measured: its images have changed.").arg(runTitle(run))};
        const FeaturesPtr computed = dataset ? features.loadOnce(run, request, stop) : nullptr;
        return computed ? answerOf(computed->features, steps) : QualityAnswer();
    } catch (const std::exception &error) {
        return {{},
                false,
                Texts::tr("“%1” cannot be measured: %2.")
                    .arg(runTitle(run), QString::fromStdString(error.what()))};
    }
}

} // namespace simclr::ui
