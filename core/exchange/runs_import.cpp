// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/runs_import.h"

#include "core/exchange/run_files.h"
#include "core/exchange/step_order.h"
#include "core/store/readable_database.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t pointsAtOnce = 50'000;
constexpr std::size_t longestNote = 1'000'000; ///< of Annotations

void requireTwoDatabases(const fs::path &other, const fs::path &database) {
    std::error_code failure;
    if (fs::equivalent(other, database, failure))
        throw InvalidInput(displayName(other) + " is the database that runs are imported into");
}

std::vector<RunId> requestedRuns(const RunStore &store, const std::vector<RunId> &chosen) {
    std::vector<RunId> runs = chosen;
    if (runs.empty())
        for (const RunRecord &run : store.runs().all())
            runs.push_back(run.id);
    std::ranges::sort(runs); // a run is imported after the one that it continues
    const auto doubles = std::ranges::unique(runs);
    runs.erase(doubles.begin(), doubles.end());
    return runs;
}

bool isUnfinished(RunStatus status) {
    return status == RunStatus::Interrupted || status == RunStatus::Cancelled || status == RunStatus::Failed;
}

bool hasResult(const RunRecord &run, const ResultKey &key) {
    return std::ranges::find(run.results, key, &Result::key) != run.results.end();
}

/// One import of runs.
class RunsImport {
  public:
    RunsImport(const fs::path &other, const fs::path &database, const RunsImportOptions &options,
               const std::stop_token &stop)
        : m_other(other),
          m_source(other),
          m_target(database),
          m_files(other, m_source, m_target, stop),
          m_options(options),
          m_stop(stop) {}

    ImportReport import(const std::function<void(const ImportOutcome &)> &told) {
        ImportReport report;
        for (const RunId id : requestedRuns(m_source.store(), m_options.runs)) {
            if (m_stop.stop_requested())
                throw Interrupted("the import of runs was cancelled");
            report.runs.push_back(import(m_source.store().runs().one(id)));
            if (told)
                told(report.runs.back());
        }
        return report;
    }

  private:
    ImportOutcome import(const RunRecord &run) {
        const std::string identity = runIdentity(run);
        ImportOutcome outcome{0, ImportOutcome::Kind::Added, run.name, 0, {}};
        m_target.inTransaction([&] { // another process may import or resume the same run
            const auto known = m_target.find(identity);
            outcome.run = known ? complete(m_target.runs().one(*known), run, outcome) : add(run, outcome);
        });
        if (m_options.withFiles && m_isFilesWanted)
            copyFiles(run, outcome);
        return outcome;
    }

    RunId add(const RunRecord &run, ImportOutcome &outcome) {
        RunRecord record = run;
        if (record.origin)
            record.origin->run = runHere(record.origin->run);
        const RunId id = m_target.add(record);
        outcome.points = addCurves(run.id, id, std::numeric_limits<std::int64_t>::min());
        for (const Result &result : run.results)
            addResult(run.id, id, result);
        for (const NoteRecord &note : run.notes)
            m_target.events().add(id, note);
        m_target.events().add(id, noteOn(run));
        m_target.setState(id, record);
        addAnnotations(run, id, outcome);
        m_isFilesWanted = true;
        return id;
    }

    /// Of a new run only: a known one has those that the user gave it here.
    void addAnnotations(const RunRecord &run, RunId id, ImportOutcome &outcome) {
        AnnotationChange change{.note = run.note, .starred = run.starred, .archived = run.archived};
        for (const std::string &tag : run.tags)
            try {
                change.addedTags.push_back(checkedTag(tag));
            } catch (const InvalidInput &error) { // of a database that another program wrote
                outcome.problems.push_back("a tag is left out: " + std::string(error.what()));
            }
        if (run.note.size() > longestNote) {
            change.note.reset();
            outcome.problems.push_back("its note is too long and is left out");
        }
        m_target.annotations().change(std::vector{id}, change);
    }

    std::string noteOn(const RunRecord &run) const {
        const std::string from =
            "run " + std::to_string(run.id) + " of " + displayName(fs::absolute(m_other));
        return "Imported: " + from + "." +
               (run.status == RunStatus::Running ? " It was marked as running there." : "");
    }

    /// Adds what a known run does not have.
    RunId complete(const RunRecord &own, const RunRecord &run, ImportOutcome &outcome) {
        const RunId id = own.id;
        outcome.kind = ImportOutcome::Kind::Known;
        m_isFilesWanted = false;
        const bool hasContinued =
            isUnfinished(own.status) && (run.lastStep > own.lastStep || run.status == RunStatus::Completed);
        if (hasContinued) {
            outcome.points = addCurves(run.id, id, own.lastStep);
            m_target.setState(id, run);
        }
        if (hasContinued || isSameEncoder(own, run)) {
            m_isFilesWanted = true;
            const bool hasNew = addResults(own, run);
            if (hasContinued || hasNew)
                outcome.kind = ImportOutcome::Kind::Updated;
        } else if (own.lastStep != run.lastStep || own.weightsSha256 != run.weightsSha256) {
            outcome.problems.push_back("run " + std::to_string(run.id) + " is known as run " +
                                       std::to_string(id) +
                                       ", which has ended differently here; nothing was changed");
        }
        return id;
    }

    static bool isSameEncoder(const RunRecord &own, const RunRecord &run) {
        return own.status != RunStatus::Running && own.lastStep == run.lastStep &&
               own.weightsSha256 == run.weightsSha256;
    }

    bool addResults(const RunRecord &own, const RunRecord &run) {
        bool hasNew = false;
        for (const Result &result : run.results)
            if (!hasResult(own, result.key)) {
                addResult(run.id, own.id, result);
                hasNew = true;
            }
        return hasNew;
    }

    void addResult(RunId from, RunId to, Result result) {
        if (auto predictions = m_source.store().results().predictions(from, result.key))
            result.predictions = std::make_shared<const Predictions>(std::move(*predictions));
        m_target.results().add(to, result);
    }

    /// Points after a step, in the order of their steps, as training stores them.
    std::int64_t addCurves(RunId from, RunId to, std::int64_t afterStep) {
        const Metrics &metrics = m_source.store().metrics();
        const std::vector<std::string> names = metrics.keys(from);
        std::vector<std::vector<MetricPoint>> curves;
        for (const std::string &name : names)
            curves.push_back(metrics.curve(from, name, afterStep));
        std::vector<const std::vector<MetricPoint> *> lists;
        for (const auto &curve : curves)
            lists.push_back(&curve);
        std::vector<KeyedMetric> batch;
        std::int64_t count = 0;
        inStepOrder(lists, [&](std::size_t curve, const MetricPoint &point) {
            batch.push_back({names[curve], point});
            ++count;
            if (batch.size() < pointsAtOnce)
                return;
            m_target.metrics().add(to, batch);
            batch.clear();
        });
        m_target.metrics().add(to, batch);
        return count;
    }

    /// The number here of a run of the other database; 0 if it is not known here.
    RunId runHere(RunId other) {
        try {
            return m_target.find(runIdentity(m_source.store().runs().one(other))).value_or(0);
        } catch (const InvalidInput &) {
            return 0; // it was deleted
        }
    }

    void copyFiles(const RunRecord &run, ImportOutcome &outcome) {
        const std::int64_t count = m_files.copy(run, outcome.run, outcome.problems);
        if (count > 0 && outcome.kind == ImportOutcome::Kind::Known)
            outcome.kind = ImportOutcome::Kind::Updated;
        for (const std::string &problem : outcome.problems)
            m_target.events().addOnce(outcome.run, "A file was not imported: " + problem + ".");
    }

    fs::path m_other;
    ReadableDatabase m_source;
    ForeignRuns m_target;
    RunFiles m_files;
    RunsImportOptions m_options;
    std::stop_token m_stop;
    bool m_isFilesWanted = false; ///< the files of the other run belong to the weights of this one
};

} // namespace

ImportReport importRuns(const fs::path &other, const fs::path &database, const RunsImportOptions &options,
                        const std::stop_token &stop, const std::function<void(const ImportOutcome &)> &told) {
    requireTwoDatabases(other, database);
    return RunsImport(other, database, options, stop).import(told);
}

} // namespace simclr
