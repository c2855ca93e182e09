// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/figures/field_finder.h"

#include "core/metrics/metric.h"
#include "core/results/run_groups.h"
#include "core/store/run_query.h"
#include "core/store/run_store.h"
#include "core/train/train_options.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace simclr::ui {

namespace {

/// What is said of a run besides its options.
const QStringList runFieldsToOffer{QStringLiteral("pipeline"), QStringLiteral("images")};

bool isOffered(const std::string &path) {
    return path != "pipeline" && path != "pipeline_hash" && path != "seed" &&
           !isMachineOption(path, trainOptionsDescription().schema());
}

QStringList optionsOf(RunStore &store) {
    QStringList fields;
    for (const QString &field : runFieldsToOffer)
        if (RunQuery(store.connection()).frequentValues({{}, field.toStdString(), {}}, 2).size() > 1)
            fields.append(field);
    for (const OptionPath &option : store.options().paths())
        if (isOffered(option.path) && store.options().values(option.path).size() > 1)
            fields.append(QString::fromStdString(option.path));
    fields.append(QStringLiteral("seed"));
    return fields;
}

/// The best values of what training is about, and the last ones of metrics that only this database knows.
QStringList metricsOf(RunStore &store) {
    constexpr std::size_t most = 12;
    QStringList fields;
    for (const Metric &metric : allMetrics)
        if (metric.better != Better::Neither && !metric.isOfGpu)
            fields.append(QStringLiteral("best(%1)").arg(QLatin1String(metric.id.data(), metric.id.size())));
    const std::vector<std::string> foreign = RunQuery(store.connection()).names().metrics;
    for (std::size_t i = 0; i < std::min(most, foreign.size()); ++i)
        fields.append(QStringLiteral("last(%1)").arg(QString::fromStdString(foreign[i])));
    return fields;
}

std::optional<OfferedFields> fieldsOf(const std::filesystem::path &database) {
    try {
        RunStore store(database, RunStore::Access::ReadOnly);
        return OfferedFields{optionsOf(store), {}, metricsOf(store)};
    } catch (const std::exception &) { // the catalogue tells of it
        return std::nullopt;
    }
}

} // namespace

QStringList accuracyFields(const FigureRuns &runs) {
    std::map<std::pair<Protocol, Split>, int> counts;
    for (const SelectedRuns &entity : runs.entities)
        for (const RunPtr &run : entity.runs)
            for (const Result &result : run->results)
                if (result.key.isPlain() && !isBaseline(*run, result))
                    ++counts[{result.key.protocol, result.key.split}];
    std::vector<std::pair<std::pair<Protocol, Split>, int>> known(counts.begin(), counts.end());
    std::ranges::stable_sort(known, [](const auto &one, const auto &other) {
        return one.second != other.second
                   ? one.second > other.second
                   : one.first.first == other.first.first && one.first.second > other.first.second;
    });
    QStringList fields;
    for (const auto &[key, count] : known)
        fields.append(QString::fromStdString(nameOf(key.first) + '.' + nameOf(key.second)));
    return fields;
}

FieldFinder::FieldFinder(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

void FieldFinder::find() {
    m_worker.ask([database = m_database] { return fieldsOf(database); },
                 [this](const std::optional<OfferedFields> &fields) {
                     if (fields)
                         Q_EMIT found(*fields);
                 });
}

} // namespace simclr::ui
