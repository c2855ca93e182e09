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

const ArtifactRecord *newestCheckpoint(const RunRecord &run) {
    const ArtifactRecord *newest = nullptr;
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == lastCheckpointKind && (newest == nullptr || newest->step <= artifact.step))
            newest = &artifact;
    return newest;
}

/// Of the weights and the images; empty without a checkpoint.
QString keyOf(const RunRecord &run) {
    const ArtifactRecord *newest = newestCheckpoint(run);
    return newest == nullptr ? QString()
                             : QString::fromStdString(newest->sha256 + ':' + run.dataset.fingerprint);
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

} // namespace

QualityFile::QualityFile(QString file) : m_file(std::move(file)) {
    try {
        const Json json = Json::parse(readFile(toPath(m_file), largestFile));
        for (const auto &[key, value] : json.items())
            m_known.insert(QString::fromStdString(key), qualityFrom(value));
    } catch (const std::exception &) {
        m_known.clear(); // it is a copy of what can be measured
    }
}

std::optional<LabelFreeQuality> QualityFile::find(const RunRecord &run) const {
    const auto found = m_known.constFind(keyOf(run));
    return found == m_known.constEnd() ? std::nullopt : std::optional(*found);
}

void QualityFile::add(const RunRecord &run, const LabelFreeQuality &quality) {
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
        if (each.status != RunStatus::Running && !each.trashed &&
            each.dataset.fingerprint == run.dataset.fingerprint && newestCheckpoint(each) != nullptr)
            rows.push_back({each, lastAlignment(store, each.id)});
    std::ranges::sort(rows, std::ranges::greater{}, [](const QualityRow &row) { return row.run.id; });
    return rows;
}

QualityAnswer measureQuality(const RunRecord &run, FeatureCache &features, DatasetCache &images,
                             const std::stop_token &stop,
                             const std::function<void(std::size_t, std::size_t)> &progress) {
    FeatureRequest request;
    request.split = "train";
    request.progress = progress;
    try {
        if (const FeaturesPtr known = features.find(run, request))
            return {labelFreeQuality(known->features.table), {}};
        const DatasetPtr dataset = openRunImages(images, run, stop);
        const auto computed = dataset ? runFeatures(run, *dataset, request, stop) : std::nullopt;
        return {computed ? std::optional(labelFreeQuality(computed->table)) : std::nullopt, {}};
    } catch (const std::exception &error) {
        return {{},
                Texts::tr("“%1” cannot be measured: %2.")
                    .arg(runTitle(run), QString::fromStdString(error.what()))};
    }
}

} // namespace simclr::ui
