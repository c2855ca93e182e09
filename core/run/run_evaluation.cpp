// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluator.h"
#include "core/evaluate/trained_protocols.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_plan.h"
#include "core/store/run_store.h"
#include "core/train/adaptive_threads.h"
#include "core/train/pretrainer.h"
#include "core/util/clock.h"
#include "core/util/error.h"
#include "core/util/memory_ceiling.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <utility>

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool trainsEncoder(const std::string &protocol) {
    return protocol == "fine_tune" || protocol == "supervised";
}

void checkProtocol(const std::string &protocol, const EvaluationRequest &request) {
    const auto &known = evaluationProtocols();
    if (std::ranges::find(known, protocol) == known.end())
        throw InvalidInput("there is no protocol \"" + protocol +
                           "\"; there are linear, knn, linear-sgd, fine-tune, supervised, and all");
    if (request.features == "z" && trainsEncoder(protocol))
        throw InvalidInput("the protocol " + protocol + " works on h only, not on z");
    if (request.isTransfer && protocol == "supervised")
        throw InvalidInput(
            "the protocol supervised trains on the run's own images; it cannot be transferred");
}

void checkRequest(const EvaluationRequest &request, const Dataset &dataset) {
    if (request.split != "validation" && request.split != "test")
        throw InvalidInput("there is no split \"" + request.split +
                           "\" to evaluate on; it is validation or test");
    if (request.features != "h" && request.features != "z")
        throw InvalidInput("there are no features \"" + request.features + "\"; they are h or z");
    for (const std::string &protocol : request.protocols)
        checkProtocol(protocol, request);
    for (const double share : request.labels)
        if (!(share > 0 && share <= 1))
            throw InvalidInput("a share of the labels must be more than 0 and at most 100 %");
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

/// One run's evaluation by everything that was asked for.
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

    std::vector<ResultRecord> evaluate() {
        if (m_dataset->isLabelled() && judgedSamples().empty())
            throw InvalidInput("there are no " + m_request.split + " images in \"" +
                               m_dataset->report().title + "\" to evaluate on");
        useDevice(m_device);
        for (const double labels : m_request.labels)
            trainSamples(labels); // a share that is too small is refused before the others take hours
        for (const double labels : m_request.labels) {
            const auto train = trainSamples(labels);
            for (const std::string &protocol : m_request.protocols) {
                if (m_stop.stop_requested() || !m_dataset->isLabelled())
                    return m_results;
                evaluate(protocol, labels, train);
            }
        }
        return m_results;
    }

  private:
    /// `observer` is told of newer ones that are damaged.
    static Checkpoint checkpointOf(const RunRecord &run, Observer &observer) {
        auto found = findCheckpoint(run);
        if (!found)
            throw InvalidInput("run " + std::to_string(run.id) + " has no checkpoint to evaluate");
        for (const std::string &problem : found->problems)
            observer.noted(problem);
        return std::move(found->checkpoint);
    }

    std::vector<std::uint32_t> trainSamples(double labels) const {
        return labelledSubset(*m_dataset, m_splits.train, labels, static_cast<std::uint64_t>(m_request.seed));
    }

    const std::vector<std::uint32_t> &judgedSamples() const {
        return m_request.split == "test" ? m_splits.test : m_splits.validation;
    }

    void evaluate(const std::string &protocol, double labels, const std::vector<std::uint32_t> &train) {
        const double begin = secondsNow();
        const ResultScope scope = scopeOf(protocol, labels, train);
        m_observer.evaluationStarted(resultTitle(protocol, scope) + ", " + m_request.split);
        std::optional<Judgement> judgement = isFeatureProtocol(protocol)
                                                 ? judgeFeatures(protocol, labels, train)
                                                 : judgeByTraining(protocol, scope, train);
        if (!judgement)
            return;
        judgement->detail["seconds"] = secondsNow() - begin;
        if (!judgement->note.empty())
            m_observer.noted(judgement->note + ".");
        keep(*judgement, scope);
    }

    ResultScope scopeOf(const std::string &protocol, double labels,
                        const std::vector<std::uint32_t> &train) const {
        ResultScope scope;
        scope.features = m_request.features;
        scope.labels = labels;
        if (labels < 1 || !isFeatureProtocol(protocol))
            scope.seed = m_request.seed; // nothing else draws anything
        if (m_request.isTransfer) {
            scope.dataset = m_dataset->fingerprint();
            scope.datasetTitle = m_dataset->report().title;
        }
        scope.options = isFeatureProtocol(protocol)
                            ? learntFromText(labels, train)
                            : optionsText(protocol, m_request.options, labels, train.size());
        if (const std::string place = placeText(); !place.empty() && protocol != "supervised")
            scope.options += (scope.options.empty() ? "" : ", ") + place;
        return scope;
    }

    /// Sets the encoder in the middle of an epoch apart from the one at its end.
    std::string placeText() const {
        const double epochs = epochsDone(m_checkpoint, m_options.epochs);
        return epochs == std::floor(epochs)
                   ? ""
                   : "within the epoch, at step " + std::to_string(m_checkpoint.step);
    }

    /// The encoder of the checkpoint, or for "supervised" one that is drawn as the run's would be.
    Representation representation(bool isInitial) const {
        ResNet encoder = makeEncoder(m_options);
        encoder->to(m_device.device);
        if (!isInitial)
            loadState(*encoder, m_checkpoint.tensors, "encoder.");
        if (m_request.features == "h")
            return Representation(encoder);
        ProjectionHead head = makeHead(m_options, encoder->featureSize());
        head->to(m_device.device);
        loadState(*head, m_checkpoint.tensors, "head.");
        return Representation(encoder, head,
                              m_options.head == "none" ? encoder->featureSize() : m_options.headOutput);
    }

    /// Sets what learnt from all training images apart from the run's own validation results, which learnt
    /// from few of them (see Evaluator::Effort).
    std::string learntFromText(double labels, const std::vector<std::uint32_t> &train) const {
        const bool isSplitOfRun = labels >= 1 && m_request.split == "validation" && !m_request.isTransfer;
        const auto few = static_cast<std::size_t>(m_options.evaluationImages);
        return isSplitOfRun && few > 0 && few < train.size() ? "all training images" : std::string();
    }

    std::optional<FeatureSet> features(Representation &from, std::span<const std::uint32_t> samples) const {
        return extractFeatures(from, *m_dataset, samples, static_cast<int>(m_options.imageSize), m_device,
                               m_stop);
    }

    /// Features of these images are computed once, for both protocols.
    bool prepareFeatures(double labels, const std::vector<std::uint32_t> &train) {
        if (m_task && m_taskLabels == labels)
            return true;
        Representation from = representation(false);
        auto learnt = features(from, train);
        auto judged = learnt ? features(from, judgedSamples()) : std::nullopt;
        const bool choosesOnValidation = m_request.split == "test" && !m_splits.validation.empty();
        auto choice = judged && choosesOnValidation ? features(from, m_splits.validation) : std::nullopt;
        if (!judged || m_stop.stop_requested())
            return false;
        m_taskLabels = labels;
        m_task.emplace(FeatureTask{std::move(*learnt), std::move(*judged), std::move(choice),
                                   m_dataset->classCount(), m_options.knnNeighbours});
        return true;
    }

    std::optional<Judgement> judgeFeatures(const std::string &protocol, double labels,
                                           const std::vector<std::uint32_t> &train) {
        if (!prepareFeatures(labels, train))
            return std::nullopt;
        auto judgement = protocol == "linear" ? judgeLinear(*m_task, m_stop) : judgeKnn(*m_task);
        if (judgement) {
            judgement->detail["train_images"] = m_task->train.labels.size(0);
            judgement->detail["judged_images"] = m_task->judged.labels.size(0);
        }
        return judgement;
    }

    std::optional<Judgement> judgeByTraining(const std::string &protocol, const ResultScope &scope,
                                             const std::vector<std::uint32_t> &train) {
        Representation learner = representation(protocol == "supervised");
        const int threads = m_options.loaderThreads > 0 ? static_cast<int>(m_options.loaderThreads)
                                                        : std::clamp(coreCount() / 2, 1, 8);
        const LabelledImages images{m_dataset, train, static_cast<int>(m_options.imageSize), threads};
        const ClassifierRecipe recipe =
            evaluationRecipe(protocol, m_request.options, scope.labels, train.size(),
                             static_cast<std::uint64_t>(m_request.seed));
        AdaptiveThreads adaptive(m_options, m_device, m_observer);
        const auto epochDone = [&](std::int64_t epoch, double loss) {
            adaptive.adapt();
            m_observer.evaluationTrained({resultTitle(protocol, scope), epoch, recipe.epochs, loss});
        };
        return judgeTrained(protocol, learner, images, judgedSamples(), recipe, m_device, epochDone, m_stop);
    }

    void keep(const Judgement &judgement, const ResultScope &scope) {
        Json detail = judgement.detail;
        detail["features"] = scope.features;
        detail["precision"] = m_device.precision();
        const ResultRecord result{
            judgement.protocol,   m_request.split,   epochOf(m_checkpoint, m_options.epochs),
            judgement.value,      std::move(detail), scope,
            judgement.predictions};
        store(result);
        Evaluated told{result.protocol, result.split,  result.epoch, m_checkpoint.step,
                       result.value,    result.detail, result.scope, result.predictions};
        told.isImported =
            result.epoch == 0 && !m_options.initialWeights.empty() && result.protocol != "supervised";
        m_observer.evaluated(told);
        m_results.push_back(result);
    }

    /// It may have taken hours: a database that another program has for itself is waited for.
    void store(const ResultRecord &result) {
        constexpr double longest = 600; // seconds
        const double begin = secondsNow();
        for (bool isTold = false;;) {
            try {
                return m_store.addResult(m_run, result);
            } catch (const DatabaseLocked &error) {
                if (m_stop.stop_requested() || secondsNow() - begin > longest)
                    throw;
                if (!std::exchange(isTold, true))
                    m_observer.noted(std::string(error.what()) + "; the result is written once it can be");
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
    std::vector<ResultRecord> m_results;
};

} // namespace

std::vector<ResultRecord> evaluateRun(RunId id, const DatasetPtr &dataset, const fs::path &file,
                                      const EvaluationRequest &request, Observer &observer,
                                      std::stop_token stop) {
    checkRequest(request, *dataset);
    RunStore store(file);
    const RunRecord run = store.run(id);
    if (request.features == "z" && run.totalEpochs == 0)
        throw InvalidInput("run " + std::to_string(id) +
                           " is an import of weights and has no projection head: it " +
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

std::vector<ResultRecord> evaluateRun(RunId id, const DatasetPtr &dataset, const fs::path &file,
                                      const std::string &split, std::stop_token stop,
                                      const std::string &device) {
    EvaluationRequest request;
    request.split = split;
    request.device = device;
    Observer nobody;
    return evaluateRun(id, dataset, file, request, nobody, std::move(stop));
}

} // namespace simclr
