// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sweep.h"

#include "app/cli/progress.h"
#include "core/util/error.h"

#include <algorithm>
#include <optional>
#include <random>

namespace simclr::cli {

namespace {

/// 128 random bits as hexadecimal digits: unique also among databases.
std::string newId() {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr int length = 32;
    std::random_device random;
    std::uniform_int_distribution<std::size_t> digit(0, digits.size() - 1);
    std::string id;
    for (int i = 0; i < length; ++i)
        id += digits[digit(random)];
    return id;
}

/// A training of a sweep; nothing for other jobs and those of newer versions.
std::optional<TrainJob> sweepJob(const JobRecord &record) {
    try {
        const Job job = jobFromJson(record.description, "job " + record.id);
        if (const auto *train = std::get_if<TrainJob>(&job); train != nullptr && !train->study.empty())
            return *train;
    } catch (const InvalidInput &) { // damaged: left as it is
    }
    return std::nullopt;
}

JobState stateOf(const JobOutcome &outcome) {
    if (outcome.end == JobEnd::Done)
        return JobState::Done;
    return outcome.end == JobEnd::Failed && !outcome.concernsAll ? JobState::Failed : JobState::Interrupted;
}

struct Title {
    std::string operator()(const TrainJob &job) const {
        return "train \"" + nameOf(job.configuration) + "\"";
    }
    std::string operator()(const ResumeJob &job) const { return of("resume", job.run); }
    std::string operator()(const EvaluateJob &job) const { return of("evaluate", job.run); }
    std::string operator()(const EmbedJob &job) const { return of("compute features of", job.run); }
    std::string operator()(const ExportJob &job) const { return of("export the encoder of", job.run); }
    std::string operator()(const PreflightJob &) const { return "measure time and memory"; }
    std::string operator()(const UnknownJob &) const { return "job of a newer version"; }

  private:
    static std::string of(const std::string &what, RunId run) { return what + " run " + std::to_string(run); }
};

} // namespace

std::string jobTitle(const Job &job) {
    return std::visit(Title{}, job);
}

void Sweep::add(const std::vector<TrainJob> &jobs) {
    std::vector<NewJob> stored;
    for (const TrainJob &job : jobs) {
        m_steps.push_back({newId(), job});
        stored.push_back({m_steps.back().id, toJson(m_steps.back().job)});
    }
    m_store.jobs().add(stored);
}

void Sweep::takeOver(bool withFailed) {
    m_store.recovery().markInterrupted();
    const std::vector<JobRecord> waiting =
        m_store.jobs().takeOver([](const JobRecord &record) { return sweepJob(record).has_value(); });
    for (const JobRecord &record : m_store.jobs().troubled())
        if (record.state == JobState::Interrupted || (withFailed && record.state == JobState::Failed))
            takeStarted(record);
    for (const JobRecord &record : waiting)
        m_steps.push_back({record.id, *sweepJob(record)});
}

void Sweep::takeStarted(const JobRecord &record) {
    const std::optional<TrainJob> job = sweepJob(record);
    if (!job)
        return;
    m_store.jobs().repeat(record.id);
    const std::optional<RunRecord> run = runBegunBy(*job, record);
    if (run && run->status == RunStatus::Completed) // its process ended before it could store that
        m_store.jobs().finish(record.id, JobState::Done);
    else
        m_steps.push_back({record.id, run ? Job(ResumeJob{run->id, {}, job->rules}) : Job(*job)});
}

/// The run that the job began, if it has completed since the job was started, or can be resumed.
std::optional<RunRecord> Sweep::runBegunBy(const TrainJob &job, const JobRecord &record) const {
    const Json config = trainOptionsDescription().toJson(job.configuration.options);
    const Json pipeline = toJson(job.configuration.pipeline);
    const double started = record.started.value_or(record.submitted);
    for (const RunRecord &run : m_store.runs().all()) { // newest first
        const bool isDone = run.status == RunStatus::Completed && run.finished.value_or(0) >= started;
        if ((isDone || isResumable(run)) && run.created >= record.submitted &&
            run.name == nameOf(job.configuration) && run.config == config && run.pipeline == pipeline)
            return run;
    }
    return std::nullopt;
}

std::vector<Sweep::Ended> Sweep::execute(DatasetCache &images, const Interrupt &interrupt) {
    JobExecution execution(m_database, images);
    std::vector<Ended> ended;
    for (const Step &step : m_steps) {
        JobOutcome outcome = execute(execution, step, ended.size() + 1, interrupt);
        const bool isLast = outcome.concernsAll || interrupt.isRequested();
        if (outcome.end == JobEnd::Failed)
            complain(jobTitle(step.job) + " failed: " + outcome.failure);
        ended.push_back({jobTitle(step.job), std::move(outcome)});
        if (isLast)
            break;
    }
    return ended;
}

JobOutcome Sweep::execute(JobExecution &execution, const Step &step, std::size_t number,
                          const Interrupt &interrupt) {
    m_store.jobs().start(step.id);
    JobOutcome outcome;
    {
        Progress progress("[" + std::to_string(number) + "/" + std::to_string(m_steps.size()) + "]");
        outcome = execution.execute(step.job, progress, interrupt.token());
    }
    keepEnd(step, outcome);
    return outcome;
}

void Sweep::keepEnd(const Step &step, const JobOutcome &outcome) {
    try {
        m_store.jobs().finish(step.id, stateOf(outcome), outcome.failure);
    } catch (const StorageError &error) {
        complain(error.what()); // it counts as interrupted when this process has ended
    }
}

} // namespace simclr::cli
