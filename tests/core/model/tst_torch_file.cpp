// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/imported_encoder.h"
#include "core/model/torch_file.h"
#include "core/model/zip.h"
#include "core/util/error.h"
#include "core/util/pickle/pickle.h"
#include "tests/support/test_support.h"
#include "tests/support/zip_writer.h"

#include <QTemporaryDir>
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

/// Opcodes that push a string, a small number, or the persistent id of a storage onto pickle's stack.
std::string text(const std::string &value) {
    std::string bytes = "X";
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(value.size() >> shift);
    return bytes + value;
}
std::string number(std::int64_t value) {
    std::string bytes = "\x8a\x08";
    for (int shift = 0; shift < 64; shift += 8)
        bytes += static_cast<char>(value >> shift);
    return bytes;
}
std::string tuple(const std::vector<std::int64_t> &values) {
    std::string bytes = "(";
    for (const std::int64_t value : values)
        bytes += number(value);
    return bytes + "t";
}

struct TensorSource {
    std::int64_t elements = 4; ///< that the storage claims
    std::int64_t offset = 0;
    std::vector<std::int64_t> sizes{4};
    std::vector<std::int64_t> strides{1};
    std::string storage = "ctorch\nFloatStorage\n";
    std::string key = "0";
    std::string function = "ctorch._utils\n_rebuild_tensor_v2\n";
};

std::string pickleOf(const TensorSource &tensor) {
    return std::string("\x80\x02") + "}" + text("w") + tensor.function + "((" + text("storage") +
           tensor.storage + text(tensor.key) + text("cpu") + number(tensor.elements) + "tQ" +
           number(tensor.offset) + tuple(tensor.sizes) + tuple(tensor.strides) + "\x89" +
           "ccollections\nOrderedDict\n)RtRs.";
}

/// A file of one storage of sixteen bytes with this description.
std::string archiveOf(const std::string &pickle) {
    ZipWriter writer;
    writer.add("archive/data.pkl", pickle);
    writer.add("archive/data/0", std::string(16, '\0'));
    writer.add("archive/version", "3\n");
    return writer.finish();
}

std::string refusal(const std::string &bytes) {
    return thrownMessage<InvalidInput>([&] { tensorsOfTorchFile(bytes); });
}

} // namespace

/// Files of torch.save(): written by PyTorch, written by this program, damaged and malicious ones.
class TestTorchFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path file() const { return folderOf(m_folder) / "weights.pt"; }

  private Q_SLOTS:
    void readsWhatPyTorchWrote_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("PyTorch 1.13") << "state.pt";
        QTest::newRow("PyTorch 2.11") << "newer.pt";
        QTest::newRow("before PyTorch 1.6") << "old.pt";
    }
    void readsWhatPyTorchWrote() {
        QFETCH(QString, name);
        const std::string bytes = stored(name.toStdString());
        QVERIFY(looksLikeTorchFile(bytes));
        const NamedTensors tensors = tensorsOfTorchFile(bytes);
        QCOMPARE(tensors.size(), std::size_t{9});
        const torch::Tensor numbers = torch::arange(6, torch::kFloat32).reshape({2, 3});
        QVERIFY(equals(tensors.at("whole"), numbers));
        QVERIFY(equals(tensors.at("turned"), numbers.t()));
        QVERIFY(equals(tensors.at("part"), torch::arange(4, 8, torch::kFloat32)));
        QVERIFY(equals(tensors.at("count"), torch::tensor(7, torch::kInt64)));
        QVERIFY(equals(tensors.at("half"), torch::tensor({0.5, -2.0}, torch::kFloat16)));
        QVERIFY(equals(tensors.at("brain"), torch::tensor({0.5, -2.0}, torch::kBFloat16)));
        QVERIFY(equals(tensors.at("double"), torch::tensor({1e-300, 0.25}, torch::kFloat64)));
        QVERIFY(equals(tensors.at("parameter"), torch::ones({2})));
        QVERIFY(equals(tensors.at("empty"), torch::zeros({0, 3})));
    }

    void findsTensorsInNestedDicts() {
        const NamedTensors tensors = tensorsOfTorchFile(stored("nested.pt"));
        QVERIFY(equals(tensors.at("state_dict.weight"), torch::tensor({{1.0f, 2.0f}})));
        QVERIFY(equals(tensors.at("state_dict.bias"), torch::tensor({3.0f})));
        QCOMPARE(tensors.size(), std::size_t{2}); // the optimiser's are under numbers
    }

    void bringsBackWhatWasWritten() {
        const NamedTensors written{{"a", torch::arange(6, torch::kFloat32).reshape({2, 3}).t()},
                                   {"count", torch::tensor(300, torch::kInt64)},
                                   {"ünder.name", torch::ones({2, 0})}};
        writeTorchFile(file(), written);
        const NamedTensors read = tensorsOfTorchFile(readBytes(file()));
        QCOMPARE(read.size(), written.size());
        for (const auto &[name, tensor] : written)
            QVERIFY2(equals(read.at(name), tensor), name.c_str());
    }

    void neverRunsWhatAFileAsksFor() {
        for (const char *name : {"command.pt", "command_old.pt"}) {
            const std::string message = refusal(stored(name));
            QVERIFY2(isClearMessage(message, "posix.system"), message.c_str());
        }
        QVERIFY(!std::filesystem::exists("/tmp/simclr-was-here"));
    }

    void refusesWhatIsNoStateDict() {
        QVERIFY2(isClearMessage(refusal(stored("whole_module.pt")), "torch.nn.modules.linear.Linear"),
                 refusal(stored("whole_module.pt")).c_str());
        QVERIFY2(isClearMessage(refusal(stored("list.pt")), "no dict"), refusal(stored("list.pt")).c_str());
        QVERIFY2(isClearMessage(refusal(stored("program.pt")), "TorchScript"),
                 refusal(stored("program.pt")).c_str());
        ZipWriter other;
        other.add("word/document.xml", "<xml/>");
        QVERIFY(isClearMessage(refusal(other.finish()), "ZIP"));
    }

    void acceptsASoundDescription() {
        QCOMPARE(tensorsOfTorchFile(archiveOf(pickleOf({}))).at("w").numel(), std::int64_t{4});
        QCOMPARE(tensorsOfTorchFile(archiveOf(pickleOf({4, 1, {3}, {1}}))).at("w").numel(), std::int64_t{3});
    }

    void refusesSizesThatLie_data() {
        QTest::addColumn<QByteArray>("pickle");
        const auto row = [](const char *name, const TensorSource &tensor) {
            QTest::newRow(name) << QByteArray::fromStdString(pickleOf(tensor));
        };
        constexpr std::int64_t huge = std::int64_t{1} << 62;
        row("a larger storage", {5, 0, {5}, {1}});
        row("an enormous storage", {huge, 0, {4}, {1}});
        row("a negative storage", {-4, 0, {4}, {1}});
        row("beyond the end", {4, 1, {4}, {1}});
        row("far beyond the end", {4, huge, {1}, {1}});
        row("a negative offset", {4, -1, {4}, {1}});
        row("a negative size", {4, 0, {-4}, {1}});
        row("a negative stride", {4, 3, {4}, {-1}});
        row("a stride out of it", {4, 0, {2}, {4}});
        row("a product that overflows", {4, 0, {huge, 4}, {0, 0}});
        row("strides that overflow", {4, 0, {3, 3}, {huge, huge}});
        row("a giant of one element", {4, 0, {1000000, 1000000}, {0, 0}});
        row("a stride too few", {4, 0, {2, 2}, {1}});
        row("another type", {4, 0, {4}, {1}, "ctorch\nDoubleStorage\n"});
        row("another storage", {4, 0, {4}, {1}, "ctorch\nFloatStorage\n", "1"});
        row("a function as type", {4, 0, {4}, {1}, "ccollections\nOrderedDict\n"});
        row("another function", {4, 0, {4}, {1}, "ctorch\nFloatStorage\n", "0", "cbuiltins\neval\n"});
        row("a type as function", {4, 0, {4}, {1}, "ctorch\nFloatStorage\n", "0", "ctorch\nFloatStorage\n"});
    }
    void refusesSizesThatLie() {
        QFETCH(QByteArray, pickle);
        const std::string message = refusal(archiveOf(pickle.toStdString()));
        QVERIFY2(isClearMessage(message, ""), message.c_str());
    }

    void everyTruncationOfAnArchiveIsRefused() {
        const std::string bytes = stored("state.pt");
        for (std::size_t length = 4; length < bytes.size(); ++length)
            QVERIFY2(isClearMessage(refusal(bytes.substr(0, length)), ""),
                     qPrintable(QString::number(length)));
    }

    void everyTruncationOfAnOldFileIsRefused() {
        const std::string bytes = stored("old.pt");
        for (std::size_t length = 15; length < bytes.size(); ++length)
            QVERIFY2(isClearMessage(refusal(bytes.substr(0, length)), ""),
                     qPrintable(QString::number(length)));
    }

    /// Old files have no checksums: a changed weight is not detected, but nothing worse happens.
    void noChangedByteCrashes() {
        std::mt19937 random(7);
        std::size_t refused = 0;
        for (const std::string &whole : {stored("state.pt"), stored("old.pt"), stored("nested.pt")})
            for (std::size_t i = 0; i < whole.size(); ++i) {
                std::string bytes = whole;
                bytes[i] = static_cast<char>(random());
                try {
                    tensorsOfTorchFile(bytes);
                } catch (const InvalidInput &) {
                    ++refused;
                }
            }
        QVERIFY(refused > 500);
    }

    void noChangedOpcodeCrashes() {
        std::mt19937 random(11);
        const std::string archive = stored("state.pt");
        const std::string whole(zipMembers(archive).at("state/data.pkl"));
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes = whole;
            for (int changes = 1 + round % 4; changes > 0; --changes)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            try {
                tensorsOfTorchFile(archiveOf(bytes));
            } catch (const InvalidInput &) {
            }
        }
    }

    void deepAndEndlessDescriptionsEnd() {
        // A dict in itself, lists a hundred thousand deep, and a million opcodes on one stack.
        QVERIFY(
            tensorsOfTorchFile(archiveOf("\x80\x02}q\x01X\x01" + std::string(3, '\0') + "ah\x01s.")).empty());
        const std::string deep = std::string(100'000, ']') + std::string(99'999, 'a');
        QVERIFY(isClearMessage(refusal(archiveOf("\x80\x02" + deep + ".")), ""));
        QVERIFY(isClearMessage(refusal(archiveOf(std::string(5'000'000, 'N'))), "more than"));
        QVERIFY(isClearMessage(refusal(archiveOf("")), ""));
    }
};

SIMCLR_TEST(TestTorchFile)
#include "tst_torch_file.moc"
