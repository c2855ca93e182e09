// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_embedding.h"
#include "core/run/run_features.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_support.h"

#include <cstring>

using namespace simclr;
using namespace simclr::test;

/// The features of a run in memory.
class TestRunFeatures : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    DatasetPtr m_shapes;
    RunRecord m_run;

    RunFeatures features(const FeatureRequest &request) const {
        return *runFeatures(m_run, *m_shapes, request, {});
    }
    std::string refusal(const FeatureRequest &request) const {
        return thrownMessage<InvalidInput>([&] { features(request); });
    }

  private Q_SLOTS:
    void initTestCase() {
        m_shapes = openDataset("shapes");
        const auto file = folderOf(m_folder) / "runs.sqlite";
        QVERIFY(executeRun(tinyRun(), m_shapes, file, {}, {}).end == RunEnd::Completed);
        m_run = RunStore(file).runs().one(1);
    }

    void equalTheExportedFeatures() {
        FeatureRequest request;
        request.split = "test";
        std::size_t done = 0;
        request.progress = [&](std::size_t images, std::size_t) { done = images; };
        const RunFeatures found = features(request);
        const auto npy = folderOf(m_folder) / "h.npy";
        const auto written = embedDataset(m_run, *m_shapes, {.file = npy, .split = "test"}, {});
        QCOMPARE(found.table.rows(), std::size_t(written->images));
        QCOMPARE(found.table.columns, std::size_t(written->featureSize));
        QCOMPARE(done, found.table.rows());
        const std::string bytes = readBytes(npy).substr(128);
        QCOMPARE(bytes.size(), found.table.values.size() * sizeof(float));
        QVERIFY(std::memcmp(bytes.data(), found.table.values.data(), bytes.size()) == 0);
        QVERIFY(std::ranges::all_of(found.table.splits,
                                    [](ImageSplit split) { return split == ImageSplit::Test; }));
        for (std::size_t i = 0; i < found.table.rows(); ++i)
            QCOMPARE(found.table.labels[i], m_shapes->label(found.table.samples[i]));
    }

    void allImagesHaveASplit() {
        const RunFeatures all = features({});
        QCOMPARE(all.table.rows(), std::size_t{m_shapes->size()});
        const auto count = [&](ImageSplit split) { return std::ranges::count(all.table.splits, split); };
        QCOMPARE(count(ImageSplit::Train), std::ptrdiff_t{m_run.dataset.trainImages});
        QCOMPARE(count(ImageSplit::Validation), std::ptrdiff_t{m_run.dataset.validationImages});
        QCOMPARE(count(ImageSplit::Test), std::ptrdiff_t{m_run.dataset.testImages});
        QVERIFY(count(ImageSplit::None) > 0); // 64 training images only
        QCOMPARE(all.epochs, 3.0);
        requireUsable(all.table);
    }

    void zIsTheOutputOfTheHead() {
        FeatureRequest request;
        request.features = FeatureKind::Z;
        request.split = "validation";
        QCOMPARE(features(request).table.columns, std::size_t{16}); // its head_output
    }

    void earlierCheckpointsAreKept() {
        const std::vector<std::int64_t> steps = checkpointSteps(m_run);
        QVERIFY(steps.size() >= 2 && std::ranges::is_sorted(steps));
        QCOMPARE(steps.back(), m_run.totalSteps);
        FeatureRequest request;
        request.split = "validation";
        const RunFeatures last = features(request);
        request.step = steps.front();
        const RunFeatures first = features(request);
        QCOMPARE(first.step, steps.front());
        QVERIFY(first.epochs < last.epochs);
        QVERIFY(first.table.values != last.table.values);
        QVERIFY(first.table.samples == last.table.samples);
        request.step = 12345;
        QVERIFY(isClearMessage(refusal(request), "step 12345"));
    }

    void imageFromElsewhereIsEmbeddedAlike() {
        FeatureRequest request;
        request.split = "validation";
        const RunFeatures found = features(request);
        const Image image = m_shapes->image(found.table.samples[3]);
        const std::vector<float> single = featuresOfImage(m_run, image, "shape", request);
        QCOMPARE(single.size(), found.table.columns);
        for (std::size_t i = 0; i < single.size(); ++i)
            QVERIFY(std::abs(single[i] - found.table.row(3)[i]) < 1e-4);
    }

    void wrongRequestsAreRefused() {
        FeatureRequest request;
        request.split = "best";
        QVERIFY(isClearMessage(refusal(request), "unknown split \"best\""));
        RunRecord imported = m_run;
        imported.totalEpochs = 0;
        request.split = "all";
        request.features = FeatureKind::Z;
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { runFeatures(imported, *m_shapes, request, {}); }), "not z"));
    }

    void stopIsHeeded() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!runFeatures(m_run, *m_shapes, {}, stop.get_token()));
    }
};

SIMCLR_TEST(TestRunFeatures)
#include "tst_run_features.moc"
