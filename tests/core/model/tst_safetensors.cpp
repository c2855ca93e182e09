// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/safetensors.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>

using namespace simclr;

/// Files of tensors: written tensors read back, and damage is detected.
class TestSafetensors : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path file() const { return m_folder.path().toStdString() + "/tensors.safetensors"; }

    std::string writeSample() {
        static const float values[] = {1.5f, -2, 3, 4, 5, 6};
        static const std::int64_t count = 42;
        const std::map<std::string, TensorLayout> tensors{{"weight", {"F32", {2, 3}}},
                                                          {"count", {"I64", {}}}};
        const std::map<std::string, std::string_view> bytes{
            {"weight", {reinterpret_cast<const char *>(values), sizeof values}},
            {"count", {reinterpret_cast<const char *>(&count), sizeof count}}};
        SafetensorsFile::write(file(), tensors, {{"step", 7}, {"name", "grün"}},
                               [&](const std::string &name) { return bytes.at(name); });
        return readFile(file(), 1 << 20);
    }

    static Json headerOf(const std::string &bytes) {
        std::uint64_t headerBytes = 0;
        std::memcpy(&headerBytes, bytes.data(), sizeof headerBytes);
        return Json::parse(bytes.substr(8, headerBytes));
    }

    void refuse(const std::string &bytes) {
        writeFileAtomically(file(), bytes);
        QVERIFY_EXCEPTION_THROWN(SafetensorsFile::read(file()), InvalidInput);
    }

  private Q_SLOTS:
    void bringsBackWhatWasWritten() {
        writeSample();
        const SafetensorsFile read = SafetensorsFile::read(file());
        QCOMPARE(read.metadata()["step"].get<int>(), 7);
        QCOMPARE(read.metadata()["name"].get<std::string>(), std::string("grün"));
        QCOMPARE(read.tensors().size(), std::size_t{2});
        const StoredTensor &weight = read.tensors().at("weight");
        QCOMPARE(weight.type, std::string("F32"));
        QCOMPARE(weight.shape, (std::vector<std::int64_t>{2, 3}));
        float first = 0;
        std::memcpy(&first, weight.bytes.data(), sizeof first);
        QCOMPARE(first, 1.5f);
        QCOMPARE(read.tensors().at("count").shape.size(), std::size_t{0});
    }

    void followsThePublishedLayout() {
        const Json header = headerOf(writeSample());
        QCOMPARE(header["weight"]["dtype"].get<std::string>(), std::string("F32"));
        const auto offsets = header["weight"]["data_offsets"].get<std::vector<std::size_t>>();
        QCOMPARE(offsets[1] - offsets[0], std::size_t{24});
        QVERIFY(header["__metadata__"]["checksum"].is_string());
    }

    /// transformers refuses a file whose metadata has no framework, and only strings are allowed.
    void saysThatItIsOfPyTorch() {
        const Json metadata = headerOf(writeSample())["__metadata__"];
        QCOMPARE(metadata["format"].get<std::string>(), std::string("pt"));
        for (const auto &[key, value] : metadata.items())
            QVERIFY2(value.is_string(), key.c_str());
    }

    /// One float between two integers of eight bytes would misalign the second.
    void everyTensorBeginsAtAMultipleOfItsElements() {
        const std::string zeros(64, '\0');
        const std::map<std::string, TensorLayout> tensors{{"a", {"I64", {}}},
                                                          {"b", {"F32", {1}}},
                                                          {"c", {"U8", {3}}},
                                                          {"d", {"I64", {}}},
                                                          {"e", {"F16", {1}}}};
        const std::map<std::string, std::size_t> sizes{{"a", 8}, {"b", 4}, {"c", 3}, {"d", 8}, {"e", 2}};
        SafetensorsFile::write(file(), tensors, Json::object(), [&](const std::string &name) {
            return std::string_view(zeros).substr(0, sizes.at(name));
        });
        const std::string bytes = readFile(file(), 1 << 20);
        const Json header = headerOf(bytes);
        for (const auto &[name, alignment] : {std::pair("a", 8), {"b", 4}, {"d", 8}, {"e", 2}})
            QCOMPARE(header[name]["data_offsets"][0].get<int>() % alignment, 0);
        std::uint64_t headerBytes = 0;
        std::memcpy(&headerBytes, bytes.data(), sizeof headerBytes);
        QCOMPARE(headerBytes % 8, std::uint64_t{0});
        QCOMPARE(SafetensorsFile::read(file()).tensors().size(), std::size_t{5});
    }

    void refusesEveryTruncation() {
        const std::string bytes = writeSample();
        for (std::size_t length = 0; length < bytes.size(); length += 3)
            refuse(bytes.substr(0, length));
    }

    /// At any position: sizes, names, metadata and the checksum itself are protected too.
    void refusesEveryChangedByte() {
        const std::string bytes = writeSample();
        for (std::size_t place = 0; place < bytes.size(); ++place) {
            std::string changed = bytes;
            changed[place] ^= 1;
            refuse(changed);
        }
    }

    void refusesSizesThatLie() {
        std::string bytes = writeSample();
        const std::uint64_t enormous = ~std::uint64_t{0};
        std::memcpy(bytes.data(), &enormous, sizeof enormous);
        refuse(bytes);
        for (const char *lie :
             {R"({"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})",
              R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})",
              R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})",
              R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,99]}})",
              R"({"w":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}})", R"({"w":{"dtype":7,"shape":"x"}})",
              R"({"w":3})", R"([1,2,3])"}) {
            const std::uint64_t length = std::strlen(lie);
            std::string content(reinterpret_cast<const char *>(&length), sizeof length);
            refuse(content + lie + "abcd");
        }
    }

    void refusesToWriteWhatDoesNotFit() {
        const std::string before = writeSample();
        const auto write = [&](const TensorLayout &layout) {
            SafetensorsFile::write(file(), {{"weight", layout}}, Json::object(),
                                   [](const std::string &) { return std::string_view("abcd"); });
        };
        QVERIFY_EXCEPTION_THROWN(write({"F32", {2}}), Error);
        QVERIFY_EXCEPTION_THROWN(write({"F99", {1}}), Error);
        QVERIFY(readFile(file(), 1 << 20) == before); // the old file is kept
    }

    void namesAMissingFile() {
        QVERIFY_EXCEPTION_THROWN(SafetensorsFile::read("/nowhere/at/all.safetensors"), IoError);
    }
};

SIMCLR_TEST(TestSafetensors, QCoreApplication)
#include "tst_safetensors.moc"
