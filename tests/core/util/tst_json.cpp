// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json.h"

#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestJson : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void keepsTheOrderOfMembers();
    void refusesWhatIsNotJson_data();
    void refusesWhatIsNotJson();
    void readsAFile();
    void namesTheFileThatCannotBeRead();
    void refusesAFileOfUnreasonableSize();
    void writesInvalidUtf8AsReplacement();
};

void TestJson::keepsTheOrderOfMembers() {
    const std::string text = R"({"zebra":1,"apple":[true,null],"mango":"x"})";
    QCOMPARE(toLine(parseJson(text, "test")), text);
    QVERIFY(contains(toText(parseJson(text, "test")), "\n  \"apple\""));
}

void TestJson::refusesWhatIsNotJson_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("words") << QByteArray("not json");
    QTest::newRow("cut off") << QByteArray(R"({"steps": [)");
    QTest::newRow("NaN") << QByteArray(R"({"probability": NaN})");
    QTest::newRow("infinite") << QByteArray(R"({"probability": 1e999})");
    QTest::newRow("trailing text") << QByteArray("{} {}");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"name\": \"\xff\xfe\"}");
    QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0", 10);
}

void TestJson::refusesWhatIsNotJson() {
    QFETCH(QByteArray, text);
    const std::string message =
        thrownMessage<InvalidInput>([&] { parseJson(text.toStdString(), "my pipeline.json"); });
    QVERIFY2(isClearMessage(message, "my pipeline.json is not valid JSON"), message.c_str());
}

void TestJson::readsAFile() {
    const QTemporaryDir directory;
    const auto file = folderOf(directory) / "a.json";
    writeBytes(file, R"({"value": 0.1})");
    QCOMPARE(readJsonFile(file).at("value").get<double>(), 0.1);
}

void TestJson::namesTheFileThatCannotBeRead() {
    const QTemporaryDir directory;
    const auto missing = folderOf(directory) / "missing.json";
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { readJsonFile(missing); }), "missing.json"));
    QVERIFY(
        isClearMessage(thrownMessage<IoError>([&] { readJsonFile(folderOf(directory)); }), "it is a folder"));
    const auto wrong = folderOf(directory) / "wrong.json";
    writeBytes(wrong, "{");
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { readJsonFile(wrong); }), "wrong.json"));
}

void TestJson::refusesAFileOfUnreasonableSize() {
    const QTemporaryDir directory;
    const auto file = folderOf(directory) / "huge.json";
    writeBytes(file, "[]");
    std::filesystem::resize_file(file, std::uintmax_t{1} << 40); // sparse: takes no space
    QVERIFY(
        isClearMessage(thrownMessage<InvalidInput>([&] { readJsonFile(file); }), "huge.json is too large"));
}

void TestJson::writesInvalidUtf8AsReplacement() {
    const Json json = {{"name", std::string("a\xff") + "b"}};
    QCOMPARE(toLine(json), std::string("{\"name\":\"a\xEF\xBF\xBD"
                                       "b\"}"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
