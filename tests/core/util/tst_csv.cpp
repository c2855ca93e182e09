// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/csv.h"

#include "core/util/control_characters.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestCsv : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void writesFields_data();
    void writesFields();
    void noTextIsAFormula();
    void replacesEveryControlCharacter_data();
    void replacesEveryControlCharacter();
};

void TestCsv::writesFields_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("field");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &field) {
        QTest::newRow(name) << text << field;
    };
    row("empty", "", "");
    row("plain", "cats/01.png", "cats/01.png");
    row("comma", "a,b", R"("a,b")");
    row("semicolon, which separates elsewhere", "a;b", R"("a;b")");
    row("quotes", R"(say "hi")", R"("say ""hi""")");
    row("two lines", "two\r\nlines", R"(two\r\nlines)");
    row("escape sequence", "\x1b[31mred\x07", R"(\x1b[31mred\x07)");
    row("8-bit escape",
        "\xc2\x9b"
        "31m",
        R"(\x9b31m)");
    row("NUL", QByteArray("a\0b", 3), R"(a\x00b)");
    row("turned round", "gnp.\xe2\x80\xae", R"(gnp.\u202e)");
    row("not UTF-8", "caf\xe9", "caf\xef\xbf\xbd");
    row("umlaut", "Tür", "Tür");
    row("backslash", R"(a\b)", R"(a\b)");
    row("formula", "=1+1", "'=1+1");
    row("formula with quotes", R"x(=HYPERLINK("http://x","y"))x", R"x("'=HYPERLINK(""http://x"",""y"")")x");
    row("plus", "+1", "'+1");
    row("minus", "-1", "'-1");
    row("at", "@SUM(A1)", "'@SUM(A1)");
    row("full-width", "＝1", "'＝1");
    row("tab before a formula", "\t=1", R"(\t=1)");
    row("return before a formula", "\r=1", R"(\r=1)");
    row("within", "a=b", "a=b");
}

void TestCsv::writesFields() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, field);
    QCOMPARE(csvField(text.toStdString()), field.toStdString());
}

void TestCsv::noTextIsAFormula() {
    for (int first = 0; first < 256; ++first) {
        const std::string field = csvField(std::string(1, static_cast<char>(first)) + "1+1");
        QVERIFY2(std::string("=+-@\t\r\n").find(field.front()) == std::string::npos, field.c_str());
    }
}

void TestCsv::replacesEveryControlCharacter_data() {
    QTest::addColumn<uint>("code");
    QTest::addColumn<bool>("isControl");
    for (const uint code : {0x00u, 0x09u, 0x0Au, 0x1Bu, 0x7Fu, 0x80u, 0x9Bu, 0x9Fu, 0x2028u, 0x202Au, 0x202Eu,
                            0x2066u, 0x2069u})
        QTest::addRow("U+%04X", code) << code << true;
    for (const uint code :
         {0x20u, 0x7Eu, 0xA0u, 0xFCu, 0x2027u, 0x202Fu, 0x2065u, 0x206Au, 0x4E2Du, 0x1F600u})
        QTest::addRow("U+%04X", code) << code << false;
}

void TestCsv::replacesEveryControlCharacter() {
    QFETCH(uint, code);
    QFETCH(bool, isControl);
    const char32_t letter = code;
    const std::string text = "a" + QString::fromUcs4(&letter, 1).toStdString() + "b";
    const std::string replaced =
        replaceControls(text, [&](char32_t found) { return found == letter ? "#" : "another"; });
    QCOMPARE(replaced, isControl ? std::string("a#b") : text);
}

SIMCLR_TEST(TestCsv)
#include "tst_csv.moc"
