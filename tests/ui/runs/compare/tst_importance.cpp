// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/compare/importance/importance_model.h"
#include "ui/runs/compare/scatter/scatter_plot.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <memory>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// Which options go together with an accuracy, in the real page.
class TestImportance : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_importance"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() {
        QSettings().clear();
        m_runs = std::make_unique<ShownRuns>();
    }
    void cleanup() { m_runs.reset(); }

    void optionsAreRanked() {
        open(12);
        QTRY_VERIFY(rows().rowCount() > 0);
        const QAbstractItemModelTester tester(m_runs->child<QTableView>("importanceTable")->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(cell(0, ImportanceModel::PathRole).toString(), QStringLiteral("width"));
        QCOMPARE(cell(0, Qt::DisplayRole).toString(), QStringLiteral("Width"));
        QVERIFY(rows().index(0, ImportanceModel::Correlation).data(ImportanceModel::BarRole).toDouble() >
                0.9);
        QCOMPARE(rows().index(0, ImportanceModel::Forest).data(ImportanceModel::BarRole).toDouble(), 1.0);
        QVERIFY2(hint()->text().startsWith(QStringLiteral("n = 12 of 12 runs.")), qPrintable(hint()->text()));
        QVERIFY(hint()->text().contains(QStringLiteral("not a proof")));
        for (int row = 0; row < rows().rowCount(); ++row)
            QVERIFY(rows().index(row, 0).data(ImportanceModel::PathRole).toString() !=
                    QStringLiteral("seed"));
        if (qEnvironmentVariableIsSet("SIMCLR_PICTURES"))
            m_runs->page().grab().save(qEnvironmentVariable("SIMCLR_PICTURES") +
                                       QStringLiteral("/importance.png"));
    }

    void fewRunsAreSaid() {
        open(2);
        QTRY_VERIFY2(hint()->text().startsWith(QStringLiteral("Too few runs: 2 of 2")),
                     qPrintable(hint()->text()));
        QVERIFY(m_runs->child<QTableView>("importanceTable")->isHidden());
    }

    void forestNeedsEight() {
        open(4);
        QTRY_VERIFY2(hint()->text().contains(QStringLiteral("Too few runs for a forest")),
                     qPrintable(hint()->text()));
        QVERIFY(hint()->text().contains(QStringLiteral("by chance")));
    }

    void optionOpensTheScatterPlot() {
        open(12);
        QTRY_VERIFY(rows().rowCount() > 0);
        auto *table = m_runs->child<QTableView>("importanceTable");
        table->setCurrentIndex(rows().index(0, 0));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return);
        auto *plot = m_runs->child<ScatterPlot>("scatterPlot");
        QTRY_VERIFY(plot->isVisible());
        QTRY_COMPARE(plot->figure().x.field, QStringLiteral("width"));
        QCOMPARE(plot->figure().y.field, QStringLiteral("linear.test"));
    }

    void csvHasAllOptions() {
        ImportanceModel model;
        ImportanceAnswer answer;
        answer.importances.options.push_back({.path = "batch",
                                              .choices = 3,
                                              .correlation = SpearmanCorrelation{9, -0.5, 0.25},
                                              .forest = 0.125});
        answer.importances.options.push_back({.path = "encoder", .choices = 2});
        model.setAnswer(answer);
        const QStringList lines = QString::fromUtf8(model.asCsv()).split(QLatin1Char('\n'));
        QCOMPARE(lines[1], QStringLiteral("batch,-0.5,0.25,9,0.125,3"));
        QCOMPARE(lines[2], QStringLiteral("encoder,,,0,,2"));
        QVERIFY(!model.index(1, ImportanceModel::Correlation).data(ImportanceModel::BarRole).isValid());
    }

  private:
    /// The accuracy rises with the width.
    void open(int count) {
        for (int i = 0; i < count; ++i) {
            const double width = 0.25 * (1 + i % 4);
            test::store(
                m_runs->store(),
                {.name = "run", .width = width, .linear = 0.4 + 0.1 * width + 0.0001 * i, .seed = i + 1});
        }
        m_runs->openAndWait();
        m_runs->child<QTabWidget>("runTabs")->setCurrentIndex(1);
        m_runs->child<QToolButton>("compareImportance")->click();
    }
    const ImportanceModel &rows() {
        return *static_cast<const ImportanceModel *>(m_runs->child<QTableView>("importanceTable")->model());
    }
    QVariant cell(int row, int role) { return rows().index(row, 0).data(role); }
    QLabel *hint() { return m_runs->child<QLabel>("importanceHint"); }

    std::unique_ptr<ShownRuns> m_runs;
};

SIMCLR_TEST(TestImportance, QApplication)
#include "tst_importance.moc"
