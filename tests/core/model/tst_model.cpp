// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/projection_head.h"
#include "core/model/resnet.h"
#include "core/model/weights.h"
#include "core/util/error.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace simclr;

namespace {

ResNet makeResNet(const std::string &architecture, double width = 1, bool smallStem = true) {
    return ResNet(EncoderOptions{architecture, width, smallStem});
}

std::string shapeText(const torch::Tensor &tensor) {
    std::string text;
    for (const std::int64_t size : tensor.sizes())
        text += (text.empty() ? "" : "x") + std::to_string(size);
    return text;
}

std::map<std::string, std::string> namesAndShapes(const ResNet &network) {
    std::map<std::string, std::string> names;
    for (const auto &[name, tensor] : stateOf(*network))
        names.emplace(name, shapeText(tensor));
    return names;
}

std::map<std::string, std::string> torchvisionNames(const std::string &architecture) {
    QFile file(
        QStringLiteral(SIMCLR_TEST_DATA "/golden/%1_names.txt").arg(QString::fromStdString(architecture)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::map<std::string, std::string> names;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (const qsizetype tab = line.indexOf('\t'); tab > 0)
            names.emplace(line.left(tab).toStdString(), line.mid(tab + 1).toStdString());
    return names;
}

/// As in make_forward.py next to the values.
torch::Tensor pattern(const std::vector<std::int64_t> &shape, double offset) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        count *= size;
    return torch::sin(torch::arange(count, torch::kFloat64) * 0.731 + offset)
        .reshape(shape)
        .to(torch::kFloat32);
}

/// In the order of PyTorch's state_dict: every module's parameters, then its buffers.
void fillByPattern(torch::nn::Module &root) {
    const torch::NoGradGuard noGrad;
    int number = 0;
    const auto fill = [&number](const std::string &name, torch::Tensor tensor) {
        const int place = number++;
        if (name == "num_batches_tracked")
            return;
        const torch::Tensor wave = pattern(tensor.sizes().vec(), place);
        if (tensor.dim() >= 2)
            tensor.copy_(wave * std::sqrt(2.0 / static_cast<double>(tensor[0].numel())));
        else if (name == "running_var" || name == "weight")
            tensor.copy_(1 + 0.25 * wave);
        else
            tensor.copy_(0.25 * wave);
    };
    for (const auto &module : root.modules()) {
        for (const auto &item : module->named_parameters(/*recurse=*/false))
            fill(item.key(), item.value());
        for (const auto &item : module->named_buffers(/*recurse=*/false))
            fill(item.key(), item.value());
    }
}

/// Relative error of the stored values and of the norm of all.
double relativeError(const torch::Tensor &actual, const Json &expected) {
    const torch::Tensor flat = actual.detach().to(torch::kFloat64).flatten();
    const auto values = expected["first"].get<std::vector<double>>();
    const torch::Tensor first = torch::tensor(values, torch::kFloat64);
    const double norm = expected["norm"].get<double>();
    const torch::Tensor difference = flat.slice(0, 0, first.size(0)) - first;
    return std::max((difference.norm() / first.norm()).item<double>(),
                    std::abs(flat.norm().item<double>() / norm - 1));
}

} // namespace

/// Encoders, heads and their weights.
class TestModel : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void namesParametersAsTorchvision_data() {
        QTest::addColumn<QString>("architecture");
        for (const char *name : {"resnet18", "resnet34", "resnet50", "resnet101", "resnet152"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void namesParametersAsTorchvision() {
        QFETCH(QString, architecture);
        const auto expected = torchvisionNames(architecture.toStdString());
        QVERIFY(expected.size() > 100);
        QCOMPARE(namesAndShapes(makeResNet(architecture.toStdString(), 1, false)), expected);
    }

    void computesWhatTorchvisionComputes() {
        for (const Json &item : readJsonFile(SIMCLR_TEST_DATA "/golden/forward.json")) {
            const std::string name = item["architecture"].get<std::string>();
            ResNet network = makeResNet(name, 1, false);
            fillByPattern(*network);
            const torch::Tensor pictures = 0.5 + 0.5 * pattern({4, 3, 64, 64}, 0.5);
            network->eval();
            {
                const torch::NoGradGuard noGrad;
                QVERIFY2(relativeError(network(pictures), item["features"]) < 1e-5, name.c_str());
            }
            if (!item.contains("training_features"))
                continue;
            network->train();
            const torch::Tensor h = network(pictures);
            (h * pattern(h.sizes().vec(), 0.25)).sum().backward();
            QVERIFY2(relativeError(h, item["training_features"]) < 1e-5, name.c_str());
            const auto buffers = network->named_buffers();
            QVERIFY2(relativeError(buffers["layer4.0.bn1.running_mean"], item["running_mean"]) < 1e-5,
                     name.c_str());
            QVERIFY2(relativeError(buffers["layer4.0.bn1.running_var"], item["running_var"]) < 1e-5,
                     name.c_str());
            const torch::Tensor gradient = network->named_parameters()["conv1.weight"].grad();
            QVERIFY2(relativeError(gradient, item["conv1_gradient"]) < 1e-3,
                     name.c_str()); // through all layers
        }
    }

    void networksForCifarHaveThePapersSize_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("parameters"); // Table 6 of He et al. 2016, without the classifier's 650
        QTest::newRow("resnet20") << QStringLiteral("resnet20") << 269722 - 650;
        QTest::newRow("resnet32") << QStringLiteral("resnet32") << 464154 - 650;
        QTest::newRow("resnet56") << QStringLiteral("resnet56") << 853018 - 650;
    }
    void networksForCifarHaveThePapersSize() {
        QFETCH(QString, architecture);
        QFETCH(int, parameters);
        ResNet network = makeResNet(architecture.toStdString(), 1, false);
        QCOMPARE(parameterCount(*network), std::int64_t{parameters});
        QCOMPARE(network->featureSize(), std::int64_t{64});
        network->eval();
        const torch::NoGradGuard noGrad;
        QCOMPARE(shapeText(network(torch::rand({2, 3, 32, 32}))), std::string("2x64"));
    }

    void blocksPassOnTheirInputAtFirst() {
        for (const char *name : {"resnet18", "resnet50", "resnet20"}) {
            ResNet network = makeResNet(name, 0.25);
            initialise(*network, 1);
            network->zeroLastScales();
            const std::string last = name == std::string("resnet50") ? ".bn3.weight" : ".bn2.weight";
            for (const auto &item : network->named_parameters())
                QCOMPARE(item.value().abs().max().item<double>() == 0,
                         item.key().ends_with(last) || item.key().ends_with("bias"));
        }
    }

    /// If all blocks are the identity, the output is the stem's output: every fourth pixel, its channels in
    /// the middle of the last stage's, zeros on each side.
    void shortcutsForCifarSubsampleAndPad() {
        ResNet network = makeResNet("resnet20", 1);
        initialise(*network, 1);
        network->zeroLastScales();
        network->eval();
        const torch::NoGradGuard noGrad;
        const torch::Tensor pictures = pattern({2, 3, 32, 32}, 0.5);
        const torch::Tensor weight = network->named_parameters()["conv1.weight"];
        const torch::Tensor stem = (torch::conv2d(pictures, weight, {}, 1, 1) / std::sqrt(1 + 1e-5)).relu();
        const torch::Tensor kept =
            stem.slice(2, 0, c10::nullopt, 4).slice(3, 0, c10::nullopt, 4).mean({2, 3});
        torch::Tensor expected = torch::zeros({2, 64});
        expected.slice(1, 24, 40).copy_(kept);
        QVERIFY((network(pictures) - expected).abs().max().item<double>() < 1e-6);
    }

    void scalesItsChannels_data() {
        QTest::addColumn<double>("width");
        QTest::addColumn<int>("features");
        QTest::newRow("quarter") << 0.25 << 128;
        QTest::newRow("half") << 0.5 << 256;
        QTest::newRow("one") << 1.0 << 512;
        QTest::newRow("two") << 2.0 << 1024;
    }
    void scalesItsChannels() {
        QFETCH(double, width);
        QFETCH(int, features);
        ResNet network = makeResNet("resnet18", width);
        QCOMPARE(network->featureSize(), std::int64_t{features});
        network->eval();
        const torch::NoGradGuard noGrad;
        const torch::Tensor h = network(torch::rand({2, 3, 32, 32}));
        QCOMPARE(shapeText(h), "2x" + std::to_string(features));
    }

    void bottlenecksQuadruple() { QCOMPARE(makeResNet("resnet50", 0.25)->featureSize(), std::int64_t{512}); }

    void stemsDiffer() {
        const auto small = namesAndShapes(makeResNet("resnet18", 0.25, true));
        const auto large = namesAndShapes(makeResNet("resnet18", 0.25, false));
        QCOMPARE(small.at("conv1.weight"), std::string("16x3x3x3"));
        QCOMPARE(large.at("conv1.weight"), std::string("16x3x7x7"));
    }

    void unknownEncoderIsRefused() { QVERIFY_EXCEPTION_THROWN(makeResNet("resnet99"), InvalidInput); }

    void weightsFollowTheSeed() {
        ResNet first = makeResNet("resnet18", 0.25);
        ResNet second = makeResNet("resnet18", 0.25);
        initialise(*first, 3);
        initialise(*second, 3);
        QCOMPARE(stateHash(*first), stateHash(*second));
        initialise(*second, 4);
        QVERIFY(stateHash(*first) != stateHash(*second));
    }

    void weightsHaveTheVarianceOfHe() {
        ResNet network = makeResNet("resnet18", 1);
        initialise(*network, 1);
        const NamedTensors state = stateOf(*network);
        const torch::Tensor weight = state.at("layer3.0.conv2.weight"); // 256 × 256 × 3 × 3
        const double expected = std::sqrt(2.0 / (256 * 9));
        QVERIFY(std::abs(weight.std().item<double>() / expected - 1) < 0.01);
        QVERIFY(std::abs(weight.mean().item<double>()) < expected * 0.01);
        QCOMPARE(state.at("bn1.weight").min().item<double>(), 1.0);
        QCOMPARE(state.at("bn1.bias").abs().max().item<double>(), 0.0);
    }

    void layoutDoesNotChangeTheHash() {
        ResNet network = makeResNet("resnet18", 0.25);
        initialise(*network, 1);
        const std::string before = stateHash(*network);
        useChannelsLast(*network);
        QVERIFY(network->parameters()[0].is_contiguous(at::MemoryFormat::ChannelsLast));
        QCOMPARE(stateHash(*network), before);
    }

    void stateTravelsThroughAFile() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString() + "/weights.safetensors";
        ResNet saved = makeResNet("resnet18", 0.25);
        initialise(*saved, 5);
        useChannelsLast(*saved);
        writeTensors(path, stateOf(*saved, "encoder."), {});
        ResNet loaded = makeResNet("resnet18", 0.25);
        loadState(*loaded, tensorsOf(SafetensorsFile::read(path)), "encoder.");
        QCOMPARE(stateHash(*loaded), stateHash(*saved));
    }

    void foreignWeightsAreRefusedByName() {
        ResNet wide = makeResNet("resnet18", 0.5);
        ResNet narrow = makeResNet("resnet18", 0.25);
        const std::string before = stateHash(*narrow);
        try {
            loadState(*narrow, stateOf(*wide));
            QFAIL("weights of another width were taken");
        } catch (const InvalidInput &error) {
            QVERIFY(std::string(error.what()).find("conv1.weight has shape (32×3×3×3), not (16×3×3×3)") !=
                    std::string::npos);
        }
        QCOMPARE(stateHash(*narrow), before);
        QVERIFY_EXCEPTION_THROWN(loadState(*narrow, {}), InvalidInput);
    }

    void headsProject() {
        const torch::Tensor h = torch::rand({4, 16});
        for (const bool batchNorm : {false, true}) {
            QCOMPARE(shapeText(ProjectionHead(HeadOptions{"nonlinear", 16, 8, 1, batchNorm})(h)),
                     std::string("4x8"));
            QCOMPARE(shapeText(ProjectionHead(HeadOptions{"nonlinear", 16, 8, 3, batchNorm})(h)),
                     std::string("4x8"));
            QCOMPARE(shapeText(ProjectionHead(HeadOptions{"linear", 16, 8, 1, batchNorm})(h)),
                     std::string("4x8"));
        }
        QVERIFY(ProjectionHead(HeadOptions{"none", 16, 8})(h).equal(h));
        QVERIFY_EXCEPTION_THROWN(ProjectionHead(HeadOptions{"cubic", 16, 8}), InvalidInput);
    }

    /// The authors' last release: three dense layers, batch norm after each, all without a bias.
    void headHasAsManyLayersAsTheAuthors() {
        const ProjectionHead head(HeadOptions{"nonlinear", 16, 8, 2, true});
        std::map<std::string, std::string> shapes;
        for (const auto &[name, tensor] : stateOf(*head))
            if (tensor.dim() == 2)
                shapes.emplace(name, shapeText(tensor));
        const std::map<std::string, std::string> expected{
            {"layers.0.weight", "16x16"}, {"layers.3.weight", "16x16"}, {"layers.6.weight", "8x16"}};
        QCOMPARE(shapes, expected);
        const ProjectionHead plain(HeadOptions{"nonlinear", 16, 8, 1, false});
        QVERIFY(plain->named_parameters().contains("layers.0.bias"));
        QVERIFY(!plain->named_parameters().contains("layers.2.bias"));
    }

    void lastBatchNormOnlyScales() {
        ProjectionHead head(HeadOptions{"nonlinear", 16, 8, 1, true});
        const auto parameters = head->named_parameters();
        QVERIFY(!parameters["layers.4.bias"].requires_grad());
        QVERIFY(parameters["layers.4.weight"].requires_grad());
        QVERIFY(!parameters.contains("layers.0.bias"));
        QVERIFY(!parameters.contains("layers.3.bias"));
    }
};

SIMCLR_TEST(TestModel, QCoreApplication)
#include "tst_model.moc"
