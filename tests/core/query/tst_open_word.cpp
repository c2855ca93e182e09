// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/open_word.h"
#include "tests/core/query/query_fixture.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

/// "WORD after BEFORE"; empty if no word is open.
std::string open(const char *line) {
    const auto word = openWordOf(line, sampleNames());
    return word ? word->word + " after " + word->before : std::string();
}

} // namespace

/// Words that may still become a condition while a filter is typed.
class TestOpenWord : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void beginsOfFieldsAreOpen() {
        for (const char *line : {"l", "lin", "linear", "linear ", "LIN", "linear.val", "enc", "optimiser.m"})
            QVERIFY2(!open(line).empty(), line);
        for (const char *line : {"bes", "at", "mean"}) // functions
            QVERIFY2(!open(line).empty(), line);
        QCOMPARE(open("lin"), std::string("lin after "));
    }
    void otherWordsAreSearchedFor() {
        for (const char *line : {"crop", "resnet18", "linearity", "\"lin\"", "'lin", "", "  ", "0.5"})
            QVERIFY2(open(line).empty(), line);
    }
    /// What follows a word is another word: a line of words only.
    void severalWordsAreSearchedFor() {
        for (const char *line : {"crop lin", "lin crop", "lin lin"})
            QVERIFY2(open(line).empty(), line);
    }
    void conditionsAreNotOpen() {
        for (const char *line : {"linear >", "linear > 0.5", "name ~ lin", "tag in (lin", "starred",
                                 "not starred", "a = 1 and trashed", "note is", "best(lo"})
            QVERIFY2(open(line).empty(), line);
    }
    void theRestIsWhatIsMeant() {
        QCOMPARE(open("name ~ crop and lin"), std::string("lin after name ~ crop"));
        QCOMPARE(open("name ~ crop or not lin"), std::string("lin after name ~ crop"));
        QCOMPARE(open("not lin"), std::string("lin after "));
        QCOMPARE(open("(a = 1) and (b = 2) and enc "), std::string("enc after (a = 1) and (b = 2)"));
    }
    void wrongLinesHaveNone() {
        for (const char *line : {"a = = lin", "\x01 lin", "name = a b lin"})
            QVERIFY2(open(line).empty(), line);
    }
};

SIMCLR_TEST(TestOpenWord)
#include "tst_open_word.moc"
