// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/projection_head.h"
#include "core/model/resnet.h"
#include "core/model/weights.h"
#include "core/train/cached_gradients.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace simclr;

namespace {

constexpr std::int64_t images = 12;
constexpr std::int64_t chunk = 4;

/// Small networks that are the same each time they are created.
struct Networks {
    ResNet encoder{EncoderOptions{"resnet20", 0.5, true}};
    ProjectionHead head{HeadOptions{"nonlinear", 32, 16, 1, true}};

    Networks() {
        initialise(*encoder, 1);
        initialise(*head, 2);
    }
    Projected project(const torch::Tensor &views) {
        const torch::Tensor h = encoder(views.to(torch::kFloat32).div(255));
        return {h, head(h)};
    }
    std::vector<torch::nn::Module *> modules() { return {encoder.get(), head.get()}; }
    std::vector<torch::Tensor> gradients() const {
        std::vector<torch::Tensor> all;
        for (const auto *module : {static_cast<const torch::nn::Module *>(encoder.get()),
                                   static_cast<const torch::nn::Module *>(head.get())})
            for (const torch::Tensor &parameter : module->parameters())
                all.push_back(parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter));
        return all;
    }
};

torch::Tensor someViews() {
    return torch::randint(0, 256, {2 * images, 3, 8, 8}, at::make_generator<at::CPUGeneratorImpl>(7),
                          torch::TensorOptions(torch::kUInt8));
}

ContrastiveLoss lossOf(const torch::Tensor &z) {
    return contrastiveLoss(z, {});
}

/// The reference for cached gradients: one graph over everything, each chunk with its own batch statistics.
BatchResult backwardInOneGraph(const torch::Tensor &views, Networks &networks) {
    std::vector<torch::Tensor> first;
    std::vector<torch::Tensor> second;
    for (std::int64_t at = 0; at < images; at += chunk) {
        const torch::Tensor part =
            torch::cat({views.narrow(0, at, chunk), views.narrow(0, images + at, chunk)});
        const auto halves = networks.project(part).z.chunk(2);
        first.push_back(halves[0]);
        second.push_back(halves[1]);
    }
    const ContrastiveLoss contrast = lossOf(torch::cat({torch::cat(first), torch::cat(second)}));
    contrast.loss.backward();
    return {contrast, {}};
}

} // namespace

/// Large batches in the memory of small ones.
class TestCachedGradients : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void gradientsAreThoseOfOneGraph() {
        const torch::Tensor views = someViews();
        Networks cached;
        Networks whole;
        const BatchResult result = backwardInChunks(
            views, chunk, cached.modules(), [&](const torch::Tensor &part) { return cached.project(part); },
            lossOf);
        const BatchResult expected = backwardInOneGraph(views, whole);
        QCOMPARE(result.contrast.loss.item<float>(), expected.contrast.loss.item<float>());
        const auto actual = cached.gradients();
        const auto reference = whole.gradients();
        for (std::size_t i = 0; i < actual.size(); ++i) {
            const double difference = (actual[i] - reference[i]).norm().item<double>();
            QVERIFY2(difference <= 1e-5 * (1e-6 + reference[i].norm().item<double>()),
                     qPrintable(QString::number(difference)));
        }
        QVERIFY(reference[0].norm().item<double>() > 1e-6); // the reference is not 0
    }

    void runningStatisticsAreUpdatedOnce() {
        const torch::Tensor views = someViews();
        Networks cached;
        Networks once;
        backwardInChunks(
            views, chunk, cached.modules(), [&](const torch::Tensor &part) { return cached.project(part); },
            lossOf);
        backwardInOneGraph(views, once);
        QCOMPARE(stateHash(*cached.encoder), stateHash(*once.encoder));
        QCOMPARE(stateHash(*cached.head), stateHash(*once.head));
    }

    void oneChunkIsTheWholeBatch() {
        const torch::Tensor views = someViews();
        Networks cached;
        Networks whole;
        const auto project = [](Networks &networks) {
            return [&networks](const torch::Tensor &part) { return networks.project(part); };
        };
        const BatchResult one = backwardInChunks(views, images, cached.modules(), project(cached), lossOf);
        const BatchResult all = backwardWhole(views, project(whole), lossOf);
        QVERIFY(torch::equal(one.h, all.h));
        const auto actual = cached.gradients();
        const auto reference = whole.gradients();
        for (std::size_t i = 0; i < actual.size(); ++i)
            QVERIFY(torch::allclose(actual[i], reference[i], 1e-5, 1e-8));
    }
};

SIMCLR_TEST(TestCachedGradients, QCoreApplication)
#include "tst_cached_gradients.moc"
