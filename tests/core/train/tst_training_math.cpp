// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/compute_device.h"
#include "core/train/nt_xent.h"
#include "core/train/schedule.h"
#include "core/train/sgd.h"
#include "core/util/error.h"

#include <QTest>
#include <cmath>

using namespace simclr;

namespace {

Json golden() { return readJsonFile(SIMCLR_TEST_DATA "/golden/losses.json"); }

torch::Tensor matrix(const Json &rows) {
    std::vector<double> values;
    for (const Json &row : rows)
        for (const Json &value : row)
            values.push_back(value.get<double>());
    const auto height = static_cast<std::int64_t>(rows.size());
    return torch::tensor(values, torch::kFloat64).reshape({height, -1}).to(torch::kFloat32);
}

double largestRelativeError(const torch::Tensor &actual, const torch::Tensor &expected) {
    return ((actual - expected).abs().max() / expected.abs().max()).item<double>();
}

/// A module of one 2 × 3 weight and one bias, so that decay's exclusions show.
struct TinyImpl : torch::nn::Module {
    TinyImpl() {
        weight = register_parameter("weight", torch::linspace(-1, 1, 6).reshape({2, 3}));
        bias = register_parameter("bias", torch::ones({2}));
    }
    torch::Tensor weight, bias;
};

} // namespace

/// Loss, schedule and optimiser against values computed elsewhere.
class TestTrainingMath : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void ntXentIsEquationOne() {
        for (const Json &item : golden()["nt_xent"]) {
            torch::Tensor z = matrix(item["z"]).requires_grad_();
            const ContrastiveLoss result = ntXent(z, item["tau"].get<double>());
            result.loss.backward();
            QVERIFY(std::abs(result.loss.item<double>() / item["loss"].get<double>() - 1) < 1e-5);
            QVERIFY(largestRelativeError(z.grad(), matrix(item["gradient"])) < 1e-4);
        }
    }

    void lengthOfZDoesNotMatter() {
        const torch::Tensor z = torch::rand({8, 5});
        const double loss = ntXent(z, 0.5).loss.item<double>();
        QVERIFY(std::abs(ntXent(z * 7, 0.5).loss.item<double>() - loss) < 1e-5);
    }

    void top1CountsNearestPositives() {
        const torch::Tensor half = torch::eye(4);
        QCOMPARE(ntXent(torch::cat({half, half}), 0.5).top1.item<double>(), 1.0);
        // Every view paired with another image's view: none is nearest.
        QCOMPARE(ntXent(torch::cat({half, half.roll(1, 0)}), 0.5).top1.item<double>(), 0.0);
    }

    void chanceAndFloorBoundTheLoss() {
        const torch::Tensor same = torch::ones({64, 16});
        QVERIFY(std::abs(ntXent(same, 0.5).loss.item<double>() - chanceLoss(32)) < 1e-4);
        // Identical pairs spread at random on the sphere come close to the floor.
        torch::Tensor half = torch::empty({512, 64});
        half.normal_(0, 1, at::make_generator<at::CPUGeneratorImpl>(1));
        const double spread = ntXent(torch::cat({half, half}), 0.5).loss.item<double>();
        QVERIFY(std::abs(spread - floorLoss(512, 64, 0.5)) < 0.02);
    }

    void scheduleWarmsUpAndFollowsTheCosine() {
        const CosineSchedule schedule{0.8, 10, 110};
        QCOMPARE(schedule.rate(0), 0.0);
        QCOMPARE(schedule.rate(5), 0.4);
        QCOMPARE(schedule.rate(10), 0.8);
        QVERIFY(std::abs(schedule.rate(60) - 0.4) < 1e-12);
        QVERIFY(std::abs(schedule.rate(35) - 0.8 * 0.5 * (1 + std::cos(M_PI / 4))) < 1e-12);
        QVERIFY(std::abs(schedule.rate(110)) < 1e-12);
        QCOMPARE((CosineSchedule{0.5, 0, 10}.rate(0)), 0.5);
    }

    void sgdStepsLikePyTorch() {
        for (const Json &item : golden()["sgd"]) {
            TinyImpl module;
            Sgd optimiser({{"tiny.", &module}}, {0.9, item["nesterov"].get<bool>(), 0.01});
            for (const Json &expected : item["states"]) {
                (module.weight.pow(3).sum() + 0 * module.bias.sum()).backward();
                optimiser.step(0.1);
                QVERIFY(largestRelativeError(module.weight.detach().reshape({1, -1}),
                                             matrix(Json::array({expected}))) < 1e-5);
            }
            QVERIFY2(module.bias.equal(torch::ones({2})), "a bias decayed");
        }
    }

    void sgdStateTravels() {
        TinyImpl first, second;
        Sgd one({{"tiny.", &first}}, {}), other({{"tiny.", &second}}, {});
        const auto step = [](TinyImpl &module, Sgd &optimiser) {
            (module.weight.pow(3).sum() + module.bias.sum()).backward();
            optimiser.step(0.1);
        };
        step(first, one);
        loadState(second, stateOf(first));
        other.load(one.state());
        step(first, one);
        step(second, other);
        QVERIFY(first.weight.equal(second.weight));
        QVERIFY_EXCEPTION_THROWN(other.load({}), InvalidInput);
    }

    void devicesAreCheckedByName() {
        TrainOptions options;
        options.device = "cpu";
        options.threads = 3;
        QCOMPARE(chooseDevice(options).name(), std::string("cpu"));
        QCOMPARE(chooseDevice(options).threads, 3);
        options.device = "toaster";
        QVERIFY_EXCEPTION_THROWN(chooseDevice(options), InvalidInput);
        options.device = "cuda:99";
        QVERIFY_EXCEPTION_THROWN(chooseDevice(options), DeviceError);
    }

    void memoryThatRanOutComesWithAdvice() {
        const std::runtime_error error("CUDA out of memory. Tried to allocate 2.00 GiB\nstack");
        const std::string text = describeTorchError(error);
        QVERIFY(text.find("smaller batch") != std::string::npos);
        QVERIFY(text.find('\n') == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestTrainingMath)
#include "tst_training_math.moc"
