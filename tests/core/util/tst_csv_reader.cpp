// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/csv_reader.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

#include <cmath>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;

class TestCsvReader : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void plainRowsAreRead();
    void quotedFieldsAreRead();
    void everyLineEndIsRead();
    void byteOrderMarkIsNoText();
    void separatorIsFoundInTheHeader();
    void shortRowsAreFilled();
    void damagedFilesAreRefused_data();
    void damagedFilesAreRefused();
    void bytesThatAreNotUtf8AreReplaced();
    void everyPrefixIsReadOrRefused();
    void onlyRegularFilesAreRead();
    void numbersAreRecognised();
};

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rowsOf(const std::string &text) {
    const CsvTable table = parseCsv(text, "test.csv");
    Rows rows{table.header};
    rows.insert(rows.end(), table.rows.begin(), table.rows.end());
    return rows;
}

} // namespace

void TestCsvReader::plainRowsAreRead() {
    const CsvTable table = parseCsv("a,b\n1,2\n\n3,\n", "test.csv");
    QCOMPARE(table.header, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(table.rows, (Rows{{"1", "2"}, {"3", ""}}));
    QVERIFY(table.column("b") == 1 && !table.column("c"));
}

void TestCsvReader::quotedFieldsAreRead() {
    QCOMPARE(rowsOf("\"a\",\"b, \"\"c\"\"\"\n\"line 1\nline 2\",\"\"\nx\"y,\n"),
             (Rows{{"a", "b, \"c\""}, {"line 1\nline 2", ""}, {"x\"y", ""}}));
}

void TestCsvReader::everyLineEndIsRead() {
    for (const char *text : {"a,b\n1,2", "a,b\r\n1,2\r\n", "a,b\r1,2\r"})
        QCOMPARE(rowsOf(text), (Rows{{"a", "b"}, {"1", "2"}}));
}

void TestCsvReader::byteOrderMarkIsNoText() {
    QCOMPARE(rowsOf("\xEF\xBB\xBF"
                    "a,b\n1,2\n"),
             (Rows{{"a", "b"}, {"1", "2"}}));
}

void TestCsvReader::separatorIsFoundInTheHeader() {
    QCOMPARE(rowsOf("a;b;c,d\n1;2,5;3\n"), (Rows{{"a", "b", "c,d"}, {"1", "2,5", "3"}}));
    QCOMPARE(rowsOf("a\tb\n1,5\t2;\n"), (Rows{{"a", "b"}, {"1,5", "2;"}}));
    QCOMPARE(rowsOf("\"a;b;c\",d\n1,2\n"), (Rows{{"a;b;c", "d"}, {"1", "2"}}));
}

void TestCsvReader::shortRowsAreFilled() {
    QCOMPARE(rowsOf("a,b,c\n1\n"), (Rows{{"a", "b", "c"}, {"1", "", ""}}));
}

void TestCsvReader::damagedFilesAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("empty") << QByteArray("\n\n") << "test.csv is empty";
    QTest::newRow("open quotation mark")
        << QByteArray("a,b\n1,2\n\"3,4\n5,6\n") << "line 3: a quotation mark";
    QTest::newRow("too many cells") << QByteArray("a,b\n\"x\ny\",2\n1,2,3\n")
                                    << "line 4: there are more cells";
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                          "a\0,\0",
                                          6)
                            << "UTF-16";
    QTest::newRow("too many") << QByteArray(6'000'000, ',') << "more than 5000000 cells";
}

void TestCsvReader::damagedFilesAreRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QString, part);
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { parseCsv(text.toStdString(), "test.csv"); }),
                           part.toStdString()));
}

void TestCsvReader::bytesThatAreNotUtf8AreReplaced() {
    QCOMPARE(rowsOf("a\xFF,b\n"), (Rows{{"a\xEF\xBF\xBD", "b"}}));
}

void TestCsvReader::everyPrefixIsReadOrRefused() {
    const std::string text = "\xEF\xBB\xBF\"a\",b\r\n\"1 \"\"x\"\"\n\",2\r\n3,\"\"\r\n";
    int read = 0;
    for (std::size_t length = 0; length <= text.size(); ++length) {
        try {
            parseCsv(text.substr(0, length), "test.csv");
            ++read;
        } catch (const InvalidInput &) {
            continue;
        }
    }
    QVERIFY(read > 10 && read < static_cast<int>(text.size()));
}

void TestCsvReader::onlyRegularFilesAreRead() {
    QVERIFY(isClearMessage(thrownMessage<IoError>([] { readCsvFile("/dev/zero"); }), "not a regular file"));
    QVERIFY(isClearMessage(thrownMessage<IoError>([] { readCsvFile("/"); }), "folder"));
}

void TestCsvReader::numbersAreRecognised() {
    QCOMPARE(csvNumber(" 1.5e3 ").value(), 1500.0);
    QVERIFY(std::isnan(csvNumber("NaN").value()) && std::isinf(csvNumber("-Infinity").value()));
    for (const char *text : {"", " ", "1,5", "0x10", "1 2", "abc", "1e999"})
        QVERIFY2(!csvNumber(text), text);
}

SIMCLR_TEST(TestCsvReader)
#include "tst_csv_reader.moc"
