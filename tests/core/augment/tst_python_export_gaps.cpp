// SPDX-License-Identifier: GPL-3.0-or-later
// What is reported if a library has no equivalent operation.
#include "core/augment/export/python_export.h"
#include "core/augment/operation.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestPythonExportGaps : public QObject {
    Q_OBJECT

    static void addTargets() {
        QTest::addColumn<QString>("target");
        for (const ExportTargetText &target : exportTargets())
            QTest::newRow(target.id) << QString::fromLatin1(target.id);
    }
    /// "Step 1.2" of each gap.
    static std::vector<std::string> placesOf(const std::vector<std::string> &gaps) {
        std::vector<std::string> places;
        for (const std::string &gap : gaps)
            places.push_back(gap.substr(0, gap.find(" (")));
        return places;
    }

  private Q_SLOTS:
    /// The parts of combinations are reported too, also if another library's step replaces the combination.
    void gapsOfPartsAreTold_data() { addTargets(); }
    void gapsOfPartsAreTold() {
        QFETCH(QString, target);
        PipelineStep unknown{"vortex"};
        unknown.foreign = {{"operation", "vortex"}};
        PipelineStep some = makeStep("some_of");
        some.steps = {makeStep("color_drop"), makeStep("sobel"), makeStep("gaussian_blur"), unknown};
        PipelineStep group = makeStep("group");
        group.steps = {makeStep("random_resized_crop"), makeStep("gaussian_blur"), unknown};
        group.probability = 1;
        group.steps[0].probability = 1;
        const PythonCode code = pythonOf({"parts", {makeStep("horizontal_flip"), some, group}},
                                         exportTargetById(target.toStdString()), 224);
        const auto isTold = [&](const std::string &place, const std::string &what) {
            return std::ranges::any_of(code.gaps, [&](const std::string &gap) {
                return gap.starts_with(place + " (") && contains(gap, what);
            });
        };
        QVERIFY(isTold("Step 2.2", "edge filter"));
        QVERIFY(isTold("Step 2.3", "kernel size"));
        QVERIFY(isTold("Step 2.4", "unknown to this version"));
        QVERIFY(isTold("Step 3.3", "unknown to this version"));
        QVERIFY(!isTold("Step 3.2", "kernel size")); // after the crop
        QVERIFY(!isTold("Step 2.1", ""));
        if (target == QStringLiteral("albumentations"))
            QVERIFY(contains(code.text, "A.NoOp()")); // in its own group
    }

    /// At any depth, and even if another library has an equivalent.
    void everyPartWithoutAnEqualIsTold() {
        const auto combined = [](const char *how, std::vector<PipelineStep> parts) {
            PipelineStep step = makeStep(how);
            step.steps = std::move(parts);
            return step;
        };
        const PipelineStep order = combined("random_order", {makeStep("affine"), makeStep("brightness")});
        const PipelineStep group = combined("group", {makeStep("invert"), order});
        const Pipeline pipeline{"nested", {combined("one_of", {makeStep("color_drop"), group})}};
        for (const ExportTarget target : {ExportTarget::Kornia, ExportTarget::Albumentations}) {
            const std::vector<std::string> gaps = pythonOf(pipeline, target, 32).gaps;
            QCOMPARE(placesOf(gaps), (std::vector<std::string>{"Step 1", "Step 1.2.2", "Step 1.2.2.1"}));
            QVERIFY2(contains(gaps[2], "torchvision's is used"), gaps[2].c_str());
        }
        QVERIFY(pythonOf(pipeline, ExportTarget::Torchvision, 32).gaps.empty());
    }

    void sizesThatBatchesNeedAreTold() {
        PipelineStep seldom = makeStep("random_resized_crop");
        seldom.probability = 0.5;
        PipelineStep order = makeStep("random_order");
        order.steps = {makeStep("invert"), seldom};
        PipelineStep turning = makeStep("some_of");
        turning.steps = {makeStep("rotate_quarters")};
        const std::vector<std::string> gaps =
            pythonOf({"sizes", {order, turning}}, ExportTarget::Kornia, 32).gaps;
        QVERIFY2(contains(gaps.at(0), "of the view size"), gaps[0].c_str());
        QVERIFY2(contains(gaps.at(2), "square images"), gaps[2].c_str());
    }

    void kernelsBehindACropInAGroupAreKnown() {
        PipelineStep group = makeStep("group");
        group.steps = {makeStep("random_resized_crop")};
        Pipeline pipeline{"group", {group, makeStep("gaussian_blur")}};
        QVERIFY(pythonOf(pipeline, ExportTarget::Torchvision, 224).gaps.empty());
        pipeline.steps[0].probability = 0.5;
        QCOMPARE(placesOf(pythonOf(pipeline, ExportTarget::Torchvision, 224).gaps),
                 std::vector<std::string>{"Step 2"});
    }

    /// Albumentations' differs from PIL's by up to three levels on average.
    void equalizeIsThatOfPil() {
        const PythonCode code = pythonOf({"equal", {makeStep("equalize")}}, ExportTarget::Albumentations, 32);
        QVERIFY(contains(code.text, "transforms.RandomEqualize") && !contains(code.text, "A.Equalize"));
        QCOMPARE(placesOf(code.gaps), std::vector<std::string>{"Step 1"});
    }

    void combinationsOfNothingAreNothing() {
        const Pipeline pipeline{"nothing", {makeStep("group"), makeStep("one_of"), makeStep("some_of")}};
        for (const ExportTargetText &target : exportTargets())
            QVERIFY(pythonOf(pipeline, target.target, 32).gaps.empty());
    }
};

SIMCLR_TEST(TestPythonExportGaps, QCoreApplication)
#include "tst_python_export_gaps.moc"
