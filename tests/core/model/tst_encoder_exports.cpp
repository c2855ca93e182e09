// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/encoder_graph.h"
#include "core/model/onnx.h"
#include "core/model/python_usage.h"
#include "core/model/torchscript.h"
#include "core/model/weights.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

#include <QTemporaryDir>
#include <opencv2/dnn.hpp>
#include <torch/script.h>

using namespace simclr;
using namespace simclr::test;

namespace {

/// With nontrivial running statistics and scales: with an untrained encoder many errors would not be visible.
ResNet trainedLike(const EncoderOptions &options) {
    const torch::NoGradGuard noGrad;
    torch::manual_seed(3);
    ResNet encoder(options);
    initialise(*encoder, 3);
    for (auto &item : encoder->named_parameters())
        if (item.value().dim() == 1)
            item.value().add_(0.2 * torch::rand_like(item.value()));
    for (auto &item : encoder->named_buffers())
        if (item.value().is_floating_point())
            item.value().add_(0.2 * torch::rand_like(item.value()));
    encoder->eval();
    return encoder;
}

/// The largest difference, as a fraction of the largest feature.
double differenceOf(const torch::Tensor &ours, const torch::Tensor &theirs) {
    if (ours.sizes() != theirs.sizes() || !(ours.abs().max().item<double>() > 0))
        return 1;
    return ((ours - theirs).abs().max() / ours.abs().max()).item<double>();
}

torch::Tensor throughOpenCv(cv::dnn::Net &net, const torch::Tensor &pictures) {
    std::vector<int> shape;
    for (const std::int64_t size : pictures.sizes())
        shape.push_back(static_cast<int>(size));
    const cv::Mat input(shape, CV_32F, pictures.data_ptr());
    net.setInput(input);
    const cv::Mat output = net.forward().clone();
    return torch::from_blob(output.data, {output.size[0], output.size[1]}).clone();
}

constexpr double tolerance = 1e-5;

} // namespace

/// TorchScript and ONNX give the same features as the encoder.
class TestEncoderExports : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    static void addArchitectures() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<bool>("smallStem");
        QTest::newRow("resnet18, large stem") << "resnet18" << false;
        QTest::newRow("resnet18, small stem") << "resnet18" << true;
        QTest::newRow("resnet50") << "resnet50" << false;
        QTest::newRow("resnet20") << "resnet20" << true;
    }

  private Q_SLOTS:
    void torchScriptComputesTheSame_data() { addArchitectures(); }
    void torchScriptComputesTheSame() {
        QFETCH(QString, architecture);
        QFETCH(bool, smallStem);
        const torch::NoGradGuard noGrad;
        ResNet encoder = trainedLike({architecture.toStdString(), 0.25, smallStem});
        const std::filesystem::path file = folderOf(m_folder) / "encoder.torchscript";
        writeTorchScript(file, *encoder, {{"image_size", 32}});
        torch::jit::ExtraFilesMap extra{{"simclr.json", ""}};
        torch::jit::Module loaded = torch::jit::load(file.string(), torch::kCPU, extra);
        QCOMPARE(parseJson(extra["simclr.json"], "metadata")["image_size"].get<int>(), 32);
        QVERIFY(!loaded.is_training());
        for (const auto &size : std::vector<std::vector<std::int64_t>>{{1, 3, 32, 32}, {5, 3, 48, 40}}) {
            const torch::Tensor pictures = torch::rand(size);
            QVERIFY(differenceOf(encoder(pictures), loaded.forward({pictures}).toTensor()) <= tolerance);
        }
    }

    void torchScriptKeepsNamesAndCanBeTrained() {
        ResNet encoder = trainedLike({"resnet18", 0.125, true});
        const std::filesystem::path file = folderOf(m_folder) / "trained.torchscript";
        writeTorchScript(file, *encoder, Json::object());
        torch::jit::Module loaded = torch::jit::load(file.string());
        const NamedTensors state = stateOf(*encoder);
        std::size_t found = 0;
        for (const auto &item : loaded.named_parameters())
            found += state.contains(item.name) && item.value.requires_grad() ? 1 : 0;
        for (const auto &item : loaded.named_buffers())
            found += state.contains(item.name) ? 1 : 0;
        QCOMPARE(found, state.size());
        loaded.train();
        encoder->train();
        const torch::Tensor pictures = torch::rand({8, 3, 32, 32});
        QVERIFY(differenceOf(encoder(pictures).detach(), loaded.forward({pictures}).toTensor().detach()) <=
                tolerance);
        const torch::Tensor mean = loaded.attr("bn1").toModule().attr("running_mean").toTensor();
        QVERIFY(torch::allclose(mean, encoder->named_buffers()["bn1.running_mean"]));
    }

    void onnxComputesTheSame_data() { addArchitectures(); }
    void onnxComputesTheSame() {
        QFETCH(QString, architecture);
        QFETCH(bool, smallStem);
        const torch::NoGradGuard noGrad;
        ResNet encoder = trainedLike({architecture.toStdString(), 0.25, smallStem});
        const std::filesystem::path file = folderOf(m_folder) / "encoder.onnx";
        writeOnnx(file, *encoder, {{"image_size", 32}, {"pictures", "RGB in [0, 1]"}});
        for (const auto &size : std::vector<std::vector<std::int64_t>>{{1, 3, 32, 32}, {4, 3, 48, 64}}) {
            cv::dnn::Net net = cv::dnn::readNetFromONNX(file.string()); // read again: it keeps the first size
            const torch::Tensor pictures = torch::rand(size);
            const double difference = differenceOf(encoder(pictures), throughOpenCv(net, pictures));
            QVERIFY2(difference <= tolerance, qPrintable(QString::number(difference)));
        }
    }

    void pythonBuildsTheStemThatThereIs() {
        const std::string small = pythonUsage("torchvision", {"resnet18", 1, true}, 32, "a.pt").lines;
        QVERIFY(contains(small, "torchvision.models.resnet18()") && contains(small, "Conv2d(3, 64, 3"));
        const std::string large = pythonUsage("torchvision", {"resnet50", 1, false}, 224, "a.pt").lines;
        QVERIFY(contains(large, "torchvision.models.resnet50()") && !contains(large, "Conv2d"));
    }

    void pythonSaysWhereTorchvisionHasNoClass() {
        for (const EncoderOptions &options : {EncoderOptions{"resnet18", 2, false}, {"resnet20", 1, true}}) {
            QVERIFY(!fitsTorchvision(options));
            const PythonUsage usage = pythonUsage("torchvision", options, 32, "a.pt");
            QVERIFY(contains(toText(usage.notes.back()), "no class for " + options.architecture));
            QVERIFY(!contains(usage.lines, "import torchvision"));
            QCOMPARE(pythonUsage("torchscript", options, 32, "a.pt").notes.size(), std::size_t{1});
        }
    }

    void pythonQuotesStrangeNames() {
        const std::string lines = pythonUsage("torchscript", {}, 32, "a\"b\\c.pt").lines;
        QVERIFY2(contains(lines, "torch.jit.load(\"a\\\"b\\\\c.pt\")"), lines.c_str());
    }
};

SIMCLR_TEST(TestEncoderExports)
#include "tst_encoder_exports.moc"
