// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/joined_dataset.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/trained_protocols.h"
#include "core/results/result_text.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_plan.h"
#include "core/store/foreign_runs.h"
#include "core/store/run_store.h"
#include "core/train/adaptive_threads.h"
#include "core/train/pretrainer.h"
#include "core/util/clock.h"
#include "core/util/error.h"
#include "core/util/memory_ceiling.h"

#include <algorithm>
#include <utility>

namespace simclr {

namespace fs = std::filesystem;

namespace {

void checkProtocol(Protocol protocol, const EvaluationRequest &request) {
    const auto &known = evaluationProtocols();
    if (std::ranges::find(known, protocol) == known.end())
        throw InvalidInput("the protocol " + nameOf(protocol) + " is measured during training only");
    if (request.features == FeatureKind::Z && trainsEncoder(protocol))
        throw InvalidInput("the protocol " + nameOf(protocol) + " supports h only, not z");
    if (request.isTransfer && protocol == Protocol::Supervised)
        throw InvalidInput(
            "the protocol supervised trains on the run's own images; it cannot be transferred");
}

void checkRequest(const EvaluationRequest &request, const Dataset &dataset) {
    for (const Protocol protocol : request.protocols)
        checkProtocol(protocol, request);
    for (const double fraction : request.labels)
        if (!(fraction > 0 && fraction <= 1))
            throw InvalidInput("a label fraction must be more than 0 and at most 100 %");
    const auto &description = evaluationOptionsDescription();
    for (const auto &[id, value] : description.read(request.options))
        checkValue(description.parameter(id, "evaluation options"), value, "evaluation options");
    if (request.isTransfer && !dataset.isLabelled())
        throw InvalidInput("\"" + dataset.report().title + "\" has no labels to evaluate with");
}

Splits transferSplits(const Dataset &dataset, const TrainOptions &options) {
    SplitOptions split;
    split.validationFraction = options.validationFraction;
    split.testFraction = options.testFraction;
    return makeSplits(dataset, split);
}

/// The evaluation of one run by all requested protocols and label fractions.
class RunEvaluation {
  public:
    RunEvaluation(RunStore &store, const RunRecord &run, const TrainOptions &options,
                  const ComputeDevice &device, const DatasetPtr &dataset, const EvaluationRequest &request,
                  Observer &observer, std::stop_token stop)
        : m_store(store),
          m_run(run.id),
          m_dataset(dataset),
          m_request(request),
          m_observer(observer),
          m_stop(std::move(stop)),
          m_options(options),
          m_device(device),
          m_checkpoint(checkpointOf(run, observer)),
          m_splits(request.isTransfer ? transferSplits(*dataset, m_options) : splitsOf(m_options, *dataset)) {
    }

    std::vector<Result> evaluate() {
        requireImages();
        useDevice(m_device);
        for (const double labels : m_request.labels)
            trainSamples(
                labels); // a label fraction that is too small is refused before the others take hours
        for (const double labels : m_request.labels) {
            const auto train = trainSamples(labels);
            for (const Protocol protocol : m_request.protocols) {
                if (m_stop.stop_requested() || !m_dataset->isLabelled())
                    return m_results;
                evaluate(protocol, labels, train);
            }
        }
        return m_results;
    }

  private:
    /// `observer` receives a note for each damaged newer one.
    static Checkpoint checkpointOf(const RunRecord &run, Observer &observer) {
        auto found = findCheckpoint(run);
        if (!found)
            throw InvalidInput("run " + std::to_string(run.id) + " has no checkpoint to evaluate");
        for (const std::string &problem : found->problems)
            observer.on(Noted{problem});
        return std::move(found->checkpoint);
    }

    void requireImages() const {
        if (!m_dataset->isLabelled())
            return;
        const std::string from = " images in \"" + m_dataset->report().title + "\" to ";
        if (evaluatedSamples().empty())
            throw InvalidInput("there are no " + nameOf(m_request.split) + from + "evaluate on");
        if (m_splits.train.empty())
            throw InvalidInput("there are no labelled training" + from + "learn classes from");
    }

    std::vector<std::uint32_t> trainSamples(double labels) const {
        return labelledSubset(*m_dataset, m_splits.train, labels, static_cast<std::uint64_t>(m_request.seed));
    }

    const std::vector<std::uint32_t> &evaluatedSamples() const {
        return m_request.split == Split::Test ? m_splits.test : m_splits.validation;
    }

    void evaluate(Protocol protocol, double labels, const std::vector<std::uint32_t> &train) {
        const double begin = secondsNow();
        const Result task = describe(protocol, labels, train);
        m_observer.on(EvaluationStarted{titleOf(task), m_request.split});
        std::optional<Result> measured = usesFrozenFeatures(protocol)
                                             ? evaluateFeatures(protocol, labels, train)
                                             : evaluateByTraining(task, train);
        if (!measured)
            return;
        Result result = task;
        result.value = measured->value;
        result.detail = std::move(measured->detail);
        result.predictions = std::move(measured->predictions);
        result.detail["seconds"] = secondsNow() - begin;
        if (const std::string missing = missingImagesText(result); !missing.empty())
            m_observer.on(Noted{missing + "."});
        keep(std::move(result));
    }

    /// The result that will be measured, without its value.
    Result describe(Protocol protocol, double labels, const std::vector<std::uint32_t> &train) const {
        Result result;
        ResultScope &scope = result.key.scope;
        result.key.protocol = protocol;
        result.key.split = m_request.split;
        result.key.place.epoch = epochOf(m_checkpoint, m_options.epochs);
        if (isWithinEpoch() && protocol != Protocol::Supervised)
            result.key.place.step = m_checkpoint.step;
        scope.features = m_request.features;
        scope.labels = labels;
        if (labels < 1 || !usesFrozenFeatures(protocol))
            scope.seed = m_request.seed; // for other protocols nothing is random
        if (m_request.isTransfer) {
            scope.dataset = m_dataset->fingerprint();
            result.datasetTitle = m_dataset->report().title;
        }
        if (usesFrozenFeatures(protocol))
            scope.trainedOn = trainedOn(labels, train);
        scope.overrides = overridesOf(protocol, m_request.options, labels, train.size());
        return result;
    }

    bool isWithinEpoch() const {
        const double epochs = epochsDone(m_checkpoint, m_options.epochs);
        return epochs != std::floor(epochs);
    }

    /// The encoder of the checkpoint, or for "supervised" the initial encoder of the run.
    Representation representation(bool isInitial) const {
        ResNet encoder = makeEncoder(m_options);
        encoder->to(m_device.device);
        if (!isInitial)
            loadState(*encoder, m_checkpoint.tensors, "encoder.");
        if (m_request.features == FeatureKind::H)
            return Representation(encoder);
        ProjectionHead head = makeHead(m_options, encoder->featureSize());
        head->to(m_device.device);
        loadState(*head, m_checkpoint.tensors, "head.");
        return Representation(encoder, head, projectionSize(m_options, encoder->featureSize()));
    }

    /// Distinguishes results with all training images from the run's own validation results, which use fewer
    /// (see Evaluator::Effort).
    TrainedOn trainedOn(double labels, const std::vector<std::uint32_t> &train) const {
        const bool isSplitOfRun =
            labels >= 1 && m_request.split == Split::Validation && !m_request.isTransfer;
        const auto few = static_cast<std::size_t>(m_options.evaluationImages);
        return isSplitOfRun && few > 0 && few < train.size() ? TrainedOn::All : TrainedOn::Usual;
    }

    std::optional<FeatureSet> features(Representation &from, std::span<const std::uint32_t> samples) const {
        return extractFeatures(from, *m_dataset, samples, static_cast<int>(m_options.imageSize), m_device,
                               m_stop);
    }

    /// The features are computed once, for both protocols.
    bool prepareFeatures(double labels, const std::vector<std::uint32_t> &train) {
        if (m_task && m_taskLabels == labels)
            return true;
        Representation from = representation(false);
        auto learnt = features(from, train);
        auto evaluated = learnt ? features(from, evaluatedSamples()) : std::nullopt;
        const bool choosesOnValidation = m_request.split == Split::Test && !m_splits.validation.empty();
        auto choice = evaluated && choosesOnValidation ? features(from, m_splits.validation) : std::nullopt;
        if (!evaluated || m_stop.stop_requested())
            return false;
        m_taskLabels = labels;
        m_task.emplace(FeatureTask{std::move(*learnt), std::move(*evaluated), std::move(choice),
                                   m_dataset->classCount(), m_options.knnNeighbours});
        return true;
    }

    std::optional<Result> evaluateFeatures(Protocol protocol, double labels,
                                           const std::vector<std::uint32_t> &train) {
        if (!prepareFeatures(labels, train))
            return std::nullopt;
        auto result = protocol == Protocol::Linear ? evaluateLinear(*m_task, m_stop) : evaluateKnn(*m_task);
        if (result)
            result->detail["train_images"] = m_task->train.labels.size(0);
        return result;
    }

    std::optional<Result> evaluateByTraining(const Result &task, const std::vector<std::uint32_t> &train) {
        const Protocol protocol = task.key.protocol;
        Representation learner = representation(protocol == Protocol::Supervised);
        const LabelledImages images{m_dataset, train, static_cast<int>(m_options.imageSize),
                                    loaderThreads(m_options)};
        const ClassifierRecipe recipe =
            evaluationRecipe(protocol, m_request.options, task.key.scope.labels, train.size(),
                             static_cast<std::uint64_t>(m_request.seed));
        AdaptiveThreads adaptive(m_options, m_device, m_observer);
        const auto epochDone = [&](std::int64_t epoch, double loss) {
            adaptive.adapt();
            m_observer.on(EvaluationTrained{titleOf(task), epoch, recipe.epochs, loss});
        };
        return simclr::evaluateByTraining(protocol, learner, images, evaluatedSamples(), recipe, m_device,
                                          epochDone, m_stop);
    }

    void keep(Result result) {
        result.detail["features"] = nameOf(m_request.features);
        result.detail["precision"] = m_device.precision();
        store(result);
        const bool isImported = result.key.place.epoch == 0 && !m_options.initialWeights.empty() &&
                                result.key.protocol != Protocol::Supervised;
        m_observer.on(Evaluated{result, m_checkpoint.step, isImported});
        m_results.push_back(std::move(result));
    }

    /// The result may have taken hours: if another program has locked the database, this waits.
    void store(const Result &result) {
        constexpr double longest = 600; // seconds
        const double begin = secondsNow();
        for (bool isTold = false;;) {
            try {
                return m_store.results().add(m_run, result);
            } catch (const DatabaseLocked &error) {
                if (m_stop.stop_requested() || secondsNow() - begin > longest)
                    throw;
                if (!std::exchange(isTold, true))
                    m_observer.on(Noted{std::string(error.what()) +
                                        "; the result is written when the lock is released"});
            }
        }
    }

    RunStore &m_store;
    RunId m_run;
    DatasetPtr m_dataset;
    const EvaluationRequest &m_request;
    Observer &m_observer;
    std::stop_token m_stop;
    TrainOptions m_options;
    ComputeDevice m_device;
    Checkpoint m_checkpoint;
    Splits m_splits;
    std::optional<FeatureTask> m_task; ///< of m_taskLabels
    double m_taskLabels = 0;
    std::vector<Result> m_results;
};

} // namespace

std::vector<Result> evaluateRun(RunId id, const DatasetPtr &images, const fs::path &file,
                                const EvaluationRequest &request, Observer &observer, std::stop_token stop) {
    // The results are the same as those on the labelled images alone.
    const DatasetPtr dataset = request.isTransfer ? labelledImagesOf(images) : images;
    checkRequest(request, *dataset);
    RunStore store(file);
    const RunHold hold = store.runs().hold(id); // it is not deleted while it is evaluated
    const RunRecord run = store.runs().one(id);
    requireEncoder(run);
    if (request.features == FeatureKind::Z && run.totalEpochs == 0)
        throw InvalidInput("run " + std::to_string(id) +
                           " is an import of weights without a projection head: it " +
                           "can be evaluated on h only");
    if (!request.isTransfer)
        requireSameDataset(run, *dataset);
    const TrainOptions options =
        configurationOf(run, request.device.empty() ? usualDevice(run) : request.device).options;
    const ComputeDevice device = chooseDevice(options);
    return explainingTorchErrors(device, evaluationMemoryAdvice, [&] {
        const MemoryCeiling ceiling(device.device.is_cpu());
        return RunEvaluation(store, run, options, device, dataset, request, observer, std::move(stop))
            .evaluate();
    });
}

std::vector<Result> evaluateRun(RunId id, const DatasetPtr &dataset, const fs::path &file, Split split,
                                std::stop_token stop, const std::string &device) {
    EvaluationRequest request;
    request.split = split;
    request.device = device;
    NoObserver nobody;
    return evaluateRun(id, dataset, file, request, nobody, std::move(stop));
}

} // namespace simclr
