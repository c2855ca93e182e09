// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"

#include <cmath>

using namespace simclr;
using namespace simclr::test;

/// The demonstration: it must reproduce the paper's first finding, in 8 of its 30 epochs already.
class TestCliDemo : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void colourDistortionMatters();

  private:
    static double linear(const Json &demo, int row) { return demo["table"][row]["linear"].get<double>(); }
};

void TestCliDemo::colourDistortionMatters() {
    const QTemporaryDir directory;
    const QString database = text(folderOf(directory) / "demo.sqlite");
    const CommandResult result = runCommand({"demo", "--epochs", "8", "--json", "--db", database});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json demo = result.json();
    QCOMPARE(demo["table"].size(), std::size_t{3});
    QCOMPARE(demo["table"][0]["encoder"].get<std::string>(), std::string("random"));
    const double random = linear(demo, 0);
    const double crop = linear(demo, 1);
    const double simclr = linear(demo, 2);
    const double images = RunStore(database.toStdString()).runs().one(2).dataset.testImages;
    const double deviation = std::sqrt((crop * (1 - crop) + simclr * (1 - simclr)) / images);
    QVERIFY2(simclr - crop > 3 * deviation, result.out.c_str());
    QVERIFY2(simclr > random, result.out.c_str());
    // The table agrees with the runs.
    for (const RunId run : {1, 2})
        QCOMPARE(latestResult(RunStore(database.toStdString()).runs().one(run), Protocol::Linear, Split::Test)
                     ->value,
                 linear(demo, static_cast<int>(run)));
}

SIMCLR_TEST(TestCliDemo, QCoreApplication)
#include "tst_cli_demo.moc"
