// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/literal.h"
#include "tests/core/query/query_fixture.h"
#include "tests/support/test_support.h"

#include <ctime>

using namespace simclr;
using namespace simclr::test;

namespace {

/// 2026-11-30 08:30:00 UTC, a Monday.
constexpr double now = 1'796'027'400;
constexpr double day = 86'400;

Literal literal(const char *text) {
    return {text, false, {4, std::string(text).size()}};
}

template <typename Read>
bool isRefused(const char *text, Read &&read) {
    const QueryError error = queryErrorOf([&] { read(literal(text)); });
    return isClearMessage(error.what(), text) && error.where() == literal(text).where;
}

} // namespace

/// Numbers, percentages, durations and dates.
class TestLiteral : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        qputenv("TZ", "Europe/Berlin");
        tzset();
    }
    void numbers();
    void shares();
    void durations();
    void truths();
    void choices();
    void momentsInUtc();
    void momentsInLocalTime();
    void relativeMoments();
    void wrongMoments();
};

void TestLiteral::numbers() {
    QCOMPARE(numberOf(literal("0.8")), 0.8);
    QCOMPARE(numberOf(literal("-3")), -3.0);
    QCOMPARE(numberOf(literal("1e-4")), 1e-4);
    QCOMPARE(numberOf(literal("80%")), 0.8);
    QCOMPARE(numberOf(literal("9007199254740991")), 9007199254740991.0);
    for (const char *wrong : {"abc", "1x", "0x10", "nan", "inf", "1e999", "1,5", "%", "8%%", "--1", " 1"})
        QVERIFY2(isRefused(wrong, numberOf), wrong);
    QVERIFY(isRefused("", numberOf));
    QVERIFY(!parseNumber("1 "));
}

void TestLiteral::shares() {
    QCOMPARE(shareOf(literal("0.8")), 0.8);
    QCOMPARE(shareOf(literal("80%")), 0.8);
    QCOMPARE(shareOf(literal("1")), 1.0);
    QVERIFY(isRefused("80", shareOf));
    QVERIFY(contains(queryErrorOf([] { shareOf(literal("80")); }).what(), "written as 80%"));
}

void TestLiteral::durations() {
    QCOMPARE(secondsOf(literal("90")), 90.0);
    QCOMPARE(secondsOf(literal("45s")), 45.0);
    QCOMPARE(secondsOf(literal("10min")), 600.0);
    QCOMPARE(secondsOf(literal("10m")), 600.0);
    QCOMPARE(secondsOf(literal("2h30m")), 9000.0);
    QCOMPARE(secondsOf(literal("2 h 30 min")), 9000.0);
    QCOMPARE(secondsOf(literal("1.5W")), 1.5 * 7 * day);
    QCOMPARE(secondsOf(literal("7d")), 7 * day);
    for (const char *wrong : {"2x", "h", "2h30", "2hours", "-2h", "1h-1m"})
        QVERIFY2(isRefused(wrong, secondsOf), wrong);
}

void TestLiteral::truths() {
    for (const char *text : {"true", "Yes", "1"})
        QVERIFY(truthOf(literal(text)));
    for (const char *text : {"false", "NO", "0"})
        QVERIFY(!truthOf(literal(text)));
    QVERIFY(isRefused("maybe", truthOf));
}

void TestLiteral::choices() {
    const std::vector<std::string> statuses = sampleNames().statuses;
    QCOMPARE(choiceOf(literal("Completed"), statuses), std::string("completed"));
    const QueryError error = queryErrorOf([&] { choiceOf(literal("kompleted"), statuses); });
    QVERIFY2(isClearMessage(error.what(), "did you mean completed?"), error.what());
}

void TestLiteral::momentsInUtc() {
    const auto range = [](const char *text) { return momentOf(literal(text), now); };
    QCOMPARE(range("2026-11-30T08:30:00Z").from, now);
    QCOMPARE(range("2026-11-30T08:30:00Z").to, now + 1);
    QCOMPARE(range("2026-11-30 08:30Z").to, now + 60);
    QCOMPARE(range("2026-11-30Z").from, now - 8.5 * 3600);
    QCOMPARE(range("2026-11-30Z").to - range("2026-11-30Z").from, day);
    QCOMPARE(range("2024-02Z").to - range("2024-02Z").from, 29 * day);
    QCOMPARE(range("2024-12Z").to, range("2025Z").from);
    QCOMPARE(range("2024Z").to - range("2024Z").from, 366 * day);
}

/// Berlin is an hour ahead in winter; its last Sunday in October has 25 hours.
void TestLiteral::momentsInLocalTime() {
    const auto range = [](const char *text) { return momentOf(literal(text), now); };
    QCOMPARE(range("2026-11-30T09:30").from, now);
    QCOMPARE(range("2026-10-25").to - range("2026-10-25").from, 25 * 3600.0);
}

void TestLiteral::relativeMoments() {
    const MomentRange today = momentOf(literal("today"), now);
    QCOMPARE(today.from, now - 9.5 * 3600);
    QCOMPARE(today.to, today.from + day);
    QCOMPARE(momentOf(literal("Yesterday"), now).to, today.from);
    QCOMPARE(momentOf(literal("-7d"), now).from, now - 7 * day);
    QCOMPARE(momentOf(literal("-2h30m"), now).to, now - 9000);
}

void TestLiteral::wrongMoments() {
    for (const char *wrong :
         {"2026-13", "2026-02-30", "2026-11-01T25:00", "2026-11-01T10", "26-11-01", "2026-1-1", "01.11.2026",
          "7d", "-7", "-7x", "tomorrow", "2026-11-01T14:30:05.5Z", "2026-11-01z1"})
        QVERIFY2(isRefused(wrong, [](const Literal &text) { return momentOf(text, now); }), wrong);
    const std::string endless(9000, '1');
    QVERIFY(queryErrorOf([&] { momentOf({endless, false, {}}, now); }).what() != std::string());
}

SIMCLR_TEST(TestLiteral)
#include "tst_literal.moc"
