// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/imported_encoder.h"
#include "core/model/torch_file.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

#include <QTemporaryDir>

using namespace simclr;
using namespace simclr::test;

namespace {

NamedTensors weightsOf(const EncoderOptions &options, const std::string &prefix = {}) {
    ResNet encoder(options);
    initialise(*encoder, 5);
    return stateOf(*encoder, prefix);
}

const EncoderOptions tiny{"resnet18", 0.0625, true};

std::string refusal(const NamedTensors &tensors, const std::string &prefix = {}) {
    return thrownMessage<InvalidInput>([&] { findEncoder(tensors, prefix); });
}

} // namespace

/// What is recognised among the tensors of a file, and what is refused.
class TestImportedEncoder : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

  private Q_SLOTS:
    void recognisesArchitectures_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<double>("width");
        QTest::addColumn<bool>("smallStem");
        for (const char *name : {"resnet18", "resnet34", "resnet50", "resnet101", "resnet152"})
            for (const bool smallStem : {false, true})
                QTest::addRow("%s, %s stem", name, smallStem ? "small" : "large")
                    << name << 0.125 << smallStem;
        for (const char *name : {"resnet20", "resnet32", "resnet56"})
            QTest::addRow("%s", name) << name << 0.5 << true;
        QTest::newRow("wide") << "resnet18" << 1.5 << false;
    }
    void recognisesArchitectures() {
        QFETCH(QString, architecture);
        QFETCH(double, width);
        QFETCH(bool, smallStem);
        const EncoderOptions options{architecture.toStdString(), width, smallStem};
        const ImportedEncoder found = findEncoder(weightsOf(options));
        QCOMPARE(found.options.architecture, options.architecture);
        QCOMPARE(found.options.width, width);
        QCOMPARE(found.options.smallStem, smallStem);
        QCOMPARE(found.prefix, std::string());
        QVERIFY(found.passedOver.empty());
    }

    /// As in this program's own checkpoints, with the optimiser's buffers next to the weights.
    void buffersOfAnOptimiserAreNoEncoder() {
        NamedTensors tensors;
        for (const auto &[name, tensor] : weightsOf({"resnet18", 0.125, true})) {
            tensors.emplace("encoder." + name, tensor);
            if (!name.ends_with("running_mean") && !name.ends_with("running_var"))
                tensors.emplace("momentum.encoder." + name, tensor);
        }
        QCOMPARE(findEncoder(tensors).prefix, std::string("encoder."));
    }

    void takesOffAnyPrefix() {
        for (const std::string prefix : {"module.", "encoder.", "state_dict.module.encoder_q."}) {
            const ImportedEncoder found = findEncoder(weightsOf(tiny, prefix));
            QCOMPARE(found.prefix, prefix);
            QVERIFY(torch::equal(found.tensors.at("conv1.weight"), weightsOf(tiny).at("conv1.weight")));
        }
    }

    void asksWhichOfSeveral() {
        NamedTensors both = weightsOf(tiny, "encoder_q.");
        both.merge(weightsOf({"resnet34", 0.0625, true}, "encoder_k."));
        QVERIFY2(isClearMessage(refusal(both), "encoder_k., encoder_q."), refusal(both).c_str());
        QCOMPARE(findEncoder(both, "encoder_q").options.architecture, std::string("resnet18"));
        QCOMPARE(findEncoder(both, "encoder_k.").options.architecture, std::string("resnet34"));
        QVERIFY(isClearMessage(refusal(both, "encoder_z"), "encoder_z"));
    }

    void passesOverWhatIsNoEncoder() {
        NamedTensors tensors = weightsOf(tiny);
        tensors["fc.weight"] = torch::ones({10, 32});
        tensors["projector.0.weight"] = torch::ones({1});
        const ImportedEncoder found = findEncoder(tensors);
        QCOMPARE(found.passedOver, (std::vector<std::string>{"fc.weight", "projector.0.weight"}));
        QVERIFY(!found.tensors.contains("fc.weight"));
    }

    void countsOfBatchesMayBeMissing() {
        NamedTensors tensors = weightsOf(tiny);
        std::erase_if(tensors, [](const auto &item) { return item.first.ends_with("num_batches_tracked"); });
        QVERIFY(findEncoder(tensors).tensors.contains("bn1.num_batches_tracked"));
    }

    void readsHalfPrecision() {
        NamedTensors tensors = weightsOf(tiny);
        for (auto &[name, tensor] : tensors)
            if (tensor.is_floating_point())
                tensor = tensor.to(torch::kFloat16);
        const ImportedEncoder found = findEncoder(tensors);
        QVERIFY(found.tensors.at("conv1.weight").scalar_type() == torch::kFloat32);
        QVERIFY(torch::allclose(found.tensors.at("conv1.weight"), weightsOf(tiny).at("conv1.weight"), 1e-3,
                                1e-3));
    }

    void namesWhatDoesNotFit() {
        NamedTensors tensors = weightsOf(tiny);
        tensors["layer1.0.conv2.weight"] = torch::ones({4, 2, 3, 3}); // grouped, as in ResNeXt
        QVERIFY2(isClearMessage(refusal(tensors), "layer1.0.conv2.weight has shape (4×2×3×3), not (4×4×3×3)"),
                 refusal(tensors).c_str());
        tensors = weightsOf(tiny);
        tensors.erase("layer4.1.bn2.running_mean");
        QVERIFY(isClearMessage(refusal(tensors), "layer4.1.bn2.running_mean is missing"));
    }

    void refusesFilesOfOtherKinds() {
        const QTemporaryDir directory;
        const auto file = folderOf(directory) / "passwd";
        for (const char *text : {"", "root:x:0:0:root:/root:/bin/bash"}) {
            writeBytes(file, text);
            const std::string message = thrownMessage<InvalidInput>([&] { readWeights(file); });
            QVERIFY2(isClearMessage(message, "not a weights file"), message.c_str());
        }
    }

    void refusesOtherArchitectures() {
        NamedTensors squeezed = weightsOf(tiny);
        squeezed["layer1.0.se.fc1.weight"] = torch::ones({1, 4, 1, 1});
        QVERIFY2(isClearMessage(refusal(squeezed), "layer1.0.se.fc1.weight"), refusal(squeezed).c_str());
        NamedTensors deeper = weightsOf(tiny);
        deeper["layer1.2.conv1.weight"] = torch::ones({4, 4, 3, 3});
        QVERIFY2(isClearMessage(refusal(deeper), "3, 2, 2, 2 blocks"), refusal(deeper).c_str());
        NamedTensors stem = weightsOf(tiny);
        stem["conv1.weight"] = torch::ones({4, 3, 5, 5});
        QVERIFY(isClearMessage(refusal(stem), "kernel of 5"));
        stem["conv1.weight"] = torch::ones({4, 1, 3, 3});
        QVERIFY(isClearMessage(refusal(stem), "1 input channels"));
        stem["conv1.weight"] = torch::ones({1024, 3, 3, 3});
        QVERIFY(isClearMessage(refusal(stem), "1024 channels"));
        stem["conv1.weight"] = torch::ones({4});
        QVERIFY(isClearMessage(refusal(stem), "conv1.weight"));
        stem.erase("conv1.weight");
        QVERIFY(isClearMessage(refusal(stem), "conv1.weight"));
        QVERIFY(isClearMessage(refusal({{"features.0.weight", torch::ones({64, 3, 3, 3})}}), "no ResNet"));
        QVERIFY(isClearMessage(refusal({}), "no ResNet"));
    }

    void normalisationIsBuiltIntoTheFirstLayer() {
        const torch::NoGradGuard noGrad;
        NamedTensors plain = weightsOf({"resnet18", 0.125, false});
        plain["bn1.running_mean"] = torch::linspace(-1, 1, 8);
        NamedTensors changed = plain;
        buildInImageNetNormalisation(changed);
        const auto firstLayer = [](NamedTensors &weights, const torch::Tensor &pictures) {
            const torch::Tensor y = torch::conv2d(pictures, weights["conv1.weight"], {}, 2, 3);
            return torch::batch_norm(y, weights["bn1.weight"], weights["bn1.bias"],
                                     weights["bn1.running_mean"], weights["bn1.running_var"], false, 0.1,
                                     1e-5, true);
        };
        const torch::Tensor pictures = torch::rand({2, 3, 32, 32});
        const torch::Tensor mean = torch::tensor({0.485f, 0.456f, 0.406f}).reshape({1, 3, 1, 1});
        const torch::Tensor deviation = torch::tensor({0.229f, 0.224f, 0.225f}).reshape({1, 3, 1, 1});
        const auto inside = [](const torch::Tensor &y) { return y.slice(2, 2, 14).slice(3, 2, 14); };
        QVERIFY(torch::allclose(inside(firstLayer(plain, (pictures - mean) / deviation)),
                                inside(firstLayer(changed, pictures)), 1e-4, 1e-5));
        QVERIFY(!torch::allclose(inside(firstLayer(plain, pictures)), inside(firstLayer(changed, pictures)),
                                 1e-2));
    }

    /// Ten thousand names for the same few bytes, and a shape of terabytes: refused by names and shapes,
    /// before anything is copied.
    void takesNoMemoryForWhatDoesNotFit() {
        const torch::Tensor giant = torch::zeros({1}, torch::kFloat16).expand({1 << 20, 1 << 10, 1 << 10});
        NamedTensors tensors = weightsOf(tiny);
        for (int i = 0; i < 10'000; ++i)
            tensors["layer1.0.extra" + std::to_string(i)] = giant;
        QVERIFY2(isClearMessage(refusal(tensors), "layer1.0.extra0"), refusal(tensors).c_str());
        tensors = weightsOf(tiny);
        tensors["layer1.0.bn1.weight"] = giant;
        QVERIFY2(isClearMessage(refusal(tensors), "layer1.0.bn1.weight has shape"), refusal(tensors).c_str());
    }

    void refusesNumbersThatAreNotFinite() {
        NamedTensors tensors = weightsOf(tiny);
        tensors["bn1.running_var"][0] = std::numeric_limits<float>::infinity();
        QVERIFY(isClearMessage(refusal(tensors), "bn1.running_var"));
    }

    void readsBothKindsOfFile() {
        const std::filesystem::path folder = folderOf(m_folder);
        const NamedTensors written = weightsOf(tiny, "encoder.");
        writeTorchFile(folder / "weights.pt", written);
        writeTensors(folder / "weights.safetensors", written, Json::object());
        for (const char *name : {"weights.pt", "weights.safetensors"}) {
            const ImportedEncoder found = readEncoder(folder / name);
            for (const auto &[tensor, value] : written)
                QVERIFY(torch::equal(found.tensors.at(tensor.substr(8)), value));
        }
    }

    void namesTheFile() {
        const std::filesystem::path folder = folderOf(m_folder);
        writeBytes(folder / "text.pt", "these are no weights at all");
        const auto message = [&](const std::filesystem::path &path) {
            return thrownMessage<Error>([&] { readEncoder(path); });
        };
        QVERIFY2(isClearMessage(message(folder / "text.pt"), "text.pt"), message(folder / "text.pt").c_str());
        QVERIFY(isClearMessage(message(folder / "nowhere.pt"), "nowhere.pt"));
        QVERIFY(isClearMessage(message(folder), "folder"));
        QVERIFY(isClearMessage(message(dataFile("torch/command.pt")), "command.pt"));
        QVERIFY(isClearMessage(message(dataFile("torch/state.pt")), "no ResNet"));
    }
};

SIMCLR_TEST(TestImportedEncoder)
#include "tst_imported_encoder.moc"
