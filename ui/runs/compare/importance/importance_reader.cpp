// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/importance/importance_reader.h"

#include "core/query/parser.h"
#include "core/results/run_groups.h"
#include "core/store/run_query.h"
#include "core/store/run_settings.h"
#include "core/store/run_store.h"
#include "core/train/train_options.h"
#include "core/util/error.h"

#include <utility>

namespace simclr::ui {

namespace {

constexpr qsizetype mostRuns = 1000; ///< reading the configuration of more takes seconds

/// Evenly spaced in their order, the first one included.
QList<qint64> thinned(const QList<qint64> &runs) {
    if (runs.size() <= mostRuns)
        return runs;
    QList<qint64> some;
    for (qsizetype i = 0; i < mostRuns; ++i)
        some.append(runs[i * runs.size() / mostRuns]);
    return some;
}

std::optional<double> numberOf(const FieldValue &value) {
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*whole);
    const auto *number = std::get_if<double>(&value);
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

ImportanceAnswer importancesOf(const std::filesystem::path &database, const QList<qint64> &runs,
                               const QString &field, const std::stop_token &stop) {
    ImportanceAnswer answer{.field = field, .runs = runs.size()};
    try {
        RunStore store(database, RunStore::Access::ReadOnly);
        const Schema &schema = trainOptionsDescription().schema();
        std::vector<FlatSettings> settings;
        std::vector<RunId> read;
        const QList<qint64> some = thinned(runs);
        for (const qint64 run : some) {
            if (stop.stop_requested())
                return {};
            try {
                settings.push_back(withoutMachineOptions(runSettings(store.runs().one(run), schema), schema));
                read.push_back(run);
            } catch (const StorageError &) { // it concerns all runs
                throw;
            } catch (const Error &) {
                continue; // deleted in the meantime, or damaged
            }
        }
        std::vector<std::optional<double>> values;
        for (const FieldValue &value :
             RunQuery(store.connection()).values(parseFieldName(field.toStdString()), read))
            values.push_back(numberOf(value));
        answer.read = static_cast<qsizetype>(read.size());
        answer.importances = optionImportance(settings, values);
    } catch (const std::exception &error) {
        answer.problem = QString::fromStdString(error.what());
    }
    return answer;
}

} // namespace

ImportanceReader::ImportanceReader(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

void ImportanceReader::ask(const QList<qint64> &runs, const QString &field) {
    m_worker.ask(
        [database = m_database, runs, field](const BackgroundWorker::Task &task) {
            return importancesOf(database, runs, field, task.stop());
        },
        [this](const ImportanceAnswer &answer) { Q_EMIT answered(answer); });
}

} // namespace simclr::ui
