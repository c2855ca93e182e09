// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/grid.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

Grid gridOf(const std::vector<std::pair<std::string, std::string>> &axes) {
    Grid grid;
    grid.base.pipeline = pipelineByName("simclr-cifar10");
    grid.images = {"folder:/photos", "abc"};
    for (const auto &[option, values] : axes)
        grid.axes.push_back(axisFromText(option, values));
    return grid;
}

QStringList namesOf(const Grid &grid) {
    QStringList names;
    for (const TrainJob &job : jobsOf(grid))
        names << QString::fromStdString(job.configuration.name);
    return names;
}

std::string reasonAgainst(const Grid &grid) {
    try {
        jobsOf(grid);
    } catch (const InvalidInput &error) {
        return error.what();
    }
    return "none";
}

} // namespace

class TestGrid : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyCombinationOnceWithItsName() {
        Grid grid = gridOf({{"learning_rate", "0.1, 0.5"}, {"batch", "64"}});
        grid.base.name = "base";
        grid.pipelines = {pipelineByName("simclr-cifar10"), pipelineByName("crop-only")};
        grid.seeds = {2, 1};
        grid.study = "night";
        grid.rules.collapse = "stop";
        const std::vector<TrainJob> jobs = jobsOf(grid);
        QCOMPARE(jobs.size(), std::size_t{8});
        QCOMPARE(jobCount(grid), std::size_t{8});
        std::set<std::string> names;
        for (const TrainJob &job : jobs) {
            names.insert(job.configuration.name);
            QCOMPARE(job.configuration.options.batch, std::int64_t{64});
            QCOMPARE(job.images.source, std::string("folder:/photos"));
            QCOMPARE(job.study, std::string("night"));
            QVERIFY(job.rules == grid.rules);
        }
        QCOMPARE(names.size(), jobs.size());
        // The seed changes slowest.
        const auto seedOf = [&](std::size_t place) { return jobs[place].configuration.options.seed; };
        QCOMPARE(seedOf(0), std::int64_t{2});
        QCOMPARE(seedOf(3), std::int64_t{2});
        QCOMPARE(seedOf(4), std::int64_t{1});
        QCOMPARE(jobs[1].configuration.options.learningRate, 0.5);
        QVERIFY2(contains(jobs[1].configuration.name, "learning_rate 0.5"),
                 jobs[1].configuration.name.c_str());
        QVERIFY(!contains(jobs[1].configuration.name, "batch")); // it does not differ
        QVERIFY(jobs[2].configuration.pipeline == pipelineByName("crop-only"));
    }

    void namesSayOnlyWhatDiffers() {
        Grid grid = gridOf({});
        const std::string name = grid.base.pipeline.name;
        QCOMPARE(namesOf(grid), QStringList{QString::fromStdString(name)});
        grid.seeds = {7};
        QCOMPARE(namesOf(grid), QStringList{QString::fromStdString(name)});
        QCOMPARE(jobsOf(grid).front().configuration.options.seed, std::int64_t{7});
        grid.seeds = {1, 2};
        QCOMPARE(namesOf(grid), (QStringList{QString::fromStdString(name + ", seed 1"),
                                             QString::fromStdString(name + ", seed 2")}));
    }

    void textBecomesValues() {
        QCOMPARE(seedsFromText("1-3, 9"), (std::vector<std::int64_t>{1, 2, 3, 9}));
        const GridAxis encoders = axisFromText("encoder", "resnet18, resnet34");
        QCOMPARE(encoders.values.size(), std::size_t{2});
        QVERIFY(encoders.values[1] == Value(std::string("resnet34")));
        const GridAxis rates = axisFromText("learning_rate", "1e-3,0.5");
        QVERIFY(rates.values[0] == Value(1e-3));
        const GridAxis switches = axisFromText("nesterov", "true,false");
        QVERIFY(switches.values[1] == Value(false));
    }

    void wrongTextIsRefused_data() {
        QTest::addColumn<QByteArray>("option");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("unknown option") << QByteArray("colour") << QByteArray("1");
        QTest::newRow("no number") << QByteArray("learning_rate") << QByteArray("fast");
        QTest::newRow("too large") << QByteArray("learning_rate") << QByteArray("0.1,1e9");
        QTest::newRow("empty") << QByteArray("learning_rate") << QByteArray("");
        QTest::newRow("empty part") << QByteArray("batch") << QByteArray("64,,128");
        QTest::newRow("backwards") << QByteArray("seed") << QByteArray("3-1");
        QTest::newRow("endless") << QByteArray("seed") << QByteArray("1-9007199254740991");
        QTest::newRow("unknown choice") << QByteArray("encoder") << QByteArray("resnet18,vgg");
    }
    void wrongTextIsRefused() {
        QFETCH(const QByteArray, option);
        QFETCH(const QByteArray, text);
        QVERIFY_THROWS_EXCEPTION(InvalidInput, axisFromText(option.toStdString(), text.toStdString()));
    }

    void wrongGridsAreRefused() {
        QVERIFY(contains(reasonAgainst(gridOf({{"batch", "64,64"}})), "named twice"));
        QVERIFY(contains(reasonAgainst(gridOf({{"batch", "64"}, {"batch", "128"}})), "named twice"));
        Grid seeds = gridOf({{"seed", "1,2"}});
        seeds.seeds = {3, 4};
        QVERIFY(contains(reasonAgainst(seeds), "named twice"));
        Grid large = gridOf({{"epochs", "1-40"}});
        large.seeds = seedsFromText("1-26");
        QVERIFY(contains(reasonAgainst(large), "more than 1000"));
        Grid possible = gridOf({{"epochs", "1-40"}});
        possible.seeds = seedsFromText("1-25");
        QCOMPARE(jobsOf(possible).size(), mostGridJobs);
        // A combination that contradicts itself is named.
        const std::string reason = reasonAgainst(gridOf({{"chunk", "0,7"}}));
        QVERIFY2(contains(reason, "chunk 7") && contains(reason, "is not possible"), reason.c_str());
    }
};

SIMCLR_TEST(TestGrid)
#include "tst_grid.moc"
