// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/options/parameter.h"

#include "core/util/error.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

class TestParameter : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void findsById();
    void readsJson_data();
    void readsJson();
    void refusesJson_data();
    void refusesJson();
    void readsText_data();
    void readsText();
    void refusesText_data();
    void refusesText();
    void checksValues();
    void numbersSurviveText_data();
    void numbersSurviveText();
    void valuesSurviveJsonAndText();
};

namespace {

/// One parameter of each kind; numbers from -1 to 10.
Schema schema() {
    Schema all;
    const auto add = [&all](const std::string &id, ParameterKind kind, Value initial) {
        Parameter parameter;
        parameter.id = id;
        parameter.kind = kind;
        parameter.initial = std::move(initial);
        parameter.minimum = -1;
        parameter.maximum = 10;
        all.push_back(std::move(parameter));
    };
    add("boolean", ParameterKind::Boolean, true);
    add("integer", ParameterKind::Integer, std::int64_t{3});
    add("real", ParameterKind::Real, 0.5);
    add("interval", ParameterKind::Interval, Range{0.08, 1});
    add("choice", ParameterKind::Choice, std::string("linear"));
    add("text", ParameterKind::Text, std::string("auto"));
    all[4].choices = {{"linear", "Linear"}, {"none", "None"}};
    return all;
}

Parameter parameter(const QString &id) {
    const Schema all = schema();
    return *find(all, id.toStdString());
}

} // namespace

void TestParameter::findsById() {
    const Schema all = schema();
    QCOMPARE(find(all, "real"), &all[2]);
    QVERIFY(find(all, "Real") == nullptr);
    const Values values = initialValues(all);
    QCOMPARE(values.size(), all.size());
    QVERIFY(values.at("interval") == Value(Range{0.08, 1}));
}

void TestParameter::readsJson_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("text");
    QTest::newRow("boolean") << "boolean" << QByteArray("false") << "false";
    QTest::newRow("integer") << "integer" << QByteArray("7") << "7";
    QTest::newRow("integer, written as real") << "integer" << QByteArray("7.0") << "7";
    QTest::newRow("negative integer") << "integer" << QByteArray("-1") << "-1";
    QTest::newRow("real") << "real" << QByteArray("0.25") << "0.25";
    QTest::newRow("real, written as integer") << "real" << QByteArray("10") << "10";
    QTest::newRow("interval") << "interval" << QByteArray("[0.2,0.9]") << "0.2,0.9";
    QTest::newRow("interval of one point") << "interval" << QByteArray("[1,1]") << "1,1";
    QTest::newRow("choice") << "choice" << QByteArray("\"none\"") << "none";
    QTest::newRow("text") << "text" << QByteArray("\"cuda:0\"") << "cuda:0";
}

void TestParameter::readsJson() {
    QFETCH(QString, id);
    QFETCH(QByteArray, json);
    QFETCH(QString, text);
    const Value value = valueFromJson(parameter(id), Json::parse(json.toStdString()), "owner");
    QCOMPARE(toText(value), text.toStdString());
}

void TestParameter::refusesJson_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("cause");
    QTest::newRow("boolean: number") << "boolean" << QByteArray("1") << "true or false";
    QTest::newRow("boolean: text") << "boolean" << QByteArray("\"true\"") << "true or false";
    QTest::newRow("integer: fraction") << "integer" << QByteArray("2.5") << "whole number";
    QTest::newRow("integer: huge") << "integer" << QByteArray("1e30") << "whole number";
    QTest::newRow("integer: too large") << "integer" << QByteArray("11") << "from -1 to 10";
    QTest::newRow("integer: text") << "integer" << QByteArray("\"3\"") << "whole number";
    QTest::newRow("real: negative") << "real" << QByteArray("-1.001") << "from -1 to 10";
    QTest::newRow("real: too large") << "real" << QByteArray("10.001") << "from -1 to 10";
    QTest::newRow("real: boolean") << "real" << QByteArray("true") << "a number";
    QTest::newRow("real: null") << "real" << QByteArray("null") << "a number";
    QTest::newRow("real: list") << "real" << QByteArray("[1]") << "a number";
    QTest::newRow("interval: swapped") << "interval" << QByteArray("[1,0.5]") << "swapped";
    QTest::newRow("interval: negative") << "interval" << QByteArray("[-2,1]") << "from -1 to 10";
    QTest::newRow("interval: three") << "interval" << QByteArray("[0,1,2]") << "two numbers";
    QTest::newRow("interval: one") << "interval" << QByteArray("[0]") << "two numbers";
    QTest::newRow("interval: number") << "interval" << QByteArray("0.5") << "two numbers";
    QTest::newRow("interval: texts") << "interval" << QByteArray("[\"0\",\"1\"]") << "two numbers";
    QTest::newRow("choice: unknown") << "choice" << QByteArray("\"cubic\"") << "one of: linear, none";
    QTest::newRow("choice: number") << "choice" << QByteArray("0") << "a text";
    QTest::newRow("text: object") << "text" << QByteArray("{}") << "a text";
}

void TestParameter::refusesJson() {
    QFETCH(QString, id);
    QFETCH(QByteArray, json);
    QFETCH(QString, cause);
    const std::string message = thrownMessage<InvalidInput>(
        [&] { valueFromJson(parameter(id), Json::parse(json.toStdString()), "Colour jitter"); });
    QVERIFY2(isClearMessage(message, "Colour jitter: \"" + id.toStdString() + "\""), message.c_str());
    QVERIFY2(contains(message, cause.toStdString()), message.c_str());
}

void TestParameter::readsText_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normal");
    QTest::newRow("true") << "boolean"
                          << "true"
                          << "true";
    QTest::newRow("on") << "boolean"
                        << "on"
                        << "true";
    QTest::newRow("0") << "boolean"
                       << "0"
                       << "false";
    QTest::newRow("integer") << "integer"
                             << "4"
                             << "4";
    QTest::newRow("exponent") << "real"
                              << "1e-6"
                              << "1e-06";
    QTest::newRow("interval") << "interval"
                              << "0.080,1.0"
                              << "0.08,1";
    QTest::newRow("choice") << "choice"
                            << "none"
                            << "none";
    QTest::newRow("text with spaces") << "text"
                                      << " a b "
                                      << " a b ";
}

void TestParameter::readsText() {
    QFETCH(QString, id);
    QFETCH(QString, text);
    QFETCH(QString, normal);
    QCOMPARE(toText(valueFromText(parameter(id), text.toStdString(), "--set")), normal.toStdString());
}

void TestParameter::refusesText_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::newRow("boolean") << "boolean"
                             << "maybe";
    QTest::newRow("empty integer") << "integer"
                                   << "";
    QTest::newRow("fraction") << "integer"
                              << "1.5";
    QTest::newRow("rest after a number") << "real"
                                         << "1.5x";
    QTest::newRow("comma as decimal point") << "real"
                                            << "1,5";
    QTest::newRow("NaN") << "real"
                         << "nan";
    QTest::newRow("infinite") << "real"
                              << "inf";
    QTest::newRow("overflow") << "real"
                              << "1e999";
    QTest::newRow("NaN end") << "interval"
                             << "nan,1";
    QTest::newRow("swapped") << "interval"
                             << "1,0";
    QTest::newRow("one end") << "interval"
                             << "1";
    QTest::newRow("three ends") << "interval"
                                << "0,1,2";
    QTest::newRow("choice") << "choice"
                            << "None";
}

void TestParameter::refusesText() {
    QFETCH(QString, id);
    QFETCH(QString, text);
    const std::string message =
        thrownMessage<InvalidInput>([&] { valueFromText(parameter(id), text.toStdString(), "--set"); });
    QVERIFY2(isClearMessage(message, "--set: \"" + id.toStdString() + "\""), message.c_str());
}

void TestParameter::checksValues() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const auto refused = [](const QString &id, const Value &value) {
        return isClearMessage(thrownMessage<InvalidInput>([&] { checkValue(parameter(id), value, "owner"); }),
                              "owner");
    };
    QVERIFY(refused("real", nan));
    QVERIFY(refused("real", infinity));
    QVERIFY(refused("interval", Range{0, nan}));
    QVERIFY(refused("interval", Range{-infinity, 1}));
    QVERIFY(refused("interval", Range{0.5, 0.4}));
    QVERIFY(refused("real", std::int64_t{1})); // another alternative of the variant
    QVERIFY(refused("text", true));
    QVERIFY(!refused("real", -1.0));
    QVERIFY(!refused("real", 10.0));
    QVERIFY(!refused("interval", Range{-1, 10}));
}

void TestParameter::numbersSurviveText_data() {
    QTest::addColumn<double>("number");
    QTest::addColumn<QString>("text");
    QTest::newRow("tenth") << 0.1 << "0.1";
    QTest::newRow("whole") << 32.0 << "32";
    QTest::newRow("third") << 1.0 / 3 << "0.3333333333333333";
    QTest::newRow("small") << 1e-06 << "1e-06";
    QTest::newRow("negative") << -2.5 << "-2.5";
}

void TestParameter::numbersSurviveText() {
    QFETCH(double, number);
    QFETCH(QString, text);
    QCOMPARE(numberText(number), text.toStdString());
    QCOMPARE(std::stod(numberText(number)), number);
}

void TestParameter::valuesSurviveJsonAndText() {
    for (const Parameter &each : schema()) {
        const Json json = toJson(each.initial);
        QVERIFY(valueFromJson(each, Json::parse(json.dump()), "owner") == each.initial);
        QVERIFY(valueFromText(each, toText(each.initial), "owner") == each.initial);
    }
}

SIMCLR_TEST(TestParameter)
#include "tst_parameter.moc"
