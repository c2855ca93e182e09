// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/completion.h"
#include "tests/core/query/query_fixture.h"
#include "tests/support/test_support.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

namespace {

std::vector<std::string> values(const FieldName &field) {
    if (field.name == "tag")
        return {"paper", "final draft", "and"};
    return field.name == "encoder" ? std::vector<std::string>{"resnet50", "resnet18"}
                                   : std::vector<std::string>();
}

/// At the "|" in `marked`.
Completion at(std::string marked) {
    const std::size_t cursor = marked.find('|');
    marked.erase(cursor, 1);
    return completionsAt(marked, cursor, sampleNames(), values);
}

std::string first(const char *marked) {
    const Completion completion = at(marked);
    return completion.texts.empty() ? "" : completion.texts.front();
}

/// The line after the first completion was accepted.
std::string accepted(std::string marked) {
    const Completion completion = at(marked);
    marked.erase(marked.find('|'), 1);
    return marked.replace(completion.replaced.begin, completion.replaced.length,
                          completion.texts.empty() ? "" : completion.texts.front());
}

bool offers(const char *marked, const char *text) {
    return std::ranges::count(at(marked).texts, text) == 1;
}

} // namespace

/// What is offered while a filter is typed.
class TestCompletion : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void fields();
    void operatorsFitTheField();
    void valuesOfTheField();
    void connectives();
    void replacesTheTypedPart();
    void wrongLinesOfferNothing();
    void neverFailsAtAnyCursor();
};

void TestCompletion::fields() {
    for (const char *text :
         {"name", "linear", "linear.test", "encoder", "optimiser.decay", "loss", "best(", "not"})
        QVERIFY2(offers("|", text), text);
    for (const char *marked : {"name = a and |", "not |", "(|", "a = 1 or (b = 2 and |"})
        QVERIFY2(offers(marked, "encoder"), marked);
    QCOMPARE(first("enc|"), std::string("encoder"));
    QVERIFY(offers("mom|", "optimiser.momentum")); // contains it
    QVERIFY(!offers("enc|", "name"));
    QCOMPARE(first("best(|"), std::string("loss"));
    QVERIFY(offers("best(|", "train/accuracy") && !offers("best(|", "encoder"));
    QCOMPARE(first("best(loss |"), std::string(")"));
    QCOMPARE(first("at(loss |"), std::string(","));
    QCOMPARE(at("mean(loss, |").texts, (std::vector<std::string>{"10", "100"}));
    QCOMPARE(first("mean(loss, 50 |"), std::string(")"));
    QVERIFY(offers("at(loss, 50) |", "<") && offers("|", "at("));
}

void TestCompletion::operatorsFitTheField() {
    QVERIFY(offers("linear |", ">") && !offers("linear |", "~"));
    QVERIFY(offers("best(loss) |", "<") && !offers("best(loss) |", "~"));
    QVERIFY(offers("tag |", "in (") && !offers("tag |", "<"));
    QVERIFY(offers("name |", "~") && offers("encoder |", "="));
    QVERIFY(offers("starred |", "and") && !offers("starred |", "<"));
    QVERIFY(offers("crop |", "and") && !offers("crop |", "=")); // a word that is searched for
    QCOMPARE(at("tag not |").texts, (std::vector<std::string>{"in ("}));
    QVERIFY(offers("note is |", "empty") && offers("note is not |", "empty"));
}

void TestCompletion::valuesOfTheField() {
    QCOMPARE(at("encoder = |").texts, (std::vector<std::string>{"resnet50", "resnet18"}));
    QCOMPARE(at("encoder = resnet1|").texts, (std::vector<std::string>{"resnet18"}));
    const std::vector<std::string> tags{"paper", "\"final draft\"", "\"and\""};
    QCOMPARE(at("tag = |").texts, tags);
    QCOMPARE(at("tag in (|").texts, tags);
    QCOMPARE(at("tag in (paper, |").texts, tags);
    QCOMPARE(at("tag = \"fin|").texts, (std::vector<std::string>{"\"final draft\""}));
    QCOMPARE(at("starred = |").texts, (std::vector<std::string>{"true", "false"}));
    QVERIFY(offers("created > |", "today") && offers("age < |", "7d"));
    QVERIFY(at("linear > |").texts.empty());
}

void TestCompletion::connectives() {
    for (const char *marked : {"name = a |", "(name = a) |", "note is empty |", "tag in (a) |"})
        QCOMPARE(at(marked).texts, (std::vector<std::string>{"and", "or"}));
    QCOMPARE(at("tag in (a |").texts, (std::vector<std::string>{",", ")"}));
}

void TestCompletion::replacesTheTypedPart() {
    QCOMPARE(accepted("enc|"), std::string("encoder"));
    QCOMPARE(accepted("name ~ größe and enc|od = 3"), std::string("name ~ größe and encoder = 3"));
    QCOMPARE(accepted("tag = \"fin|"), std::string("tag = \"final draft\""));
    QCOMPARE(accepted("encoder = |"), std::string("encoder = resnet50"));
    QCOMPARE(accepted("encoder =|"), std::string("encoder =resnet50"));
    QCOMPARE(accepted("enc| = 3"), std::string("encoder = 3"));
}

void TestCompletion::wrongLinesOfferNothing() {
    for (const char *marked : {"a = = |", "a in b |", ") |", "a ! |", "\xff|", "name = a b |"})
        QVERIFY2(at(marked).texts.empty(), marked);
}

void TestCompletion::neverFailsAtAnyCursor() {
    const std::string line =
        "(größe > 80% or tag not in (a, \"b c\")) and not best(loss) is empty and \"open";
    for (std::size_t cursor = 0; cursor <= line.size() + 3; ++cursor) {
        const Completion completion = completionsAt(line, cursor, sampleNames(), values);
        QVERIFY(completion.replaced.end() <= line.size());
    }
    QVERIFY(completionsAt(line, 0, KnownNames(), nullptr).texts.size() > 10);
}

SIMCLR_TEST(TestCompletion)
#include "tst_completion.moc"
