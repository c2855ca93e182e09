// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/number_text.h"
#include "tests/core/query/query_fixture.h"
#include "tests/support/test_support.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

namespace {

Field resolved(const char *name) {
    return resolveField(parseFieldName(name), sampleNames());
}

std::string described(const char *name) {
    const Field field = resolved(name);
    if (const auto *run = std::get_if<RunField>(&field))
        return "run " + std::to_string(static_cast<int>(*run));
    if (const auto *option = std::get_if<OptionField>(&field))
        return "option " + option->path;
    if (const auto *metric = std::get_if<MetricField>(&field))
        return "metric " + metric->metric + " " + std::to_string(static_cast<int>(metric->summary)) +
               (metric->argument > 0 ? " of " + numberText(metric->argument) : "");
    const auto &result = std::get<ResultField>(field);
    return "result " + nameOf(result.protocol) + (result.split ? " " + nameOf(*result.split) : "");
}

QueryError errorOf(const char *name) {
    return queryErrorOf([&] { resolved(name); });
}

} // namespace

/// What names stand for.
class TestField : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void runFieldsAreInOrder();
    void names_data();
    void names();
    void wrongNames_data();
    void wrongNames();
    void kinds();
    void everyNameIsUnknownNowhere();
    void withoutRunsEveryNameIsAnOption();
    void mentionsFindsFields();
};

void TestField::runFieldsAreInOrder() {
    for (std::size_t i = 0; i <= static_cast<std::size_t>(RunField::ImagesPerSecond); ++i)
        QCOMPARE(static_cast<std::size_t>(runFields[i].field), i);
}

void TestField::names_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("meaning");
    const auto row = [](const char *name, const char *meaning) { QTest::newRow(name) << name << meaning; };
    row("id", "run 0");
    row("Name", "run 1");
    row("images", "run 15");
    row("dataset", "run 15");
    row("images_per_second", "run 20"); // not the metric
    row("linear", "result linear");
    row("Linear.Test", "result linear test");
    row("fine_tune.validation", "result fine_tune validation");
    row("encoder", "option encoder");
    row("optimiser.momentum", "option optimiser.momentum");
    row("momentum", "option optimiser.momentum"); // the only one with this last part
    row("seed", "run 12");
    row("config.seed", "option seed");
    row("learning_rate", "option learning_rate"); // not the metric
    row("last(learning_rate)", "metric learning_rate 0");
    row("loss", "metric loss 0"); // not mine.loss
    row("best(loss)", "metric loss 1");
    row("best(contrastive_top1)", "metric contrastive_top1 2");
    row("MIN(gradient_norm)", "metric gradient_norm 1");
    row("max(loss)", "metric loss 2");
    row("count(loss)", "metric loss 3");
    row("at(loss, 50)", "metric loss 4 of 50");
    row("Mean(train/accuracy, 100)", "metric train/accuracy 5 of 100");
    row("train/accuracy", "metric train/accuracy 0");
    row("max(train/accuracy)", "metric train/accuracy 2");
}

void TestField::names() {
    QFETCH(QString, name);
    QFETCH(QString, meaning);
    QCOMPARE(described(name.toUtf8().constData()), meaning.toStdString());
}

void TestField::wrongNames_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const char *part) { QTest::newRow(name) << name << part; };
    row("linerr", "unknown field \"linerr\"; did you mean linear");
    row("encodr", "did you mean encoder?");
    row("qqqqq", "unknown field \"qqqqq\"");
    row("linear.train", "unknown split \"train\"; known splits: test, validation");
    row("decay", "several options end with \"decay\": optimiser.decay, schedule.decay");
    row("best(los)", "unknown metric \"los\"; did you mean loss?");
    row("median(loss)", "unknown function \"median\"");
    row("mean(loss)", "mean() needs a metric and a number of points");
    row("mean(loss, 0)", "from 1 to 1000000, such as mean(loss, 10)");
    row("mean(loss, 1.5)", "a number of points");
    row("at(loss)", "at() needs a metric and an epoch, such as at(loss, 10)");
    row("at(loss, -1)", "an epoch");
    row("at(loss, soon)", "an epoch");
    row("best(loss, 3)", "best() takes a metric only");
    row("best(gradient_norm)", "min(gradient_norm) or max(gradient_norm)");
    row("best(train/accuracy)", "neither lower nor higher");
    row("best(linear)", "unknown metric");
}

void TestField::wrongNames() {
    QFETCH(QString, name);
    QFETCH(QString, part);
    const QueryError error = errorOf(name.toUtf8().constData());
    QVERIFY2(isClearMessage(error.what(), part.toStdString()), error.what());
    QCOMPARE(error.where(), (TextRange{0, static_cast<std::size_t>(name.size())}));
}

void TestField::kinds() {
    const std::vector<std::pair<const char *, ValueKind>> kinds{
        {"status", ValueKind::Choice},
        {"tag", ValueKind::Tags},
        {"starred", ValueKind::Flag},
        {"created", ValueKind::Moment},
        {"age", ValueKind::Duration},
        {"linear", ValueKind::Share},
        {"best(contrastive_top1)", ValueKind::Share},
        {"count(contrastive_top1)", ValueKind::Number},
        {"loss", ValueKind::Number},
        {"batch", ValueKind::Any}};
    for (const auto &[name, kind] : kinds)
        QVERIFY2(kindOf(resolved(name)) == kind, name);
}

/// What is offered can be used.
void TestField::everyNameIsUnknownNowhere() {
    const std::vector<std::string> names = fieldNames(sampleNames());
    QVERIFY(names.size() > 40);
    for (const std::string &name : names)
        resolveField({{}, name, {}}, sampleNames());
    QVERIFY(std::ranges::count(names, "loss") == 1 && std::ranges::count(names, "seed") == 1);
}

void TestField::withoutRunsEveryNameIsAnOption() {
    const Field field = resolveField({{}, "encoder", {}}, KnownNames());
    QCOMPARE(std::get<OptionField>(field).path, std::string("encoder"));
}

void TestField::mentionsFindsFields() {
    const auto isTrashNamed = [](const char *line) { return mentions(parseFilter(line), RunField::Trashed); };
    for (const char *line : {"trashed", "not trashed", "a = 1 or (b = 2 and Trashed = false)",
                             "trashed is empty", "trashed in (true)"})
        QVERIFY2(isTrashNamed(line), line);
    for (const char *line : {"", "archived", "name = trashed", "\"trashed\"", "name in (trashed)"})
        QVERIFY2(!isTrashNamed(line), line);
}

SIMCLR_TEST(TestField)
#include "tst_field.moc"
