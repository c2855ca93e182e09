// SPDX-License-Identifier: GPL-3.0-or-later
// Every operation and preset on the smallest possible images, with its parameters at their limits.
#include "core/augment/pipeline.h"
#include "core/augment/view_renderer.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <array>

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr std::array<std::pair<int, int>, 7> sizes{
    {{1, 1}, {1, 2}, {2, 1}, {1, 37}, {37, 1}, {3, 3}, {300, 2}}};
constexpr std::array sides{1, 2, 7, 32, 96};

/// Every value at a limit of the parameter; all values if there are few.
std::vector<Value> extremes(const Parameter &parameter) {
    const double low = parameter.minimum;
    const double high = parameter.maximum;
    std::vector<Value> choices;
    switch (parameter.kind) {
    case ParameterKind::Boolean:
        return {false, true};
    case ParameterKind::Integer:
        return {static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)};
    case ParameterKind::Real:
        return {low, high};
    case ParameterKind::Interval:
        return {Range{low, low}, Range{low, high}, Range{high, high}};
    case ParameterKind::Choice:
        for (const auto &choice : parameter.choices)
            choices.emplace_back(choice.id);
        return choices;
    case ParameterKind::Text:
        break;
    }
    return {parameter.initial};
}

/// The initial values with one of them at a limit, and all of them at their first or last limit.
std::vector<Values> extremeValues(const OperationType &type) {
    Values lowest = initialValues(type.schema);
    Values highest = lowest;
    std::vector<Values> all{lowest};
    for (const Parameter &parameter : type.schema) {
        const std::vector<Value> values = extremes(parameter);
        for (const Value &value : values) {
            all.push_back(all.front());
            all.back()[parameter.id] = value;
        }
        lowest[parameter.id] = values.front();
        highest[parameter.id] = values.back();
    }
    all.push_back(lowest);
    all.push_back(highest);
    return all;
}

/// The error in the views of tiny images; empty if there is none.
QString problemOf(const Pipeline &pipeline) {
    for (const int side : sides) {
        const ViewRenderer renderer(pipeline, side);
        for (const auto &[width, height] : sizes)
            for (std::uint32_t sample = 0; sample < 4; ++sample) {
                const Image source = noiseImage(width, height, sample);
                const ViewKey key{.seed = 5, .sample = sample, .view = std::uint16_t(sample % 2)};
                Image view;
                Image again;
                renderer.render(source, key, view);
                renderer.render(source, key, again);
                const QString where = QString("%1 × %2 to %3").arg(width).arg(height).arg(side);
                if (view.width() != side || view.height() != side)
                    return where + ": another size";
                if (view != again)
                    return where + ": not the same twice";
            }
    }
    return {};
}

Pipeline alwaysOf(const OperationType &type, const Values &values) {
    Pipeline pipeline{"p", {makeStep(type.id)}};
    pipeline.steps[0].probability = 1;
    pipeline.steps[0].parameters = values;
    if (type.isCombination())
        pipeline.steps[0].steps = {makeStep("random_resized_crop"), makeStep("gaussian_blur")};
    return pipeline;
}

} // namespace

class TestExtremeInputs : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void operations_data() {
        QTest::addColumn<QString>("id");
        for (const OperationType &type : operationTypes())
            QTest::newRow(type.id.c_str()) << QString::fromStdString(type.id);
    }
    void operations() {
        QFETCH(QString, id);
        const OperationType &type = *findOperationType(id.toStdString());
        for (const Values &values : extremeValues(type)) {
            const Pipeline pipeline = alwaysOf(type, values);
            const QString problem = problemOf(pipeline);
            QVERIFY2(problem.isEmpty(),
                     qPrintable(problem + ' ' + QString::fromStdString(toLine(toJson(pipeline)))));
        }
    }

    void presets_data() {
        QTest::addColumn<QString>("id");
        for (const PipelinePreset &preset : pipelinePresets())
            QTest::newRow(preset.id.c_str()) << QString::fromStdString(preset.id);
    }
    void presets() {
        QFETCH(QString, id);
        const QString problem = problemOf(pipelineByName(id.toStdString()));
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void allOperationsInARow() {
        Pipeline pipeline{"all", {}};
        for (const OperationType &type : operationTypes()) {
            pipeline.steps.push_back(makeStep(type.id));
            pipeline.steps.back().probability = 1;
        }
        const QString problem = problemOf(pipeline);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    /// A uniform image is invariant to crop, blur, warp and flip.
    void onePixelKeepsItsColor_data() {
        QTest::addColumn<QString>("id");
        for (const char *id : {"random_resized_crop", "center_crop", "resize", "horizontal_flip",
                               "vertical_flip", "rotate_quarters", "gaussian_blur", "sharpness"})
            QTest::newRow(id) << QString::fromLatin1(id);
    }
    void onePixelKeepsItsColor() {
        QFETCH(QString, id);
        const OperationType &type = *findOperationType(id.toStdString());
        const ViewRenderer renderer(alwaysOf(type, initialValues(type.schema)), 8);
        Image view;
        renderer.render(filledImage(1, 1, {17, 140, 201}), {.seed = 3}, view);
        QVERIFY(view == filledImage(8, 8, {17, 140, 201}));
    }

    void deepestNestingDraws() {
        PipelineStep step = makeStep("color_drop");
        for (int depth = 0; depth < Pipeline::deepest; ++depth) {
            PipelineStep outer = makeStep("one_of");
            outer.probability = 1;
            outer.steps = {std::move(step)};
            step = std::move(outer);
        }
        const Pipeline pipeline{"deep", {step}};
        QVERIFY(pipelineFromJson(Json::parse(toText(toJson(pipeline))), "deep") == pipeline);
        QVERIFY2(problemOf(pipeline).isEmpty(), "deep");
    }

    void pipelinesOfNothing_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no steps") << QByteArray(R"({"steps": []})");
        QTest::newRow("second branch without steps") << QByteArray(
            R"({"version": 2, "steps": [{"operation": "color_drop"}], "second_view_steps": []})");
        QTest::newRow("both empty") << QByteArray(R"({"version": 2, "steps": [], "second_view_steps": []})");
        QTest::newRow("empty group") << QByteArray(
            R"({"version": 2, "steps": [{"operation": "group", "steps": []}]})");
        QTest::newRow("empty choice in an empty order") << QByteArray(
            R"({"version": 2, "steps": [{"operation": "random_order", "steps": [{"operation": "some_of"}]}]})");
        QTest::newRow("all switched off")
            << QByteArray(R"({"steps": [{"operation": "color_drop", "enabled": false}]})");
    }
    void pipelinesOfNothing() {
        QFETCH(QByteArray, text);
        const Pipeline pipeline = pipelineFromJson(Json::parse(text.toStdString()), "test");
        QVERIFY(pipelineFromJson(toJson(pipeline), "again") == pipeline);
        const QString problem = problemOf(pipeline);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
};

SIMCLR_TEST(TestExtremeInputs)
#include "tst_extreme_inputs.moc"
