// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_row.h"

#include "core/store/columns.h"
#include "core/store/insert.h"
#include "core/store/process_id.h"
#include "core/store/row_reader.h"
#include "core/util/steady_time.h"

namespace simclr {

namespace {

/// The documents, which may be long, come last.
constexpr Columns runColumns{"id",
                             "name",
                             "status",
                             "failure",
                             "dataset_source",
                             "dataset_title",
                             "dataset_fingerprint",
                             "dataset_train",
                             "dataset_validation",
                             "dataset_test",
                             "dataset_classes",
                             "dataset_broken",
                             "dataset_learn",
                             "dataset_labelled",
                             "dataset_first_labelled",
                             "seed",
                             "device",
                             "precision",
                             "program_version",
                             "created",
                             "finished",
                             "last_step",
                             "last_epoch",
                             "total_steps",
                             "total_epochs",
                             "images_per_second",
                             "weights_sha256",
                             "starred",
                             "archived",
                             "trashed",
                             "config",
                             "pipeline",
                             "libraries",
                             "origin",
                             "note"};

DatasetRecord readDataset(const RowReader &row) {
    constexpr auto &at = runColumns;
    DatasetRecord dataset;
    dataset.source = row.text(at["dataset_source"]);
    dataset.title = row.text(at["dataset_title"]);
    dataset.fingerprint = row.text(at["dataset_fingerprint"]);
    dataset.trainImages = row.count(at["dataset_train"]);
    dataset.validationImages = row.count(at["dataset_validation"]);
    dataset.testImages = row.count(at["dataset_test"]);
    dataset.classes = row.count(at["dataset_classes"]);
    dataset.broken = row.count(at["dataset_broken"]);
    dataset.learnImages = row.count(at["dataset_learn"]);
    dataset.labelledFingerprint = row.text(at["dataset_labelled"]);
    dataset.firstLabelled = row.count(at["dataset_first_labelled"]);
    return dataset;
}

std::optional<RunOrigin> readOrigin(const RowReader &row, RunId run) {
    const std::string stored = row.text(runColumns["origin"]);
    if (stored.empty())
        return std::nullopt;
    try {
        return runOriginFromJson(parseJson(stored, "the origin of run " + std::to_string(run)));
    } catch (const InvalidInput &error) {
        throw DamagedRecord(error.what());
    }
}

} // namespace

std::string selectRuns() {
    return runColumns.selectFrom("runs");
}

std::string selectShortRuns() {
    return runColumns.selectFrom("runs", runColumns["config"]);
}

RunRecord readShortRun(const SQLite::Statement &statement) {
    constexpr auto &at = runColumns;
    const RowReader row(statement);
    RunRecord run;
    run.id = row.whole(at["id"]);
    run.name = row.text(at["name"]);
    run.status = statusFromName(row.text(at["status"]));
    run.failure = row.text(at["failure"]);
    run.dataset = readDataset(row);
    run.seed = row.whole(at["seed"]);
    run.device = row.text(at["device"]);
    run.precision = row.text(at["precision"]);
    run.programVersion = row.text(at["program_version"]);
    run.created = row.real(at["created"]);
    run.finished = row.optionalReal(at["finished"]);
    run.lastStep = row.whole(at["last_step"]);
    run.lastEpoch = row.real(at["last_epoch"]);
    run.totalSteps = row.whole(at["total_steps"]);
    run.totalEpochs = row.whole(at["total_epochs"]);
    run.imagesPerSecond = row.optionalReal(at["images_per_second"]);
    run.weightsSha256 = row.text(at["weights_sha256"]);
    run.starred = row.whole(at["starred"]) != 0;
    run.archived = row.whole(at["archived"]) != 0;
    run.trashed = row.optionalReal(at["trashed"]);
    return run;
}

RunRecord readRun(const SQLite::Statement &statement) {
    constexpr auto &at = runColumns;
    const RowReader row(statement);
    RunRecord run = readShortRun(statement);
    run.config = row.json(at["config"], "config", run.id);
    run.pipeline = row.json(at["pipeline"], "pipeline", run.id);
    run.libraries = row.json(at["libraries"], "libraries", run.id);
    run.origin = readOrigin(row, run.id);
    run.note = row.text(at["note"]);
    return run;
}

void markDamaged(RunRecord &run, const std::string &reason) {
    run.status = RunStatus::Failed;
    run.failure = "its record in the database is damaged: " + reason;
}

RunRecord readOrMarked(const SQLite::Statement &statement, RunRecord (*read)(const SQLite::Statement &)) {
    constexpr auto &at = runColumns;
    try {
        return read(statement);
    } catch (const DamagedRecord &error) {
        const RowReader row(statement);
        RunRecord run;
        run.id = row.whole(at["id"]);
        run.name = row.text(at["name"]);
        run.dataset = readDataset(row);
        run.seed = row.whole(at["seed"]);
        run.created = row.real(at["created"]);
        run.lastStep = row.whole(at["last_step"]);
        run.trashed = row.optionalReal(at["trashed"]);
        markDamaged(run, error.what());
        return run;
    }
}

RunId insertRun(SQLite::Database &database, const NewRun &run) {
    const ProcessId process = currentProcess();
    Insert row("runs");
    row.set("name", run.name)
        .set("status", statusName(RunStatus::Running))
        .set("config", run.config)
        .set("pipeline", run.pipeline)
        .set("dataset_source", run.dataset.source)
        .set("dataset_title", run.dataset.title)
        .set("dataset_fingerprint", run.dataset.fingerprint)
        .set("dataset_train", run.dataset.trainImages)
        .set("dataset_validation", run.dataset.validationImages)
        .set("dataset_test", run.dataset.testImages)
        .set("dataset_classes", run.dataset.classes)
        .set("dataset_broken", run.dataset.broken)
        .set("dataset_learn", run.dataset.learnImages)
        .set("dataset_labelled", run.dataset.labelledFingerprint)
        .set("dataset_first_labelled", run.dataset.firstLabelled)
        .set("seed", run.seed)
        .set("device", run.device)
        .set("precision", run.precision)
        .set("program_version", run.programVersion)
        .set("libraries", run.libraries)
        .set("created", wallTime())
        .set("total_steps", run.totalSteps)
        .set("total_epochs", run.totalEpochs)
        .set("process_number", process.number)
        .set("process_start", process.startTicks)
        .set("process_boot", process.boot);
    if (run.origin)
        row.set("origin", toJson(*run.origin))
            .set("last_step", run.origin->step)
            .set("last_epoch", run.origin->epoch);
    return row.execute(database);
}

} // namespace simclr
