// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline.h"

#include "core/augment/view_renderer.h"
#include "core/random/random.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestPipeline : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void presetsAreTheAuthorsRecipes();
    void presetsSurviveJson();
    void missingPartsTakeTheirInitialValues();
    void unknownOperationSurvives();
    void unknownOperationIsRefusedInTraining();
    void switchedOffUnknownOperationIsNoHindrance();
    void refusesBadJson_data();
    void refusesBadJson();
    void readsAndWritesFiles();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void messagesNameTheFile();
    void findsByNameOrPath();
    void namesWhatItCannotFind_data();
    void namesWhatItCannotFind();
};

namespace {

Pipeline parsed(const std::string &text) {
    return pipelineFromJson(Json::parse(text), "my.json");
}

const std::string foreignStep =
    R"({"operation":"from_the_future","enabled":true,"probability":0.2,"parameters":{"threshold":[1,2],"mode":"x"},"since":3})";

const Pipeline &preset(const std::string &id) {
    for (const PipelinePreset &each : pipelinePresets())
        if (each.id == id)
            return each.pipeline;
    throw InvalidInput("no preset " + id);
}

} // namespace

void TestPipeline::presetsAreTheAuthorsRecipes() {
    const auto ids = [](const Pipeline &pipeline) {
        QStringList list;
        for (const PipelineStep &step : pipeline.steps)
            list << QString::fromStdString(step.operation);
        return list.join(' ');
    };
    const Pipeline &imagenet = preset("simclr-imagenet");
    const Pipeline &cifar = preset("simclr-cifar10");
    QCOMPARE(ids(imagenet), "random_resized_crop horizontal_flip color_jitter color_drop gaussian_blur");
    QCOMPARE(ids(cifar), "random_resized_crop horizontal_flip color_jitter color_drop");
    QCOMPARE(ids(preset("crop-only")), "random_resized_crop horizontal_flip");
    const std::vector<double> probabilities{1, 0.5, 0.8, 0.2, 0.5};
    for (std::size_t i = 0; i < imagenet.steps.size(); ++i)
        QCOMPARE(imagenet.steps[i].probability, probabilities[i]);
    QVERIFY(imagenet.steps[0].parameters.at("area") == Value(Range{0.08, 1}));
    QVERIFY(imagenet.steps[0].parameters.at("aspect") == Value(Range{3.0 / 4, 4.0 / 3}));
    QVERIFY(imagenet.steps[4].parameters.at("sigma") == Value(Range{0.1, 2}));
    for (const char *id : {"brightness", "contrast", "saturation"}) {
        QCOMPARE(std::get<double>(imagenet.steps[2].parameters.at(id)), 0.8);
        QCOMPARE(std::get<double>(cifar.steps[2].parameters.at(id)), 0.4);
    }
    QCOMPARE(std::get<double>(imagenet.steps[2].parameters.at("hue")), 0.2);
    QCOMPARE(std::get<double>(cifar.steps[2].parameters.at("hue")), 0.1);
}

void TestPipeline::presetsSurviveJson() {
    for (const PipelinePreset &each : pipelinePresets()) {
        checkPipeline(each.pipeline);
        QVERIFY2(parsed(toText(toJson(each.pipeline))) == each.pipeline, each.id.c_str());
    }
}

void TestPipeline::missingPartsTakeTheirInitialValues() {
    const Pipeline pipeline = parsed(
        R"({"steps": [{"operation": "color_jitter", "parameters": {"hue": 0.3}}, {"operation": "color_drop"}]})");
    PipelineStep jitter = makeStep("color_jitter");
    jitter.parameters["hue"] = 0.3;
    QVERIFY(pipeline == (Pipeline{"", {jitter, makeStep("color_drop")}}));
    QVERIFY(parsed(R"({"version": 1, "steps": []})").steps.empty());
}

void TestPipeline::unknownOperationSurvives() {
    const std::string text = R"({"name":"n","steps":[{"operation":"color_drop"},)" + foreignStep + "]}";
    const Pipeline pipeline = parsed(text);
    QVERIFY(pipeline.steps[0].isKnown() && !pipeline.steps[1].isKnown());
    const Json saved = Json::parse(toText(toJson(pipeline)));
    QCOMPARE(toLine(saved["steps"][1]), foreignStep);
    QVERIFY(pipelineFromJson(saved, "again") == pipeline);
}

void TestPipeline::unknownOperationIsRefusedInTraining() {
    const Pipeline pipeline =
        parsed(R"({"name":"mine","steps":[{"operation":"color_drop"},)" + foreignStep + "]}");
    for (const std::string &message : {thrownMessage<InvalidInput>([&] { checkPipeline(pipeline); }),
                                       thrownMessage<InvalidInput>([&] { ViewRenderer(pipeline, 32); })}) {
        QVERIFY2(isClearMessage(message, "from_the_future"), message.c_str());
        QVERIFY2(contains(message, "mine") && contains(message, "step 2"), message.c_str());
    }
}

void TestPipeline::switchedOffUnknownOperationIsNoHindrance() {
    Pipeline pipeline = parsed(R"({"steps":[)" + foreignStep + "]}");
    pipeline.steps[0].enabled = false;
    checkPipeline(pipeline);
    // The advice of a message must also work after saving and loading.
    const Pipeline again = parsed(toText(toJson(pipeline)));
    QVERIFY(!again.steps[0].enabled);
    checkPipeline(again);
    const Json step = toJson(again)["steps"][0];
    QCOMPARE(toLine(step["parameters"]), std::string(R"({"threshold":[1,2],"mode":"x"})"));
    QCOMPARE(step["since"].get<int>(), 3);
}

void TestPipeline::refusesBadJson_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const QByteArray &text, const char *cause) {
        QTest::newRow(name) << text << cause;
    };
    const auto step = [&row](const char *name, const QByteArray &text, const char *cause) {
        row(name, R"({"steps": [{"operation": "color_drop"}, )" + text + "]}", cause);
    };
    row("list", "[]", "steps");
    row("number", "3", "steps");
    row("null", "null", "steps");
    row("no steps", "{}", "steps");
    row("steps are not a list", R"({"steps": {}})", "steps");
    row("newer", R"({"version": 3, "steps": []})", "newer version");
    row("far newer", R"({"version": 9223372036854775807, "steps": []})", "newer version");
    row("beyond 64 bits", R"({"version": 18446744073709551615, "steps": []})", "version");
    row("version zero", R"({"version": 0, "steps": []})", "version");
    row("version text", R"({"version": "1", "steps": []})", "version");
    row("misspelt second view", R"({"second_steps": [], "steps": []})", "second_steps");
    step("misspelt probability", R"({"operation": "color_drop", "probabilty": 0.5})", "probabilty");
    step("parameter in the wrong place", R"({"operation": "color_jitter", "hue": 0.1})", "hue");
    row("name is not a text", R"({"name": 5, "steps": []})", "name");
    step("step is text", R"("color_drop")", "step 2");
    step("step is null", "null", "step 2");
    step("no operation", "{}", "operation");
    step("operation is not a text", R"({"operation": 1})", "operation");
    step("enabled is not a Boolean", R"({"operation": "color_drop", "enabled": 1})", "enabled");
    step("probability is text", R"({"operation": "color_drop", "probability": "0.5"})", "probability");
    step("probability is negative", R"({"operation": "color_drop", "probability": -0.1})", "from 0 to 1");
    step("probability is too large", R"({"operation": "color_drop", "probability": 1.5})", "from 0 to 1");
    step("parameters are a list", R"({"operation": "color_drop", "parameters": []})", "parameters");
    step("unknown parameter", R"({"operation": "color_drop", "parameters": {"amount": 1}})", "amount");
    step("wrong type", R"({"operation": "color_jitter", "parameters": {"hue": true}})", "hue");
    step("negative", R"({"operation": "color_jitter", "parameters": {"brightness": -0.5}})", "brightness");
    step("swapped", R"({"operation": "random_resized_crop", "parameters": {"area": [1, 0.08]}})", "swapped");
    step("negative range", R"({"operation": "random_resized_crop", "parameters": {"area": [-1, 1]}})",
         "area");
    step("number for a range", R"({"operation": "random_resized_crop", "parameters": {"area": 0.5}})",
         "area");
}

void TestPipeline::refusesBadJson() {
    QFETCH(QByteArray, text);
    QFETCH(QString, cause);
    const std::string message = thrownMessage<InvalidInput>([&] { parsed(text.toStdString()); });
    QVERIFY2(isClearMessage(message, "my.json") && contains(message, cause.toStdString()), message.c_str());
}

void TestPipeline::readsAndWritesFiles() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / fs::path("mein Rezept \xff.json");
    Pipeline pipeline = preset("simclr-cifar10");
    writePipeline(pipeline, file);
    QVERIFY(readPipeline(file) == pipeline);
    pipeline.name.clear();
    writePipeline(pipeline, file);
    QCOMPARE(readPipeline(file).name, std::string("mein Rezept \xEF\xBF\xBD")); // its file's name
    const fs::path nowhere = folderOf(directory) / "none" / "p.json";
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { writePipeline(pipeline, nowhere); }), "none"));
}

void TestPipeline::refusesBadFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("crop, then flip");
    QTest::newRow("cut off") << QByteArray(R"({"steps": [{"operation")");
    QTest::newRow("NaN") << QByteArray(R"({"steps": [{"operation": "color_drop", "probability": NaN}]})");
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n");
    QTest::newRow("deep nesting") << QByteArray(50'000, '[');
}

void TestPipeline::refusesBadFiles() {
    QFETCH(QByteArray, bytes);
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "bad pipeline.json";
    writeBytes(file, bytes.toStdString());
    const std::string message = thrownMessage<InvalidInput>([&] { readPipeline(file); });
    QVERIFY2(isClearMessage(message, "bad pipeline.json"), message.c_str());
}

void TestPipeline::messagesNameTheFile() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "damaged.json";
    Pipeline pipeline = preset("byol");
    pipeline.steps.push_back(makeStep("one_of"));
    pipeline.steps.back().steps.push_back(makeStep("color_drop"));
    const std::string whole = toText(toJson(pipeline));
    const std::string letters = "{}[]\",:-0129.eE\\truefalsn\x80\x1b ";
    RandomStream draws({1, Purpose::Initialisation, 0, 0, 0});
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string damaged = whole;
        for (std::uint32_t changes = 1 + draws.below(3); changes > 0; --changes) {
            const std::size_t at = draws.below(static_cast<std::uint32_t>(damaged.size()));
            if (draws.chance(0.3))
                damaged.erase(at, 1 + draws.below(40));
            else
                damaged[at] = letters[draws.below(static_cast<std::uint32_t>(letters.size()))];
        }
        writeBytes(file, damaged);
        const std::string message = thrownMessage<InvalidInput>([&] { usablePipeline(file.native()); });
        if (message == "nothing thrown")
            continue;
        ++refused;
        QVERIFY2(isClearMessage(message, displayName(file)), (message + "\n" + damaged).c_str());
        QVERIFY2(!contains(message, "json.exception"), message.c_str());
    }
    QVERIFY(refused > 500);
}

void TestPipeline::findsByNameOrPath() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "mine.json";
    writePipeline({"Mine", {makeStep("color_drop")}}, file);
    QCOMPARE(pipelineByName("crop-only").name, std::string("Crop only"));
    QCOMPARE(pipelineByName(file.native()).name, std::string("Mine"));
}

void TestPipeline::namesWhatItCannotFind_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("no such preset") << "simclr-mnist";
    QTest::newRow("empty") << "";
    QTest::newRow("longer than any path") << QString(5000, 'x');
}

void TestPipeline::namesWhatItCannotFind() {
    QFETCH(QString, name);
    const std::string message = thrownMessage<InvalidInput>([&] { pipelineByName(name.toStdString()); });
    QVERIFY2(isClearMessage(message, "simclr-imagenet, simclr-cifar10"), message.c_str());
    QVERIFY2(contains(message, "\"" + name.toStdString() + "\""), message.c_str());
}

SIMCLR_TEST(TestPipeline)
#include "tst_pipeline.moc"
