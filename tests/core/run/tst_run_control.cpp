// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "core/store/run_store.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_support.h"

#include <algorithm>
#include <array>
#include <thread>

using namespace simclr;
using namespace simclr::test;

namespace {

/// Calls `act` after a step, and records what happens.
struct Director : ListeningObserver<Director> {
    Director(std::int64_t step, std::function<void()> action) : atStep(step), act(std::move(action)) {}

    void hear(const StepFinished &step) {
        lastStep = step.step;
        slowest = std::min(slowest, step.values["images_per_second"]);
        if (step.step == atStep)
            act();
    }
    void hear(const Evaluated &evaluated) { evaluations.push_back(evaluated); }
    void hear(const CheckpointWritten &written) {
        if (written.kind == CheckpointKind::Last)
            checkpoints.push_back(written.step);
    }
    void hear(const TrainingPaused &paused) {
        pauses.push_back(paused);
        if (paused.isPaused && whenPaused)
            whenPaused();
    }
    void hear(const RuleFired &rule) { rules.push_back(rule); }

    std::int64_t atStep;
    std::function<void()> act;
    std::function<void()> whenPaused;
    std::int64_t lastStep = 0;
    double slowest = HUGE_VAL;
    std::vector<Evaluated> evaluations;
    std::vector<std::int64_t> checkpoints;
    std::vector<TrainingPaused> pauses;
    std::vector<RuleFired> rules;
};

} // namespace

/// What is asked of a training in progress, and the rules of the user.
class TestRunControl : public QObject {
    Q_OBJECT

    NewDatabases m_newFile;
    DatasetPtr m_shapes;
    std::string m_weights; ///< of tinyRun() without any request

    RunOutcome direct(const std::filesystem::path &file, Director &director, TrainingControl &control,
                      const RuleOptions &rules = {}) {
        const std::array<Observer *, 1> observers{&director};
        return executeRun(tinyRun(), m_shapes, file, observers, {}, {}, {rules, &control});
    }

  private Q_SLOTS:
    void initTestCase() {
        m_shapes = openDataset("shapes");
        const auto file = m_newFile();
        QVERIFY(executeRun(tinyRun(), m_shapes, file, {}, {}).end == RunEnd::Completed);
        m_weights = RunStore(file).runs().one(1).weightsSha256;
    }

    void evaluatesAndWritesACheckpointNow() {
        const auto file = m_newFile();
        TrainingControl control;
        Director director(6, [&] { // within the second epoch
            control.evaluateNow();
            control.checkpointNow();
        });
        const RunOutcome outcome = direct(file, director, control);
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QVERIFY(std::ranges::count(director.checkpoints, 6) == 1);
        const auto now = std::ranges::count_if(director.evaluations, [](const Evaluated &each) {
            return each.result.key.place.step == std::optional<std::int64_t>(6);
        });
        QCOMPARE(now, 3); // linear, kNN, online probe
        const RunRecord run = RunStore(file).runs().one(1);
        QCOMPARE(run.weightsSha256, m_weights); // it changed nothing about the training
        const auto stored = std::ranges::count_if(run.results, [](const Result &result) {
            return result.key.place.step && result.key.place.epoch == 2;
        });
        QCOMPARE(stored, 3);
        const auto usual = std::ranges::count_if(run.results, [](const Result &result) {
            return result.key.isPlain() && result.key.place.epoch == 2;
        });
        QCOMPARE(usual, 3); // that of the end of the epoch is there too
    }

    void pausesAndContinues() {
        const auto file = m_newFile();
        TrainingControl control;
        Director director(5, [&] { control.pause(); });
        std::jthread helper;
        std::int64_t stepWhilePaused = 0;
        director.whenPaused = [&] {
            helper = std::jthread([&] {
                control.evaluateNow(); // is served during the pause
                std::this_thread::sleep_for(std::chrono::milliseconds(1500));
                stepWhilePaused = director.lastStep;
                control.resume();
            });
        };
        const RunOutcome outcome = direct(file, director, control);
        helper = {};
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QCOMPARE(stepWhilePaused, std::int64_t{5});
        QCOMPARE(director.pauses.size(), std::size_t{2});
        QVERIFY(director.pauses[0].isPaused && !director.pauses[1].isPaused);
        QCOMPARE(director.pauses[0].step, std::int64_t{5});
        QVERIFY(std::ranges::count(director.checkpoints, 5) == 1);
        QVERIFY(std::ranges::any_of(director.evaluations, [](const Evaluated &each) {
            return each.result.key.place.step == std::optional<std::int64_t>(5);
        }));
        // 16 images in 1.5 s would be fewer than 11 images/s.
        QVERIFY2(director.slowest > 11, std::to_string(director.slowest).c_str());
        QCOMPARE(RunStore(file).runs().one(1).weightsSha256, m_weights);
    }

    void stopEndsAPause() {
        const auto file = m_newFile();
        TrainingControl control;
        std::stop_source stop;
        Director director(5, [&] { control.pause(); });
        std::jthread helper;
        director.whenPaused = [&] { helper = std::jthread([&] { stop.request_stop(); }); };
        const std::array<Observer *, 1> observers{&director};
        const RunOutcome outcome =
            executeRun(tinyRun(), m_shapes, file, observers, stop.get_token(), {}, {{}, &control});
        QVERIFY(outcome.end == RunEnd::Cancelled);
        QCOMPARE(director.lastStep, std::int64_t{5});
    }

    void stopsAfterTheEpoch() {
        const auto file = m_newFile();
        TrainingControl control;
        Director director(5, [&] { control.stopAfterEpoch(true); });
        const RunOutcome outcome = direct(file, director, control);
        QVERIFY(outcome.end == RunEnd::Cancelled);
        QCOMPARE(director.lastStep, std::int64_t{8});
        QVERIFY(std::ranges::any_of(director.evaluations, [](const Evaluated &each) {
            return each.result.key.isPlain() && each.result.key.place.epoch == 2; // it was evaluated
        }));
        QVERIFY(resumeRun(1, m_shapes, file, {}, {}).end == RunEnd::Completed);
        QCOMPARE(RunStore(file).runs().one(1).weightsSha256, m_weights);
    }

    void stopAfterTheLastEpochCompletes() {
        TrainingControl control;
        Director director(10, [&] { control.stopAfterEpoch(true); });
        QVERIFY(direct(m_newFile(), director, control).end == RunEnd::Completed);
    }

    void ruleStopsTheRun() {
        const auto file = m_newFile();
        RuleOptions rules;
        rules.accuracy = "stop";
        rules.accuracyMinimum = 1;
        rules.accuracyEpoch = 2;
        TrainingControl control;
        Director director(0, [] {});
        const RunOutcome outcome = direct(file, director, control, rules);
        QVERIFY(outcome.end == RunEnd::Cancelled);
        QCOMPARE(director.rules.size(), std::size_t{1});
        QCOMPARE(director.lastStep, std::int64_t{8});
        const RunRecord run = RunStore(file).runs().one(1);
        QVERIFY(std::ranges::any_of(run.notes, [](const NoteRecord &note) {
            return contains(note.message, "Rule \"Low accuracy\"") && contains(note.message, "The run stops");
        }));
    }

    void ruleOnlyNotifies() {
        RuleOptions rules;
        rules.collapse = "notify";
        rules.collapseRank = 10000;
        TrainingControl control;
        Director director(0, [] {});
        QVERIFY(direct(m_newFile(), director, control, rules).end == RunEnd::Completed);
        QCOMPARE(director.rules.size(), std::size_t{1});
        QVERIFY(!director.rules[0].stops);
    }

    void requestsAreTakenOnce() {
        TrainingControl control;
        QVERIFY(!control.isDue());
        control.checkpointNow();
        QVERIFY(control.isDue());
        QVERIFY(control.take().checkpoint);
        QVERIFY(!control.isDue() && !control.take().checkpoint);
        control.pause();
        QVERIFY(control.isDue() && control.isPaused());
        control.reset();
        QVERIFY(!control.isDue() && !control.isPaused());
        QVERIFY(!control.waitForRequests({})); // it is not paused
    }
};

SIMCLR_TEST(TestRunControl)
#include "tst_run_control.moc"
