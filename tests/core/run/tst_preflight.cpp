// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preflight.h"
#include "core/train/recipe.h"
#include "core/util/error.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_images.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

/// Checks before a run starts.
class TestPreflight : public QObject {
    Q_OBJECT

    DatasetPtr m_shapes;

    /// Options of the findings about a usual configuration after `change`.
    template <typename Change>
    std::vector<std::string> foundAfter(Change change) {
        RunConfiguration configuration{"", pipelineByName("simclr-cifar10"), TrainOptions{}};
        change(configuration);
        std::vector<std::string> options;
        for (const RecipeFinding &finding : checkRecipe(configuration, *m_shapes, 10'000))
            options.push_back(finding.option);
        return options;
    }

  private Q_SLOTS:
    void initTestCase() { m_shapes = openDataset("shapes"); }

    void usualRecipesAreUsual() {
        QVERIFY(foundAfter([](RunConfiguration &) {}).empty());
        for (const TrainingRecipe &recipe : trainingRecipes()) {
            checkTrainOptions(recipe.options);
            RunConfiguration configuration{"", pipelineByName(recipe.pipeline), recipe.options};
            for (const RecipeFinding &finding : checkRecipe(configuration, *m_shapes, 1'281'167))
                QVERIFY2(finding.option == "image_size",
                         toText(finding.sentence).c_str()); // shapes are small
        }
        QVERIFY_EXCEPTION_THROWN(recipeByName("nobody's"), InvalidInput);
    }

    /// Photographs as views of 32 px; one small photograph does not change the finding.
    void shrinkingPhotographsIsNamed() {
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder), 7, 400, 1);
        writePng(noiseImage(32, 32, 9), folderOf(folder) / "icon.png");
        const DatasetPtr photographs = openDataset(folder.path().toStdString());
        QCOMPARE(photographs->report().usualSide, 400);
        RunConfiguration configuration{"", pipelineByName("simclr-cifar10"), TrainOptions{}};
        const auto named = [&] {
            const auto findings = checkRecipe(configuration, *photographs, 10'000);
            return std::ranges::any_of(findings, [](const RecipeFinding &finding) {
                return finding.option == "image_size" && contains(toText(finding.sentence), "400 px");
            });
        };
        QVERIFY(named());
        configuration.options.imageSize = 96;
        QVERIFY(!named());
    }

    void eachMistakeIsNamed() {
        const auto only = [](const char *option) { return std::vector<std::string>{option}; };
        const auto options = [this](auto change) {
            return foundAfter([&](RunConfiguration &run) { change(run.options); });
        };
        QCOMPARE(options([](TrainOptions &o) { o.stem = "imagenet"; }), only("stem"));
        QCOMPARE(options([](TrainOptions &o) { o.weightDecay = 0.1; }), only("weight_decay"));
        QCOMPARE(options([](TrainOptions &o) { o.batch = 4000; }), only("batch"));
        QCOMPARE(options([](TrainOptions &o) { o.batch = 32; }), only("batch"));
        QCOMPARE(options([](TrainOptions &o) { o.normalise = false; }), only("normalise"));
        QCOMPARE(options([](TrainOptions &o) { o.temperature = 0.01; }), only("temperature"));
        QCOMPARE(options([](TrainOptions &o) { o.head = "linear"; }), only("head"));
        QCOMPARE(options([](TrainOptions &o) { o.learningRate = 10; }), only("learning_rate"));
        QCOMPARE(options([](TrainOptions &o) { o.initialWeights = "resnet18.pth"; }),
                 only("initial_weights"));
        QCOMPARE(options([](TrainOptions &o) { o.optimiser = "adamw"; }), only("learning_rate"));
        QCOMPARE(foundAfter([](RunConfiguration &run) { run.pipeline = pipelineByName("crop-only"); }),
                 only("pipeline"));
        QCOMPARE(foundAfter([](RunConfiguration &run) { run.pipeline = pipelineByName("simclr-imagenet"); }),
                 only("pipeline")); // blur at 32 px
    }

    void measuresAFewStepsAndKeepsNothing() {
        RunConfiguration configuration = tinyRun();
        const auto result = measurePreflight(configuration, m_shapes, {});
        QVERIFY(result);
        QCOMPARE(result->device, std::string("cpu"));
        QCOMPARE(result->learnImages, std::int64_t{64});
        QCOMPARE(result->totalSteps, std::int64_t{12});
        QVERIFY(result->renderedViewsPerSecond > 0);
        QVERIFY(result->trainedViewsPerSecond > 0);
        QVERIFY(result->peakBytes > 1 << 20);
        const double views = 2.0 * 16 * 12;
        QVERIFY(std::abs(result->seconds - views / result->trainedViewsPerSecond) < 1e-9);
    }

    void stopsWhenAsked() {
        std::stop_source source;
        source.request_stop();
        QVERIFY(!measurePreflight(tinyRun(), m_shapes, source.get_token()));
    }

    void whatCannotStartIsRefused() {
        RunConfiguration configuration = tinyRun();
        configuration.options.batch = 128;
        QVERIFY_EXCEPTION_THROWN(measurePreflight(configuration, m_shapes, {}), InvalidInput);
        configuration = tinyRun();
        configuration.options.chunk = 5;
        const std::string message =
            thrownMessage<InvalidInput>([&] { measurePreflight(configuration, m_shapes, {}); });
        QVERIFY2(contains(message, "does not divide the batch of 16"), message.c_str());
    }
};

SIMCLR_TEST(TestPreflight, QCoreApplication)
#include "tst_preflight.moc"
