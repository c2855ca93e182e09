// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_file.h"
#include "core/model/zip.h"
#include "core/util/error.h"
#include "core/util/pickle/pickle.h"
#include "tests/support/test_support.h"
#include "tests/support/zip_writer.h"

#include <QTest>
#include <filesystem>
#include <random>

using namespace simclr;
using namespace simclr::test;

namespace {

std::string stored(const std::string &name) {
    return readBytes(dataFile("torch/" + name));
}

bool equals(const torch::Tensor &tensor, const torch::Tensor &expected) {
    return tensor.scalar_type() == expected.scalar_type() && torch::equal(tensor, expected);
}

bool holdsTheWeights(const NamedTensors &tensors) {
    return equals(tensors.at("state_dict.weight"), torch::tensor({{1.0f, 2.0f}})) &&
           equals(tensors.at("state_dict.bias"), torch::tensor({3.0f}));
}

/// All files of one kind of object next to the same weights.
std::vector<std::string> objectFiles() {
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(dataFile("torch/objects")))
        names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
}

std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i));
    return text;
}

std::string text(const std::string &value) {
    return "X" + little(value.size(), 4) + value;
}

/// {"w": a tensor of four elements, …}, where `more` is keys and values.
std::string dictWith(const std::string &more) {
    return std::string("\x80\x02}(") + more + text("w") + "ctorch._utils\n_rebuild_tensor_v2\n((" +
           text("storage") + "ctorch\nFloatStorage\n" + text("0") + text("cpu") + "K\x04tQK" +
           std::string(1, '\0') + "K\x04\x85K\x01\x85\x89}tRu.";
}

std::string archiveOf(const std::string &pickle) {
    ZipWriter writer;
    writer.add("archive/data.pkl", pickle);
    writer.add("archive/data/0", std::string(16, '\0'));
    writer.add("archive/version", "3\n");
    return writer.finish();
}

std::string refusal(const std::string &pickle) {
    return thrownMessage<InvalidInput>([&] { tensorsOfTorchFile(archiveOf(pickle)); });
}

} // namespace

/// Checkpoints with objects next to their weights, of every protocol and age: the tensors are read, and no
/// object is built and no code is run.
class TestTorchObjects : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void objectsBesideWeightsArePassedOver_data() {
        QTest::addColumn<QString>("name");
        for (const std::string &name : objectFiles())
            if (!name.starts_with("root_"))
                QTest::newRow(name.c_str()) << QString::fromStdString(name);
        QVERIFY(objectFiles().size() > 60);
    }
    void objectsBesideWeightsArePassedOver() {
        QFETCH(QString, name);
        const NamedTensors tensors = tensorsOfTorchFile(stored("objects/" + name.toStdString()));
        QVERIFY(holdsTheWeights(tensors));
    }

    void classesDerivedFromDictsAreDicts() {
        QVERIFY(holdsTheWeights(tensorsOfTorchFile(stored("objects/root_of_ordered_subclass.pt"))));
        const NamedTensors tensors = tensorsOfTorchFile(stored("objects/tensor_with_attribute.pt"));
        QVERIFY(equals(tensors.at("state_dict.extra"), torch::tensor({7.0f})));
    }

    void readsWhatOldVersionsWrote_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("before 0.4") << "torch03.pt";
        QTest::newRow("before 0.1.10") << "torch01.pt";
    }
    void readsWhatOldVersionsWrote() {
        QFETCH(QString, name);
        const std::string bytes = stored(name.toStdString());
        QVERIFY(looksLikeTorchFile(bytes));
        const NamedTensors tensors = tensorsOfTorchFile(bytes);
        QCOMPARE(tensors.size(), std::size_t{3});
        const torch::Tensor numbers = torch::arange(1, 7, torch::kFloat32).reshape({2, 3});
        QVERIFY(equals(tensors.at("whole"), numbers));
        QVERIFY(equals(tensors.at("turned"), numbers.t()));
        QVERIFY(equals(tensors.at("part"), torch::tensor({4.0f, 5.0f})));
    }

    void damagedOldFilesAreRefusedOrHarmless() {
        std::mt19937 random(3);
        for (const std::string &whole : {stored("torch03.pt"), stored("torch01.pt")}) {
            for (std::size_t i = 0; i < whole.size(); ++i) {
                std::string bytes = whole;
                bytes[i] = static_cast<char>(random());
                try {
                    tensorsOfTorchFile(bytes);
                } catch (const InvalidInput &) {
                }
                if (looksLikeTorchFile(whole.substr(0, i)))
                    try {
                        tensorsOfTorchFile(whole.substr(0, i));
                    } catch (const InvalidInput &) {
                    }
            }
        }
        QVERIFY(looksLikeTorchFile(stored("torch01.pt")));
    }

    void damagedObjectsAreRefusedOrHarmless() {
        std::mt19937 random(13);
        for (const std::string &name : objectFiles()) {
            const std::string archive = stored("objects/" + name);
            if (!archive.starts_with("PK"))
                continue;
            const auto members = zipMembers(archive);
            const std::string whole(members.at(name.substr(0, name.size() - 3) + "/data.pkl"));
            for (int round = 0; round < 300; ++round) {
                std::string bytes = whole;
                for (int changes = 1 + round % 3; changes > 0; --changes)
                    bytes[random() % bytes.size()] = static_cast<char>(random());
                try {
                    tensorsOfTorchFile(archiveOf(bytes));
                } catch (const InvalidInput &) {
                }
            }
        }
        QVERIFY(!std::filesystem::exists("/tmp/simclr-was-here"));
    }

    void codeBesideWeightsIsNotRun_data() {
        QTest::addColumn<QByteArray>("call");
        const std::string shell = text("touch /tmp/simclr-was-here");
        const auto row = [](const char *name, const std::string &call) {
            QTest::newRow(name) << QByteArray::fromStdString(call);
        };
        row("REDUCE", "cposix\nsystem\n" + shell + "\x85R");
        row("STACK_GLOBAL", text("os") + text("system") + "\x93" + shell + "\x85R");
        row("NEWOBJ", "csubprocess\nPopen\n" + shell + "\x85\x81");
        row("NEWOBJ_EX", "csubprocess\nPopen\n" + shell + "\x85}\x92");
        row("OBJ", "(csubprocess\nPopen\n" + shell + "o");
        row("INST", "(" + shell + "iposix\nsystem\n");
        row("BUILD", "cbuiltins\nobject\n)\x81}" + text("x") + shell + "sb");
        row("call of a result", "cbuiltins\ngetattr\ncos\npath\n" + text("x") + "\x86R" + shell + "\x85R");
        row("partial", "cfunctools\npartial\ncposix\nsystem\n" + shell + "\x86R)R");
    }
    void codeBesideWeightsIsNotRun() {
        QFETCH(QByteArray, call);
        const NamedTensors tensors =
            tensorsOfTorchFile(archiveOf(dictWith(text("first") + call.toStdString())));
        QCOMPARE(tensors.size(), std::size_t{1});
        QVERIFY(!std::filesystem::exists("/tmp/simclr-was-here"));
    }

    void knownFunctionsWithOtherArgumentsAreObjects() {
        for (const std::string call :
             {"ctorch._utils\n_rebuild_tensor_v2\n)R", "ctorch._utils\n_rebuild_parameter\nN\x85R",
              "ctorch\nSize\nK\x01\x85R", "ccollections\nOrderedDict\n(]]aNtR",
              "ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._tensor\n_rebuild_from_type_v2\nNNNtR",
              "ccollections\ndefaultdict\n)R", "NQ", "K\x05Q", "K\x01K\x02\x86Q"})
            QCOMPARE(tensorsOfTorchFile(archiveOf(dictWith(text("x") + call))).size(), std::size_t{1});
    }

    void opcodesOfAllProtocolsAreKnown() {
        for (const std::string value :
             {"I5\n", "I01\n", "L12345678901234567890123L\n", "F1.5\n", "S'a'\n", "Va\n", "(K\x01l",
              "(K\x01K\x02"
              "d",
              "K\x01"
              "2\x86",
              "K\x01K\x02"
              "0",
              "K\x01(K\x02"
              "1",
              "]p7\ng7\n\x86", "\x8f(K\x01\x90", "(K\x01\x91", "\x97\x98", "Pid\n"}) {
            const Pickle pickle = readPickle("(" + value + "t.");
            QVERIFY2(pickle.at(pickle.root).kind == PickleNode::Kind::Tuple, value.c_str());
            QVERIFY2(!pickle.at(pickle.root).items.empty(), value.c_str());
        }
    }

    void extensionsAreRefusedClearly() {
        const std::string message =
            thrownMessage<InvalidInput>([&] { tensorsOfTorchFile(stored("extension.pt")); });
        QVERIFY2(isClearMessage(message, "extension registry"), message.c_str());
        for (const std::string opcode : {"\x82\x01", "\x83\x01\x01", "\x84\x01\x01\x01\x01"})
            QVERIFY(isClearMessage(refusal(dictWith(text("x") + opcode)), "extension registry"));
    }

    void objectInPlaceOfWeightsIsNamed() {
        const std::string pickle = "\x80\x02}" + text("model") + "cnets\nResNet\n)\x81}bs.";
        QVERIFY2(isClearMessage(refusal(pickle), "nets.ResNet"), refusal(pickle).c_str());
        const std::string root = "\x80\x02"
                                 "cnets\nResNet\n)\x81}b.";
        QVERIFY2(isClearMessage(refusal(root), "nets.ResNet"), refusal(root).c_str());
    }

    /// Nothing nests on the stack: tuples, calls and states in one another, half a million deep.
    void deepObjectsEnd() {
        constexpr int depth = 500'000;
        const auto repeated = [](const std::string &part) {
            std::string all;
            for (int i = 0; i < depth; ++i)
                all += part;
            return all;
        };
        for (const std::string &value :
             {"N" + repeated("\x85"),
              "N" + repeated("\x85"
                             "0cx\nY\nN\x85R"),
              repeated("cx\nY\n)\x81") + repeated("b"), repeated("]") + repeated("a") + "N"}) {
            const std::string bytes = archiveOf(dictWith(text("x") + value));
            try {
                QCOMPARE(tensorsOfTorchFile(bytes).size(), std::size_t{1});
            } catch (const InvalidInput &error) {
                QVERIFY(isClearMessage(error.what(), ""));
            }
        }
    }

    /// One text of ten million characters, named by a million opcodes: as a class, a key, a prefix.
    void longTextsThatAreUsedOftenTakeNoLongTime() {
        const std::string text10M = text(std::string(10'000'000, 'n')) + "q\x01"
                                                                         "0";
        const auto often = [](int count, const std::string &part) {
            std::string all;
            for (int i = 0; i < count; ++i)
                all += part;
            return all;
        };
        const std::string classes = text10M + text("x") + "(" + often(300'000, "h\x01h\x01\x93") + "t";
        QCOMPARE(tensorsOfTorchFile(archiveOf(dictWith(classes))).size(), std::size_t{1});
        const std::string keys = text10M + text("x") + "}(" + often(300'000, "h\x01N") + "u";
        QCOMPARE(tensorsOfTorchFile(archiveOf(dictWith(keys))).size(), std::size_t{1});
        const std::string tensor = "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") +
                                   "ctorch\nFloatStorage\n" + text("0") + text("cpu") + "K\x04tQK" +
                                   std::string(1, '\0') + "K\x04\x85K\x01\x85\x89}tRq\x02";
        std::string inner = "}(";
        for (int i = 0; i < 100'000; ++i)
            inner += text(std::to_string(i)) + (i == 0 ? tensor : "h\x02");
        const std::string prefix = text10M + "h\x01" + inner + "u";
        QCOMPARE(tensorsOfTorchFile(archiveOf(dictWith(prefix))).size(), std::size_t{1});
    }
};

SIMCLR_TEST(TestTorchObjects)
#include "tst_torch_objects.moc"
