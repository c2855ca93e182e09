// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/job_execution.h"

#include "core/data/dataset_index.h"
#include "core/store/run_store.h"

#include <array>
#include <utility>

namespace simclr {

namespace {

JobOutcome failed(const std::string &failure) {
    return {JobEnd::Failed, failure, false, {}};
}

JobEnd endOf(RunEnd end) {
    switch (end) {
    case RunEnd::Completed:
        return JobEnd::Done;
    case RunEnd::Cancelled:
        return JobEnd::Cancelled;
    case RunEnd::Failed:
        break;
    }
    return JobEnd::Failed;
}

JobOutcome trained(RunOutcome outcome) {
    const JobEnd end = endOf(outcome.end);
    std::string failure = outcome.failure;
    return {end, std::move(failure), false, std::move(outcome)};
}

JobOutcome failedForAll(const std::string &failure) {
    JobOutcome outcome = failed(failure);
    outcome.concernsAll = true;
    return outcome;
}

/// Whether there is hardly any space left beside the database: what fails then, fails because of that.
bool isDiskFull(const std::filesystem::path &database) {
    constexpr std::uintmax_t least = 16 << 20;
    std::error_code failure;
    const auto space = std::filesystem::space(std::filesystem::absolute(database).parent_path(), failure);
    return !failure && space.available < least;
}

/// The product of a job that returns nothing if it was stopped.
template <typename Product>
JobOutcome finished(std::optional<Product> product) {
    if (!product)
        return {JobEnd::Cancelled, {}, false, {}};
    return {JobEnd::Done, {}, false, std::move(*product)};
}

} // namespace

/// One job in progress.
struct JobExecution::Step {
    JobOutcome operator()(const TrainJob &job) {
        const DatasetPtr dataset = open(job.images);
        std::vector<std::string> notes;
        if (!job.images.fingerprint.empty() && job.images.fingerprint != dataset->fingerprint())
            notes.emplace_back("The images have changed since this run was queued.");
        return trained(executeRun(job.configuration, dataset, owner.m_database, observers, stop,
                                  std::move(notes), {job.rules, control}));
    }

    JobOutcome operator()(const ResumeJob &job) {
        const DatasetPtr dataset = open(storedRun(job.run));
        return trained(resumeRun(job.run, dataset, owner.m_database, observers, stop, job.options,
                                 {job.rules, control}));
    }

    JobOutcome operator()(const EvaluateJob &job) {
        const DatasetPtr dataset = open(storedRun(job.run), job.images);
        std::vector<Result> results =
            evaluateRun(job.run, dataset, owner.m_database, job.request, *observers.front(), stop);
        if (results.empty() && !stop.stop_requested())
            return failed("the images have no labels");
        return {stop.stop_requested() ? JobEnd::Cancelled : JobEnd::Done, {}, false, std::move(results)};
    }

    JobOutcome operator()(const EmbedJob &job) {
        const RunRecord run = storedRun(job.run);
        const std::filesystem::path table = embeddingTable(job.file);
        const DatasetPtr dataset = open(run, job.images);
        requireOutsideImages(job.file, *dataset);
        requireOutsideImages(table, *dataset);
        EmbedOptions options{job.file, job.split, {}};
        options.progress = [this](std::size_t done, std::size_t all) {
            tell(Activity::Embedding, done, all);
        };
        return finished(embedDataset(run, *dataset, options, stop));
    }

    JobOutcome operator()(const ExportJob &job) {
        tell(Activity::WritingWeights);
        return finished(std::optional(exportEncoder(storedRun(job.run), job.format, job.file)));
    }

    JobOutcome operator()(const PreflightJob &job) {
        const DatasetPtr dataset = open(job.images);
        tell(Activity::Measuring);
        return finished(measurePreflight(job.configuration, dataset, stop));
    }

    JobOutcome operator()(const UnknownJob &) {
        return failed("this job was made by a newer version of the program");
    }

    void tell(Activity activity, std::size_t done = 0, std::size_t total = 0) {
        observers.front()->on(Progressed{activity, done, total});
    }

    RunRecord storedRun(RunId id) { return RunStore(owner.m_database).runs().one(id); }

    DatasetPtr open(const JobImages &images) {
        OpenOptions options;
        options.stop = stop;
        options.indexFolder = indexFolderBeside(owner.m_database);
        options.progress = [this](std::size_t done, std::size_t total) {
            tell(Activity::OpeningImages, done, total);
        };
        if (owner.m_images.find(images.source, images.fingerprint) != owner.m_open)
            owner.m_open.reset(); // before others take memory
        owner.m_open = owner.m_images.open(images.source, images.fingerprint, options);
        return owner.m_open;
    }

    /// The run's own images, if no others are given.
    DatasetPtr open(const RunRecord &run, const JobImages &others = {}) {
        return open(others.source.empty() ? JobImages{run.dataset.source, run.dataset.fingerprint} : others);
    }

    JobExecution &owner;
    std::array<Observer *, 1> observers;
    const std::stop_token &stop;
    TrainingControl *control;
};

JobExecution::JobExecution(std::filesystem::path database, DatasetCache &images)
    : m_database(std::move(database)), m_images(images) {}

JobOutcome JobExecution::execute(const Job &job, Observer &observer, const std::stop_token &stop,
                                 TrainingControl *control) {
    try {
        JobOutcome outcome = std::visit(Step{*this, {&observer}, stop, control}, job);
        outcome.concernsAll = outcome.end == JobEnd::Failed && isDiskFull(m_database);
        return outcome;
    } catch (const OpeningCancelled &) {
        return {JobEnd::Cancelled, {}, false, {}};
    } catch (const ImagesChanged &error) {
        return {JobEnd::Failed, error.what(), true, {}};
    } catch (const StorageError &error) {
        return failedForAll(error.what());
    } catch (const DeviceError &error) {
        return failedForAll(error.what());
    } catch (const std::bad_alloc &) {
        return failed("there is not enough memory; for a training, a smaller batch needs less");
    } catch (const std::exception &error) {
        return failed(error.what());
    } catch (...) {
        return failed("an unknown error has occurred");
    }
}

} // namespace simclr
