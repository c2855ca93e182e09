// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/encoder_names.h"
#include "core/model/imported_encoder.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

#include <QTest>

using namespace simclr;
using namespace simclr::test;

namespace {

const EncoderOptions tiny{"resnet18", 0.0625, true};

NamedTensors weightsOf(const EncoderOptions &options) {
    ResNet encoder(options);
    initialise(*encoder, 5);
    return stateOf(*encoder);
}

std::string replaced(std::string name, const std::string &from, const std::string &to) {
    if (name.starts_with(from))
        name.replace(0, from.size(), to);
    return name;
}

/// How an nn.Sequential of a ResNet's children names them, the first stage at `first`.
NamedTensors numbered(const NamedTensors &tensors, const std::string &prefix, int first,
                      const std::string &stem = {}) {
    NamedTensors named;
    for (const auto &[name, tensor] : tensors) {
        std::string other = replaced(replaced(name, "conv1.", stem + "0."), "bn1.", stem + "1.");
        for (int stage = 1; stage <= 4; ++stage)
            other = replaced(other, "layer" + std::to_string(stage) + ".",
                             std::to_string(first + stage - 1) + ".");
        named.emplace(prefix + other, tensor);
    }
    return named;
}

NamedTensors withShortcuts(const NamedTensors &tensors) {
    NamedTensors named;
    for (const auto &[name, tensor] : tensors) {
        const std::size_t at = name.find("downsample");
        named.emplace(at == std::string::npos ? name : std::string(name).replace(at, 10, "shortcut"), tensor);
    }
    return named;
}

bool holdsAllOf(const ImportedEncoder &found, const NamedTensors &expected) {
    return std::ranges::all_of(expected, [&](const auto &item) {
        return found.tensors.contains(item.first) && torch::equal(found.tensors.at(item.first), item.second);
    });
}

std::string refusal(const NamedTensors &tensors) {
    return thrownMessage<InvalidInput>([&] { findEncoder(tensors); });
}

} // namespace

/// The names of a ResNet's layers in other programs.
class TestEncoderNames : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void childrenInASequentialAreRecognised_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<int>("first");
        for (const char *prefix : {"", "module.", "backbone.", "encoder.", "model.", "state_dict.backbone.",
                                   "online_network.encoder.", "0.", "module.0."}) {
            QTest::addRow("with pooling, \"%s\"", prefix) << "resnet18" << prefix << 4;
            QTest::addRow("without pooling, \"%s\"", prefix) << "resnet18" << prefix << 3;
            QTest::addRow("without ReLU, \"%s\"", prefix) << "resnet18" << prefix << 2;
        }
        QTest::newRow("bottlenecks") << "resnet50"
                                     << "backbone." << 4;
        QTest::newRow("three stages") << "resnet20"
                                      << "backbone." << 3;
    }
    void childrenInASequentialAreRecognised() {
        QFETCH(QString, architecture);
        QFETCH(QString, prefix);
        QFETCH(int, first);
        const NamedTensors weights = weightsOf({architecture.toStdString(), 0.0625, true});
        const ImportedEncoder found = findEncoder(numbered(weights, prefix.toStdString(), first));
        QCOMPARE(found.options.architecture, architecture.toStdString());
        QCOMPARE(found.prefix, prefix.toStdString());
        QVERIFY(found.passedOver.empty());
        QVERIFY(holdsAllOf(found, weights));
    }

    void stemInASequentialOfItsOwn() {
        const NamedTensors weights = weightsOf(tiny);
        for (const int first : {1, 2}) {
            const ImportedEncoder found = findEncoder(numbered(weights, "net.", first, "0."));
            QCOMPARE(found.prefix, std::string("net."));
            QVERIFY(holdsAllOf(found, weights));
        }
    }

    /// As in lightly's models: a momentum encoder, heads, a convolution after the last stage.
    void otherPartsArePassedOver() {
        const NamedTensors weights = weightsOf(tiny);
        NamedTensors tensors = numbered(weights, "backbone.", 4);
        tensors["backbone.8.weight"] = torch::ones({16, 32, 1, 1});
        tensors["projection_head.layers.0.weight"] = torch::ones({8, 8});
        tensors["projection_head.layers.1.running_mean"] = torch::ones({8});
        const ImportedEncoder found = findEncoder(tensors);
        QVERIFY(holdsAllOf(found, weights));
        QCOMPARE(found.passedOver.size(), std::size_t{3});
        tensors.merge(numbered(weights, "backbone_momentum.", 4));
        QVERIFY2(isClearMessage(refusal(tensors), "backbone., backbone_momentum."), refusal(tensors).c_str());
        QVERIFY(holdsAllOf(findEncoder(tensors, "backbone"), weights));
    }

    void shortcutsAreDownsampling() {
        for (const char *architecture : {"resnet18", "resnet50"}) {
            const NamedTensors weights = weightsOf({architecture, 0.0625, true});
            NamedTensors tensors;
            for (const auto &[name, tensor] : withShortcuts(weights))
                tensors.emplace("module." + name, tensor);
            tensors["module.linear.weight"] = torch::ones({10, 32});
            tensors["module.linear.bias"] = torch::ones({10});
            const ImportedEncoder found = findEncoder(tensors);
            QVERIFY(holdsAllOf(found, weights));
            QCOMPARE(found.passedOver,
                     (std::vector<std::string>{"module.linear.bias", "module.linear.weight"}));
            QVERIFY(holdsAllOf(findEncoder(numbered(withShortcuts(weights), "backbone.", 2)), weights));
        }
    }

    /// A deeper stem has weights between bn1 and the first stage, which must not be lost.
    void otherStemsAreRefused() {
        NamedTensors deep = numbered(weightsOf(tiny), "backbone.", 6);
        deep["backbone.3.weight"] = torch::ones({4, 4, 3, 3});
        QVERIFY2(isClearMessage(refusal(deep), "no ResNet"), refusal(deep).c_str());
        NamedTensors ownStem = numbered(weightsOf(tiny), "backbone.", 1, "0.");
        ownStem["backbone.0.3.weight"] = torch::ones({4, 4, 3, 3});
        QVERIFY(isClearMessage(refusal(ownStem), "no ResNet"));
        NamedTensors gap = numbered(weightsOf(tiny), "", 4);
        std::erase_if(gap, [](const auto &item) { return item.first.starts_with("5."); });
        QVERIFY(isClearMessage(refusal(gap), "no ResNet"));
    }

    /// ResNets in ResNets, each below the last: all names would be compared with all prefixes.
    void nestedPrefixesHaveALimit() {
        NamedTensors tensors;
        std::string prefix;
        for (int depth = 0; depth < 500; ++depth) {
            for (const char *name : {"0.weight", "1.running_mean", "4.0.conv1.weight"})
                tensors.emplace(prefix + name, torch::ones(1));
            prefix += "5.";
        }
        const NamedTensors named = withTorchvisionNames(tensors);
        QCOMPARE(named.size(), tensors.size());
        QVERIFY(named.contains("conv1.weight") && named.contains("layer1.0.conv1.weight"));
        QVERIFY(named.contains(prefix.substr(2) + "0.weight")); // the deepest is unchanged
    }

    void otherNamesStayAsTheyAre() {
        const NamedTensors names{{"shortcut.weight", torch::ones(1)},
                                 {"features.0.weight", torch::ones(1)},
                                 {"player.shortcut.0", torch::ones(1)},
                                 {"99999999999.0.conv1.weight", torch::ones(1)},
                                 {".0.conv1.weight", torch::ones(1)}};
        const NamedTensors named = withTorchvisionNames(names);
        QCOMPARE(named.size(), names.size());
        for (const auto &[name, tensor] : names)
            QVERIFY2(named.contains(name), name.c_str());
    }
};

SIMCLR_TEST(TestEncoderNames)
#include "tst_encoder_names.moc"
