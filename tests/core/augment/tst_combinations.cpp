// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <map>
#include <set>

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr int side = 16;
constexpr std::uint32_t trials = 3000;

/// A step whose effect is visible in every image: a crop of a quarter, a flip, a colour drop.
PipelineStep certain(const std::string &operation) {
    PipelineStep step = makeStep(operation);
    step.probability = 1;
    return step;
}

PipelineStep combination(const std::string &kind, std::vector<PipelineStep> steps, double probability = 1) {
    PipelineStep step = makeStep(kind);
    step.probability = probability;
    step.steps = std::move(steps);
    return step;
}

PipelineStep someOf(double fewest, double most, std::vector<PipelineStep> steps) {
    PipelineStep step = combination("some_of", std::move(steps));
    step.parameters["count"] = Range{fewest, most};
    return step;
}

std::string applied(const TracedStep &step) {
    std::string names;
    for (const SampledValue &value : step.sampled)
        if (value.what == "step")
            names += (names.empty() ? "" : ", ") + value.value;
    return names;
}

/// Counts of the applied steps, in their order.
std::map<std::string, int> counts(const PipelineStep &step) {
    const ViewRenderer renderer({"p", {step}}, side);
    const Image source = noiseImage(side, side, 1);
    std::map<std::string, int> counted;
    for (std::uint32_t sample = 0; sample < trials; ++sample)
        ++counted[applied(renderer.trace(source, {.seed = 4, .sample = sample}).front())];
    return counted;
}

/// Within five standard deviations of a binomial.
bool isNear(int count, double probability) {
    return std::abs(count - trials * probability) <= 5 * std::sqrt(trials * probability * (1 - probability));
}

const std::string flip = "Horizontal flip";
const std::string drop = "Colour drop";
const std::string blur = "Gaussian blur";

} // namespace

class TestCombinations : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void oneOfTakesEachByItsWeight() {
        PipelineStep rare = certain("color_drop");
        rare.probability = 0.25;
        const auto counted = counts(combination("one_of", {certain("horizontal_flip"), rare}));
        QCOMPARE(counted.size(), std::size_t{2});
        QVERIFY(isNear(counted.at(drop), 0.2));
        PipelineStep never = certain("horizontal_flip");
        never.probability = 0;
        QCOMPARE(counts(combination("one_of", {never})).at(""), int(trials));
    }

    void someOfTakesSoManyInTheirOrder() {
        const auto counted = counts(
            someOf(1, 2, {certain("horizontal_flip"), certain("color_drop"), certain("gaussian_blur")}));
        QCOMPARE(counted.size(), std::size_t{6}); // three alone, three pairs
        for (const auto &[names, count] : counted)
            QVERIFY2(isNear(count, 1.0 / 6), names.c_str());
        QVERIFY(counted.contains(flip + ", " + blur) && !counted.contains(blur + ", " + flip));
        QCOMPARE(counts(someOf(5, 9, {certain("color_drop")})).at(drop),
                 int(trials)); // no more than exist
        QCOMPARE(counts(someOf(0, 0, {certain("color_drop")})).at(""), int(trials));
    }

    void randomOrderIsUniform() {
        const auto counted = counts(combination(
            "random_order", {certain("horizontal_flip"), certain("color_drop"), certain("gaussian_blur")}));
        QCOMPARE(counted.size(), std::size_t{6});
        for (const auto &[names, count] : counted)
            QVERIFY2(isNear(count, 1.0 / 6), names.c_str());
    }

    void groupIsAllOrNothing() {
        const auto counted =
            counts(combination("group", {certain("horizontal_flip"), certain("color_drop")}, 0.3));
        QCOMPARE(counted.size(), std::size_t{2});
        QVERIFY(isNear(counted.at(flip + ", " + drop), 0.3));
    }

    void combinationsNest() {
        const PipelineStep inner = combination("one_of", {certain("horizontal_flip"), certain("color_drop")});
        PipelineStep off = certain("gaussian_blur");
        off.enabled = false;
        const auto counted = counts(combination("group", {inner, off}));
        QCOMPARE(counted.size(), std::size_t{2});
        QVERIFY(isNear(counted.at("One of, " + flip), 0.5));
    }

    void ofNothingTheyChangeNothing() {
        const Image source = noiseImage(side, side, 2);
        for (const char *kind : {"group", "one_of", "some_of", "random_order"}) {
            const Pipeline pipeline{"p", {combination(kind, {})}};
            QVERIFY(!changesImages(pipeline));
            Image view;
            ViewRenderer(pipeline, side).render(source, {.seed = 1}, view);
            QVERIFY2(view == source, kind);
        }
    }

    void problemsWithinAreNamedWithTheirPlace() {
        PipelineStep wrong = certain("gaussian_blur");
        wrong.parameters["kernel"] = 7.0;
        const Pipeline pipeline{
            "mine", {certain("color_drop"), combination("one_of", {certain("color_drop"), wrong})}};
        const std::string message = thrownMessage<InvalidInput>([&] { checkPipeline(pipeline); });
        QVERIFY2(isClearMessage(message, "step 2 (One of), step 2 (Gaussian blur)"), message.c_str());
    }

    void nestedPipelinesSurviveJson() {
        const PipelineStep inner =
            combination("random_order", {certain("horizontal_flip"), certain("color_drop")});
        Pipeline pipeline{"mine", {someOf(1, 2, {inner, certain("gaussian_blur")})}};
        QCOMPARE(toJson(pipeline)["version"].get<int>(), 2);
        QVERIFY(pipelineFromJson(Json::parse(toText(toJson(pipeline))), "test") == pipeline);
        pipeline.secondSteps = {certain("color_drop")};
        QVERIFY(pipelineFromJson(Json::parse(toText(toJson(pipeline))), "test") == pipeline);
        QCOMPARE(toJson(pipelineByName("simclr-cifar10"))["version"].get<int>(),
                 1); // readable by older versions
    }

    void unknownStepsWithinAreKept() {
        const Json json = Json::parse(
            R"({"version": 2, "name": "n", "steps": [{"operation": "one_of", "enabled": true, "probability": 1.0,
                "parameters": {}, "steps": [{"operation": "from_the_future", "since": 3}]}]})");
        const Pipeline pipeline = pipelineFromJson(json, "test");
        QCOMPARE(toJson(pipeline)["steps"], json["steps"]);
        const std::string message = thrownMessage<InvalidInput>([&] { checkPipeline(pipeline); });
        QVERIFY2(isClearMessage(message, "from_the_future"), message.c_str());
    }

    void badNestingIsRefused() {
        const auto refused = [](const std::string &text, const char *part) {
            const std::string message =
                thrownMessage<InvalidInput>([&] { pipelineFromJson(Json::parse(text), "my.json"); });
            return isClearMessage(message, part);
        };
        QVERIFY(refused(R"({"steps": [{"operation": "color_drop", "steps": []}]})", "no steps of its own"));
        QVERIFY(refused(R"({"steps": [{"operation": "one_of", "steps": {}}]})", "must be a list"));
        QVERIFY(refused(R"({"steps": [], "second_view_steps": 3})", "second view"));
        std::string deep = R"({"operation": "color_drop"})";
        for (int i = 0; i < 200; ++i)
            deep = R"({"operation": "group", "steps": [)" + deep + "]}";
        QVERIFY(refused(R"({"steps": [)" + deep + "]}", "too deeply"));
    }

    void theSecondViewHasItsOwnBranch() {
        Pipeline pipeline{"asymmetric", {certain("horizontal_flip")}};
        const Image source = noiseImage(side, side, 3);
        Image same;
        Image first;
        Image second;
        ViewRenderer(pipeline, side).render(source, {.seed = 1, .view = 1}, same);
        pipeline.secondSteps = {certain("color_drop")};
        const ViewRenderer renderer(pipeline, side);
        renderer.render(source, {.seed = 1, .view = 0}, first);
        renderer.render(source, {.seed = 1, .view = 1}, second);
        QVERIFY(first == same);
        QVERIFY(second != same);
        QCOMPARE(pixel(second, 3, 4)[0], pixel(second, 3, 4)[2]); // grey
        pipeline.steps.clear();
        QVERIFY(changesImages(pipeline));
        pipeline.secondSteps->front().parameters["no"] = 1.0;
        pipeline.secondSteps->front().probability = 7;
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { checkPipeline(pipeline); }), "second view"));
    }

    /// The preview's filmstrip ends with the same view that training renders.
    void traceEndsWithTheView() {
        const Pipeline pipeline = pipelineByName("simclr-imagenet");
        const ViewRenderer renderer(pipeline, side);
        for (std::uint32_t sample = 0; sample < 50; ++sample) {
            const ViewKey key{.seed = 2, .sample = sample};
            const Image source = noiseImage(40, 30, sample);
            const std::vector<TracedStep> steps = renderer.trace(source, key);
            QCOMPARE(steps.size(), pipeline.steps.size());
            Image view;
            renderer.render(source, key, view);
            QVERIFY(steps.back().after == view);
            Image before = source;
            for (const TracedStep &step : steps) {
                QVERIFY(step.isApplied || (step.sampled.empty() && step.after == before));
                before = step.after;
            }
        }
    }

    void traceTellsWhatWasDrawn() {
        const ViewRenderer renderer(pipelineByName("simclr-cifar10"), side);
        std::set<std::string> firstChanges; // of the jitter's random order
        for (std::uint32_t sample = 0; sample < 100; ++sample) {
            const std::vector<TracedStep> steps =
                renderer.trace(noiseImage(40, 30, 1), {.seed = 2, .sample = sample});
            const SampleLog &crop = steps[0].sampled;
            QCOMPARE(crop.size(), std::size_t{5});
            QCOMPARE(crop[0].what, std::string("area"));
            QVERIFY(crop[1].number >= 0 && crop[1].number + crop[3].number <= 40);
            QVERIFY(std::abs(crop[3].number * crop[4].number / 12 - crop[0].number) < 1e-9);
            if (!steps[2].isApplied)
                continue;
            QCOMPARE(steps[2].sampled.size(), std::size_t{4});
            firstChanges.insert(steps[2].sampled[0].what);
        }
        QCOMPARE(firstChanges, std::set<std::string>({"brightness", "contrast", "saturation", "hue"}));
    }
};

SIMCLR_TEST(TestCombinations)
#include "tst_combinations.moc"
