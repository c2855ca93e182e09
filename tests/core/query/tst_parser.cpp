// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/lexer.h"
#include "tests/core/query/query_fixture.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

std::string repeated(const std::string &text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

QueryError errorOf(const std::string &line) {
    return queryErrorOf([&] { parseFilter(line); });
}

} // namespace

/// The grammar of the filter line.
class TestParser : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void readsLines_data();
    void readsLines();
    void refusesLines_data();
    void refusesLines();
    void placesAreInTheLine();
    void countsCodePoints();
    void limitsLength();
    void limitsDepth();
    void limitsWords();
    void refusesHostileBytes();
    void quotedTextIsReadBack_data();
    void quotedTextIsReadBack();
    void readsSortKeys();
};

void TestParser::readsLines_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("meaning");
    const auto row = [](const char *line, const char *meaning) { QTest::newRow(line) << line << meaning; };
    row("", "()");
    row("  \t ", "()");
    row("crop", "crop");
    row("crop colour", "(crop AND colour)");
    row("\"crop only\" 256", "('crop only' AND 256)");
    row("crop-only:2 don't", "(crop-only:2 AND don't)");
    row("linear > 0.8", "linear > 0.8");
    row("linear>0.8", "linear > 0.8");
    row("a=1 and b!=2 and c<3 and d<=4 and e>5 and f>=6 and g~7 and h!~8",
        "(a = 1 AND b != 2 AND c < 3 AND d <= 4 AND e > 5 AND f >= 6 AND g ~ 7 AND h !~ 8)");
    row("a == 1", "a = 1");
    row("a = -1e-4", "a = -1e-4");
    row("linear > 80%", "linear > 80%");
    row("linear > 0.8 and encoder = resnet18 and tag in (paper, final) and best(loss) < 5 and name ~ crop",
        "(linear > 0.8 AND encoder = resnet18 AND tag IN [paper final] AND best(loss) < 5 AND name ~ crop)");
    // not before and before or
    row("a = 1 or b = 2 and c = 3", "(a = 1 OR (b = 2 AND c = 3))");
    row("a = 1 and b = 2 or c = 3", "((a = 1 AND b = 2) OR c = 3)");
    row("(a = 1 or b = 2) and c = 3", "((a = 1 OR b = 2) AND c = 3)");
    row("not a = 1 and b = 2", "(NOT a = 1 AND b = 2)");
    row("not (a = 1 and b = 2)", "NOT (a = 1 AND b = 2)");
    row("not not starred", "NOT NOT starred");
    row("NOT a = 1 OR b = 2 AND c IS EMPTY", "(NOT a = 1 OR (b = 2 AND c IS EMPTY))");
    row("((a = 1))", "a = 1");
    row("tag not in (a,\"b c\")", "tag NOT IN [a 'b c']");
    row("tag in (a)", "tag IN [a]");
    row("note is empty", "note IS EMPTY");
    row("note is not empty", "note IS NOT EMPTY");
    row("starred and crop", "(starred AND crop)");
    row("name = \"a \\\"b\\\" \\\\ \\n\"", "name = 'a \"b\" \\ \n'");
    row("name = 'a \"b\"'", "name = 'a \"b\"'");
    row("name = \"and\"", "name = 'and'");
    row("\"train loss\" < 5", "train loss < 5");
    row("best(\"train loss\") < 5", "best(train loss) < 5");
    row("at(loss, 50) < 5 and mean(loss,100) > 1", "(at(loss, 50) < 5 AND mean(loss, 100) > 1)");
    row("name ~ Größe", "name ~ Größe");
    row("name = \"%_;'--\"", "name = '%_;'--'");
}

void TestParser::readsLines() {
    QFETCH(QString, line);
    QFETCH(QString, meaning);
    QCOMPARE(textOf(parseFilter(line.toStdString())), meaning.toStdString());
}

void TestParser::refusesLines_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part"); // of the message
    QTest::addColumn<int>("position"); // in bytes
    QTest::addColumn<int>("length");
    const auto row = [](const char *line, const char *part, int position, int length) {
        QTest::newRow(line) << line << part << position << length;
    };
    row("linear >", "expected a value", 8, 0);
    row("linear > and", "expected a value", 9, 3);
    row("> 0.8", "expected the name of a field", 0, 1);
    row("a = 1 and", "missing at the end", 9, 0);
    row("a = 1 or ) ", "expected the name of a field", 9, 1);
    row("a = 1 b = 2", "expected \"and\" or \"or\" here; text with spaces needs quotation marks", 6, 1);
    row("name = crop only", "needs quotation marks", 12, 4);
    row("name = \"crop\" only", "expected \"and\" or \"or\" here", 14, 4);
    row("(a = 1", "closing parenthesis is missing", 0, 1);
    row("(a = 1 b", "expected \"and\", \"or\" or \")\"", 7, 1);
    row("a = 1)", "was not opened", 5, 1);
    row("a in b", "expected \"(\"", 5, 1);
    row("a in ()", "expected a value", 6, 1);
    row("a in (b c)", "expected \",\" or \")\"", 8, 1);
    row("a in (b,)", "expected a value", 8, 1);
    row("a in (b", "expected \",\" or \")\"", 7, 0);
    row("a is null", "expected \"empty\"", 5, 4);
    row("a is not 3", "expected \"empty\"", 9, 1);
    row("a not = 3", "expected \"and\" or \"or\"", 2, 3);
    row("best(loss)", "expected an operator", 10, 0);
    row("best(loss", "expected \")\"", 9, 0);
    row("at(loss, ) < 1", "expected a number", 9, 1);
    row("at(loss, 1, 2) < 1", "expected \")\"", 10, 1);
    row("best() < 1", "name of a metric", 5, 1);
    row("a ! 3", "unknown operator", 2, 1);
    row("a = \"open", "quotation mark is missing", 4, 5);
    row("a = \"\\q\"", "unknown escape", 5, 1);
    row("größe = ", "expected a value", 10, 0);
    row("a, b", "expected \"and\" or \"or\"", 1, 1);
}

void TestParser::refusesLines() {
    QFETCH(QString, line);
    QFETCH(QString, part);
    QFETCH(int, position);
    QFETCH(int, length);
    const QueryError error = errorOf(line.toStdString());
    QVERIFY2(isClearMessage(error.what(), part.toStdString()), error.what());
    QCOMPARE(error.where().begin, static_cast<std::size_t>(position));
    QCOMPARE(error.where().length, static_cast<std::size_t>(length));
}

void TestParser::placesAreInTheLine() {
    const std::string line = "  best( loss ) <= \"5 %\"";
    const auto comparison = std::get<Comparison>(std::get<Condition>(parseFilter(line).node));
    QCOMPARE(line.substr(comparison.field.where.begin, comparison.field.where.length),
             std::string("best( loss )"));
    QCOMPARE(line.substr(comparison.value.where.begin, comparison.value.where.length),
             std::string("\"5 %\""));
}

void TestParser::countsCodePoints() {
    const std::string line = "größe ~ é and ß >";
    const TextRange where = inCodePoints(line, errorOf(line).where());
    QCOMPARE(where.begin, std::size_t{17});
    QCOMPARE(where.length, std::size_t{0});
    QCOMPARE(inCodePoints("aéb", {1, 2}).length, std::size_t{1});
}

void TestParser::limitsLength() {
    QCOMPARE(errorOf(std::string(longestFilter, 'a')).what(), "");
    QVERIFY(isClearMessage(errorOf(std::string(longestFilter + 1, 'a')).what(), "10001 characters"));
    QCOMPARE(errorOf(repeated("é", static_cast<int>(longestFilter))).what(), "");
}

void TestParser::limitsDepth() {
    for (const char *open : {"(", "not ", "not ("}) {
        const std::string close = std::string(open).ends_with('(') ? ")" : "";
        const int levels = std::string(open) == "not (" ? 2 : 1;
        const auto nested = [&](int depth) {
            return repeated(open, depth / levels) + "a = 1" + repeated(close, depth / levels);
        };
        QCOMPARE(errorOf(nested(deepestFilter)).what(), "");
        const QueryError error = errorOf(nested(deepestFilter + levels));
        QVERIFY2(isClearMessage(error.what(), "nested more than 100"), error.what());
        QVERIFY(error.where().length > 0);
    }
    QVERIFY(isClearMessage(errorOf(std::string(longestFilter, '(')).what(), "nested"));
}

void TestParser::limitsWords() {
    const int most = static_cast<int>(mostWords);
    for (const std::string separator : {" ", " and ", " or not "}) {
        const std::string line = "a" + repeated(separator + "a", most - 1);
        QCOMPARE(errorOf(line).what(), "");
        const QueryError error = errorOf(line + separator + "bc");
        QVERIFY2(isClearMessage(error.what(), "more than 200 words"), error.what());
        QCOMPARE(error.where(), (TextRange{line.size() + separator.size(), 2}));
    }
    QCOMPARE(errorOf("a = 1" + repeated(" and a = 1", most + 1)).what(), ""); // no words
}

void TestParser::refusesHostileBytes() {
    using namespace std::string_literals;
    QCOMPARE(errorOf("a = \"b\0c\""s).where(), (TextRange{6, 1}));
    QVERIFY(isClearMessage(errorOf("a = b\x1b[31m"s).what(), "control character"));
    const QueryError error = errorOf("a = \xff\xfe");
    QVERIFY(isClearMessage(error.what(), "not UTF-8"));
    QCOMPARE(error.where(), (TextRange{4, 1}));
    QVERIFY(isClearMessage(errorOf("a = \xc3").what(), "not UTF-8")); // cut off
}

void TestParser::quotedTextIsReadBack_data() {
    QTest::addColumn<QString>("value");
    for (const char *value : {"resnet18", "a b", "", "and", "IN", "\"", "'", "'a", "a\\b", "a\nb", "(", "a,b",
                              "a=b", "Größe", "%_", "x; DROP TABLE runs", "80%", "don't"})
        QTest::newRow(value) << value;
}

void TestParser::quotedTextIsReadBack() {
    QFETCH(QString, value);
    const std::string line = "name = " + quotedIfNeeded(value.toStdString());
    const auto comparison = std::get<Comparison>(std::get<Condition>(parseFilter(line).node));
    QCOMPARE(comparison.value.text, value.toStdString());
    QCOMPARE(comparison.field.name, std::string("name"));
    QVERIFY(quotedIfNeeded("resnet18") == "resnet18");
}

void TestParser::readsSortKeys() {
    const SortKey plain = parseSortKey("best(loss)");
    QCOMPARE(textOf(plain.field), std::string("best(loss)"));
    QVERIFY(!plain.isDescending);
    QVERIFY(parseSortKey("linear:desc").isDescending);
    QVERIFY(!parseSortKey("linear:asc").isDescending);
    QCOMPARE(parseSortKey("linear:desc").field.name, std::string("linear"));
    for (const char *wrong : {"", ":desc", "a b", "a = 1", "a:up down", "best("})
        QVERIFY2(queryErrorOf([&] { parseSortKey(wrong); }).what() != std::string(), wrong);
}

SIMCLR_TEST(TestParser)
#include "tst_parser.moc"
