// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_export.h"
#include "core/exchange/event_folder.h"
#include "core/util/error.h"
#include "tests/core/exchange/event_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <cmath>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Exports of event files, read back by the importer. `tests/cli/check_event_files.py` reads them with
/// TensorBoard.
class TestEventExport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void curvesAndAccuraciesReadBack();
    void optionsReadBack();
    void exportingAgainReplacesTheFile();
    void namesAreFoldersEverywhere();
    void foldersOfOtherRunsAreNotMixed();
    void missingRunWritesNothing();
    void writingFailsWithTheName();

  private:
    fs::path to() const { return folderOf(*m_directory) / "logs"; }
    RunStore store() const { return RunStore(folderOf(*m_directory) / "runs.sqlite"); }
    ImportedRun readBack() const { return readEventFolder(findEventFolders(to()).folders.at(0)); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

RunId addRun(RunStore &store, const std::string &name = "crop and colour") {
    const RunId run = store.runs().create(sampleRun(name));
    store.metrics().add(run, lossPoints(1, 100));
    store.metrics().add(run, speedPoints({100, 200}));
    store.results().add(run, measured("linear", "test", 10, 0.5));
    store.results().add(run, measured("linear", "test", 0, 0.25));
    Result few = measured("knn", "validation", 10, 0.75);
    few.key.scope.labels = 0.1;
    store.results().add(run, few);
    store.runs().finish(run, RunStatus::Completed, "", "");
    return run;
}

} // namespace

void TestEventExport::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestEventExport::curvesAndAccuraciesReadBack() {
    RunStore store = this->store();
    const RunId run = addRun(store);
    const auto exported = exportEvents(store, std::vector{run}, to());
    QCOMPARE(exported.at(0).points, std::int64_t{105});
    const ImportedRun read = readBack();
    QVERIFY(read.problems.empty());
    QCOMPARE(read.name, std::string("1-crop_and_colour"));
    const auto &loss = read.curves.at("loss");
    QCOMPARE(loss.size(), std::size_t{100});
    QCOMPARE(loss[99].step, std::int64_t{100});
    QCOMPARE(loss[99].time, 1.7e9 + 100);
    QCOMPARE(loss[2].value, static_cast<double>(1.0f / 3));
    QCOMPARE(read.curves.at("images_per_second").size(), std::size_t{2});
    QCOMPARE(stepsOf(read.curves.at("accuracy/linear/test")), (std::vector<std::int64_t>{0, 100}));
    QCOMPARE(read.curves.at("accuracy/linear/test")[1].value, 0.5);
    QCOMPARE(read.curves.at("accuracy/kNN (10 % labels)/validation")[0].value, 0.75);
    QVERIFY(!read.curves.contains("accuracy/knn/validation"));
}

void TestEventExport::optionsReadBack() {
    RunStore store = this->store();
    exportEvents(store, std::vector{addRun(store)}, to());
    const ImportedRun read = readBack();
    QCOMPARE(read.options["encoder"].get<std::string>(), std::string("resnet18"));
    QCOMPARE(read.options["batch"].get<int>(), 256);
    QCOMPARE(read.options["width"].get<double>(), 0.25);
    QCOMPARE(read.options["pipeline"].get<std::string>(), std::string("SimCLR"));
    QCOMPARE(read.options["dataset"].get<std::string>(), std::string("photos"));
    QVERIFY(read.status == RunStatus::Completed);
}

void TestEventExport::exportingAgainReplacesTheFile() {
    RunStore store = this->store();
    const RunId run = addRun(store);
    const auto first = exportEvents(store, std::vector{run}, to());
    store.metrics().add(run, lossPoints(101, 110));
    const auto second = exportEvents(store, std::vector{run}, to());
    QCOMPARE(second.at(0).file, first.at(0).file);
    QCOMPARE(readBack().curves.at("loss").size(), std::size_t{110});
}

void TestEventExport::namesAreFoldersEverywhere() {
    RunStore store = this->store();
    const std::vector<RunId> runs{addRun(store, "../../<b>\x1b: lr=0.1/\xE2\x82\xAC..."), addRun(store, "…"),
                                  addRun(store, std::string(300, 'x'))};
    exportEvents(store, runs, to());
    QVERIFY(fs::exists(to() / "1-b_lr_0.1"));
    QVERIFY(fs::exists(to() / "2"));
    QVERIFY(fs::exists(to() / ("3-" + std::string(80, 'x'))));
}

void TestEventExport::foldersOfOtherRunsAreNotMixed() {
    RunStore store = this->store();
    const RunId run = addRun(store);
    writeBytes(to() / "1-crop_and_colour" / eventFileName(), versionRecord(1.7e9));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { exportEvents(store, std::vector{run}, to()); }),
                           "another run"));
}

void TestEventExport::missingRunWritesNothing() {
    RunStore store = this->store();
    const RunId run = addRun(store);
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] {
                               exportEvents(store, std::vector{run, run + 1}, to());
                           }),
                           "no run 2"));
    QVERIFY(!fs::exists(to()));
}

void TestEventExport::writingFailsWithTheName() {
    RunStore store = this->store();
    const RunId run = addRun(store);
    writeBytes(to(), "a file");
    QVERIFY(
        isClearMessage(thrownMessage<IoError>([&] { exportEvents(store, std::vector{run}, to()); }), "logs"));
}

SIMCLR_TEST(TestEventExport)
#include "tst_event_export.moc"
