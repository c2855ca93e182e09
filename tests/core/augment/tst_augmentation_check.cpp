// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augmentation_check.h"
#include "core/augment/augmentation_remedies.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <algorithm>

using namespace simclr;

namespace {

using Verdict = AugmentationFinding::Verdict;

std::vector<std::string> named(const Pipeline &pipeline, int viewSize, Verdict verdict) {
    std::vector<std::string> ids;
    for (const AugmentationFinding &finding : checkAugmentation(pipeline, viewSize))
        if (finding.verdict == verdict)
            ids.push_back(finding.id);
    return ids;
}

std::vector<std::string> unusual(const Pipeline &pipeline, int viewSize = 32) {
    return named(pipeline, viewSize, Verdict::Unusual);
}

using Ids = std::vector<std::string>;

PipelineStep unknownStep() {
    PipelineStep step{"vortex"};
    step.foreign = Json{{"operation", "vortex"}};
    return step;
}

} // namespace

class TestAugmentationCheck : public QObject {
    Q_OBJECT

    Pipeline m_cifar = pipelineByName("simclr-cifar10");

  private Q_SLOTS:
    void presetsAreUsualAtTheirSizes() {
        QCOMPARE(unusual(m_cifar), Ids{});
        for (const char *preset : {"simclr-imagenet", "simclr-v2", "moco-v2", "byol", "swav-global"})
            QCOMPARE(unusual(pipelineByName(preset), 224), Ids{});
        QCOMPARE(named(m_cifar, 32, Verdict::Fine), (Ids{"crop_and_color", "strength", "area"}));
    }

    void otherPresetsAreNamedForWhatTheyLack() {
        QCOMPARE(unusual(pipelineByName("crop-only")), Ids{"color_distortion"});
        QCOMPARE(unusual(pipelineByName("auto-augment")), Ids{"policy"});
        QCOMPARE(unusual(pipelineByName("rand-augment")), Ids{"policy"});
        QCOMPARE(unusual(pipelineByName("simclr-imagenet")), Ids{"blur"});
        QCOMPARE(unusual(m_cifar, 224), Ids{"blur"}); // missing there
    }

    void eachMistakeIsNamed() {
        const auto after = [this](auto change) {
            Pipeline pipeline = m_cifar;
            change(pipeline);
            return unusual(pipeline);
        };
        QCOMPARE(after([](Pipeline &p) { p.steps[0].enabled = false; }), Ids{"random_crop"});
        QCOMPARE(after([](Pipeline &p) { p.steps[0].parameters["area"] = Range{0.8, 1}; }), Ids{"crop_area"});
        QCOMPARE(after([](Pipeline &p) {
                     p.steps[0].parameters["area"] = Range{0.01, 1};
                 }),
                 Ids{"crop_area"});
        QCOMPARE(after([](Pipeline &p) { p.steps[1].probability = 0; }), Ids{"flip"});
        QCOMPARE(after([](Pipeline &p) { p.steps[2].enabled = false; }), Ids{"color_distortion"});
        QCOMPARE(after([](Pipeline &p) { p.steps[3].enabled = false; }), Ids{"color_drop"});
        QCOMPARE(after([](Pipeline &p) { p = withJitterStrength(p, 0.125); }), Ids{"jitter_strength"});
        QCOMPARE(after([](Pipeline &p) { p = withJitterStrength(p, 2); }), Ids{"jitter_strength"});
        QCOMPARE(after([](Pipeline &p) { p.steps.push_back(makeStep("normalize")); }), Ids{"normalize"});
        QCOMPARE(after([](Pipeline &p) { p.secondSteps = p.steps; }), Ids{"branches"});
        QCOMPARE(after([](Pipeline &p) { p.secondSteps.emplace(); }), Ids{"branches"});
        for (const std::size_t left : {std::size_t{0}, std::size_t{2}}) // one view without crop, or jitter
            QCOMPARE(after([&](Pipeline &p) {
                         p.secondSteps = p.steps;
                         p.steps.at(left).enabled = false;
                     }),
                     Ids{"branches"});
    }

    void whatMakesItUselessComesFirst() {
        QCOMPARE(named({"nothing", {}}, 32, Verdict::Useless), Ids{"no_effect"});
        QCOMPARE(unusual({"nothing", {}}), Ids{}); // missing steps are not reported separately
        Pipeline pipeline = m_cifar;
        pipeline.steps.push_back(unknownStep());
        const std::vector<AugmentationFinding> findings = checkAugmentation(pipeline, 32);
        QCOMPARE(findings.front().id, std::string("unknown_operation"));
        QCOMPARE(toText(findings.front().sentence), std::string("Unknown operation: \"vortex\"."));
        checkPipeline(findings.front().remedy->after);
    }

    void enlargedViewsAreNamed() {
        const auto findings = checkAugmentation(m_cifar, 64, 32);
        QVERIFY(std::ranges::count(findings, "image_size", &AugmentationFinding::id) == 1);
        QVERIFY(std::ranges::count(checkAugmentation(m_cifar, 60, 32), "image_size",
                                   &AugmentationFinding::id) == 0);
    }

    void shrunkViewsAreNamed_data() {
        QTest::addColumn<int>("viewSize");
        QTest::addColumn<int>("smallest");
        QTest::addColumn<int>("usual");
        QTest::addColumn<bool>("named");
        QTest::newRow("photographs of a phone") << 32 << 1650 << 1650 << true;
        QTest::newRow("their size is all that is known") << 32 << 2200 << 0 << true;
        QTest::newRow("one of them is small") << 32 << 40 << 2200 << true;
        QTest::newRow("one of them is large") << 32 << 32 << 32 << false;
        QTest::newRow("at 96 px") << 96 << 2200 << 2200 << true;
        QTest::newRow("at the size of the paper") << 224 << 2200 << 2200 << false;
        QTest::newRow("STL-10 at 32 px") << 32 << 96 << 96 << false;
        QTest::newRow("ImageNet at 64 px") << 64 << 200 << 375 << false;
        QTest::newRow("nothing is known") << 32 << 0 << 0 << false;
    }
    void shrunkViewsAreNamed() {
        QFETCH(int, viewSize);
        QFETCH(int, smallest);
        QFETCH(int, usual);
        QFETCH(bool, named);
        const auto findings = checkAugmentation(m_cifar, viewSize, smallest, usual);
        const auto found = std::ranges::find(findings, "image_size", &AugmentationFinding::id);
        QCOMPARE(found != findings.end(), named);
        if (!named)
            return;
        QVERIFY(found->verdict == Verdict::Unusual);
        const std::string sentence = toText(found->sentence);
        QVERIFY2(sentence.find("shrunk") != std::string::npos, sentence.c_str());
        QVERIFY(sentence.find(std::to_string(viewSize) + " px") != std::string::npos);
    }

    void whatIsSwitchedOffIsSwitchedOn() {
        Pipeline pipeline = m_cifar;
        for (PipelineStep &step : pipeline.steps)
            step.enabled = false;
        QVERIFY(withFlip(withCrop(withColorDrop(pipeline))).steps.size() == pipeline.steps.size());
        QVERIFY(uses(withFlip(pipeline), "horizontal_flip"));
    }

    /// Each remedy removes its finding and adds no new one, in both branches.
    void remediesHelp_data() {
        QTest::addColumn<int>("broken");
        for (int i = 0; i < 11; ++i)
            QTest::addRow("%d", i) << i;
    }
    void remediesHelp() {
        QFETCH(int, broken);
        std::vector<Pipeline> pipelines;
        for (const char *preset :
             {"crop-only", "auto-augment", "rand-augment", "simclr-imagenet", "supervised"})
            pipelines.push_back(pipelineByName(preset));
        pipelines.push_back({"nothing", {}});
        pipelines.push_back({"jitter alone", {makeStep("color_jitter")}});
        pipelines.push_back({"wild", {makeStep("normalize"), unknownStep()}});
        pipelines.push_back({"two", {makeStep("random_resized_crop")}, std::vector{makeStep("solarize")}});
        pipelines.push_back({"one", {}, m_cifar.steps});
        pipelines.push_back({"half", {m_cifar.steps[1]}, m_cifar.steps});
        Pipeline pipeline = pipelines[std::size_t(broken)];
        for (int round = 0; round < 12; ++round) {
            const auto findings = checkAugmentation(pipeline, 32);
            const auto next = std::ranges::find_if(
                findings, [](const AugmentationFinding &finding) { return finding.remedy.has_value(); });
            if (next == findings.end())
                break;
            const Pipeline after = next->remedy->after;
            QCOMPARE(std::ranges::count(checkAugmentation(after, 32), next->id, &AugmentationFinding::id), 0);
            pipeline = after;
        }
        QCOMPARE(unusual(pipeline), Ids{});
        QCOMPARE(named(pipeline, 32, Verdict::Useless), Ids{});
        checkPipeline(pipeline);
    }

    void strengthIsThatOfTheAuthors() {
        QVERIFY(std::abs(jitterStrength(m_cifar.steps[2]) - 0.5) < 1e-12);
        QVERIFY(withJitterStrength(pipelineByName("simclr-imagenet"), 0.5).steps[2] == m_cifar.steps[2]);
        QCOMPARE(withColorDistortion(pipelineByName("crop-only"), 0.5).steps, m_cifar.steps);
    }
};

SIMCLR_TEST(TestAugmentationCheck)
#include "tst_augmentation_check.moc"
