// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/metric.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <cmath>
#include <string>

using namespace simclr;

namespace {

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

/// The single description of every metric.
class TestMetrics : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void eachIsDescribedOnce() {
        static const QRegularExpression snakeCase(QStringLiteral("^[a-z][a-z0-9_]*$"));
        QSet<QString> ids;
        QSet<QString> titles;
        for (const Metric &metric : allMetrics) {
            const QString id = text(metric.id);
            QVERIFY2(snakeCase.match(id).hasMatch(), qPrintable(id));
            QVERIFY2(!ids.contains(id) && !titles.contains(text(metric.title)), qPrintable(id));
            QVERIFY2(!metric.shortTitle.empty() && metric.help.ends_with('.'), qPrintable(id));
            ids.insert(id);
            titles.insert(text(metric.title));
        }
    }

    /// Two units on one axis would be misread.
    void axesHaveOneKind() {
        for (const Metric &one : allMetrics)
            for (const Metric &other : allMetrics)
                if (one.plot == other.plot && one.isOnRightAxis == other.isOnRightAxis)
                    QVERIFY2(one.kind == other.kind && one.measured == other.measured,
                             qPrintable(text(one.id) + ", " + text(other.id)));
    }

    void idsAreFound() {
        constexpr MetricId loss("loss");
        static_assert(loss.index() == 0);
        QCOMPARE(text(loss->title), QStringLiteral("Loss"));
        QVERIFY(MetricId::find("loss") == loss);
        QVERIFY(!MetricId::find("los") && !MetricId::find(""));
    }

    void valuesKnowWhichTheyHave() {
        MetricValues values;
        QVERIFY(!values.has("loss") && std::isnan(values["loss"]));
        values.set("learning_rate", 0.5);
        values.set("loss", std::nan(""));
        values.set("memory", 3);
        QVERIFY(values.has("loss"));
        std::string order;
        values.forEach([&](MetricId metric, double) { order += std::string(metric->id) + " "; });
        QCOMPARE(order, std::string("loss learning_rate memory "));
        QCOMPARE(values["learning_rate"], 0.5);
    }
};

SIMCLR_TEST(TestMetrics)
#include "tst_metrics.moc"
