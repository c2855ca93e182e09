// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json.h"

#include "core/util/error.h"
#include "core/util/json_builder.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestJson : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void keepsTheOrderOfMembers();
    void refusesWhatIsNotJson_data();
    void refusesWhatIsNotJson();
    void refusesWhatIsNestedTooDeeply_data();
    void refusesWhatIsNestedTooDeeply();
    void readsWhatIsNestedAsDeeplyAsAllowed();
    void keepsTheLastOfMembersOfOneName();
    void takesManyMembersAndKeepsTheirOrder();
    void messagesAreShortWhateverWasRead();
    void saysWhatIsMissing();
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

void TestJson::refusesWhatIsNestedTooDeeply_data() {
    QTest::addColumn<QString>("opening");
    QTest::addColumn<QString>("closing");
    QTest::addColumn<int>("levels");
    for (const int levels : {201, 5000, 500'000}) {
        const auto row = [levels](const char *name, const char *opening, const char *closing) {
            QTest::addRow("%s, %d", name, levels) << opening << closing << levels;
        };
        row("lists", "[", "]");
        row("objects", R"({"a":)", "}");
        row("not even closed", "[", "");
        row("after other members", R"({"b":[1,{"c":2}],"a":)", "}");
    }
}

void TestJson::refusesWhatIsNestedTooDeeply() {
    QFETCH(QString, opening);
    QFETCH(QString, closing);
    QFETCH(int, levels);
    const std::string text =
        opening.repeated(levels).toStdString() + "1" + closing.repeated(levels).toStdString();
    const std::string message = thrownMessage<InvalidInput>([&] { parseJson(text, "deep.json"); });
    QVERIFY2(isClearMessage(message, "deep.json is nested too deeply"), message.c_str());
}

void TestJson::readsWhatIsNestedAsDeeplyAsAllowed() {
    const int pairs = JsonBuilder::deepest / 2;
    const std::string text = QString(R"([{"a":)").repeated(pairs).toStdString() + "1" +
                             QString("}]").repeated(pairs).toStdString();
    const Json json = parseJson(text, "test");
    const Json copy = json;
    QCOMPARE(toLine(copy), text);
    QVERIFY(copy == json);
}

void TestJson::keepsTheLastOfMembersOfOneName() {
    QCOMPARE(toLine(parseJson(R"({"a":1,"b":[2],"a":{"c":3}})", "test")),
             std::string(R"({"a":{"c":3},"b":[2]})"));
    std::string text = "{";
    for (const char *round : {"1", "2"})
        for (int i = 0; i < 50; ++i)
            text += '"' + std::to_string(i) + "\":[" + round + "],";
    const Json json = parseJson(text + R"("last":{}})", "test");
    QCOMPARE(json.size(), std::size_t{51});
    QCOMPARE(toLine(json["0"]) + toLine(json["49"]), std::string("[2][2]"));
    QCOMPARE(json.begin().key(), std::string("0"));
}

/// With a linear search for each member, this would take hours.
void TestJson::takesManyMembersAndKeepsTheirOrder() {
    constexpr int count = 700'000;
    std::string text = "{";
    for (int i = 0; i < count; ++i)
        text += (i > 0 ? ",\"" : "\"") + std::to_string(count - i) + "\":" + std::to_string(i);
    const Json json = parseJson(text + "}", "test");
    QCOMPARE(json.size(), std::size_t{count});
    int place = 0;
    for (const auto &[key, value] : json.items()) {
        QVERIFY(value.get<int>() == place && std::stoi(key) == count - place);
        ++place;
    }
}

void TestJson::messagesAreShortWhateverWasRead() {
    const std::string text = "\"" + std::string(1'000'000, 'a');
    const std::string message = thrownMessage<InvalidInput>([&] { parseJson(text, "long.json"); });
    QVERIFY2(isClearMessage(message, "long.json is not valid JSON"), message.c_str());
    QVERIFY(message.size() < 400);
}

void TestJson::saysWhatIsMissing() {
    const Json json = parseJson(R"({"number": "seven"})", "test");
    const auto read = [&](const char *member) {
        return thrownMessage<InvalidInput>(
            [&] { takingApart("a.json", [&] { return json.at(member).get<int>(); }); });
    };
    QCOMPARE(read("other"), std::string("a.json is damaged: key 'other' not found"));
    QCOMPARE(read("number"), std::string("a.json is damaged: type must be number, but is string"));
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

SIMCLR_TEST(TestJson)
#include "tst_json.moc"
