// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"

#include "core/image/resample.h"
#include "core/util/error.h"
#include "core/util/hash.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;

class TestViewRenderer : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void equalKeysGiveEqualBytes();
    void bytesAreTheSameOnEveryProcessor_data();
    void bytesAreTheSameOnEveryProcessor();
    void everyPartOfTheKeyMatters();
    void emptyPipelineGivesTheCentreSquare();
    void switchedOffStepsDoNothing();
    void stepsWorkInOrder();
    void sourceStaysAsItWas();
    void emptyPictureIsRefused();
};

namespace {

Image view(const ViewRenderer &renderer, const Image &source, const ViewKey &key) {
    Image image;
    renderer.render(source, key, image);
    return image;
}

ViewRenderer fullRecipe() {
    return {pipelineByName("simclr-imagenet"), 32};
}

} // namespace

void TestViewRenderer::equalKeysGiveEqualBytes() {
    const ViewRenderer first = fullRecipe();
    const ViewRenderer second = fullRecipe();
    Image reused;
    for (std::uint32_t sample = 0; sample < 100; ++sample) {
        const Image source = noiseImage(48, 40, sample);
        const ViewKey key{.seed = 7, .epoch = 3, .sample = sample, .view = 1};
        second.render(source, key, reused);
        QVERIFY(view(first, source, key) == reused);
    }
}

void TestViewRenderer::bytesAreTheSameOnEveryProcessor_data() {
    QTest::addColumn<int>("side");
    QTest::addColumn<QString>("hash");
    QTest::newRow("32 px") << 32 << "2f1d4b9a68b396e68777cf83dc1ae8e41e5e0a06c12e4f0e8b9822dcb346463a";
    QTest::newRow("97 px") << 97 << "4b1cd26baab0ca524ef8dcb8deeada20e15057ab519cb9b5d4ef9caa9e9c898a";
}

/// Every processor must render the same bytes, whichever implementation of the loops it uses. Change the
/// values only when the behaviour of an operation changes.
void TestViewRenderer::bytesAreTheSameOnEveryProcessor() {
    QFETCH(int, side);
    QFETCH(QString, hash);
    const ViewRenderer renderer(pipelineByName("simclr-imagenet"), side);
    Sha256 sum;
    for (std::uint32_t sample = 0; sample < 60; ++sample) {
        const Image image = view(renderer, noiseImage(240, 150, sample), {.seed = 5, .sample = sample});
        sum.add({reinterpret_cast<const char *>(image.data()), image.byteCount()});
    }
    QCOMPARE(QString::fromStdString(sum.hex()), hash);
}

void TestViewRenderer::everyPartOfTheKeyMatters() {
    const ViewRenderer renderer = fullRecipe();
    const Image source = noiseImage(48, 40, 1);
    const Image base = view(renderer, source, {.seed = 7, .epoch = 3, .sample = 9, .view = 0});
    QVERIFY(view(renderer, source, {.seed = 8, .epoch = 3, .sample = 9, .view = 0}) != base);
    QVERIFY(view(renderer, source, {.seed = 7, .epoch = 4, .sample = 9, .view = 0}) != base);
    QVERIFY(view(renderer, source, {.seed = 7, .epoch = 3, .sample = 10, .view = 0}) != base);
    QVERIFY(view(renderer, source, {.seed = 7, .epoch = 3, .sample = 9, .view = 1}) != base);
}

void TestViewRenderer::emptyPipelineGivesTheCentreSquare() {
    const ViewRenderer renderer({"nothing", {}}, 32);
    const Image small = noiseImage(32, 32, 1);
    QVERIFY(view(renderer, small, {}) == small);
    const Image wide = noiseImage(90, 60, 2);
    QVERIFY(view(renderer, wide, {}) == centerSquare(wide, 32));
}

void TestViewRenderer::switchedOffStepsDoNothing() {
    Pipeline pipeline = pipelineByName("simclr-imagenet");
    for (PipelineStep &step : pipeline.steps)
        step.enabled = false;
    const Image source = noiseImage(32, 32, 1);
    const ViewRenderer renderer(pipeline, 32);
    for (std::uint32_t sample = 0; sample < 20; ++sample)
        QVERIFY(view(renderer, source, {.sample = sample}) == source);
}

/// Blurring a crop and cropping a blurred image are not the same.
void TestViewRenderer::stepsWorkInOrder() {
    PipelineStep crop = makeStep("random_resized_crop");
    crop.parameters["area"] = Range{1, 1};
    crop.parameters["aspect"] = Range{1, 1};
    PipelineStep blur = makeStep("gaussian_blur");
    blur.probability = 1;
    blur.parameters["sigma"] = Range{2, 2};
    blur.parameters["kernel"] = 0.3;
    const Image source = noiseImage(64, 64, 1);
    const Image cropFirst = view({{"a", {crop, blur}}, 32}, source, {});
    const Image blurFirst = view({{"b", {blur, crop}}, 32}, source, {});
    Image expected;
    cropResized(source, {0, 0, 64, 64}, 32, 32, expected);
    QVERIFY(cropFirst != blurFirst);
    QVERIFY(cropFirst == view({{"c", {blur}}, 32}, expected, {}));
}

void TestViewRenderer::sourceStaysAsItWas() {
    const Image source = noiseImage(40, 40, 1);
    const Image copy = source;
    for (std::uint32_t sample = 0; sample < 20; ++sample)
        view(fullRecipe(), source, {.sample = sample});
    QVERIFY(source == copy);
}

void TestViewRenderer::emptyPictureIsRefused() {
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([] { view(fullRecipe(), {}, {}); }), "empty"));
}

SIMCLR_TEST(TestViewRenderer)
#include "tst_view_renderer.moc"
