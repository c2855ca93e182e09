// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_extension.h"
#include "core/store/run_store.h"
#include "core/train/checkpoint.h"
#include "core/train/pretrainer.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_support.h"

#include <array>

using namespace simclr;
using namespace simclr::test;

namespace {

ResumeOptions changing(Values changes) {
    ResumeOptions options;
    options.changes = std::move(changes);
    return options;
}

ResumeOptions epochs(std::int64_t count) {
    return changing({{"epochs", count}});
}

/// Every value of a curve with its step.
std::vector<std::string> linesOf(const RunStore &store, RunId run, const std::string &key) {
    std::vector<std::string> lines;
    for (const MetricPoint &point : store.metrics().curve(run, key))
        lines.push_back(std::to_string(point.step) + " " + numberText(point.value));
    return lines;
}

std::vector<std::string> filesOf(const std::filesystem::path &folder) {
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
}

} // namespace

/// Runs that continue another run's training with more epochs or other options.
class TestRunExtension : public QObject {
    Q_OBJECT

    NewDatabases m_newFile;
    DatasetPtr m_shapes;

    /// Three epochs of four steps, completed.
    std::filesystem::path complete() {
        const auto file = m_newFile();
        if (executeRun(tinyRun(), m_shapes, file, {}, {}).end != RunEnd::Completed)
            throw ComputationError("the run to be continued was not completed");
        return file;
    }

    RunOutcome stoppedAt(std::int64_t step, RunId run, const std::filesystem::path &file,
                         const ResumeOptions &options) {
        Stopper stopper(step);
        const std::array<Observer *, 1> observers{&stopper};
        return resumeRun(run, m_shapes, file, observers, stopper.source.get_token(), options);
    }

    std::string refusal(const std::filesystem::path &file, const ResumeOptions &options, RunId run = 1) {
        const std::size_t before = RunStore(file).runs().all().size();
        std::string message =
            thrownMessage<InvalidInput>([&] { resumeRun(run, m_shapes, file, {}, {}, options); });
        return RunStore(file).runs().all().size() == before ? message : "a run was made";
    }

  private Q_SLOTS:
    void initTestCase() { m_shapes = openDataset("shapes"); }

    void everyOptionMayChangeOrHasAReason() {
        const std::string unknown = reasonToKeep("no such option");
        QVERIFY(!unknown.empty());
        for (const Parameter &parameter : trainOptionsDescription().schema())
            QVERIFY2(reasonToKeep(parameter.id) != unknown, parameter.id.c_str());
        const Schema changeable = changeableOptions();
        for (const char *id : {"epochs", "learning_rate", "evaluate_every", "threads"})
            QVERIFY2(find(changeable, id) != nullptr, id);
        for (const char *id : {"encoder", "batch", "seed", "test_fraction", "optimiser", "temperature"})
            QVERIFY2(find(changeable, id) == nullptr, id);
    }

    void completeRunIsContinuedAsANewOne() {
        const auto file = complete();
        const RunRecord before = RunStore(file).runs().one(1);
        const auto files = filesOf(file.native() + ".runs/1");
        const RunOutcome outcome = resumeRun(1, m_shapes, file, {}, {}, epochs(6));
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QCOMPARE(outcome.run, RunId{2});
        const RunStore store(file);
        const RunRecord run = store.runs().one(2);
        QCOMPARE(run.name, before.name + " (continued)");
        QCOMPARE(run.totalSteps, std::int64_t{24});
        QCOMPARE(run.lastStep, std::int64_t{24});
        QCOMPARE(run.config["epochs"].get<int>(), 6);
        QVERIFY(run.origin.has_value());
        QCOMPARE(run.origin->run, RunId{1});
        QCOMPARE(run.origin->name, before.name);
        QCOMPARE(run.origin->step, std::int64_t{12});
        QCOMPARE(run.origin->epoch, 3.0);
        QCOMPARE(toLine(run.origin->changes), std::string("{\"epochs\":[3,6]}"));
        const auto loss = store.metrics().curve(2, "loss");
        QCOMPARE(loss.size(), std::size_t{12});
        QCOMPARE(loss.front().step, std::int64_t{13});
        QVERIFY(latestResult(run, Protocol::Linear, Split::Test) != nullptr);
        QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->key.place.epoch, std::int64_t{6});
        QVERIFY(std::ranges::any_of(run.notes, [](const NoteRecord &note) {
            return contains(note.message, "It continues run 1") && contains(note.message, "epochs 3 → 6");
        }));
        const RunRecord after = store.runs().one(1);
        QVERIFY(toJson(after, false) == toJson(before, false));
        QVERIFY(!after.origin);
        QCOMPARE(filesOf(file.native() + ".runs/1"), files);
    }

    /// From the start, so that a process that is killed then loses nothing.
    void beginsWithTheWeightsOfTheOtherRun() {
        const auto file = complete();
        std::stop_source stopped;
        stopped.request_stop();
        const RunOutcome outcome = resumeRun(1, m_shapes, file, {}, stopped.get_token(), epochs(6));
        QVERIFY(outcome.end == RunEnd::Cancelled);
        const RunStore store(file);
        const RunRecord run = store.runs().one(outcome.run);
        QCOMPARE(run.lastStep, std::int64_t{12});
        QCOMPARE(run.lastEpoch, 3.0);
        const Checkpoint checkpoint = readCheckpoint(run.artifacts.back().path.toRead());
        QCOMPARE(checkpoint.step, std::int64_t{12});
        QCOMPARE(checkpoint.totalSteps, std::int64_t{24});
        const Checkpoint first = readCheckpoint(checkpointFile(file, "12"));
        for (const auto &[name, tensor] : first.tensors)
            QVERIFY2(torch::equal(checkpoint.tensors.at(name), tensor), name.c_str());
        resumeRun(outcome.run, m_shapes, file, {}, {});
        QVERIFY(store.runs().one(outcome.run).status == RunStatus::Completed);
    }

    void rateMovesToTheNewScheduleOverTheWarmUp() {
        const auto file = complete();
        QVERIFY(resumeRun(1, m_shapes, file, {}, {}, epochs(6)).end == RunEnd::Completed);
        TrainOptions options = tinyRun().options;
        options.epochs = 6;
        const LearningRateSchedule whole = scheduleOf(options, 4);
        const auto rates = RunStore(file).metrics().curve(2, "learning_rate");
        QVERIFY(std::abs(rates.front().value) < 1e-9); // where the other run's cosine had ended
        QVERIFY(rates[2].value > rates[1].value && rates[1].value > rates[0].value);
        for (std::size_t i = 4; i < rates.size(); ++i) // one epoch of warm-up
            QCOMPARE(rates[i].value, whole.rate(rates[i].step - 1));
    }

    void stoppedAndResumedItEndsAsIfItHadNotBeen() {
        const auto file = complete();
        const ResumeOptions wanted = changing({{"epochs", std::int64_t{5}}, {"learning_rate", 0.1}});
        QCOMPARE(resumeRun(1, m_shapes, file, {}, {}, wanted).run, RunId{2});
        for (const std::int64_t step : {13, 15, 17}) {
            const RunOutcome stopped = stoppedAt(step, 1, file, wanted);
            QVERIFY(stopped.end == RunEnd::Cancelled);
            QVERIFY(resumeRun(stopped.run, m_shapes, file, {}, {}).end == RunEnd::Completed);
            const RunStore store(file);
            QCOMPARE(store.runs().one(stopped.run).weightsSha256, store.runs().one(2).weightsSha256);
            for (const char *key : {"loss", "learning_rate", "online_top1", "spread"})
                QCOMPARE(linesOf(store, stopped.run, key), linesOf(store, 2, key));
        }
    }

    void cancelledRunIsContinuedWithOtherOptions() {
        const auto file = m_newFile();
        {
            Stopper stopper(6);
            const std::array<Observer *, 1> observers{&stopper};
            executeRun(tinyRun(), m_shapes, file, observers, stopper.source.get_token());
        }
        ResumeOptions wanted = changing({{"learning_rate", 0.05},
                                         {"evaluate_every", std::int64_t{0}},
                                         {"batch", tinyRun().options.batch}}); // unchanged
        wanted.name = "slower";
        const RunOutcome outcome = resumeRun(1, m_shapes, file, {}, {}, wanted);
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        const RunRecord run = RunStore(file).runs().one(outcome.run);
        QCOMPARE(run.name, std::string("slower"));
        QCOMPARE(run.origin->step, std::int64_t{6});
        QCOMPARE(run.origin->epoch, 1.5);
        QCOMPARE(run.origin->changes.size(), std::size_t{2});
        QVERIFY(RunStore(file).runs().one(1).status == RunStatus::Cancelled);
        // Without a change the same run is resumed.
        QCOMPARE(resumeRun(1, m_shapes, file, {}, {}, epochs(3)).run, RunId{1});
    }

    void runIsContinuedTwiceAndOutlivesTheFirst() {
        const auto file = complete();
        QCOMPARE(resumeRun(1, m_shapes, file, {}, {}, epochs(4)).run, RunId{2});
        RunStore(file).runs().remove(1);
        const RunOutcome outcome = stoppedAt(18, 2, file, epochs(6));
        QCOMPARE(outcome.run, RunId{3});
        RunStore(file).runs().remove(2);
        const RunOutcome resumed = resumeRun(3, m_shapes, file, {}, {});
        QVERIFY2(resumed.end == RunEnd::Completed, resumed.failure.c_str());
        const RunRecord run = RunStore(file).runs().one(3);
        QCOMPARE(run.origin->run, RunId{2});
        QCOMPARE(run.origin->step, std::int64_t{16});
        QCOMPARE(run.name, RunStore(file).runs().one(3).origin->name); // "(continued)" once
    }

    void startingWeightsStayTheBaseline() {
        const auto file = complete();
        RunConfiguration configuration = tinyRun();
        configuration.options.initialWeights = m_newFile.folder() / "start.safetensors";
        NamedTensors start;
        for (const auto &[name, tensor] : readCheckpoint(checkpointFile(file, "12")).tensors)
            if (name.starts_with("encoder."))
                start.emplace(name, tensor);
        writeTensors(configuration.options.initialWeights, start, Json::object());
        QCOMPARE(executeRun(configuration, m_shapes, file, {}, {}).run, RunId{2});
        std::filesystem::remove(configuration.options.initialWeights);
        QCOMPARE(resumeRun(2, m_shapes, file, {}, {}, epochs(4)).run, RunId{3});
        const auto baseline = [&](RunId id) {
            for (const Result &result : RunStore(file).runs().one(id).results)
                if (result.key.protocol == Protocol::Linear && result.key.split == Split::Test &&
                    result.key.place.epoch == 0)
                    return result.value;
            return -1.0;
        };
        QVERIFY(baseline(2) >= 0);
        QCOMPARE(baseline(3), baseline(2));
    }

    void whatMustNotChangeIsRefused_data() {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *option, const char *value, const char *reason) {
            QTest::newRow(option) << option << value << reason;
        };
        row("encoder", "resnet34", "architecture");
        row("width", "0.25", "architecture");
        row("head_output", "32", "projection head");
        row("batch", "32", "epoch");
        row("seed", "7", "split");
        row("test_fraction", "0.3", "test images");
        row("train_images", "32", "images");
        row("image_size", "32", "views");
        row("optimiser", "lars", "state");
        row("temperature", "0.1", "loss");
        row("initial_weights", "x.pt", "initial weights");
    }
    void whatMustNotChangeIsRefused() {
        QFETCH(QString, option);
        QFETCH(QString, value);
        QFETCH(QString, reason);
        static const auto file = complete();
        const std::string id = option.toStdString();
        const Parameter &parameter = trainOptionsDescription().parameter(id, "test");
        const std::string message =
            refusal(file, changing({{id, valueFromText(parameter, value.toStdString(), "test")},
                                    {"epochs", std::int64_t{6}}}));
        QVERIFY2(isClearMessage(message, id), message.c_str());
        QVERIFY2(contains(message, reason.toStdString()), message.c_str());
    }

    void nothingLeftToTrainIsRefused() {
        const auto file = complete();
        for (const ResumeOptions &options : {epochs(2), changing({{"learning_rate", 0.1}})})
            QVERIFY2(isClearMessage(refusal(file, options), "was trained for 3 epochs"),
                     refusal(file, options).c_str());
        QVERIFY2(isClearMessage(refusal(file, {}), "more epochs"), refusal(file, {}).c_str());
        QVERIFY(isClearMessage(refusal(file, epochs(3)), "more epochs"));
    }

    void runsThatCannotBeContinuedAreRefused() {
        const auto file = complete();
        {
            RunStore store(file);
            const RunRecord known = store.runs().one(1);
            store.runs().create(known);
            QVERIFY2(isClearMessage(refusal(file, epochs(6), 2), "running"),
                     refusal(file, epochs(6), 2).c_str());
            store.runs().finish(2, RunStatus::Failed, "no reason", {});
            QVERIFY2(isClearMessage(refusal(file, epochs(6), 2), "no checkpoint"),
                     refusal(file, epochs(6), 2).c_str());
            NewRun imported = known;
            imported.totalEpochs = 0;
            imported.totalSteps = 0;
            store.runs().finish(store.runs().create(imported), RunStatus::Completed, {}, {});
            QVERIFY(isClearMessage(refusal(file, epochs(6), 3), "import"));
        }
        const DatasetPtr others = openDataset("shapes:2");
        QVERIFY_EXCEPTION_THROWN(resumeRun(1, others, file, {}, {}, epochs(6)), ImagesChanged);
        ResumeOptions allowed = epochs(4);
        allowed.allowChangedImages = true;
        const RunOutcome outcome = resumeRun(1, others, file, {}, {}, allowed);
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QCOMPARE(RunStore(file).runs().one(outcome.run).dataset.fingerprint, others->fingerprint());
        QCOMPARE(RunStore(file).runs().one(1).dataset.fingerprint, m_shapes->fingerprint());
    }
};

SIMCLR_TEST(TestRunExtension, QCoreApplication)
#include "tst_run_extension.moc"
