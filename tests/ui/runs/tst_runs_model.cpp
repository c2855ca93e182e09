// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/stored_runs.h"
#include "ui/runs/compare/comparison_model.h"
#include "ui/runs/curves/curve_loader.h"
#include "ui/runs/details/run_details_model.h"
#include "ui/runs/table/runs_model.h"
#include "ui/widgets/plain_text.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestRunsModel : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_store = std::make_unique<RunStore>(m_file);
    }

    void showsRunsNewestFirst() {
        test::store(*m_store, {.name = "first", .linear = 0.621});
        test::store(*m_store, {.name = "second", .status = RunStatus::Cancelled});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns(listed(*m_store));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(name(model, 0), QStringLiteral("second"));
        QCOMPARE(text(model, 0, "status"), QStringLiteral("cancelled"));
        QCOMPARE(text(model, 1, "encoder"), QStringLiteral("ResNet-18 ×0.25"));
        QCOMPARE(text(model, 1, "epoch"), QStringLiteral("10 of 10"));
        QCOMPARE(text(model, 1, "linear"), QStringLiteral("62.1 % test"));
        QVERIFY(text(model, 0, "linear").endsWith(QStringLiteral("val."))); // without test results
        QVERIFY(text(model, 1, "images_per_second") != QStringLiteral("–"));
    }

    void changesOnlyWhatDiffers() {
        const RunId first = test::store(*m_store, {.name = "first"});
        const RunId second = test::store(*m_store, {.name = "second"});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns(listed(*m_store));
        const QPersistentModelIndex kept = model.indexOf(first);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const RunId third = test::store(*m_store, {.name = "third"});
        m_store->runs().remove(second);
        model.setRuns(listed(*m_store));
        QCOMPARE(reset.count(), 0);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.row(), 1);
        QCOMPARE(kept.data(Qt::EditRole).toString(), QStringLiteral("first"));
        QCOMPARE(model.indexOf(third).row(), 0);
        QVERIFY(!model.indexOf(second).isValid());
        model.sort(model.columnOf(QStringLiteral("created")), Qt::AscendingOrder);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(kept.row(), 0);
        QCOMPARE(kept.data(Qt::EditRole).toString(), QStringLiteral("first"));
        model.setRuns({});
        QVERIFY(!kept.isValid());
    }

    void tellsOnlyOfCellsThatDiffer() {
        test::store(*m_store, {.name = "still"});
        const RunId busy = test::store(*m_store, {.name = "busy", .status = RunStatus::Running, .steps = 50});
        RunsModel model;
        std::vector<RunPtr> runs = listed(*m_store);
        model.setRuns(runs);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        m_store->metrics().add(busy, std::vector<KeyedMetric>{{"loss", {51, 5.1, 1, 0}}});
        runs[0] = listed(*m_store)[0];
        model.setRuns(runs);
        QSet<QString> columns;
        for (const QList<QVariant> &change : changed) {
            QCOMPARE(change[0].toModelIndex(), change[1].toModelIndex());
            QCOMPARE(change[0].toModelIndex().row(), model.indexOf(busy).row());
            columns.insert(model.columns()[std::size_t(change[0].toModelIndex().column())].field);
        }
        QCOMPARE(columns, QSet<QString>({QStringLiteral("epoch"), QStringLiteral("duration")}));
    }

    void renamesInPlace() {
        const RunId id = test::store(*m_store, {.name = "old"});
        RunsModel model;
        model.setRuns(listed(*m_store));
        QSignalSpy renamed(&model, &RunsModel::renamed);
        const QModelIndex index = model.indexOf(id);
        QVERIFY(model.flags(index) & Qt::ItemIsEditable);
        QVERIFY(!(model.flags(index.siblingAtColumn(1)) & Qt::ItemIsEditable));
        QVERIFY(!model.setData(index, QStringLiteral("   "), Qt::EditRole));
        QVERIFY(!model.setData(index, QStringLiteral("old"), Qt::EditRole));
        QVERIFY(model.setData(index, QStringLiteral(" new "), Qt::EditRole));
        QCOMPARE(renamed.count(), 1);
        QCOMPARE(renamed[0][0].toLongLong(), id);
        QCOMPARE(renamed[0][1].toString(), QStringLiteral("new"));
        QCOMPARE(name(model, 0), QStringLiteral("old")); // until it is stored
        m_store->runs().rename(id, "new");
        model.setRuns(listed(*m_store));
        QCOMPARE(name(model, 0), QStringLiteral("new"));
    }

    void sortsByRealValues() {
        test::store(*m_store, {.name = "nine", .linear = 0.09});
        test::store(*m_store, {.name = "ten", .linear = 0.10});
        test::store(*m_store, {.name = "all", .linear = 1.0});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns(listed(*m_store));
        model.sort(model.columnOf(QStringLiteral("linear")),
                   Qt::DescendingOrder); // as text "9.0 %" comes first
        QCOMPARE(names(model),
                 QStringList({QStringLiteral("all"), QStringLiteral("ten"), QStringLiteral("nine")}));
        model.sort(model.columnOf(QStringLiteral("created")), Qt::AscendingOrder);
        QCOMPARE(names(model),
                 QStringList({QStringLiteral("nine"), QStringLiteral("ten"), QStringLiteral("all")}));
    }

    void showsOnlyWhatMatches() {
        const RunId alpha = test::store(*m_store, {.name = "alpha"});
        test::store(*m_store, {.name = "beta"});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns(listed(*m_store));
        model.setShown(QSet<qint64>{alpha});
        QCOMPARE(names(model), QStringList({QStringLiteral("alpha")}));
        QCOMPARE(model.shownRuns(), 1);
        model.setShown(std::nullopt);
        QCOMPARE(model.shownRuns(), 2);
    }

    void groupsHaveMeansOfAllTheirRuns() {
        test::store(*m_store, {.name = "a", .pipeline = "crop-only", .linear = 0.5});
        test::store(*m_store, {.name = "b", .pipeline = "crop-only", .linear = 0.6});
        test::store(*m_store, {.name = "c", .linear = 0.8});
        test::store(*m_store, {.name = "d", .pipeline = "crop-only", .linear = 0.7});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns(listed(*m_store));
        model.setLevels({pipelineLevel()});
        model.sort(model.columnOf(QStringLiteral("linear")), Qt::DescendingOrder);
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex best = model.index(0, 0);
        const QModelIndex crops = model.index(1, 0);
        QCOMPARE(model.rowCount(best), 1);
        QCOMPARE(model.rowCount(crops), 3);
        QVERIFY(crops.data().toString().contains(QStringLiteral("3")));
        const int linear = model.columnOf(QStringLiteral("linear"));
        QCOMPARE(crops.siblingAtColumn(linear).data().toString(), QStringLiteral("60.0 % ± 10.0 % (3)"));
        QCOMPARE(best.siblingAtColumn(linear).data().toString(), QStringLiteral("80.0 % (1)"));
        QCOMPARE(model.index(0, 0, crops).data(Qt::EditRole).toString(),
                 QStringLiteral("d")); // sorted inside
        QCOMPARE(model.runsOf(crops).size(), std::size_t{3});
        QCOMPARE(model.indexOfGroup(crops.data(RunsModel::GroupRole).toStringList()), crops);
        QCOMPARE(crops.siblingAtColumn(model.columnOf(QStringLiteral("images"))).data().toString(),
                 QStringLiteral("Shapes")); // common to all
    }

    void groupsNest() {
        test::store(*m_store, {.name = "a", .pipeline = "crop-only", .width = 0.25});
        test::store(*m_store, {.name = "b", .pipeline = "crop-only", .width = 0.5});
        test::store(*m_store, {.name = "c", .width = 0.5});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns(listed(*m_store));
        const auto title = [](const QString &key) { return key; };
        model.setLevels(
            {pipelineLevel(),
             {QStringLiteral("width"),
              [](const RunRecord &run) { return QString::number(run.config["width"].get<double>()); },
              title}});
        QCOMPARE(model.rowCount(), 2);
        int inner = 0;
        for (int row = 0; row < 2; ++row)
            inner += model.rowCount(model.index(row, 0));
        QCOMPARE(inner, 3);
        QCOMPARE(model.shownRuns(), 3);
        model.setLevels({});
        QCOMPARE(model.rowCount(), 3);
    }

    void liveRunOfAGroupChangesItsMean() {
        const RunId id = test::store(*m_store, {.name = "a", .status = RunStatus::Running, .linear = 0.5});
        RunsModel model;
        std::vector<RunPtr> runs = listed(*m_store);
        model.setRuns(runs);
        model.setLevels({pipelineLevel()});
        const int linear = model.columnOf(QStringLiteral("linear"));
        const QString before = model.index(0, linear).data().toString();
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        m_store->results().add(id, measured("linear", "validation", 11, 0.9, Json::object()));
        runs[0] = listed(*m_store)[0];
        model.setRuns(runs);
        QCOMPARE(reset.count(), 0); // groups that are folded open stay so
        QVERIFY(model.index(0, linear).data().toString() != before);
    }

    void groupsChangeOnlyWhatDiffers() {
        const RunId first = test::store(*m_store, {.name = "a", .pipeline = "simclr-cifar10"});
        const RunId second = test::store(*m_store, {.name = "b", .pipeline = "simclr-cifar10"});
        test::store(*m_store, {.name = "c", .pipeline = "crop-only", .linear = 0.9});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setLevels({pipelineLevel()});
        model.setRuns(listed(*m_store));
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex run = model.indexOf(first);
        const QPersistentModelIndex group = model.indexOf(first).parent();
        QCOMPARE(model.rowCount(group), 2);
        model.sort(RunsModel::Linear, Qt::AscendingOrder); // groups and runs get another order
        QCOMPARE(run.data(RunsModel::RunIdRole).toLongLong(), first);
        const RunId added = test::store(*m_store, {.name = "d", .pipeline = "simclr-cifar10", .linear = 0.1});
        model.setRuns(listed(*m_store));
        QCOMPARE(model.rowCount(group), 3);
        QVERIFY(model.indexOf(added).isValid());
        QVERIFY(group.data().toString().contains(QStringLiteral("3")));
        m_store->runs().remove(second);
        model.setRuns(listed(*m_store));
        QCOMPARE(model.rowCount(group), 2);
        QVERIFY(!model.indexOf(second).isValid());
        test::store(*m_store, {.name = "e", .pipeline = "simclr-v2"}); // another group
        model.setRuns(listed(*m_store));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(run.isValid() && group.isValid());
        QCOMPARE(resets.count(), 0);
    }

    void runsMoveBetweenGroups() {
        const RunId moving = test::store(*m_store, {.name = "a"});
        test::store(*m_store, {.name = "b"});
        test::store(*m_store, {.name = "c"});
        RunsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSet<qint64> starred{moving};
        model.setLevels({{QStringLiteral("starred"),
                          [&starred](const RunRecord &run) {
                              return starred.contains(run.id) ? QStringLiteral("1") : QStringLiteral("0");
                          },
                          [](const QString &key) { return key; }}});
        model.setRuns(listed(*m_store));
        QCOMPARE(model.rowCount(), 2);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        starred.clear();
        model.setRuns(listed(*m_store));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 3);
        QCOMPARE(model.indexOf(moving).parent(), model.index(0, 0));
        QCOMPARE(resets.count(), 0);
    }

    void textOfFilesIsNoMarkup() {
        test::store(*m_store, {.name = "<b>bold</b>"});
        RunsModel model;
        model.setRuns(listed(*m_store));
        QCOMPARE(name(model, 0), QStringLiteral("<b>bold</b>"));
        QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toString(),
                 plainToolTip(QStringLiteral("1 · <b>bold</b>")));
    }

    void comparesAccuraciesAndConfigurations() {
        test::store(*m_store, {.name = "narrow", .linear = 0.5});
        test::store(*m_store, {.name = "wide", .width = 1, .linear = 0.7});
        ComparisonModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto show = [&model](const std::vector<RunRecord> &runs) {
            return model.setRuns(runs, resultRows(runs));
        };
        show(m_store->runs().all());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(text(model, 0, 0), QStringLiteral("2 · wide (baseline)"));
        const QStringList linear = columnOf(model, QStringLiteral("linear, test"));
        QVERIFY(linear[0].startsWith(QStringLiteral("70.0 %")));
        QVERIFY(linear[1].startsWith(QStringLiteral("50.0 %")));
        QVERIFY(linear[1].endsWith(QStringLiteral("−20.0"))); // points, to the first run
        QVERIFY(linear[0].contains(QStringLiteral("10")));    // with its epoch
        QVERIFY(columnOf(model, QStringLiteral("linear, test: random encoder"))[0].startsWith(
            QStringLiteral("31.0 %  ("))); // with its interval
        const QStringList width = columnOf(model, QStringLiteral("Width"));
        QCOMPARE(width, QStringList({QStringLiteral("1"), QStringLiteral("0.25")}));
        QVERIFY(columnOf(model, QStringLiteral("Epochs")).isEmpty()); // equal
        model.setBaseline(model.runAt(1));
        QVERIFY(columnOf(model, QStringLiteral("linear, test"))[0].endsWith(QStringLiteral("+20.0")));
        show({});
        QCOMPARE(model.rowCount(), 0);
    }

    void comparisonStaysWhereNothingDiffers() {
        test::store(*m_store, {.name = "one"});
        ComparisonModel model;
        const auto show = [&model](const std::vector<RunRecord> &runs) {
            return model.setRuns(runs, resultRows(runs));
        };
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QVERIFY(show(m_store->runs().all()));
        QVERIFY(!show(m_store->runs().all()));
        QCOMPARE(reset.count(), 1);
        test::store(*m_store, {.name = "two"});
        QVERIFY(show(m_store->runs().all()));
    }

    void detailsKeepWhatReadsAsBefore() {
        const RunId id = test::store(*m_store, {.name = "on", .status = RunStatus::Running, .steps = 50});
        RunDetailsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(model.setRun(m_store->runs().one(id)));
        QVERIFY(hasValue(model, QStringLiteral("50 of 100")));
        const QPersistentModelIndex kept = model.index(1, 1, model.index(0, 0));
        m_store->metrics().add(id, std::vector<KeyedMetric>{{"loss", {51, 5.1, 1, 0}}});
        QVERIFY(!model.setRun(m_store->runs().one(id)));
        QVERIFY(kept.isValid()); // and so is the selection
        QVERIFY(hasValue(model, QStringLiteral("51 of 100")));
        m_store->events().add(id, "something happened");
        QVERIFY(model.setRun(m_store->runs().one(id)));
        QVERIFY(hasValue(model, QStringLiteral("something happened")));
    }

    void detailsTellEverything() {
        const RunId id = test::store(*m_store, {.name = "whole", .status = RunStatus::Failed});
        m_store->events().add(id, "3 files could not be read");
        RunDetailsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRun(m_store->runs().one(id));
        for (const char *expected : {"the loss became NaN at step 70", "0123abcd", "bf16", "1.13.0",
                                     "3 files could not be read", "shapes", "0.25"})
            QVERIFY2(hasValue(model, QLatin1String(expected)), expected);
    }

    void loaderReadsOnlyWhatIsNew() {
        const RunId id =
            test::store(*m_store, {.name = "growing", .status = RunStatus::Running, .steps = 50});
        CurveLoader loader(m_file);
        QSignalSpy loaded(&loader, &CurveLoader::loaded);
        const CurveLoader::Key key(id, QStringLiteral("loss"));
        loader.request({key});
        QVERIFY(loaded.wait());
        QCOMPARE(loader.curve(key).size(), std::size_t{50});
        m_store->metrics().add(
            id, std::vector<KeyedMetric>{{"loss", {51, 5.1, 1, 0}}, {"loss", {52, 5.2, 2, 0}}});
        loader.request({key});
        QVERIFY(loaded.wait());
        QCOMPARE(loader.curve(key).size(), std::size_t{52});
        QCOMPARE(loader.curve(key).back().value, 2.0);
        loader.forget(id);
        QVERIFY(loader.curve(key).empty());
        loader.request({key});
        QVERIFY(loaded.wait());
        QCOMPARE(loader.curve(key).size(), std::size_t{52});
    }

    void loaderDropsAnswersFromBeforeForgetting() {
        const RunId id =
            test::store(*m_store, {.name = "restarted", .status = RunStatus::Running, .steps = 50});
        CurveLoader loader(m_file);
        QSignalSpy loaded(&loader, &CurveLoader::loaded);
        const CurveLoader::Key key(id, QStringLiteral("loss"));
        loader.request({key});
        loader.forget(id);                                       // while it reads
        QTRY_COMPARE(loader.curve(key).size(), std::size_t{50}); // read again, once
        QTest::qWait(50);
        QCOMPARE(loader.curve(key).size(), std::size_t{50});
        QCOMPARE(loaded.count(), 1);
    }

    void loaderTellsOfTrouble() {
        CurveLoader loader("/dev/null/none.sqlite");
        QSignalSpy failed(&loader, &CurveLoader::failed);
        loader.request({{1, QStringLiteral("loss")}});
        QVERIFY(failed.wait());
        QVERIFY(!failed[0][0].toString().isEmpty());
    }

  private:
    static QString text(const QAbstractItemModel &model, int row, int column) {
        return model.index(row, column).data().toString();
    }
    static QString text(const RunsModel &model, int row, const char *field) {
        return text(model, row, model.columnOf(QLatin1String(field)));
    }
    static QString name(const QAbstractItemModel &model, int row) {
        return model.index(row, 0).data(Qt::EditRole).toString();
    }
    static RunLevel pipelineLevel() {
        return {QStringLiteral("pipeline"),
                [](const RunRecord &run) {
                    return QString::fromStdString(run.pipeline["name"].get<std::string>());
                },
                [](const QString &key) { return key; }};
    }
    static QStringList names(const QAbstractItemModel &model) {
        QStringList result;
        for (int row = 0; row < model.rowCount(); ++row)
            result.append(name(model, row));
        return result;
    }
    static QStringList columnOf(const QAbstractItemModel &model, const QString &title) {
        QStringList values;
        for (int column = 0; column < model.columnCount(); ++column)
            if (model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() == title)
                for (int row = 0; row < model.rowCount(); ++row)
                    values.append(text(model, row, column));
        return values;
    }
    static bool hasValue(const QAbstractItemModel &model, const QString &value) {
        for (int section = 0; section < model.rowCount(); ++section) {
            const QModelIndex parent = model.index(section, 0);
            for (int row = 0; row < model.rowCount(parent); ++row)
                if (model.index(row, 1, parent).data().toString() == value)
                    return true;
        }
        return false;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_file;
    std::unique_ptr<RunStore> m_store;
};

SIMCLR_TEST(TestRunsModel, QApplication)
#include "tst_runs_model.moc"
