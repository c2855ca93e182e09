// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/parser.h"
#include "core/store/run_query.h"
#include "tests/core/store/store_fixture.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr int stepsPerEpoch = 100;

double valueOf(std::int64_t step) {
    return 5 + std::sin(static_cast<double>(step) * 0.7);
}

std::vector<KeyedMetric> points(std::int64_t first, std::int64_t last) {
    std::vector<KeyedMetric> all;
    for (std::int64_t step = first; step <= last; ++step)
        all.push_back({"loss", {step, static_cast<double>(step) / stepsPerEpoch, valueOf(step), 1.7e9}});
    return all;
}

} // namespace

/// at(loss, epoch) and mean(loss, count), on curves of which some points are in blocks and some are not.
class TestCurveFunctions : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void valueAtAnEpoch();
    void meanOfTheLast();
    void missingValues();
    void newPointsAreSeen();
    void filtersAndOrders();
    void readOnlyConnectionsHaveThem();

  private:
    std::optional<double> value(const std::string &field, RunId run) const {
        const auto values = RunQuery(m_store->connection()).values(parseFieldName(field), std::vector{run});
        const auto *number = std::get_if<double>(&values.front());
        return number != nullptr ? std::optional(*number) : std::nullopt;
    }
    std::vector<RunId> matching(const std::string &filter) const {
        return RunQuery(m_store->connection()).ids({parseFilter(filter), {}});
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RunStore> m_store;
    RunId m_long = 0;  ///< 30 epochs, sealed but for the last points
    RunId m_short = 0; ///< 3 epochs
};

void TestCurveFunctions::init() {
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<RunStore>(folderOf(*m_directory) / "runs.sqlite");
    m_long = m_store->runs().create(sampleRun("long"));
    m_store->metrics().add(m_long, points(1, 3'000));
    m_short = m_store->runs().create(sampleRun("short"));
    m_store->metrics().add(m_short, points(1, 300));
}

void TestCurveFunctions::valueAtAnEpoch() {
    for (const int epoch : {1, 2, 10, 11, 12, 22, 29, 30})
        QCOMPARE(value("at(loss, " + std::to_string(epoch) + ")", m_long),
                 std::optional(valueOf(epoch * stepsPerEpoch)));
    QCOMPARE(value("at(loss, 10.005)", m_long), std::optional(valueOf(1000))); // the last point before it
    QCOMPARE(value("at(loss, 3)", m_short), std::optional(valueOf(300)));
}

void TestCurveFunctions::meanOfTheLast() {
    for (const int count : {1, 10, 500, 2'999, 3'000, 100'000}) {
        const std::int64_t first = std::max(1, 3'000 - count + 1);
        double sum = 0;
        for (std::int64_t step = first; step <= 3'000; ++step)
            sum += valueOf(step);
        const auto mean = value("mean(loss, " + std::to_string(count) + ")", m_long);
        QVERIFY(mean && std::abs(*mean - sum / static_cast<double>(3'000 - first + 1)) < 1e-9);
    }
}

void TestCurveFunctions::missingValues() {
    QVERIFY(!value("at(loss, 4)", m_short));   // not reached
    QVERIFY(!value("at(loss, 0)", m_short));   // before the first point
    QVERIFY(!value("at(spread, 1)", m_short)); // not measured
    QVERIFY(!value("mean(spread, 10)", m_short));
    m_store->metrics().add(m_short, std::vector<KeyedMetric>{{"spread", {100, 1, notANumber, 1.7e9}},
                                                             {"spread", {200, 2, 0.5, 1.7e9}},
                                                             {"spread", {300, 3, notANumber, 1.7e9}}});
    QVERIFY(!value("at(spread, 1)", m_short));
    QCOMPARE(value("at(spread, 2)", m_short), std::optional(0.5));
    QCOMPARE(value("mean(spread, 10)", m_short), std::optional(0.5));
}

/// What is kept is of a revision of the run.
void TestCurveFunctions::newPointsAreSeen() {
    QVERIFY(!value("at(loss, 4)", m_short));
    QCOMPARE(value("mean(loss, 1)", m_short), std::optional(valueOf(300)));
    m_store->metrics().add(m_short, points(301, 400));
    QCOMPARE(value("at(loss, 4)", m_short), std::optional(valueOf(400)));
    QCOMPARE(value("mean(loss, 1)", m_short), std::optional(valueOf(400)));
}

void TestCurveFunctions::filtersAndOrders() {
    QCOMPARE(matching("at(loss, 20) > 0"), std::vector{m_long});
    QCOMPARE(matching("at(loss, 20) is empty"), std::vector{m_short});
    QCOMPARE(matching("mean(loss, 1) = " + std::to_string(-1)), std::vector<RunId>());
    RunSelection selection;
    selection.order.push_back(parseSortKey("at(loss, 3):desc"));
    QCOMPARE(RunQuery(m_store->connection()).ids(selection).size(), std::size_t{2});
    QCOMPARE(RunQuery(m_store->connection()).frequentValues(parseFieldName("at(loss, 3)"), 5).size(),
             std::size_t{1}); // both runs have the same
}

void TestCurveFunctions::readOnlyConnectionsHaveThem() {
    RunStore reader(m_store->connection().file(), RunStore::Access::ReadOnly);
    const auto values =
        RunQuery(reader.connection()).values(parseFieldName("at(loss, 1)"), std::vector{m_long});
    QCOMPARE(std::get<double>(values.front()), valueOf(100));
}

SIMCLR_TEST(TestCurveFunctions)
#include "tst_curve_functions.moc"
