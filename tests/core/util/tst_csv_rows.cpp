// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/csv_rows.h"

#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestCsvRows : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void readsRows_data();
    void readsRows();
    void countsLines();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void refusesWhatIsNoFile();
    void oneOpenMarkIsFoundQuickly_data();
    void oneOpenMarkIsFoundQuickly();
};

namespace {

using Rows = QList<QStringList>;

Rows rowsOf(const fs::path &file) {
    CsvRows csv(file);
    Rows rows;
    const auto add = [&rows](const std::vector<std::string> &cells) {
        QStringList row;
        for (const std::string &cell : cells)
            row << QString::fromStdString(cell);
        rows << row;
    };
    add(csv.header());
    while (csv.next())
        add(csv.row());
    return rows;
}

} // namespace

void TestCsvRows::readsRows_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Rows>("rows");
    const Rows usual{{"a", "b"}, {"1", "2"}, {"3", ""}};
    QTest::newRow("commas") << QByteArray("a,b\n1,2\n3,\n") << usual;
    QTest::newRow("semicolons") << QByteArray("a;b\n1;2\n3;\n") << usual;
    QTest::newRow("tabs") << QByteArray("a\tb\n1\t2\n3\t\n") << usual;
    QTest::newRow("Windows") << QByteArray("\xEF\xBB\xBF"
                                           "a,b\r\n1,2\r\n3,\r\n")
                             << usual;
    QTest::newRow("old Mac") << QByteArray("a,b\r1,2\r3,\r") << usual;
    QTest::newRow("no last line end") << QByteArray("a,b\n1,2\n3") << usual;
    QTest::newRow("empty lines") << QByteArray("\n\na,b\n\n1,2\n\r\n3\n\n") << usual;
    QTest::newRow("quoted") << QByteArray("\"a\",\"b\"\n\"1\",\"2\" \n\"3\",\"\"\n") << usual;
    QTest::newRow("within quotes") << QByteArray("a,b\n\"1,\r\n\"\"x\"\"\",2\n")
                                   << Rows{{"a", "b"}, {"1,\r\n\"x\"", "2"}};
    QTest::newRow("a mark within") << QByteArray("a,b\n5\" disc,2\n") << Rows{{"a", "b"}, {"5\" disc", "2"}};
    QTest::newRow("decimal commas") << QByteArray("a;b\n1,5;2,5\n") << Rows{{"a", "b"}, {"1,5", "2,5"}};
    QTest::newRow("one column") << QByteArray("a\n1\n2\n") << Rows{{"a"}, {"1"}, {"2"}};
    QTest::newRow("header alone") << QByteArray("a,b") << Rows{{"a", "b"}};
}

void TestCsvRows::readsRows() {
    QFETCH(QByteArray, text);
    QFETCH(Rows, rows);
    const QTemporaryDir directory;
    writeBytes(folderOf(directory) / "a.csv", text.toStdString());
    QCOMPARE(rowsOf(folderOf(directory) / "a.csv"), rows);
}

void TestCsvRows::countsLines() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "a.csv";
    writeBytes(file, "a,b\n\n1,\"x\ny\"\n2,3\n");
    CsvRows csv(file);
    QVERIFY(csv.next());
    QCOMPARE(csv.line(), std::size_t{3});
    QVERIFY(csv.next());
    QCOMPARE(csv.line(), std::size_t{5});
    QVERIFY(!csv.next() && !csv.next());
}

void TestCsvRows::refusesBadFiles_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("cause");
    QTest::newRow("empty") << QByteArray() << "a.csv is empty";
    QTest::newRow("line ends alone") << QByteArray("\n\r\n") << "a.csv is empty";
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                          "a\0",
                                          4)
                            << "is UTF-16; save it as UTF-8";
    QTest::newRow("more cells") << QByteArray("a,b\n1,2\n1,2,3\n")
                                << "line 3: there are more cells than columns (3";
    QTest::newRow("open mark") << QByteArray("a,b\n1,2\n\"1,2\n3,4\n")
                               << "line 3: a quotation mark is not closed";
    QTest::newRow("open mark in the header") << QByteArray("\"a,b\n1,2\n") << "line 1: a quotation mark";
    QTest::newRow("text after a mark")
        << QByteArray("a,b\n1,2\n\"1,2\n\"3\",4\n")
        << "line 3: a quotation mark is not closed: the next one, in line 4, is "
           "followed by other text";
    QTest::newRow("long cell") << QByteArray("a,b\n1,2\n") + QByteArray(70'000, 'x')
                               << "line 3: a cell is longer than 64 KiB";
    QTest::newRow("many cells") << QByteArray("a,b\n") + QByteArray(20'000, ',')
                                << "line 2: there are more than 10000 cells";
}

void TestCsvRows::refusesBadFiles() {
    QFETCH(QByteArray, text);
    QFETCH(QString, cause);
    const QTemporaryDir directory;
    writeBytes(folderOf(directory) / "a.csv", text.toStdString());
    const std::string message = thrownMessage<InvalidInput>([&] { rowsOf(folderOf(directory) / "a.csv"); });
    QVERIFY2(isClearMessage(message, cause.toStdString()), message.c_str());
}

void TestCsvRows::refusesWhatIsNoFile() {
    const QTemporaryDir directory;
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { CsvRows csv(folderOf(directory)); }),
                           "not a regular file"));
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { CsvRows csv(folderOf(directory) / "no"); }),
                           "no such file"));
}

void TestCsvRows::oneOpenMarkIsFoundQuickly_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("no other marks") << QByteArray("images/00001.jpg,cat\n");
    QTest::newRow("other cells quoted") << QByteArray("\"images/00001.jpg\",\"cat\"\n");
}

/// A million rows, the third of which opens a mark that it does not close: nothing is read far beyond it.
void TestCsvRows::oneOpenMarkIsFoundQuickly() {
    QFETCH(QByteArray, row);
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "a.csv";
    writeBytes(file, ("path,label\n" + row + "\"images/2.jpg,cat\n" + row.repeated(1'000'000)).toStdString());
    CsvRows csv(file);
    QVERIFY(csv.next());
    const std::string message = thrownMessage<InvalidInput>([&] { csv.next(); });
    QVERIFY2(isClearMessage(message, "a.csv, line 3: a quotation mark is not closed"), message.c_str());
}

SIMCLR_TEST(TestCsvRows)
#include "tst_csv_rows.moc"
