// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/contrastive_loss.h"
#include "core/train/device_choice.h"
#include "core/train/optimiser.h"
#include "core/train/schedule.h"
#include "core/train/step_metrics.h"
#include "core/util/error.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <cmath>

using namespace simclr;

namespace {

Json golden() {
    return readJsonFile(SIMCLR_TEST_DATA "/golden/losses.json");
}

torch::Tensor matrix(const Json &rows) {
    std::vector<double> values;
    for (const Json &row : rows)
        for (const Json &value : row)
            values.push_back(value.get<double>());
    const auto height = static_cast<std::int64_t>(rows.size());
    return torch::tensor(values, torch::kFloat64).reshape({height, -1}).to(torch::kFloat32);
}

ContrastiveLoss ntXent(const torch::Tensor &z, double temperature) {
    TrainOptions options;
    options.temperature = temperature;
    return contrastiveLoss(z, options);
}

/// The three losses by their definitions, with the matrix of all similarities.
torch::Tensor lossOfWholeMatrix(const torch::Tensor &z, const TrainOptions &options) {
    const std::int64_t views = z.size(0);
    const torch::Tensor unit = z / z.norm(2, 1, true);
    const torch::Tensor similarities = torch::mm(unit, unit.t());
    const torch::Tensor self = torch::eye(views, torch::kBool);
    const torch::Tensor isPositive = self.roll(views / 2, 1);
    const torch::Tensor positive = similarities.masked_select(isPositive).unsqueeze(1);
    const torch::Tensor isNegative = (self + isPositive).logical_not();
    if (options.loss == "nt_xent")
        return ((similarities / options.temperature).masked_fill(self, -1e9).logsumexp(1, true) -
                positive / options.temperature)
            .mean();
    const auto meanOverNegatives = [&](const torch::Tensor &terms) {
        return (terms * isNegative).sum() / static_cast<double>(views * (views - 2));
    };
    if (options.loss == "nt_logistic")
        return -(positive / options.temperature).sigmoid().log().mean() -
               meanOverNegatives((-similarities / options.temperature).sigmoid().log());
    return meanOverNegatives((similarities - positive + options.margin).clamp_min(0));
}

double largestRelativeError(const torch::Tensor &actual, const torch::Tensor &expected) {
    return ((actual - expected).abs().max() / expected.abs().max()).item<double>();
}

/// A module of one 2 × 3 weight and one bias, so that exclusions from decay are visible.
struct TinyImpl : torch::nn::Module {
    TinyImpl() {
        weight = register_parameter("weight", torch::linspace(-1, 1, 6).reshape({2, 3}));
        bias = register_parameter("bias", torch::ones({2}));
    }
    torch::Tensor weight, bias;
};

} // namespace

/// Loss, schedule and optimiser against reference values.
class TestTrainingMath : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void ntXentIsEquationOne() {
        QCOMPARE(golden().at("nt_xent").size(), std::size_t{3});
        const Json values = golden();
        for (const Json &item : values.at("nt_xent")) {
            torch::Tensor z = matrix(item["z"]).requires_grad_();
            const ContrastiveLoss result = ntXent(z, item["tau"].get<double>());
            result.loss.backward();
            QVERIFY(std::abs(result.loss.item<double>() / item["loss"].get<double>() - 1) < 1e-5);
            QVERIFY(largestRelativeError(z.grad(), matrix(item["gradient"])) < 1e-4);
        }
    }

    void otherLossesAreTheirFormulas() {
        int checked = 0;
        const Json values = golden();
        for (const Json &item : values.at("losses")) {
            TrainOptions options;
            options.loss = item["loss"].get<std::string>();
            options.temperature = item["temperature"].get<double>();
            options.margin = item["margin"].get<double>();
            options.normalise = item["normalise"].get<bool>();
            options.semiHard = item["semi_hard"].get<bool>();
            torch::Tensor z = matrix(item["z"]).requires_grad_();
            const ContrastiveLoss result = contrastiveLoss(z, options);
            result.loss.backward();
            const std::string what = item["loss"].get<std::string>() +
                                     (options.normalise ? " normalised" : "") +
                                     (options.semiHard ? " semi-hard" : "");
            QVERIFY2(std::abs(result.loss.item<double>() / item["value"].get<double>() - 1) < 1e-5,
                     what.c_str());
            QVERIFY2(largestRelativeError(z.grad(), matrix(item["gradient"])) < 1e-4, what.c_str());
            ++checked;
        }
        QCOMPARE(checked, 9);
    }

    /// Batches whose similarities are computed in several parts give the same result as the whole matrix.
    void largeBatchesAreTheirFormulas() {
        constexpr std::int64_t views = 4608; // slightly more than two parts
        torch::manual_seed(7);
        const torch::Tensor z = torch::randn({views, 3});
        for (const char *loss : {"nt_xent", "nt_logistic", "margin_triplet"}) {
            TrainOptions options;
            options.loss = loss;
            options.temperature = 0.5;
            options.margin = 0.3;
            const torch::Tensor ours = z.clone().requires_grad_();
            const ContrastiveLoss result = contrastiveLoss(ours, options);
            result.loss.backward();
            const torch::Tensor theirs = z.clone().requires_grad_();
            const torch::Tensor expected = lossOfWholeMatrix(theirs, options);
            expected.backward();
            QVERIFY2(std::abs(result.loss.item<double>() / expected.item<double>() - 1) < 1e-5, loss);
            QVERIFY2(largestRelativeError(ours.grad(), theirs.grad()) < 1e-4, loss);
        }
    }

    /// If every negative is more similar than the positive, semi-hard mining finds none, and nothing becomes
    /// NaN.
    void semiHardWithoutNegativesIsFinite() {
        const torch::Tensor half = torch::eye(4);
        for (const char *loss : {"nt_logistic", "margin_triplet"}) {
            TrainOptions options;
            options.loss = loss;
            options.semiHard = true;
            torch::Tensor z = torch::cat({half, -half}).requires_grad_();
            const ContrastiveLoss result = contrastiveLoss(z, options);
            result.loss.backward();
            QVERIFY(std::isfinite(result.loss.item<double>()));
            QVERIFY(torch::isfinite(z.grad()).all().item<bool>());
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

    void scheduleThatIsContinuedMovesToItsOwnRate() {
        const LearningRateSchedule plain{0.8, 10, 110};
        LearningRateSchedule continued = plain;
        continued.continuedStep = 50;
        continued.continuedRate = 0.1;
        QCOMPARE(continued.rate(20), plain.rate(20));
        QCOMPARE(continued.rate(50), 0.1);
        QVERIFY(std::abs(continued.rate(55) - (0.1 + plain.rate(55)) / 2) < 1e-12);
        QCOMPARE(continued.rate(60), plain.rate(60));
        QCOMPARE(continued.rate(90), plain.rate(90));
        continued.warmupSteps = 0;
        QCOMPARE(continued.rate(50), (LearningRateSchedule{0.8, 0, 110}.rate(50)));
    }

    void scheduleWarmsUpAndFollowsTheCosine() {
        const LearningRateSchedule schedule{0.8, 10, 110};
        QCOMPARE(schedule.rate(0), 0.0);
        QCOMPARE(schedule.rate(5), 0.4);
        QCOMPARE(schedule.rate(10), 0.8);
        QVERIFY(std::abs(schedule.rate(60) - 0.4) < 1e-12);
        QVERIFY(std::abs(schedule.rate(35) - 0.8 * 0.5 * (1 + std::cos(M_PI / 4))) < 1e-12);
        QVERIFY(std::abs(schedule.rate(110)) < 1e-12);
        QCOMPARE((LearningRateSchedule{0.5, 0, 10}.rate(0)), 0.5);
        const LearningRateSchedule constant{0.8, 10, 110, false};
        QCOMPARE(constant.rate(5), 0.4);
        QCOMPARE(constant.rate(10), 0.8);
        QCOMPARE(constant.rate(109), 0.8);
    }

    void ratesAreScaledByTheBatch() {
        TrainOptions options;
        options.batch = 1024;
        options.learningRate = 0.3;
        QCOMPARE(peakLearningRate(options), 0.3);
        options.learningRateScaling = "linear";
        QCOMPARE(peakLearningRate(options), 1.2);
        options.learningRateScaling = "sqrt";
        options.learningRate = 0.075;
        QCOMPARE(peakLearningRate(options), 2.4);
    }

    void sgdStepsLikePyTorch() {
        QCOMPARE(golden().at("sgd").size(), std::size_t{2});
        const Json values = golden();
        for (const Json &item : values.at("sgd")) {
            TinyImpl module;
            TrainOptions options;
            options.nesterov = item["nesterov"].get<bool>();
            options.weightDecay = 0.01;
            const auto optimiser = makeOptimiser(options, TrainedParameters({{"tiny.", &module}}));
            for (const Json &expected : item["states"]) {
                (module.weight.pow(3).sum() + 0 * module.bias.sum()).backward();
                optimiser->step(0.1);
                QVERIFY(largestRelativeError(module.weight.detach().reshape({1, -1}),
                                             matrix(Json::array({expected}))) < 1e-5);
            }
            QVERIFY2(module.bias.equal(torch::ones({2})), "a bias decayed");
        }
    }

    void optimisersStepAsTheyAreDefined() {
        int checked = 0;
        const Json values = golden();
        for (const Json &item : values.at("optimisers")) {
            TinyImpl module;
            TrainOptions options;
            options.optimiser = item["optimiser"].get<std::string>();
            options.nesterov = item["nesterov"].get<bool>();
            options.weightDecay = 0.01;
            const auto optimiser = makeOptimiser(options, TrainedParameters({{"tiny.", &module}}));
            for (const Json &expected : item["states"]) {
                (module.weight.pow(3).sum() + module.bias.square().sum()).backward();
                optimiser->step(0.1, item["clip_norm"].get<double>());
                const torch::Tensor state =
                    torch::cat({module.weight.detach().flatten(), module.bias.detach()});
                QVERIFY2(largestRelativeError(state.reshape({1, -1}), matrix(Json::array({expected}))) < 1e-5,
                         options.optimiser.c_str());
            }
            ++checked;
        }
        QCOMPARE(checked, 4);
    }

    /// Never a silent default: what another version wrote may be unknown here.
    void unknownChoicesAreErrors() {
        TrainOptions options;
        options.loss = "of tomorrow";
        const torch::Tensor z = torch::randn({8, 4});
        QVERIFY_EXCEPTION_THROWN(contrastiveLoss(z, options), InvalidInput);
        TinyImpl module;
        options.optimiser = "of tomorrow";
        QVERIFY_EXCEPTION_THROWN(makeOptimiser(options, TrainedParameters({{"tiny.", &module}})),
                                 InvalidInput);
        options.learningRateScaling = "of tomorrow";
        QVERIFY_EXCEPTION_THROWN(peakLearningRate(options), InvalidInput);
    }

    /// As a batch in which no image has a label.
    void whatWasNotMeasuredIsNoValue() {
        StepFinished reported;
        StepMetrics metrics(torch::kCPU, [&](const StepFinished &step) { reported = step; });
        StepFinished step;
        step.values.set("learning_rate", 0.5);
        metrics.add(step, {{"loss", torch::tensor(2.0F)}, {"online_top1", torch::tensor(std::nanf(""))}});
        QCOMPARE(reported.values["loss"], 2.0);
        QCOMPARE(reported.values["learning_rate"], 0.5);
        QVERIFY(!reported.values.has("online_top1"));
    }

    void normsAreThoseOfAllParameters() {
        TinyImpl module;
        TrainOptions options;
        const auto optimiser = makeOptimiser(options, TrainedParameters({{"tiny.", &module}}));
        (module.weight.pow(3).sum() + module.bias.square().sum()).backward();
        const auto both = [](const torch::Tensor &weight, const torch::Tensor &bias) {
            return torch::cat({weight.detach().flatten(), bias.detach().flatten()}).norm().item<double>();
        };
        const double gradients = both(module.weight.grad(), module.bias.grad());
        QVERIFY(std::abs(optimiser->gradientNorm().item<double>() - gradients) < 1e-6 * gradients);
        const double weights = both(module.weight, module.bias);
        QVERIFY(std::abs(optimiser->weightNorm().item<double>() - weights) < 1e-6 * weights);
        QVERIFY(!optimiser->gradientNorm().requires_grad());
        module.bias.mutable_grad().reset(); // counts as 0
        QVERIFY(std::abs(optimiser->gradientNorm().item<double>() -
                         module.weight.grad().norm().item<double>()) < 1e-6 * gradients);
    }

    void stateOfOptimisersTravels() {
        for (const char *name : {"sgd", "lars", "adamw"}) {
            TinyImpl first, second;
            TrainOptions options;
            options.optimiser = name;
            const auto one = makeOptimiser(options, TrainedParameters({{"tiny.", &first}}));
            const auto other = makeOptimiser(options, TrainedParameters({{"tiny.", &second}}));
            const auto step = [](TinyImpl &module, Optimiser &optimiser) {
                (module.weight.pow(3).sum() + module.bias.sum()).backward();
                optimiser.step(0.1);
            };
            step(first, *one);
            loadState(second, stateOf(first));
            other->load(one->state());
            step(first, *one);
            step(second, *other);
            QVERIFY2(first.weight.equal(second.weight), name);
            QVERIFY_EXCEPTION_THROWN(other->load({}), InvalidInput);
        }
    }

    /// If a norm is 0, the ratio of norms is undefined, and the gradient is used unchanged.
    void larsContinuesIfANormIsZero() {
        TrainOptions options;
        options.optimiser = "lars";
        options.weightDecay = 0;
        TinyImpl module;
        const torch::NoGradGuard noGrad;
        module.weight.zero_();
        auto optimiser = makeOptimiser(options, TrainedParameters({{"", &module}}));
        module.weight.mutable_grad() = torch::linspace(1, 6, 6).reshape({2, 3});
        module.bias.mutable_grad() = torch::zeros({2});
        optimiser->step(0.5);
        QVERIFY(module.weight.allclose(-0.5 * torch::linspace(1, 6, 6).reshape({2, 3})));
        QVERIFY(module.bias.equal(torch::ones({2})));
        auto fresh = makeOptimiser(options, TrainedParameters({{"", &module}}));
        const torch::Tensor before = module.weight.clone();
        module.weight.mutable_grad() = torch::zeros({2, 3});
        module.bias.mutable_grad() = torch::zeros({2});
        fresh->step(0.5);
        QVERIFY(module.weight.equal(before));
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
        TrainOptions options;
        options.batch = 512;
        ComputeDevice device;
        QCOMPARE(memoryAdvice(options, device),
                 std::string("a chunk of 128 (cached gradients), bf16, a smaller batch or a narrower encoder "
                             "needs less"));
        options.chunk = 128; // already in use
        device.bf16 = true;
        QCOMPARE(memoryAdvice(options, device),
                 std::string("a chunk of 64 or a narrower encoder needs less"));
        const std::runtime_error gpu("CUDA out of memory. Tried to allocate 2.00 GiB\nstack");
        QCOMPARE(describeTorchError(gpu, "less"),
                 std::string("memory ran out (CUDA out of memory. Tried to allocate 2.00 GiB); less"));
        QVERIFY(isOutOfMemory(std::runtime_error("cuDNN error: CUDNN_STATUS_ALLOC_FAILED")));
        QVERIFY(isOutOfMemory(std::bad_alloc()));
        QVERIFY(!isOutOfMemory(std::runtime_error("shapes do not fit")));
        QCOMPARE(describeTorchError(std::runtime_error("[enforce fail at alloc_cpu.cpp:75] err == 0. "
                                                       "DefaultCPUAllocator: can't allocate memory"),
                                    "less"),
                 std::string("memory ran out (DefaultCPUAllocator: can't allocate memory); less"));
        QCOMPARE(describeTorchError(std::runtime_error("shapes do not fit\nstack"), "less"),
                 std::string("shapes do not fit"));
    }

    /// LibTorch's own error if memory cannot be allocated at all.
    void whatDoesNotFitInMemoryIsExplained() {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("the sanitizer ends the program for so large an allocation");
#endif
        const auto askTooMuch = [] {
            explainingTorchErrors({}, "less", [] { return torch::empty({std::int64_t{1} << 55}); });
        };
        QVERIFY_EXCEPTION_THROWN(askTooMuch(), ComputationError);
        try {
            askTooMuch();
        } catch (const ComputationError &error) {
            QVERIFY2(std::string(error.what()).starts_with("memory ran out"), error.what());
        }
    }
};

SIMCLR_TEST(TestTrainingMath, QCoreApplication)
#include "tst_training_math.moc"
