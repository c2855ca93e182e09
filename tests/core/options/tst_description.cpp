// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/options/description.h"

#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestDescription : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initialValuesAreTheDefaults();
    void jsonKeepsEveryMember();
    void missingMembersKeepTheirDefaults();
    void writesOneMember();
    void refusesAndChangesNothing();
    void refusesUnknownMembers();
    void refusesWhatIsNoObject();
};

namespace {

struct Options {
    std::int64_t count = 4;
    int small = 2;
    double rate = 0.1;
    Range area{0.08, 1};
    bool fast = true;
    std::string mode = "auto";
    std::string note = "n";
    bool operator==(const Options &) const = default;
};

Parameter named(const std::string &id, double minimum = 0, double maximum = 100) {
    Parameter parameter;
    parameter.id = id;
    parameter.minimum = minimum;
    parameter.maximum = maximum;
    return parameter;
}

Parameter modes() {
    Parameter parameter = named("mode");
    parameter.choices = {{"auto", "Auto"}, {"manual", "Manual"}};
    return parameter;
}

const Description<Options> &description() {
    static const auto all = Description<Options>()
                                .integer(&Options::count, named("count"))
                                .integer(&Options::small, named("small"))
                                .real(&Options::rate, named("rate"))
                                .interval(&Options::area, named("area", 0, 1))
                                .boolean(&Options::fast, named("fast"))
                                .choice(&Options::mode, modes())
                                .text(&Options::note, named("note"));
    return all;
}

} // namespace

void TestDescription::initialValuesAreTheDefaults() {
    QCOMPARE(description().schema().size(), std::size_t{7});
    QVERIFY(initialValues(description().schema()) == description().read(Options{}));
    QVERIFY(description().parameter("area", "test").kind == ParameterKind::Interval);
    QVERIFY(description().parameter("small", "test").initial == Value(std::int64_t{2}));
}

void TestDescription::jsonKeepsEveryMember() {
    const Options changed{9, 8, 0.7, {0.2, 0.3}, false, "manual", "Grüße"};
    const Json json = description().toJson(changed);
    QVERIFY(description().fromJson(Json::parse(json.dump()), "options") == changed);
    QCOMPARE(json.begin().key(), std::string("count")); // in the order of the description
}

void TestDescription::missingMembersKeepTheirDefaults() {
    const Options options = description().fromJson(Json::parse(R"({"rate": 0.5})"), "options");
    Options expected;
    expected.rate = 0.5;
    QVERIFY(options == expected);
}

void TestDescription::writesOneMember() {
    Options options;
    description().write(options, "small", std::int64_t{5}, "--set");
    QCOMPARE(options.small, 5);
    description().write(options, Values{{"fast", false}, {"rate", 2.0}}, "--set");
    QVERIFY(!options.fast);
    QCOMPARE(options.rate, 2.0);
}

void TestDescription::refusesAndChangesNothing() {
    Options options;
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>(
                               [&] { description().write(options, "count", std::int64_t{101}, "--set"); }),
                           "--set: \"count\" is 101"));
    QVERIFY(isClearMessage(
        thrownMessage<InvalidInput>([&] { description().write(options, "mode", std::string("x"), "--set"); }),
        "auto, manual"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] {
                               description().write(options, "area", Range{1, 0}, "--set");
                           }),
                           "swapped"));
    QVERIFY(options == Options{});
}

void TestDescription::refusesUnknownMembers() {
    Options options;
    const std::string written =
        thrownMessage<InvalidInput>([&] { description().write(options, "speed", 1.0, "--set"); });
    QVERIFY2(isClearMessage(written, "--set has no \"speed\"; known keys: count, small"), written.c_str());
    const std::string read =
        thrownMessage<InvalidInput>([] { description().fromJson(Json::parse(R"({"speed": 1})"), "run 3"); });
    QVERIFY2(isClearMessage(read, "run 3 has no \"speed\""), read.c_str());
}

void TestDescription::refusesWhatIsNoObject() {
    for (const char *text : {"[]", "1", "null", "\"count\""})
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { description().fromJson(Json::parse(text), "run 3"); }),
            "run 3 must be a JSON object"));
}

SIMCLR_TEST(TestDescription)
#include "tst_description.moc"
