// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of every operation: a new one is tested here without further code.
#include "core/augment/pipeline.h"
#include "core/augment/view_renderer.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <limits>
#include <set>
#include <thread>

using namespace simclr;
using namespace simclr::test;

class TestOperations : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void idsAreUnique();
    void isDescribed_data();
    void isDescribed();
    void survivesJson_data();
    void survivesJson();
    void equalDrawsGiveEqualBytes_data();
    void equalDrawsGiveEqualBytes();
    void drawsDoNotDependOnPixels_data();
    void drawsDoNotDependOnPixels();
    void acceptsItsLimits_data();
    void acceptsItsLimits();
    void refusesBadValues_data();
    void refusesBadValues();
    void worksOnAnySize_data();
    void worksOnAnySize();
    void oneObjectServesManyThreads_data();
    void oneObjectServesManyThreads();
    void probabilityIsHeeded_data();
    void probabilityIsHeeded();
    void flipMirrors();
    void flipComesHalfOfTheTime();
};

namespace {

constexpr int viewSize = 32;

/// Combinations have their own tests.
void addOperations(bool withCombinations = false) {
    QTest::addColumn<QString>("id");
    for (const OperationType &type : operationTypes())
        if (withCombinations || !type.isCombination())
            QTest::newRow(type.id.c_str()) << QString::fromStdString(type.id);
}

const OperationType &fetchType() {
    QFETCH(QString, id);
    return *findOperationType(id.toStdString());
}

Image applied(const Operation &operation, Image image, std::uint32_t sample) {
    RandomStream draws({.seed = 3, .sample = sample});
    operation.apply(image, draws, viewSize);
    return image;
}

/// The value at the lower or the upper limit; intervals become [limit, limit].
Value atLimit(const Parameter &parameter, bool upper) {
    const double limit = upper ? parameter.maximum : parameter.minimum;
    switch (parameter.kind) {
    case ParameterKind::Boolean:
        return upper;
    case ParameterKind::Integer:
        return static_cast<std::int64_t>(limit);
    case ParameterKind::Real:
        return limit;
    case ParameterKind::Interval:
        return Range{limit, limit};
    case ParameterKind::Choice:
        return (upper ? parameter.choices.back() : parameter.choices.front()).id;
    case ParameterKind::Text:
        break;
    }
    return parameter.initial;
}

std::string refusal(const std::string &operation, const std::string &id, const Value &value) {
    Pipeline pipeline{"p", {makeStep(operation)}};
    pipeline.steps[0].parameters[id] = value;
    return thrownMessage<InvalidInput>([&] { ViewRenderer(pipeline, viewSize); });
}

} // namespace

void TestOperations::idsAreUnique() {
    std::set<std::string> ids;
    for (const OperationType &type : operationTypes())
        QVERIFY2(ids.insert(type.id).second, type.id.c_str());
    QVERIFY(ids.size() >= 5);
    QVERIFY(findOperationType("no_such_operation") == nullptr);
}

void TestOperations::isDescribed_data() {
    addOperations(true);
}

void TestOperations::isDescribed() {
    const OperationType &type = fetchType();
    QVERIFY(!type.title.empty() && !type.source.empty() && type.help.ends_with('.'));
    QVERIFY(!categoryTitle(type.category).empty());
    QVERIFY(type.initialProbability >= 0 && type.initialProbability <= 1);
    std::set<std::string> ids;
    for (const Parameter &parameter : type.schema) {
        QVERIFY2(ids.insert(parameter.id).second, parameter.id.c_str());
        QVERIFY2(!parameter.title.empty() && parameter.help.ends_with('.'), parameter.id.c_str());
        QVERIFY2(parameter.step > 0 || parameter.kind == ParameterKind::Choice, parameter.id.c_str());
        checkValue(parameter, parameter.initial, type.title);
    }
}

void TestOperations::survivesJson_data() {
    addOperations(true);
}

void TestOperations::survivesJson() {
    const OperationType &type = fetchType();
    Pipeline pipeline{"all", {makeStep(type.id), makeStep(type.id)}};
    pipeline.steps[1].enabled = false;
    pipeline.steps[1].probability = 0.375;
    for (const Parameter &parameter : type.schema)
        pipeline.steps[1].parameters[parameter.id] = atLimit(parameter, true);
    const Json json = Json::parse(toText(toJson(pipeline)));
    QVERIFY(pipelineFromJson(json, "test") == pipeline);
}

void TestOperations::equalDrawsGiveEqualBytes_data() {
    addOperations();
}

void TestOperations::equalDrawsGiveEqualBytes() {
    const OperationType &type = fetchType();
    const auto first = type.make(initialValues(type.schema));
    const auto second = type.make(initialValues(type.schema));
    for (std::uint32_t sample = 0; sample < 50; ++sample) {
        const Image source = noiseImage(40, 36, sample);
        QVERIFY(applied(*first, source, sample) == applied(*second, source, sample));
    }
}

void TestOperations::drawsDoNotDependOnPixels_data() {
    addOperations();
}

/// Otherwise later operations would get different random numbers for different images.
void TestOperations::drawsDoNotDependOnPixels() {
    const OperationType &type = fetchType();
    const auto operation = type.make(initialValues(type.schema));
    for (std::uint32_t sample = 0; sample < 50; ++sample) {
        RandomStream first({.seed = 3, .sample = sample});
        RandomStream second({.seed = 3, .sample = sample});
        Image noise = noiseImage(32, 32, sample);
        Image plain = filledImage(32, 32, {0, 0, 0});
        operation->apply(noise, first, viewSize);
        operation->apply(plain, second, viewSize);
        QCOMPARE(first.bits(), second.bits());
    }
}

void TestOperations::acceptsItsLimits_data() {
    addOperations();
}

void TestOperations::acceptsItsLimits() {
    const OperationType &type = fetchType();
    const Image source = noiseImage(48, 33, 1);
    for (const Parameter &parameter : type.schema)
        for (const bool upper : {false, true}) {
            Values values = initialValues(type.schema);
            values[parameter.id] = atLimit(parameter, upper);
            const auto operation = type.make(values);
            for (std::uint32_t sample = 0; sample < 20; ++sample)
                QVERIFY(!applied(*operation, source, sample).isEmpty());
        }
}

void TestOperations::refusesBadValues_data() {
    addOperations(true);
}

void TestOperations::refusesBadValues() {
    const OperationType &type = fetchType();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const Parameter &parameter : type.schema) {
        std::vector<Value> bad{std::string("wrong type")};
        if (parameter.kind == ParameterKind::Real)
            bad = {std::string("wrong type"), nan, parameter.minimum - 1, parameter.maximum + 1};
        if (parameter.kind == ParameterKind::Interval)
            bad = {0.5, Range{nan, parameter.maximum}, Range{parameter.maximum, parameter.minimum},
                   Range{parameter.minimum - 1, parameter.maximum},
                   Range{parameter.minimum, parameter.maximum + 1}};
        for (const Value &value : bad) {
            const std::string message = refusal(type.id, parameter.id, value);
            QVERIFY2(isClearMessage(message, parameter.id) && contains(message, type.title), message.c_str());
        }
    }
    Pipeline incomplete{"p", {makeStep(type.id)}};
    if (!type.schema.empty()) {
        incomplete.steps[0].parameters.erase(type.schema[0].id);
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { checkPipeline(incomplete); }),
                               type.schema[0].id));
    }
    for (const double probability : {-0.01, 1.01, nan}) {
        Pipeline unlikely{"p", {makeStep(type.id)}};
        unlikely.steps[0].probability = probability;
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { checkPipeline(unlikely); }), "probability"));
    }
}

void TestOperations::worksOnAnySize_data() {
    addOperations();
}

void TestOperations::worksOnAnySize() {
    const OperationType &type = fetchType();
    Pipeline pipeline{"p", {makeStep(type.id)}};
    pipeline.steps[0].probability = 1;
    for (const int side : {1, 2, 32, 65}) {
        const ViewRenderer renderer(pipeline, side);
        for (const auto &[width, height] : {std::pair(1, 1), {2, 1}, {1, 50}, {200, 3}, {31, 33}})
            for (std::uint32_t sample = 0; sample < 5; ++sample) {
                Image view;
                renderer.render(noiseImage(width, height, sample), {.seed = 1, .sample = sample}, view);
                QCOMPARE(view.width(), side);
                QCOMPARE(view.height(), side);
            }
    }
}

void TestOperations::oneObjectServesManyThreads_data() {
    addOperations();
}

void TestOperations::oneObjectServesManyThreads() {
    const OperationType &type = fetchType();
    const auto operation = type.make(initialValues(type.schema));
    constexpr std::uint32_t count = 60;
    std::vector<Image> alone;
    for (std::uint32_t sample = 0; sample < count; ++sample)
        alone.push_back(applied(*operation, noiseImage(33, 32, sample), sample));
    std::vector<Image> together(count);
    {
        std::vector<std::jthread> threads;
        for (std::uint32_t first = 0; first < 4; ++first)
            threads.emplace_back([&, first] {
                for (std::uint32_t sample = first; sample < count; sample += 4)
                    together[sample] = applied(*operation, noiseImage(33, 32, sample), sample);
            });
    }
    QVERIFY(together == alone);
}

void TestOperations::probabilityIsHeeded_data() {
    addOperations();
}

void TestOperations::probabilityIsHeeded() {
    const OperationType &type = fetchType();
    // Not square, so that resizing is visible; with less than full contrast.
    Image source = noiseImage(viewSize + 8, viewSize, 7);
    for (std::size_t i = 0; i < source.byteCount(); ++i)
        source.data()[i] = static_cast<std::uint8_t>(64 + source.data()[i] / 2);
    Image untouched;
    ViewRenderer({"p", {}}, viewSize).render(source, {}, untouched);
    constexpr std::uint32_t trials = 3000;
    for (const double p : {0.0, 0.3, 1.0}) {
        Pipeline pipeline{"p", {makeStep(type.id)}};
        pipeline.steps[0].probability = p;
        // With the authors' kernel the blur has no effect on such a small image.
        if (type.id == "gaussian_blur")
            pipeline.steps[0].parameters["kernel"] = 0.3;
        // The policy for ImageNet leaves 16 of 100 images unchanged.
        if (type.id == "auto_augment")
            pipeline.steps[0].parameters["policy"] = std::string("svhn");
        const ViewRenderer renderer(pipeline, viewSize);
        std::size_t changed = 0;
        Image view;
        for (std::uint32_t sample = 0; sample < trials; ++sample) {
            renderer.render(source, {.seed = 9, .sample = sample}, view);
            changed += view == untouched ? 0 : 1;
        }
        // An operation may leave an image unchanged by its sampled parameters, but rarely (σ near 0.1 blurs
        // nothing).
        const double spread = 5 * std::sqrt(trials * p * (1 - p));
        QVERIFY2(changed <= trials * p + spread && changed >= trials * p * 0.85 - spread,
                 qPrintable(QString("%1 of %2 at p = %3").arg(changed).arg(trials).arg(p)));
    }
}

void TestOperations::flipMirrors() {
    const auto flip = findOperationType("horizontal_flip")->make({});
    const Image source = noiseImage(31, 17, 5);
    const Image flipped = applied(*flip, source, 0);
    for (int y = 0; y < source.height(); ++y)
        for (int x = 0; x < source.width(); ++x)
            QCOMPARE(pixel(flipped, x, y), pixel(source, source.width() - 1 - x, y));
}

void TestOperations::flipComesHalfOfTheTime() {
    const ViewRenderer renderer({"p", {makeStep("horizontal_flip")}}, 4);
    const Image source = noiseImage(4, 4, 1);
    std::size_t flipped = 0;
    Image view;
    for (std::uint32_t sample = 0; sample < 20'000; ++sample) {
        renderer.render(source, {.seed = 2, .sample = sample}, view);
        flipped += view == source ? 0 : 1;
    }
    QVERIFY2(isFrequency(flipped, 20'000, 0.5), qPrintable(QString::number(flipped)));
}

SIMCLR_TEST(TestOperations)
#include "tst_operations.moc"
