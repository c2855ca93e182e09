// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnose/crop_histograms.h"
#include "core/diagnose/shortcuts.h"
#include "core/diagnose/view_diagnostics.h"

#include "core/augment/view_renderer.h"
#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;

namespace {

/// Images made by a function of their number.
class Made final : public ListedDataset {
  public:
    Made(std::uint32_t size, std::function<Image(std::uint32_t)> make)
        : ListedDataset(named(), std::vector<SampleInfo>(size), "fingerprint"), m_make(std::move(make)) {}
    std::string sampleName(std::uint32_t sample) const override { return "picture" + std::to_string(sample); }
    Image image(std::uint32_t sample) const override { return m_make(sample); }

  private:
    static DatasetReport named() {
        DatasetReport report;
        report.title = "Photos";
        return report;
    }
    std::function<Image(std::uint32_t)> m_make;
};

/// One colour each, with noise of a few levels in it.
Image tinted(std::uint32_t sample) {
    Image image = noiseImage(48, 48, sample);
    for (std::size_t i = 0; i < image.byteCount(); ++i) {
        const unsigned base = (sample * (41 + 60 * (i % 3))) % 200 + 20;
        image.data()[i] = static_cast<std::uint8_t>(base + image.data()[i] % 8);
    }
    return image;
}

Pipeline cropOfArea(double low, double high) {
    Pipeline pipeline{"crop", {makeStep("random_resized_crop")}};
    pipeline.steps[0].parameters["area"] = Range{low, high};
    pipeline.steps[0].parameters["aspect"] = Range{1, 1};
    return pipeline;
}

ViewDiagnostics measured(const Dataset &dataset, const Pipeline &pipeline,
                         const DiagnosticsOptions &options = {}) {
    return *measureDiagnostics(dataset, pipeline, options);
}

} // namespace

class TestViewDiagnostics : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void histogramsSumToOneAndShareNeighbours() {
        const Signature black = colorHistogram(filledImage(5, 4, {0, 0, 0}));
        QCOMPARE(black.size(), std::size_t{512});
        QCOMPARE(black[0], 1.0F);
        const Signature between = colorHistogram(filledImage(3, 3, {32, 0, 0})); // at the border of two bins
        QVERIFY(std::abs(between[0] - 0.484375F) < 1e-5F);
        QVERIFY(std::abs(between[64] - 0.515625F) < 1e-5F);
        float sum = 0;
        for (const float share : colorHistogram(noiseImage(20, 30, 1)))
            sum += share;
        QVERIFY(std::abs(sum - 1) < 1e-4F);
    }

    void thumbnailsDoNotSeeBrightnessAndContrast() {
        const Image picture = coordinateImage(32, 32, 4);
        Image weaker = picture;
        for (std::size_t i = 0; i < weaker.byteCount(); ++i)
            weaker.data()[i] = static_cast<std::uint8_t>(weaker.data()[i] / 2 + 60);
        const Signature a = greyThumbnail(picture);
        const Signature b = greyThumbnail(weaker);
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY(std::abs(a[i] - b[i]) < 0.01F);
        QCOMPARE(greyThumbnail(filledImage(9, 9, {40, 50, 60})), Signature(64, 0.0F));
        QCOMPARE(greyThumbnail(noiseImage(1, 1, 3)), Signature(64, 0.0F));
    }

    void pairsAreFoundByTheNearest() {
        const std::vector<Signature> first{{0, 0}, {1, 1}, {5, 5}};
        const std::vector<Signature> second{{0, 0.1F}, {5, 4}, {1, 1}};
        QCOMPARE(pairsFound(first, second), 1.0 / 3);
        const std::vector<Signature> same(4, Signature{1, 2});
        QCOMPARE(pairsFound(same, same), 0.25); // all distances are equal: chance
        QCOMPARE(pairsFound({}, {}), 0.0);
    }

    void colourGivesTintedPicturesAwayUntilItIsDropped() {
        const Made pictures(64, tinted);
        const ViewDiagnostics cropped = measured(pictures, pipelineByName("crop-only"));
        QCOMPARE(cropped.images, 64U);
        QCOMPARE(cropped.chance, 1.0 / 64);
        QVERIFY2(cropped.colorShortcut > 0.9, qPrintable(QString::number(cropped.colorShortcut)));
        const ViewDiagnostics distorted = measured(pictures, pipelineByName("simclr-imagenet"));
        QVERIFY2(distorted.colorShortcut < 0.5 * cropped.colorShortcut,
                 qPrintable(QString::number(distorted.colorShortcut)));
    }

    void equalPicturesAreFoundByChance() {
        const Made pictures(20, [](std::uint32_t) { return filledImage(16, 16, {10, 100, 200}); });
        const ViewDiagnostics diagnostics = measured(pictures, pipelineByName("crop-only"));
        QVERIFY(std::abs(diagnostics.colorShortcut - 0.05) < 1e-12);
        QVERIFY(std::abs(diagnostics.layoutShortcut - 0.05) < 1e-12);
        QCOMPARE(diagnostics.uniform, 1.0);
    }

    void cropsAreComparedInTheirImage() {
        const Made pictures(200, tinted);
        const ViewDiagnostics whole = measured(pictures, cropOfArea(1, 1));
        QCOMPARE(*whole.cropIou, 1.0);
        QCOMPARE(*whole.scaleRatio, 1.0);
        const ViewDiagnostics quarter = measured(pictures, cropOfArea(0.25, 0.25));
        QCOMPARE(*quarter.scaleRatio, 1.0);
        // Two squares of side 1/2 anywhere in the unit square: 0.316 on average, by simulation; 0.2 is about
        // the deviation of one pair.
        QVERIFY2(std::abs(*quarter.cropIou - 0.316) < 5 * 0.2 / std::sqrt(200),
                 qPrintable(QString::number(*quarter.cropIou)));
        Pipeline flipped = cropOfArea(0.25, 0.25);
        flipped.steps.push_back(makeStep("horizontal_flip"));
        QVERIFY(measured(pictures, flipped).cropIou.has_value());
        std::swap(flipped.steps[0], flipped.steps[1]);
        QVERIFY(!measured(pictures, flipped).cropIou); // flipped first: other positions
        QVERIFY(!measured(pictures, {"none", {makeStep("color_jitter")}}).cropIou);
        PipelineStep group = makeStep("group");
        group.steps = {makeStep("horizontal_flip"), makeStep("color_jitter")};
        QVERIFY(measured(pictures, {"in a group", {makeStep("random_resized_crop"), group}}).cropIou);
        group.steps.push_back(makeStep("rotation"));
        QVERIFY(!measured(pictures, {"turned", {makeStep("random_resized_crop"), group}}).cropIou);
    }

    void clippedPixelsAreCounted() {
        const Made pictures(10, [](std::uint32_t sample) {
            return filledImage(8, 8, sample % 2 == 0 ? Rgb{0, 100, 100} : Rgb{100, 100, 100});
        });
        const ViewDiagnostics diagnostics = measured(pictures, cropOfArea(1, 1));
        QCOMPARE(diagnostics.clipped, 0.5);
        QCOMPARE(diagnostics.clippedSources, 0.5);
    }

    void costsAreThoseOfTheStepsThatAreOn() {
        const Made pictures(20, tinted);
        Pipeline pipeline = pipelineByName("simclr-imagenet");
        pipeline.steps[1].enabled = false;
        ViewDiagnostics diagnostics = measured(pictures, pipeline);
        QCOMPARE(diagnostics.costs.size(), pipeline.steps.size() - 1);
        QCOMPARE(diagnostics.costs[1].step, std::size_t{2});
        QVERIFY(diagnostics.costs[0].microseconds > 0 && diagnostics.microsecondsPerView > 0);
        QVERIFY(diagnostics.secondCosts.empty());
        pipeline.secondSteps = {makeStep("random_resized_crop")};
        diagnostics = measured(pictures, pipeline);
        QCOMPARE(diagnostics.secondCosts.size(), std::size_t{1});
        QCOMPARE(toJson(diagnostics, pipeline)["second_view_operations"][0]["operation"].get<std::string>(),
                 std::string("random_resized_crop"));
    }

    void threadsMakeNoDifference() {
        const Made pictures(60, tinted);
        const ViewDiagnostics one = measured(pictures, pipelineByName("simclr-cifar10"), {.threads = 1});
        const ViewDiagnostics four = measured(pictures, pipelineByName("simclr-cifar10"), {.threads = 4});
        QCOMPARE(four.colorShortcut, one.colorShortcut);
        QCOMPARE(four.layoutShortcut, one.layoutShortcut);
        QCOMPARE(*four.cropIou, *one.cropIou);
        QCOMPARE(four.clipped, one.clipped);
    }

    void brokenPicturesAreLeftOut() {
        const Made some(10, [](std::uint32_t sample) {
            if (sample % 2 == 0)
                throw IoError("cannot read it");
            return tinted(sample);
        });
        QCOMPARE(measured(some, pipelineByName("crop-only")).images, 5U);
        const Made none(10, [](std::uint32_t) -> Image { throw IoError("cannot read it"); });
        const std::string message =
            thrownMessage<InvalidInput>([&] { measured(none, pipelineByName("crop-only")); });
        QVERIFY2(isClearMessage(message, "Photos"), message.c_str());
    }

    void levelsArePooledIntoBoxes() {
        const LevelHistogram histogram = levelHistogram(filledImage(3, 2, {0, 3, 255}), 64);
        QCOMPARE(histogram.size(), std::size_t{64});
        QVERIFY(std::abs(histogram[0] - 2.0F / 3) < 1e-6F); // 0 and 3 are in one bin of four levels
        QVERIFY(std::abs(histogram[63] - 1.0F / 3) < 1e-6F);
        QVERIFY_EXCEPTION_THROWN(levelHistogram(Image(), 64), InvalidInput);
    }

    void cropsShareAHistogramUntilColoursAreDistorted() {
        const Image picture = tinted(3);
        const CropHistograms crops = cropHistograms(picture, pipelineByName("crop-only"));
        const CropHistograms distorted = cropHistograms(picture, pipelineByName("simclr-imagenet"));
        QCOMPARE(crops.views.size(), std::size_t{8});
        QCOMPARE(crops.original, levelHistogram(picture, 64));
        QVERIFY2(crops.common > 0.8, qPrintable(QString::number(crops.common)));
        QVERIFY2(distorted.common < 0.6 * crops.common, qPrintable(QString::number(distorted.common)));
        const CropHistograms same = cropHistograms(picture, cropOfArea(1, 1));
        QVERIFY(std::abs(same.common - 1) < 1e-5);
    }

    void histogramsAreOfTheViewsOfTraining() {
        const Image picture = tinted(5);
        const Pipeline pipeline = pipelineByName("simclr-cifar10");
        const CropHistograms histograms =
            cropHistograms(picture, pipeline, {.views = 4, .seed = 9, .epoch = 2, .sample = 5});
        Image view;
        ViewRenderer(pipeline, 32).render(picture, {9, 3, 5, 1}, view);
        QCOMPARE(histograms.views[3], levelHistogram(view, 64));
    }

    void timedViewsAreTheSameViews() {
        Pipeline pipeline = pipelineByName("byol");
        pipeline.steps[1].enabled = false;
        const ViewRenderer renderer(pipeline, 24);
        for (std::uint32_t sample = 0; sample < 20; ++sample)
            for (const std::uint16_t view : {std::uint16_t{0}, std::uint16_t{1}}) {
                const ViewKey key{4, 1, sample, view};
                Image plain;
                Image timed;
                SampleLog drawn;
                renderer.render(tinted(sample), key, plain);
                const ViewCost cost = renderer.renderTimed(tinted(sample), key, timed, 0, &drawn);
                QVERIFY(plain == timed);
                QCOMPARE(cost.stepSeconds.size(), renderer.stepsOf(view).size());
                QVERIFY(cost.seconds > 0);
                QVERIFY(drawn == renderer.trace(tinted(sample), key)[0].sampled);
            }
    }

    void machinesAreFedByAllTheirCores() {
        ViewDiagnostics diagnostics;
        QCOMPARE(imagesPerSecond(diagnostics, 4), 0.0);
        diagnostics.microsecondsPerView = 10;
        QCOMPARE(imagesPerSecond(diagnostics, 4), 200'000.0);
    }

    void canBeStopped() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!measureDiagnostics(Made(10, tinted), pipelineByName("crop-only"), {}, stop.get_token()));
    }
};

SIMCLR_TEST(TestViewDiagnostics)
#include "tst_view_diagnostics.moc"
