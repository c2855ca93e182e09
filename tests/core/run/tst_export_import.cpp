// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/imported_encoder.h"
#include "core/run/run.h"
#include "core/run/run_embedding.h"
#include "core/run/run_export.h"
#include "core/run/weights_import.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_images.h"

#include <QTemporaryDir>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

double valueOf(const RunRecord &run, Split split, std::int64_t epoch) {
    for (const Result &result : run.results)
        if (result.key.protocol == Protocol::Linear && result.key.split == split &&
            result.key.place.epoch == epoch)
            return result.value;
    return -1;
}

} // namespace

/// Export and import of encoders, from run to run.
class TestExportImport : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    DatasetPtr m_shapes;

    fs::path path(const std::string &name) const { return folderOf(m_folder) / name; }
    RunRecord run(RunId id) const { return RunStore(path("runs.sqlite")).runs().one(id); }

    RunId import(const ImportOptions &options) const {
        return importWeights(options, m_shapes, path("runs.sqlite"));
    }

    RunOutcome trainFrom(const fs::path &weights, std::span<Observer *const> observers = {},
                         std::stop_token stop = {}) const {
        RunConfiguration configuration = tinyRunOf(64);
        configuration.options.initialWeights = weights.native();
        configuration.options.evaluateEvery = 0;
        return executeRun(configuration, m_shapes, path("runs.sqlite"), observers, std::move(stop));
    }

  private Q_SLOTS:
    void initTestCase() {
        m_shapes = openDataset("shapes");
        const RunOutcome outcome = executeRun(tinyRunOf(64), m_shapes, path("runs.sqlite"), {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
    }

    void exportsTheEncoderOfARun() {
        for (const ExportFormat &format : exportFormats()) {
            const fs::path file = path("encoder" + format.extension);
            const ExportedEncoder exported = exportEncoder(run(1), format.id, file);
            QCOMPARE(exported.encoder, std::string("resnet18, width 0.125, stem for small images"));
            QCOMPARE(exported.epochs, 1.0);
            QCOMPARE(exported.featureSize, std::int64_t{64});
            QVERIFY(fs::file_size(file) > static_cast<std::uintmax_t>(4 * exported.parameters));
            QVERIFY2(contains(exported.python, file.filename().native()), exported.python.c_str());
        }
    }

    void exportedFilesHoldTheVeryWeights() {
        ResNet encoder(EncoderOptions{"resnet18", 0.125, true});
        for (const char *name : {"encoder.pt", "encoder.safetensors"}) {
            loadState(*encoder, readEncoder(path(name)).tensors);
            QCOMPARE(stateHash(*encoder), run(1).weightsSha256);
        }
    }

    void refusesToExport() {
        const auto message = [&](RunId id, const std::string &format, const fs::path &file) {
            return thrownMessage<Error>([&] { exportEncoder(run(id), format, file); });
        };
        QVERIFY(isClearMessage(message(1, "keras", path("x")), "torchvision, safetensors"));
        QVERIFY(isClearMessage(message(1, "onnx", path("no/such/folder/x")), "no/such/folder"));
        QVERIFY(isClearMessage(message(99, "onnx", path("x")), "99"));
        RunRecord lost = run(1);
        lost.artifacts.clear();
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { exportEncoder(lost, "onnx", path("x")); }),
                               "no checkpoint"));
        RunRecord other = run(1);
        other.config["encoder"] = "resnet34";
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { exportEncoder(other, "onnx", path("x")); }),
                               "is missing"));
        QVERIFY(!fs::exists(path("x")));
    }

    void importedWeightsAreARunLikeAnyOther() {
        ImportOptions options{path("encoder.pt"), {}, {}, tinyRunOf(64).options};
        options.options.batch = 16384; // larger than the number of images, and ignored
        options.options.width = 1;     // read from the file
        const RunRecord imported = run(import(options));
        QCOMPARE(imported.name, std::string("encoder"));
        QVERIFY(imported.status == RunStatus::Completed);
        QCOMPARE(imported.totalEpochs, std::int64_t{0});
        QCOMPARE(imported.weightsSha256, run(1).weightsSha256);
        QCOMPARE(imported.config["width"].get<double>(), 0.125);
        QVERIFY(!imported.config.contains("learning_rate") && !imported.config.contains("batch"));
        QVERIFY(contains(imported.notes.front().message, "encoder.pt"));

        const auto results = evaluateRun(imported.id, m_shapes, path("runs.sqlite"), Split::Test, {});
        QCOMPARE(results.front().value, valueOf(run(1), Split::Test, 1));
        const RunRecord evaluated = run(imported.id);
        QVERIFY(originOf(evaluated, evaluated.results.front()) == WeightsOrigin::Imported);
        QVERIFY(!isBaseline(evaluated, evaluated.results.front()));
        QCOMPARE(exportEncoder(evaluated, "safetensors", path("again.safetensors")).epochs, 0.0);
    }

    void embedsAsTheRunItWasImportedFrom() {
        EmbedOptions options{path("a.npy"), "validation"};
        const auto first = embedDataset(run(1), *m_shapes, options, {});
        QCOMPARE(first->images, std::uint64_t{run(1).dataset.validationImages});
        QCOMPARE(first->table, path("a.csv"));
        options.file = path("b.npy");
        embedDataset(run(2), *m_shapes, options, {});
        QVERIFY(readBytes(path("a.npy")) == readBytes(path("b.npy")));
        options.file = path("b.txt");
        QVERIFY_EXCEPTION_THROWN(embedDataset(run(1), *m_shapes, options, {}), InvalidInput);
    }

    void trainingStartsFromWeightsAndIsComparedWithThem() {
        const RunOutcome outcome = trainFrom(path("encoder.pt"));
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        const RunRecord trained = run(outcome.run);
        QCOMPARE(valueOf(trained, Split::Validation, 0), valueOf(run(1), Split::Validation, 1));
        QCOMPARE(valueOf(trained, Split::Test, 0), valueOf(run(1), Split::Test, 1));
        QVERIFY(originOf(trained, trained.results.front()) == WeightsOrigin::Imported);
        QVERIFY(isBaseline(trained, trained.results.front()));
        QVERIFY(trained.weightsSha256 != run(1).weightsSha256);
    }

    void resumedRunNeedsTheFileNoMore() {
        fs::copy_file(path("encoder.pt"), path("short-lived.pt"));
        Stopper stopper(1);
        const std::array<Observer *, 1> observers{&stopper};
        const RunOutcome stopped = trainFrom(path("short-lived.pt"), observers, stopper.source.get_token());
        QVERIFY(stopped.end == RunEnd::Cancelled);
        fs::remove(path("short-lived.pt"));
        const RunOutcome outcome = resumeRun(stopped.run, m_shapes, path("runs.sqlite"), {}, {});
        QVERIFY2(outcome.end == RunEnd::Completed, outcome.failure.c_str());
        QCOMPARE(valueOf(run(outcome.run), Split::Test, 0), valueOf(run(1), Split::Test, 1));
        QCOMPARE(run(outcome.run).weightsSha256,
                 run(outcome.run - 1).weightsSha256); // same as without a stop
    }

    void initialWeightsThatDoNotFitAreRefusedBeforeTheRun() {
        const std::size_t before = RunStore(path("runs.sqlite")).runs().all().size();
        RunConfiguration configuration = tinyRunOf(64);
        configuration.options.initialWeights = path("encoder.pt").native();
        configuration.options.width = 0.25;
        const auto message = [&] {
            return thrownMessage<Error>(
                [&] { executeRun(configuration, m_shapes, path("runs.sqlite"), {}, {}); });
        };
        QVERIFY2(isClearMessage(message(), "width=0.125"), message().c_str());
        configuration.options.initialWeights = path("nowhere.pt").native();
        QVERIFY2(isClearMessage(message(), "nowhere.pt"), message().c_str());
        configuration.options.initialWeights = dataFile("torch/command.pt").native();
        QVERIFY2(isClearMessage(message(), "posix.system"), message().c_str());
        QCOMPARE(RunStore(path("runs.sqlite")).runs().all().size(), before);
    }

    void importThatCannotBeKeptSaysSo() {
        const ImportOptions options{dataFile("torch/state.pt"), {}, {}, {}};
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { import(options); }), "no ResNet"));
    }
};

SIMCLR_TEST(TestExportImport)
#include "tst_export_import.moc"
