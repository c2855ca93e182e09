// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/stored_runs.h"
#include "ui/runs/table/run_queries.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <memory>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;
constexpr int runs = 2'500; ///< more than are read at once
const QString slow = QStringLiteral("at(loss, 1)");
const QString quick = QStringLiteral("batch");

/// Different ones, so that none is known when another was read.
QStringList manySlow() {
    constexpr int many = 12;
    QStringList fields;
    for (int last = 1; last <= many; ++last)
        fields.append(QStringLiteral("mean(loss, %1)").arg(last));
    return fields;
}

} // namespace

/// What is read of runs in threads: values of options, and those that need the points of each run.
class TestRunQueries : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        m_database = folderOf(m_folder) / "runs.sqlite";
        RunStore store(m_database);
        const RunId first = test::store(store, {.name = "run", .steps = 1});
        const NewRun run = store.runs().one(first);
        for (int i = 1; i < runs; ++i) {
            const RunId id = store.runs().create(run);
            store.metrics().add(id, std::vector<KeyedMetric>{{"loss", {10, 1, double(id), 1.7e9}}});
        }
    }

    /// They appear run by run, the newest first: they are at the top of the table.
    void valuesOfCurvesComeInParts() {
        RunQueries queries(m_database);
        qsizetype atFirst = 0;
        bool hasNewest = false;
        const QSignalSpy parts(&queries, &RunQueries::partRead);
        const QSignalSpy all(&queries, &RunQueries::valuesRead);
        connect(&queries, &RunQueries::partRead, this, [&] {
            const auto known = queries.knownValues(slow);
            if (atFirst == 0 && known != nullptr) {
                atFirst = known->values.size();
                hasNewest = known->values.contains(runs);
                QVERIFY(queries.values(slow) == nullptr); // of all runs
            }
        });
        queries.read({slow});
        QTRY_COMPARE_WITH_TIMEOUT(all.size(), 1, patience);
        QVERIFY(parts.size() >= 2);
        QVERIFY2(atFirst > 0 && atFirst < runs - 1, qPrintable(QString::number(atFirst)));
        QVERIFY(hasNewest);
        QCOMPARE(queries.values(slow)->values.size(), runs - 1); // the first run has not reached epoch 1
        QCOMPARE(std::get<double>(queries.values(slow)->values.value(7)), 7.0);
    }

    /// A known value is not replaced by a part of the newer ones.
    void partsDoNotReplaceWhatIsKnown() {
        RunQueries queries(m_database);
        const QSignalSpy all(&queries, &RunQueries::valuesRead);
        queries.read({slow});
        QTRY_COMPARE_WITH_TIMEOUT(all.size(), 1, patience);
        const QSignalSpy parts(&queries, &RunQueries::partRead);
        queries.read({slow});
        QTRY_COMPARE_WITH_TIMEOUT(all.size(), 2, patience);
        QCOMPARE(parts.size(), 0);
    }

    /// The first request is left when the second one comes, and only the second one is answered.
    void aNewerRequestDoesNotWait() {
        RunQueries queries(m_database);
        const QSignalSpy all(&queries, &RunQueries::valuesRead);
        const QSignalSpy parts(&queries, &RunQueries::partRead);
        queries.read(manySlow());
        QTRY_VERIFY_WITH_TIMEOUT(parts.size() > 0, patience);
        queries.read({quick});
        QTRY_VERIFY_WITH_TIMEOUT(!all.empty(), patience);
        QCOMPARE(queries.values(quick)->values.size(), runs);
        QVERIFY(queries.values(manySlow().back()) == nullptr);
        QCOMPARE(all.size(), 1);
    }

    /// Names and values that are read at once do not wait for those of curves.
    void quickValuesComeFirst() {
        RunQueries queries(m_database);
        const QSignalSpy parts(&queries, &RunQueries::partRead);
        bool areComplete = false;
        connect(&queries, &RunQueries::partRead, this, [&] {
            if (parts.size() <= 1) // the spy may be told later
                areComplete = queries.values(quick) && queries.values(quick)->values.size() == runs &&
                              !queries.names().metrics.empty() && queries.knownValues(slow) == nullptr;
        });
        queries.read({slow, quick});
        QTRY_VERIFY_WITH_TIMEOUT(parts.size() > 0, patience);
        QVERIFY(areComplete);
    }

    /// The window closes without reading the curves of all runs.
    void itsEndDoesNotWaitForCurves() {
        auto queries = std::make_unique<RunQueries>(m_database);
        const QSignalSpy all(queries.get(), &RunQueries::valuesRead);
        QElapsedTimer clock;
        clock.start();
        queries->read(manySlow());
        QTRY_VERIFY_WITH_TIMEOUT(!all.empty(), patience);
        const qint64 whole = clock.restart();

        queries = std::make_unique<RunQueries>(m_database);
        const QSignalSpy parts(queries.get(), &RunQueries::partRead);
        queries->read(manySlow());
        QTRY_VERIFY_WITH_TIMEOUT(parts.size() > 0, patience);
        queries.reset();
        QVERIFY2(clock.elapsed() * 2 < whole, qPrintable(QString::number(whole)));
    }

  private:
    QTemporaryDir m_folder;
    std::filesystem::path m_database;
};

SIMCLR_TEST(TestRunQueries, QApplication)
#include "tst_run_queries.moc"
