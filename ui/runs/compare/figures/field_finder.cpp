// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/figures/field_finder.h"

#include "core/metrics/metric.h"
#include "core/query/field.h"
#include "core/query/lexer.h"
#include "core/results/run_groups.h"
#include "core/store/run_query.h"
#include "core/store/run_store.h"
#include "core/train/train_options.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace simclr::ui {

namespace {

/// What is said of a run besides its options.
const QStringList runFieldsToOffer{QStringLiteral("pipeline"), QStringLiteral("images")};

bool isOffered(const std::string &path) {
    return path != "pipeline" && path != "dataset" && // which are fields of runs
           path != "pipeline_hash" && path != "seed" &&
           !isMachineOption(path, trainOptionsDescription().schema());
}

/// Whether something else than an option has this name.
bool isOtherField(const std::string &path) {
    try {
        const Field field = resolveField({.name = path}, {});
        return std::holds_alternative<RunField>(field) || std::holds_alternative<ResultField>(field);
    } catch (const QueryError &) { // "knn.size": an accuracy without such a split
        return true;
    }
}

QStringList optionsOf(RunStore &store) {
    QStringList fields;
    for (const QString &field : runFieldsToOffer)
        if (RunQuery(store.connection()).frequentValues({{}, field.toStdString(), {}}, 2).size() > 1)
            fields.append(field);
    for (const OptionPath &option : store.options().paths())
        if (isOffered(option.path) && store.options().values(option.path).size() > 1)
            fields.append(optionField(option.path));
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
        fields.append(QStringLiteral("last(%1)").arg(QString::fromStdString(quotedIfNeeded(foreign[i]))));
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

QString optionField(const std::string &path) {
    return QString::fromStdString(quotedIfNeeded(isOtherField(path) ? "config." + path : path));
}

QStringList accuracyFields(const FigureRuns &runs) {
    struct Known {
        Protocol protocol;
        Split split;
        int count = 0;
    };
    std::vector<Known> known;
    for (int protocol = 0; protocol <= static_cast<int>(Protocol::Supervised); ++protocol)
        for (const Split split : {Split::Test, Split::Validation})
            known.push_back({static_cast<Protocol>(protocol), split});
    for (const SelectedRuns &entity : runs.entities())
        for (const RunPtr &run : entity.runs)
            for (const Result &result : run->results)
                if (result.key.isPlain() && !isBaseline(*run, result))
                    ++known[2 * static_cast<std::size_t>(result.key.protocol) +
                            (result.key.split == Split::Test ? 0 : 1)]
                          .count;
    std::erase_if(known, [](const Known &each) { return each.count == 0; });
    std::ranges::stable_sort(known, std::greater<>(), &Known::count);
    QStringList fields;
    for (const Known &each : known)
        fields.append(QString::fromStdString(nameOf(each.protocol) + '.' + nameOf(each.split)));
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
