// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "ui/background/background_worker.h"

#include <QSemaphore>
#include <QtTest>
#include <atomic>
#include <optional>

using namespace simclr::ui;

namespace {

using Policy = BackgroundWorker::Policy;
using Task = BackgroundWorker::Task;

constexpr int patienceMs = 30'000;

/// Work that has begun and ends when it is let go.
struct Gate {
    QSemaphore begun;
    QSemaphore go;

    void pass() {
        begun.release();
        (void)go.tryAcquire(1, patienceMs); // so that a failing test ends
    }
    bool isReached() { return begun.tryAcquire(1, patienceMs); }
};

void waitForStop(const std::stop_token &stop) {
    QSemaphore stopped;
    const std::stop_callback callback(stop, [&] { stopped.release(); });
    (void)stopped.tryAcquire(1, patienceMs);
}

} // namespace

/// Work is held at semaphores, so that every order of events is the one that is tested.
class TestBackground : public QObject {
    Q_OBJECT

    /// A worker and the answers that arrived.
    struct Asker {
        QList<int> answers;
        BackgroundWorker worker;

        explicit Asker(Policy policy) : worker(policy) {}
        auto note() {
            return [this](int answer) { answers.append(answer); };
        }
        void ask(int answer) {
            worker.ask([answer] { return answer; }, note());
        }
        void askAt(Gate &gate, int answer) {
            worker.ask(
                [&gate, answer] {
                    gate.pass();
                    return answer;
                },
                note());
        }
        bool settles() const {
            return QTest::qWaitFor([this] { return !worker.isWorking(); }, patienceMs);
        }
    };

  private Q_SLOTS:
    void worksInAThreadAndAnswersInThisOne() {
        QThread *workedIn = nullptr;
        QThread *answeredIn = nullptr;
        BackgroundWorker worker(Policy::InOrder);
        worker.ask([&] { workedIn = QThread::currentThread(); },
                   [&] { answeredIn = QThread::currentThread(); });
        QVERIFY(QTest::qWaitFor([&] { return answeredIn != nullptr; }, patienceMs));
        QCOMPARE(answeredIn, QThread::currentThread());
        QVERIFY(workedIn && workedIn != QThread::currentThread());
    }

    void newestOfTheWaitingWins() {
        Gate gate;
        Asker asker(Policy::FinishCurrent);
        asker.askAt(gate, 1);
        QVERIFY(gate.isReached());
        asker.ask(2);
        asker.ask(3);
        gate.go.release();
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, QList<int>({1, 3}));
    }

    void allAreAnsweredInOrder() {
        Gate gate;
        Asker asker(Policy::InOrder);
        asker.askAt(gate, 1);
        QVERIFY(gate.isReached());
        asker.ask(2);
        asker.ask(3);
        gate.go.release();
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, QList<int>({1, 2, 3}));
    }

    void stoppedWorkIsDropped() {
        QSemaphore begun;
        Asker asker(Policy::StopCurrent);
        asker.worker.ask(
            [&](const Task &task) {
                begun.release();
                waitForStop(task.stop());
                return 1;
            },
            asker.note());
        QVERIFY(begun.tryAcquire(1, patienceMs));
        asker.ask(2);
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, QList<int>({2}));
    }

    void onlyStopDropsAnAnswerOnItsWay_data() {
        QTest::addColumn<Policy>("policy");
        QTest::addColumn<QList<int>>("answers");
        QTest::newRow("finish") << Policy::FinishCurrent << QList<int>{1, 2};
        QTest::newRow("stop") << Policy::StopCurrent << QList<int>{2};
        QTest::newRow("in order") << Policy::InOrder << QList<int>{1, 2};
    }
    void onlyStopDropsAnAnswerOnItsWay() {
        QFETCH(Policy, policy);
        QFETCH(QList<int>, answers);
        Asker asker(policy);
        asker.ask(1);
        asker.worker.wait(); // the answer is posted, but not delivered
        QVERIFY(asker.answers.isEmpty());
        asker.ask(2);
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, answers);
    }

    void partialResultsComeBeforeTheAnswer() {
        Asker asker(Policy::StopCurrent);
        asker.worker.ask(
            [&](const Task &task) {
                for (const int part : {1, 2})
                    task.post([&asker, part] { asker.answers.append(part); });
                return 3;
            },
            asker.note());
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, QList<int>({1, 2, 3}));
    }

    void partialResultsOfStoppedWorkAreDropped() {
        QSemaphore posted;
        Asker asker(Policy::StopCurrent);
        asker.worker.ask(
            [&](const Task &task) {
                task.post([&asker] { asker.answers.append(1); });
                posted.release();
                waitForStop(task.stop());
                task.post([&asker] { asker.answers.append(2); });
                return 3;
            },
            asker.note());
        QVERIFY(posted.tryAcquire(1, patienceMs));
        asker.ask(4);
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, QList<int>({4}));
    }

    void cancelDropsEverything_data() {
        QTest::addColumn<Policy>("policy");
        QTest::newRow("finish") << Policy::FinishCurrent;
        QTest::newRow("stop") << Policy::StopCurrent;
        QTest::newRow("in order") << Policy::InOrder;
    }
    void cancelDropsEverything() {
        QFETCH(Policy, policy);
        QSemaphore begun;
        Asker asker(policy);
        asker.worker.ask(
            [&](const Task &task) {
                begun.release();
                waitForStop(task.stop());
                return 1;
            },
            asker.note());
        QVERIFY(begun.tryAcquire(1, patienceMs));
        if (policy != Policy::StopCurrent) // there, it stops the first
            asker.ask(2);
        asker.worker.cancel();
        QVERIFY(!asker.worker.isWorking());
        asker.ask(3);
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, QList<int>({3}));
    }

    void noAnswerComesAfterItsDestruction() {
        int answers = 0;
        const auto count = [&] { ++answers; };
        {
            BackgroundWorker worker(Policy::InOrder);
            worker.ask([&](const Task &task) { task.post(count); }, count);
            worker.wait();
        }
        QCoreApplication::processEvents();
        QCOMPARE(answers, 0);
        BackgroundWorker other(Policy::InOrder); // the same is delivered if the worker still exists
        other.ask([&](const Task &task) { task.post(count); }, count);
        other.wait();
        QCoreApplication::processEvents();
        QCOMPARE(answers, 2);
    }

    void destructorStopsTheWorkAndWaits() {
        std::atomic_bool isFinished = false;
        std::atomic_bool isNextBegun = false;
        QSemaphore begun;
        {
            BackgroundWorker worker(Policy::InOrder);
            worker.ask(
                [&](const Task &task) {
                    begun.release();
                    waitForStop(task.stop());
                    isFinished = true;
                },
                [] {});
            worker.ask([&] { isNextBegun = true; }, [] {});
            QVERIFY(begun.tryAcquire(1, patienceMs));
            QVERIFY(!isFinished);
        }
        QVERIFY(isFinished);
        QVERIFY(!isNextBegun);
    }

    void waitEndsWhenAllWorkIsDone() {
        QList<int> worked;
        Asker asker(Policy::InOrder);
        asker.worker.wait(); // nothing was requested
        for (const int number : {1, 2, 3})
            asker.worker.ask([&worked, number] { worked.append(number); }, [] {});
        asker.worker.wait();
        QCOMPARE(worked, QList<int>({1, 2, 3}));
        QVERIFY(asker.worker.isWorking()); // nothing was delivered yet
        QVERIFY(asker.worker.isIdle());
    }

    void cancelledWorkIsNotIdle() {
        Gate gate;
        Asker asker(Policy::StopCurrent);
        QVERIFY(asker.worker.isIdle());
        asker.askAt(gate, 1);
        QVERIFY(gate.isReached());
        asker.worker.cancel(); // which this work does not heed
        QVERIFY(!asker.worker.isWorking());
        QVERIFY(!asker.worker.isIdle());
        gate.go.release();
        asker.worker.wait();
        QVERIFY(asker.worker.isIdle());
    }

    void isWorkingUntilTheAnswerIsDelivered() {
        BackgroundWorker worker(Policy::FinishCurrent);
        QVERIFY(!worker.isWorking());
        std::optional<bool> first;
        std::optional<bool> second;
        worker.ask([] {},
                   [&] {
                       first = worker.isWorking();
                       worker.ask([] {}, [&] { second = worker.isWorking(); });
                       QVERIFY(worker.isWorking());
                   });
        QVERIFY(worker.isWorking());
        QVERIFY(QTest::qWaitFor([&] { return second.has_value(); }, patienceMs));
        QCOMPARE(first, std::optional(false)); // an answer may ask again
        QCOMPARE(second, std::optional(false));
    }

    void answersAreMoved() {
        BackgroundWorker worker(Policy::FinishCurrent);
        std::unique_ptr<int> received;
        worker.ask([] { return std::make_unique<int>(7); },
                   [&](std::unique_ptr<int> &&answer) { received = std::move(answer); });
        QVERIFY(QTest::qWaitFor([&] { return received != nullptr; }, patienceMs));
        QCOMPARE(*received, 7);
    }

    void beginComesFirstAndOnce() {
        std::vector<std::thread::id> begun;
        std::vector<std::thread::id> worked;
        BackgroundWorker worker(Policy::InOrder, [&] { begun.push_back(std::this_thread::get_id()); });
        for (int i = 0; i < 2; ++i)
            worker.ask([&] { worked.push_back(begun.empty() ? std::thread::id() : begun.back()); }, [] {});
        worker.wait();
        QCOMPARE(begun.size(), std::size_t{1});
        QVERIFY(begun.front() != std::this_thread::get_id());
        QVERIFY(worked == std::vector(2, begun.front()));
    }

    void anExceptionIsLoggedAndTheNextRequestAnswered() {
        Asker asker(Policy::InOrder);
        QTest::ignoreMessage(QtCriticalMsg, "Background work failed: std::bad_alloc");
        asker.worker.ask([]() -> int { throw std::bad_alloc(); }, asker.note());
        QTest::ignoreMessage(QtCriticalMsg, "Background work failed with an unknown exception");
        asker.worker.ask([]() -> int { throw 1; }, asker.note());
        asker.ask(3);
        QVERIFY(asker.settles());
        QCOMPARE(asker.answers, QList<int>({3}));
    }
};

SIMCLR_TEST(TestBackground, QCoreApplication)
#include "tst_background.moc"
