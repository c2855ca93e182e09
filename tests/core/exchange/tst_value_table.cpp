// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_escapes.h"
#include "core/exchange/value_table.h"
#include "core/util/json.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

class TestValueTable : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void csvHasNumbersInFull();
    void tsvHasNoTabInsideAField();
    void markdownIsRounded();
    void latexIsRounded();
    void textsAreTextInMarkdown();
    void textsAreTextInLatex();
    void jsonHasNumbersInFull();
    void emptyTableHasItsHeader();
};

namespace {

ValueTable sample() {
    return {{"name", "linear"},
            {{std::string("SimCLR"), NumberCell{0.62345, 0.0123, 2}},
             {std::string("=1+1"), NumberCell{0.5, {}, 2}},
             {std::string("a\tb\n,\"c\""), std::monostate{}}}};
}

} // namespace

void TestValueTable::csvHasNumbersInFull() {
    QCOMPARE(toText(sample(), TableFormat::Csv), std::string("name,linear,sd of linear\n"
                                                             "SimCLR,0.62345,0.0123\n"
                                                             "'=1+1,0.5,\n"
                                                             "\"a\\tb\\n,\"\"c\"\"\",,\n"));
}

void TestValueTable::tsvHasNoTabInsideAField() {
    const std::string text = toText(sample(), TableFormat::Tsv);
    QCOMPARE(std::ranges::count(text, '\t'), std::ptrdiff_t{2 * 4});
    QCOMPARE(std::ranges::count(text, '\n'), std::ptrdiff_t{4});
    QVERIFY(contains(text, "\n'=1+1\t0.5\t\n"));
}

void TestValueTable::markdownIsRounded() {
    QCOMPARE(toText(sample(), TableFormat::Markdown), std::string("| name | linear |\n"
                                                                  "| --- | ---: |\n"
                                                                  "| SimCLR | 0.62 ± 0.01 |\n"
                                                                  "| =1+1 | 0.50 |\n"
                                                                  "| a\\\\tb\\\\n,\\\"c\\\" |  |\n"));
}

void TestValueTable::latexIsRounded() {
    ValueTable table = sample();
    table.rows.pop_back();
    table.rows.push_back({std::string("100 %"), NumberCell{-std::numeric_limits<double>::infinity(), {}, 2}});
    QCOMPARE(toText(table, TableFormat::Latex), std::string("% needs \\usepackage{booktabs}\n"
                                                            "\\begin{tabular}{lr}\n"
                                                            "    \\toprule\n"
                                                            "    name & linear \\\\\n"
                                                            "    \\midrule\n"
                                                            "    SimCLR & $0.62 \\pm 0.01$ \\\\\n"
                                                            "    =1+1 & $0.50$ \\\\\n"
                                                            "    100 \\% & -inf \\\\\n"
                                                            "    \\bottomrule\n"
                                                            "\\end{tabular}\n"));
}

void TestValueTable::jsonHasNumbersInFull() {
    const Json list = parseJson(toText(sample(), TableFormat::JsonList), "the table");
    QCOMPARE(list.size(), std::size_t{3});
    QCOMPARE(list[0], (Json{{"name", "SimCLR"}, {"linear", 0.62345}, {"sd of linear", 0.0123}}));
    QCOMPARE(list[1]["name"].get<std::string>(), std::string("=1+1"));
    QVERIFY(list[2]["linear"].is_null());
}

void TestValueTable::textsAreTextInMarkdown() {
    QCOMPARE(markdownText("<b>|[a](http://x)"), std::string("\\<b\\>\\|\\[a\\](http\\://x)"));
    QCOMPARE(markdownText("www.example.org a.b@c $x$"), std::string("www\\.example.org a.b\\@c \\$x\\$"));
    QCOMPARE(markdownText("\x1b[31m\n"), std::string("\\\\x1b\\[31m\\\\n"));
}

void TestValueTable::textsAreTextInLatex() {
    QCOMPARE(latexText("\\input{x}"), std::string("\\textbackslash{}input\\{x\\}"));
    QCOMPARE(latexText("50% of $a_1^2 & #3~\""),
             std::string("50\\% of \\$a\\_1\\textasciicircum{}2 \\& \\#3\\textasciitilde{}\\char34{}"));
    QCOMPARE(latexText("[1ex]"), std::string("{}[1ex]"));
    QCOMPARE(latexText("a\nb"), std::string("a\\textbackslash{}nb"));
}

void TestValueTable::emptyTableHasItsHeader() {
    const ValueTable table{{"a", "b"}, {}};
    QCOMPARE(toText(table, TableFormat::Csv), std::string("a,b\n"));
    QCOMPARE(toText(table, TableFormat::Markdown), std::string("| a | b |\n| --- | --- |\n"));
    QVERIFY(contains(toText(table, TableFormat::Latex), "\\begin{tabular}{ll}"));
}

SIMCLR_TEST(TestValueTable)
#include "tst_value_table.moc"
