// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline_edit.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

StepPath path(std::vector<int> indices, int branch = 0) {
    StepPath made;
    made.branch = branch;
    made.indices = std::move(indices);
    return made;
}

PipelineStep combination(const std::string &operation, std::vector<PipelineStep> steps) {
    PipelineStep step = makeStep(operation);
    step.steps = std::move(steps);
    return step;
}

/// crop · one of (jitter, group (blur, drop)) · flip
Pipeline nested() {
    return {
        "nested",
        {makeStep("random_resized_crop"),
         combination("one_of", {makeStep("color_jitter"),
                                combination("group", {makeStep("gaussian_blur"), makeStep("color_drop")})}),
         makeStep("horizontal_flip")}};
}

/// "crop one_of(jitter group(blur drop)) flip", in ids.
std::string outline(const std::vector<PipelineStep> &steps) {
    std::string text;
    for (const PipelineStep &step : steps) {
        text += (text.empty() ? "" : " ") + step.operation;
        if (!step.steps.empty())
            text += "(" + outline(step.steps) + ")";
    }
    return text;
}

} // namespace

class TestPipelineEdit : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void findsStepsWhereverTheyStand() {
        const Pipeline pipeline = nested();
        QCOMPARE(stepAt(pipeline, path({1, 1, 0}))->operation, std::string("gaussian_blur"));
        QCOMPARE(stepAt(pipeline, 2)->operation, std::string("horizontal_flip"));
        for (const StepPath &nowhere :
             {path({}), path({3}), path({-1}), path({0, 0}), path({1, 2}), path({1, 1, 2})})
            QVERIFY(stepAt(pipeline, nowhere) == nullptr);
    }

    void movesInAndOutOfCombinations_data() {
        QTest::addColumn<std::vector<std::vector<int>>>("moved");
        QTest::addColumn<std::vector<int>>("to");
        QTest::addColumn<std::vector<int>>("arrives");
        QTest::addColumn<QString>("expected");
        using Paths = std::vector<std::vector<int>>;
        using Path = std::vector<int>;
        QTest::newRow("down within the list")
            << Paths{{0}} << Path{3} << Path{2}
            << "one_of(color_jitter group(gaussian_blur color_drop)) horizontal_flip random_resized_crop";
        QTest::newRow("up within the list")
            << Paths{{2}} << Path{0} << Path{0}
            << "horizontal_flip random_resized_crop one_of(color_jitter group(gaussian_blur color_drop))";
        QTest::newRow("into a combination after it")
            << Paths{{0}} << Path{1, 1, 1} << Path{0, 1, 1}
            << "one_of(color_jitter group(gaussian_blur random_resized_crop color_drop)) horizontal_flip";
        QTest::newRow("out of a combination")
            << Paths{{1, 1, 0}} << Path{2} << Path{2}
            << "random_resized_crop one_of(color_jitter group(color_drop)) gaussian_blur horizontal_flip";
        QTest::newRow("several from several lists")
            << Paths{{2}, {1, 0}, {0}} << Path{1, 1, 0} << Path{0, 0, 0}
            << "one_of(group(random_resized_crop color_jitter horizontal_flip gaussian_blur color_drop))";
        QTest::newRow("to its own position")
            << Paths{{1}} << Path{2} << Path{1}
            << "random_resized_crop one_of(color_jitter group(gaussian_blur color_drop)) horizontal_flip";
    }

    void movesInAndOutOfCombinations() {
        QFETCH(std::vector<std::vector<int>>, moved);
        QFETCH(std::vector<int>, to);
        QFETCH(std::vector<int>, arrives);
        QFETCH(QString, expected);
        std::vector<StepPath> paths;
        for (const std::vector<int> &indices : moved)
            paths.push_back(path(indices));
        Pipeline pipeline = nested();
        const auto at = moveSteps(pipeline, paths, path(to));
        QVERIFY(at.has_value());
        QCOMPARE(at->indices, arrives);
        QCOMPARE(outline(pipeline.steps), expected.toStdString());
    }

    void nothingMovesIntoItself() {
        Pipeline pipeline = nested();
        QVERIFY(!moveSteps(pipeline, {path({1})}, path({1, 1, 0})));
        QVERIFY(!moveSteps(pipeline, {path({1})}, path({1, 0})));
        QVERIFY(!moveSteps(pipeline, {}, path({0})));
        QVERIFY(!moveSteps(pipeline, {path({0})}, path({2, 0}))); // a flip is not a combination
        QVERIFY(pipeline == nested());
    }

    void removesEachOnce() {
        Pipeline pipeline = nested();
        removeSteps(pipeline, {path({1, 0}), path({0}), path({1}), path({0})});
        QCOMPARE(outline(pipeline.steps), std::string("horizontal_flip"));
    }

    void copiesStandBehindTheirSteps() {
        Pipeline pipeline = nested();
        const std::vector<StepPath> copies =
            duplicateSteps(pipeline, {path({2}), path({1, 1, 0}), path({0}), path({1, 0})});
        QCOMPARE(
            outline(pipeline.steps),
            std::string("random_resized_crop random_resized_crop "
                        "one_of(color_jitter color_jitter group(gaussian_blur gaussian_blur color_drop)) "
                        "horizontal_flip horizontal_flip"));
        QVERIFY((copies == std::vector{path({1}), path({2, 1}), path({2, 2, 1}), path({4})}));
        QVERIFY(duplicateSteps(pipeline, {path({9})}).empty());
    }

    void keepsBranchesApart() {
        Pipeline pipeline = nested();
        pipeline.secondSteps = std::vector{makeStep("solarize")};
        const auto at = moveSteps(pipeline, {path({0}), path({1, 0})}, path({1}, 1));
        QVERIFY(at == path({1}, 1));
        QCOMPARE(outline(pipeline.steps),
                 std::string("one_of(group(gaussian_blur color_drop)) horizontal_flip"));
        QCOMPARE(outline(*pipeline.secondSteps), std::string("solarize random_resized_crop color_jitter"));
    }

    void nestsAsDeepAsAFileMay() {
        PipelineStep step = makeStep("color_drop");
        for (int depth = 0; depth < Pipeline::deepest; ++depth)
            step = combination("group", {step});
        Pipeline pipeline{"deep", {step, makeStep("group")}};
        QVERIFY(pipelineFromJson(toJson(pipeline), "deep") == pipeline);
        const std::string told = thrownMessage<InvalidInput>([&] {
            moveSteps(pipeline, {path({0})}, path({1, 0}));
        });
        QVERIFY2(told.find("8 deep") != std::string::npos, told.c_str());
        QVERIFY(pipeline.steps.front() == step);
    }

    void textGoesThereAndBack() {
        const Pipeline pipeline = nested();
        QVERIFY(stepsFromText(stepsToText(pipeline.steps), "text") == pipeline.steps);
        for (const PipelineStep &step : pipeline.steps) { // a single step, also a combination
            const std::string text = toText(toJson(Pipeline{"", {step}})["steps"][0]);
            QVERIFY(stepsFromText(text, "text") == std::vector{step});
        }
        QVERIFY(stepsFromText(toText(toJson(pipeline)), "text") == pipeline.steps);
    }

    void otherTextIsRefusedByName_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("prose") << "colour jitter";
        QTest::newRow("a number") << "7";
        QTest::newRow("another object") << R"({"answer": 42})";
        QTest::newRow("out of range") << R"([{"operation": "color_drop", "probability": 2}])";
        QTest::newRow("nothing") << "";
    }

    void otherTextIsRefusedByName() {
        QFETCH(QString, text);
        const std::string told =
            thrownMessage<InvalidInput>([&] { stepsFromText(text.toStdString(), "the clipboard"); });
        QVERIFY2(told.find("the clipboard") != std::string::npos, told.c_str());
    }

    void unknownOperationsComeAlong() {
        const std::string text = R"([{"operation": "mystery", "strength": 3}])";
        const std::vector<PipelineStep> steps = stepsFromText(text, "text");
        QVERIFY(!steps.at(0).isKnown());
        QVERIFY(stepsToText(steps).find("strength") != std::string::npos);
    }
};

SIMCLR_TEST(TestPipelineEdit)
#include "tst_pipeline_edit.moc"
