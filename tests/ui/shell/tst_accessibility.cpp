// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "ui/design/diagnose/diagnostics_bar.h"
#include "ui/plots/curve_plot.h"
#include "ui/shell/main_window.h"
#include "ui/train/run_headline.h"
#include "ui/widgets/range_slider.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QLabel>
#include <QSettings>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;

namespace {

constexpr int patience = 60'000;

QAccessibleInterface &seenAs(QWidget &widget) {
    return *QAccessible::queryAccessibleInterface(&widget);
}

QString nameOf(QWidget &widget) {
    return seenAs(widget).text(QAccessible::Name);
}

QString valueOf(QWidget &widget) {
    return seenAs(widget).text(QAccessible::Value);
}

/// An inner part of a control, such as the field of a spin box or the viewport of a list.
bool isPart(const QWidget &widget) {
    return widget.objectName().startsWith(QLatin1String("qt_"));
}

} // namespace

/// Names, values and roles that the window reports to screen readers.
class TestAccessibility : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_accessibility"));
        QSettings().clear();
        theme::apply(*qApp, ThemeChoice::Light);
        m_window = std::make_unique<MainWindow>(
            m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString(), QStringLiteral("shapes"));
        m_window->resize(1280, 800);
        m_window->show();
        m_window->showPage(MainWindow::DesignPageIndex);
    }
    void cleanupTestCase() { m_window.reset(); }

    void barsReportTheirValues() {
        auto &bar = child<DiagnosticsBar>("colorShortcut");
        QVERIFY(!nameOf(bar).isEmpty());
        QCOMPARE(seenAs(bar).role(), QAccessible::ProgressBar);
        QTRY_VERIFY_WITH_TIMEOUT(!std::isnan(bar.share()), patience);
        const QString percent = QString::number(std::lround(100 * bar.share()));
        QVERIFY2(valueOf(bar).startsWith(percent), qPrintable(valueOf(bar)));
        QVERIFY(seenAs(bar).valueInterface() != nullptr);
        QCOMPARE(seenAs(bar).valueInterface()->currentValue().toDouble(), 100 * bar.share());
        QCOMPARE(seenAs(bar).valueInterface()->maximumValue().toDouble(), 100.0);
        for (const char *figure : {"cropIou", "scaleRatio", "clipped", "uniform", "cost"}) {
            auto &label = child<QLabel>(figure);
            QCOMPARE(valueOf(label), label.text());
            QVERIFY2(nameOf(label).contains(label.text()), figure);
            QVERIFY2(!nameOf(label).startsWith(label.text()), figure); // the description comes first
        }
        QVERIFY(valueOf(child<QWidget>("diagnosticsHistogram")).contains(QLatin1Char('%')));
    }

    void lockHasAName() {
        auto *lock = m_window->findChild<QToolButton *>(QStringLiteral("lockSeed"));
        QVERIFY(lock != nullptr);
        QCOMPARE(seenAs(*lock).role(), QAccessible::CheckBox);
        QVERIFY(!nameOf(*lock).isEmpty());
        QVERIFY(seenAs(*lock).state().checked);
    }

    void meterWithoutAValueSaysSo() {
        DiagnosticsBar bar;
        bar.setAccessibleName(QStringLiteral("Colour shortcut"));
        QVERIFY(!valueOf(bar).isEmpty());
        QVERIFY(!valueOf(bar).contains(QStringLiteral("nan"), Qt::CaseInsensitive));
        QVERIFY(seenAs(bar).valueInterface() == nullptr);
        bar.setShare(0.314, 0.1);
        QVERIFY(valueOf(bar).startsWith(QStringLiteral("31")));
    }

    void headlineReportsItsValues() {
        RunHeadline headline;
        auto &loss = *headline.findChild<QLabel *>(QStringLiteral("lossFigure"));
        QVERIFY(nameOf(loss).contains(QStringLiteral("loss")));
        StepFinished step;
        step.values.set("loss", 4.25);
        headline.setStep(step);
        QCOMPARE(valueOf(loss), loss.text());
        QVERIFY(nameOf(loss).contains(loss.text()));
    }

    void plotReportsItsNewestValues() {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.setEmptyText(QStringLiteral("nothing yet"));
        QCOMPARE(valueOf(plot), QStringLiteral("nothing yet"));
        CurveStyle style;
        style.name = QStringLiteral("loss");
        style.color = [] { return QColor(Qt::blue); };
        plot.setData(plot.addCurve(style), {1, 2}, {4.5, 4});
        QCOMPARE(nameOf(plot), QStringLiteral("Loss"));
        QVERIFY2(valueOf(plot).contains(QStringLiteral("loss: 4")), qPrintable(valueOf(plot)));
        style.name = QStringLiteral("longer"); // each curve at its own last point
        plot.setData(plot.addCurve(style), {1, 2, 100}, {9, 8, 7});
        QCOMPARE(valueOf(plot), QStringLiteral("loss: 4, longer: 7"));
    }

    void rangeReportsBothEnds() {
        RangeSlider slider{SliderScale()};
        slider.setRange({0.25, 0.75});
        QCOMPARE(seenAs(slider).role(), QAccessible::Slider);
        QVERIFY(valueOf(slider).contains(QLocale().toString(0.25)));
        QVERIFY(valueOf(slider).contains(QLocale().toString(0.75)));
    }

    void onePageOfSeveralIsChosen() {
        int chosen = 0;
        for (const char *page : {"railData", "railDesign", "railTrain", "railRuns"}) {
            auto &button = child<QAbstractButton>(page);
            QCOMPARE(seenAs(button).role(), QAccessible::RadioButton);
            chosen += seenAs(button).state().checked;
        }
        QCOMPARE(chosen, 1);
    }

    void modesAreRadioButtons() {
        for (const char *mode :
             {"previewGridButton", "previewFilmstripButton", "previewSheetButton", "previewComparisonButton",
              "sameBranches", "separateBranches", "firstBranch", "secondBranch"})
            QVERIFY2(seenAs(child<QToolButton>(mode)).role() == QAccessible::RadioButton, mode);
        auto &sheet = child<QToolButton>("previewSheetButton");
        QVERIFY(!seenAs(sheet).state().checked);
        QCOMPARE(nameOf(sheet), sheet.text());
        seenAs(sheet).actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(seenAs(sheet).state().checked);
        // An independent switch is a check box.
        QCOMPARE(seenAs(child<QToolButton>("comparisonDivider")).role(), QAccessible::CheckBox);
    }

    /// Exclusive only within their group: choosing a mode does not deselect a branch.
    void choicesOfOneKindLeaveOthersAlone() {
        QTest::mouseClick(&child<QToolButton>("previewSheetButton"), Qt::LeftButton);
        QVERIFY(child<QToolButton>("sameBranches").isChecked());
        QVERIFY(!child<QToolButton>("previewGridButton").isChecked());
        QTest::mouseClick(&child<QToolButton>("previewGridButton"), Qt::LeftButton);
        QVERIFY(child<QToolButton>("previewGridButton").isChecked());
    }

    /// Every control that Tab can reach has an accessible name.
    void everyControlHasAName_data() {
        QTest::addColumn<int>("page");
        QTest::newRow("Data") << int(MainWindow::DataPageIndex);
        QTest::newRow("Design") << int(MainWindow::DesignPageIndex);
        QTest::newRow("Train") << int(MainWindow::TrainPageIndex);
        QTest::newRow("Runs") << int(MainWindow::RunsPageIndex);
    }
    void everyControlHasAName() {
        QFETCH(int, page);
        m_window->showPage(page);
        int controls = 0;
        QStringList nameless;
        for (QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || isPart(*widget))
                continue;
            ++controls;
            if (nameOf(*widget).isEmpty())
                nameless.append(QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                                widget->objectName());
        }
        QVERIFY(controls > 5);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
    }

  private:
    template <typename Widget>
    Widget &child(const char *name) {
        return *m_window->findChild<Widget *>(QLatin1String(name));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

SIMCLR_TEST(TestAccessibility, QApplication)
#include "tst_accessibility.moc"
