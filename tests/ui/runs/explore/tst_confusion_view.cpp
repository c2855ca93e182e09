// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/explore/explored_runs.h"
#include "ui/runs/explore/confusion/class_accuracy_model.h"
#include "ui/runs/explore/confusion/confusion_view.h"
#include "ui/runs/explore/confusion/matrix_view.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/result_picker.h"
#include "ui/runs/explore/table_export.h"
#include "ui/widgets/text_labels.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QTableView>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;

std::int32_t right(std::int32_t, std::int32_t label) {
    return label;
}
/// Every second image of class 0 is predicted as class 1.
std::int32_t zeroAsOne(std::int32_t sample, std::int32_t label) {
    return label == 0 && sample / 8 % 2 == 0 ? 1 : label;
}

/// A matrix of this many classes; each is predicted right twice, and once as the next class.
ConfusionMatrix matrixOf(std::size_t classes) {
    Predictions predictions;
    for (std::size_t label = 0; label < classes; ++label)
        for (const std::size_t predicted : {label, label, (label + 1) % classes}) {
            predictions.samples.push_back(std::int32_t(predictions.samples.size()));
            predictions.labels.push_back(std::int32_t(label));
            predictions.predicted.push_back(std::int32_t(predicted));
        }
    return ConfusionMatrix(predictions);
}

} // namespace

/// The real view on stored predictions.
class TestConfusionView : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_confusion_view"));
    }

    void init() {
        QSettings().clear();
        m_runs = std::make_unique<ExploredRuns>();
        m_view = std::make_unique<ConfusionView>(m_runs->cache());
        m_view->resize(1000, 420);
        m_view->show();
    }
    void cleanup() { m_view.reset(); }

    void clickOnACellShowsItsImages() {
        show({m_runs->add("one", zeroAsOne)});
        const MatrixContent &content = matrix(1)->content();
        QVERIFY(content.share(0, 1) > 0.3);
        QCOMPARE(content.share(0, 0) + content.share(0, 1), 1.0);
        QCOMPARE(content.share(1, 0), 0.0);
        click(1, 0, 1);
        const std::vector<GalleryItem> &items = gallery()->items();
        QVERIFY(!items.empty());
        for (const GalleryItem &item : items) {
            QCOMPARE(item.label, 0);
            QCOMPARE(item.predicted, 1);
            QCOMPARE(m_runs->dataset()->label(item.sample), 0);
        }
        QVERIFY2(
            gallery()->heading().contains(QString::fromStdString(m_runs->dataset()->report().classNames[1])),
            qPrintable(gallery()->heading()));
    }

    /// Without a chosen cell, those that most evaluations got wrong come first.
    void worstImagesComeFirst() {
        const RunId run = m_runs->add("one", [](std::int32_t sample, std::int32_t label) {
            return sample == 17 || sample == 30 ? (label + 1) % 8 : label;
        });
        m_runs->addResult(run, Protocol::Knn, [](std::int32_t sample, std::int32_t label) {
            return sample == 30 ? (label + 1) % 8 : label;
        });
        show({run});
        QCOMPARE(gallery()->items().size(), std::size_t(2));
        QCOMPARE(gallery()->items()[0].sample, 30u);
        QCOMPARE(gallery()->items()[0].note, QStringLiteral("2 of 2"));
        QCOMPARE(gallery()->items()[1].sample, 17u);
        QCOMPARE(gallery()->items()[1].note, QStringLiteral("1 of 2"));
    }

    void keysMoveAndChoose() {
        show({m_runs->add("one", zeroAsOne)});
        matrix(1)->setFocus();
        QTest::keyClick(matrix(1), Qt::Key_Right);
        QVERIFY2(matrix(1)->spokenValue().contains(QStringLiteral("%")),
                 qPrintable(matrix(1)->spokenValue()));
        QTest::keyClick(matrix(1), Qt::Key_Return);
        QCOMPARE(matrix(1)->chosen(), (MatrixPlace{0, 1}));
        QVERIFY(gallery()->items().front().label == 0);
        QTest::keyClick(matrix(1), Qt::Key_Escape);
        QCOMPARE(matrix(1)->chosen(), MatrixPlace());
    }

    void classesByErrors() {
        show({m_runs->add("one", [](std::int32_t, std::int32_t label) { return label == 5 ? 2 : label; })});
        QCOMPARE(matrix(1)->layoutOfCells().classAt(0), std::size_t(0));
        auto *order = m_view->findChild<QComboBox *>(QStringLiteral("classOrder"));
        order->setFocus();
        QTest::keyClick(order, Qt::Key_Down);
        QCOMPARE(matrix(1)->layoutOfCells().classAt(0), std::size_t(5));
    }

    void twoRunsSideBySideAndTheirDifference() {
        show({m_runs->add("one", right), m_runs->add("two", zeroAsOne)});
        QVERIFY(matrix(2)->isVisible());
        QVERIFY(!matrix(2)->content().isDifference());
        m_view->findChild<QCheckBox *>(QStringLiteral("confusionDifference"))->click();
        QVERIFY(matrix(2)->content().isDifference());
        QVERIFY(matrix(2)->content().share(0, 1) > 0);
        QCOMPARE(matrix(2)->content().share(0, 0), -matrix(2)->content().share(0, 1));
        click(2, 0, 1);
        QVERIFY(!gallery()->items().empty());
        for (const GalleryItem &item : gallery()->items())
            QCOMPARE(item.predicted, 1); // by the second run; the first predicted 0
        // As soon as the images are open, with the name of the class.
        const QString name = QString::fromStdString(m_runs->dataset()->report().classNames[0]);
        QTRY_VERIFY2_WITH_TIMEOUT(gallery()->items().front().note.contains(name),
                                  qPrintable(gallery()->items().front().note), patience);
        const auto *table = m_view->findChild<QTableView *>(QStringLiteral("classTable"));
        QCOMPARE(table->model()->columnCount(), 7);
    }

    /// Classes of other images may be other ones: no difference, and a table of the first run only.
    void runsOfDifferentImagesAreNotSubtracted() {
        std::vector<RunRecord> runs = m_runs->records({m_runs->add("one", right), m_runs->add("two", right)});
        runs[1].dataset.fingerprint = "0123";
        m_view->showRuns(runs);
        QTRY_VERIFY_WITH_TIMEOUT(matrix(2)->isVisible(), patience);
        QVERIFY(!m_view->findChild<QCheckBox *>(QStringLiteral("confusionDifference"))->isVisible());
        const auto *table = m_view->findChild<QTableView *>(QStringLiteral("classTable"));
        QCOMPARE(table->model()->columnCount(), 6);
    }

    void modelOfClassesKeepsItsContract() {
        ClassAccuracyModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto runs = m_runs->records({m_runs->add("one", zeroAsOne), m_runs->add("two", right)});
        const ConfusionPtr one = readConfusion({runs[0]}, resultChoices({runs[0]}).front(), {});
        QVERIFY2(one->problem.isEmpty(), qPrintable(one->problem));
        model.setReading(one, {QStringLiteral("one")});
        QCOMPARE(model.rowCount(), m_runs->dataset()->classCount());
        QCOMPARE(model.index(0, 5).data().toString(), QStringLiteral("class 1"));
        model.setDataset(m_runs->dataset());
        QCOMPARE(model.index(0, 5).data().toString(),
                 QString::fromStdString(m_runs->dataset()->report().classNames[1]));
        QVERIFY(model.index(0, 2).data(ClassAccuracyModel::LowRole).toDouble() <
                model.index(0, 2).data(ClassAccuracyModel::ShareRole).toDouble());
        model.setReading(readConfusion(runs, resultChoices(runs).front(), {}),
                         {QStringLiteral("one"), QStringLiteral("two")});
        QVERIFY(model.index(0, 4).data(Qt::UserRole).toDouble() > 0.3);
        model.setReading(nullptr, {});
        QCOMPARE(model.rowCount(), 0);
    }

    /// Sorts by numbers, shows the errors of a class, and copies what is on the screen.
    void tableOfClassesSortsAndCopies() {
        show({m_runs->add("one", zeroAsOne)});
        auto *table = m_view->findChild<QTableView *>(QStringLiteral("classTable"));
        table->sortByColumn(2, Qt::AscendingOrder);
        const QString worst = QString::fromStdString(m_runs->dataset()->report().classNames[0]);
        QCOMPARE(table->model()->index(0, 0).data().toString(), worst);
        table->setCurrentIndex(table->model()->index(0, 0));
        QVERIFY(!gallery()->items().empty());
        QCOMPARE(gallery()->items().front().label, 0);
        const QSignalSpy done(table->findChild<TableExport *>(), &TableExport::done);
        table->findChild<TableExport *>()->copy();
        QTRY_COMPARE(done.size(), 1);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(QStringLiteral("Class\tImages\tAccuracy")), qPrintable(copied));
        QVERIFY2(copied.contains(worst), qPrintable(copied));
    }

    void missingPredictionsAreSaid() {
        const RunId run = m_runs->addRun("one");
        m_view->showRuns(m_runs->records({run}));
        const auto *message = m_view->findChild<QWidget *>(QStringLiteral("confusionMessage"));
        QVERIFY(message->isVisible());
        m_runs->store().results().add(run, measured("linear", "test", 10, 0.5));
        m_view->showRuns(m_runs->records({run}));
        QTRY_VERIFY_WITH_TIMEOUT(texts(*message).contains(QStringLiteral("not stored")), patience);
    }

    /// The chosen protocol is kept for the next run.
    void protocolIsKept() {
        const RunId one = m_runs->add("one", right);
        m_runs->addResult(one, Protocol::Knn, zeroAsOne);
        const RunId two = m_runs->add("two", right);
        m_runs->addResult(two, Protocol::Knn, zeroAsOne);
        show({one});
        auto *picker = m_view->findChild<ResultPicker *>();
        QCOMPARE(picker->count(), 2);
        picker->setFocus();
        QTest::keyClick(picker, Qt::Key_Down);
        QCOMPARE(picker->choice()->results.front().key.protocol, Protocol::Knn);
        QTRY_VERIFY_WITH_TIMEOUT(matrix(1)->content().share(0, 1) > 0, patience);
        m_view->showRuns(m_runs->records({two}));
        QCOMPARE(picker->choice()->results.front().key.protocol, Protocol::Knn);
    }

    /// A thousand classes fit by scrolling; every one can be reached.
    void thousandClasses() {
        MatrixView view;
        view.resize(300, 300);
        view.show();
        view.setContent(MatrixContent(std::make_shared<ConfusionMatrix>(matrixOf(1000))));
        QVERIFY(view.verticalScrollBar()->maximum() > 0);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum());
        const QRect last = view.layoutOfCells().rect(999, 999);
        QVERIFY(view.viewport()->rect().contains(last));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, last.center());
        QCOMPARE(view.chosen(), (MatrixPlace{999, 999}));
        QVERIFY(!view.grab().isNull());
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(view.layoutOfCells().side() > last.width());
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.layoutOfCells().side(), last.width());
    }

    /// The colours say right or wrong, and grow with the share.
    void colours() {
        Predictions predictions{{0, 1, 2, 3}, {0, 0, 0, 1}, {0, 0, 1, 1}};
        const MatrixContent content(std::make_shared<ConfusionMatrix>(predictions));
        const MatrixColors colors;
        const QColor rightColor(colors.of(content, 0, 0));
        const QColor wrongColor(colors.of(content, 0, 1));
        QVERIFY(rightColor.blue() > rightColor.red());
        QVERIFY(wrongColor.red() > wrongColor.blue());
        QCOMPARE(colors.of(content, 1, 0), QPalette().color(QPalette::Base).rgb());
        QCOMPARE(content.cellText(0, 0), QStringLiteral("67"));
        QCOMPARE(content.cellText(1, 0), QString());
    }

  private:
    void show(const std::vector<RunId> &ids) {
        m_view->showRuns(m_runs->records(ids));
        QTRY_COMPARE_WITH_TIMEOUT(int(matrix(1)->content().classes()), m_runs->dataset()->classCount(),
                                  patience);
        QTRY_VERIFY_WITH_TIMEOUT(matrix(1)->isVisible(), patience);
    }
    MatrixView *matrix(int number) {
        return m_view->findChild<MatrixView *>(QStringLiteral("confusionMatrix%1").arg(number));
    }
    ImageGallery *gallery() { return m_view->findChild<ImageGallery *>(); }
    void click(int number, std::size_t label, std::size_t predicted) {
        QTest::mouseClick(matrix(number)->viewport(), Qt::LeftButton, {},
                          matrix(number)->layoutOfCells().rect(label, predicted).center());
    }
    static QString texts(const QWidget &widget) {
        QString all;
        for (const QLabel *label : widget.findChildren<QLabel *>())
            all += label->text() + QChar('\n');
        return all;
    }

    std::unique_ptr<ExploredRuns> m_runs;
    std::unique_ptr<ConfusionView> m_view;
};

SIMCLR_TEST(TestConfusionView, QApplication)
#include "tst_confusion_view.moc"
