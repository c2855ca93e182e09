// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_source.h"

#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestDataSource : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void plainSourceIsUnchanged();
    void severalPartsAreJson();
    void textAndPartsAgree();
    void refusesWhatIsNoSource_data();
    void refusesWhatIsNoSource();
    void nameThatIsNotUtf8StaysAlone();
    void replacesParts();
};

/// What runs of earlier versions have stored.
void TestDataSource::plainSourceIsUnchanged() {
    for (const std::string text : {"shapes", "shapes:7", "/photos", "folder:/a {b}", "cifar10:/c", ""}) {
        const DataSource source = dataSourceFromText(text);
        QVERIFY(source.isPlain());
        QCOMPARE(source.images, text);
        QCOMPARE(toText(source), text);
    }
}

void TestDataSource::severalPartsAreJson() {
    QCOMPARE(toText(DataSource{"folder:/a", "csv:/b.csv", "/s.json"}),
             std::string(R"({"images":"folder:/a","labelled":"csv:/b.csv","selection":"/s.json"})"));
    QCOMPARE(toText(DataSource{"/a", "/b", {}}), std::string(R"({"images":"/a","labelled":"/b"})"));
    QCOMPARE(toText(DataSource{"/a", {}, "/s"}), std::string(R"({"images":"/a","selection":"/s"})"));
}

void TestDataSource::textAndPartsAgree() {
    for (const DataSource &source :
         {DataSource{"folder:/a \"quoted\" \\ /ü", "/b\n", {}}, DataSource{"shapes", "shapes:3", "/s.json"},
          DataSource{"/a", {}, "/s.json"}})
        QVERIFY(dataSourceFromText(toText(source)) == source);
}

void TestDataSource::refusesWhatIsNoSource_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("not closed") << QByteArray(R"({"images":"/a")") << QByteArray("source of the images");
    QTest::newRow("unknown member") << QByteArray(R"({"images":"/a","masks":"/m"})") << QByteArray("masks");
    QTest::newRow("number") << QByteArray(R"({"images":3})") << QByteArray("source of the images");
    QTest::newRow("no images") << QByteArray(R"({"labelled":"/b"})") << QByteArray("images");
    QTest::newRow("parts of a part") << QByteArray(R"({"images":"{\"images\":\"/a\"}","labelled":"/b"})")
                                     << QByteArray("parts");
    QTest::newRow("braces alone") << QByteArray("{}") << QByteArray("images");
}

void TestDataSource::refusesWhatIsNoSource() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, named);
    const std::string message = thrownMessage<InvalidInput>([&] { dataSourceFromText(text.toStdString()); });
    QVERIFY2(isClearMessage(message, named.toStdString()), message.c_str());
}

void TestDataSource::nameThatIsNotUtf8StaysAlone() {
    QCOMPARE(toText(DataSource{"/a\xff", {}, {}}), std::string("/a\xff"));
    const std::string message = thrownMessage<InvalidInput>([] {
        static_cast<void>(toText(DataSource{"/a\xff", "/b", {}}));
    });
    QVERIFY2(isClearMessage(message, "rename"), message.c_str());
}

void TestDataSource::replacesParts() {
    const std::string both = toText(DataSource{"/a", "/b", "/s"});
    QCOMPARE(replacedSource("/a", "", ""), std::string("/a"));
    QCOMPARE(replacedSource("/a", "/c", ""), std::string("/c"));
    QCOMPARE(replacedSource("/a", "", "/d"), toText(DataSource{"/a", "/d", {}}));
    QCOMPARE(replacedSource(both, "/c", ""), toText(DataSource{"/c", "/b", "/s"}));
    QCOMPARE(replacedSource(both, "", "/d"), toText(DataSource{"/a", "/d", "/s"}));
    const std::string other = toText(DataSource{"/x", "/y", {}});
    QCOMPARE(replacedSource(both, other, ""), other);
    QCOMPARE(replacedSource(both, other, "/d"), toText(DataSource{"/x", "/d", {}}));
}

SIMCLR_TEST(TestDataSource)
#include "tst_data_source.moc"
