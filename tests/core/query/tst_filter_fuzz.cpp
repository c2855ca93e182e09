// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/completion.h"
#include "tests/core/query/query_fixture.h"
#include "tests/support/test_support.h"

#include <random>

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr std::array pieces{"and",        "or",   "not", "in",      "is",    "empty",   "(",
                            ")",          ",",    "=",   "!=",      "<",     "<=",      ">",
                            ">=",         "~",    "!~",  "!",       "name",  "linear",  "tag",
                            "loss",       "best", "0.8", "80%",     "2h",    "today",   "\"",
                            "'",          "\\",   " ",   "\"a b\"", "größe", "\xff",    "\x01",
                            "2026-11-01", "%",    "_",   ";",       "--",    "starred", "encoder"};

std::string randomLine(std::mt19937 &random) {
    std::string line;
    for (auto left = random() % 30; left > 0; --left) {
        line += pieces[random() % pieces.size()];
        line += random() % 3 > 0 ? " " : "";
    }
    return line;
}

/// Resolves every field, as a compiler of filters does.
void resolveAll(const Expression &filter) {
    if (const auto *group = std::get_if<Group>(&filter.node)) {
        for (const Expression &part : group->parts)
            resolveAll(part);
        return;
    }
    const auto resolve = [](const auto &condition) {
        if constexpr (requires { condition.field; })
            resolveField(condition.field, sampleNames());
    };
    std::visit(resolve, std::get<Condition>(filter.node));
}

} // namespace

/// Random sequences of tokens, with a fixed seed.
class TestFilterFuzz : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void errorsAreInsideTheLine();
    void bytesAreInsideTheLine();
    void completionIsInsideTheLine();
};

void TestFilterFuzz::errorsAreInsideTheLine() {
    std::mt19937 random(1);
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string line = randomLine(random);
        const QueryError error = queryErrorOf([&] { resolveAll(parseFilter(line)); });
        QVERIFY2(error.where().end() <= line.size(), line.c_str());
        accepted += *error.what() == '\0' ? 1 : 0;
    }
    QVERIFY(accepted > 500 && accepted < 19'000);
}

void TestFilterFuzz::bytesAreInsideTheLine() {
    std::mt19937 random(2);
    for (int i = 0; i < 20'000; ++i) {
        std::string line(random() % 20, ' ');
        for (char &byte : line)
            byte = static_cast<char>(random() % 256);
        QVERIFY(queryErrorOf([&] { parseFilter(line); }).where().end() <= line.size());
    }
}

void TestFilterFuzz::completionIsInsideTheLine() {
    std::mt19937 random(3);
    const auto values = [](const FieldName &) { return std::vector<std::string>{"a b", "c"}; };
    for (int i = 0; i < 5'000; ++i) {
        const std::string line = randomLine(random);
        const Completion completion =
            completionsAt(line, random() % (line.size() + 1), sampleNames(), values);
        QVERIFY(completion.replaced.end() <= line.size());
    }
}

SIMCLR_TEST(TestFilterFuzz)
#include "tst_filter_fuzz.moc"
