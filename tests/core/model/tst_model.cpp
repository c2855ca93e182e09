// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/projection_head.h"
#include "core/model/resnet.h"
#include "core/model/weights.h"
#include "core/util/error.h"

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
    QFile file(QStringLiteral(SIMCLR_TEST_DATA "/golden/%1_names.txt").arg(QString::fromStdString(architecture)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::map<std::string, std::string> names;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (const qsizetype tab = line.indexOf('\t'); tab > 0)
            names.emplace(line.left(tab).toStdString(), line.mid(tab + 1).toStdString());
    return names;
}

} // namespace

/// Encoders, heads and their weights.
class TestModel : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void namesParametersAsTorchvision_data() {
        QTest::addColumn<QString>("architecture");
        for (const char *name : {"resnet18", "resnet34", "resnet50"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void namesParametersAsTorchvision() {
        QFETCH(QString, architecture);
        const auto expected = torchvisionNames(architecture.toStdString());
        QVERIFY(expected.size() > 100);
        QCOMPARE(namesAndShapes(makeResNet(architecture.toStdString(), 1, false)), expected);
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
        QCOMPARE(shapeText(ProjectionHead("nonlinear", 16, 8)(h)), std::string("4x8"));
        QCOMPARE(shapeText(ProjectionHead("linear", 16, 8)(h)), std::string("4x8"));
        QVERIFY(ProjectionHead("none", 16, 8)(h).equal(h));
        QVERIFY_EXCEPTION_THROWN(ProjectionHead("cubic", 16, 8), InvalidInput);
    }

    void lastBatchNormOnlyScales() {
        ProjectionHead head("nonlinear", 16, 8);
        const auto parameters = head->named_parameters();
        QVERIFY(!parameters["layers.4.bias"].requires_grad());
        QVERIFY(parameters["layers.4.weight"].requires_grad());
        QVERIFY(!parameters.contains("layers.0.bias"));
        QVERIFY(!parameters.contains("layers.3.bias"));
    }
};

QTEST_GUILESS_MAIN(TestModel)
#include "tst_model.moc"
