// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/explore/trained_runs.h"
#include "ui/runs/explore/duplicates/duplicates_view.h"
#include "ui/runs/explore/duplicates/pair_model.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/table_export.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <algorithm>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real view on a run that was trained on a folder with copies.
class TestDuplicatesView : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_duplicates_view"));
        m_runs = std::make_unique<TrainedRuns>();
        m_run = m_runs->record(m_runs->train(1));
    }
    void cleanupTestCase() { m_runs.reset(); }

    void init() {
        QSettings().clear();
        m_features = std::make_unique<FeatureCache>(m_runs->cache());
        m_view = std::make_unique<DuplicatesView>(*m_features, m_runs->cache(), m_runs->queue());
        m_view->resize(1000, 420);
        m_view->show();
        m_view->showRuns({m_run});
    }
    void cleanup() { m_view.reset(); }

    /// The two copies, and nothing else: noise is similar to no other noise.
    void findsTheCopies() {
        QVERIFY(!table()->isVisible());
        choose(ComparedBy::Thumbnails);
        button()->click();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QVERIFY(table()->isVisible());
        const QString pair = table()->model()->index(0, PairModel::First).data().toString() + ' ' +
                             table()->model()->index(0, PairModel::Second).data().toString();
        QVERIFY2(pair.contains(QStringLiteral("000.png")) && pair.contains(QStringLiteral("copy.png")),
                 qPrintable(pair));
        table()->selectRow(0);
        QCOMPARE(gallery()->items().size(), std::size_t(2));
        QGuiApplication::clipboard()->clear();
        const QSignalSpy done(&exporter(), &TableExport::done);
        exporter().copy();
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty()); // it is made in a thread
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        const QString copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.count(QLatin1Char('\n')), qsizetype(2)); // the titles, and the selected pair
        QVERIFY2(copied.contains(QStringLiteral("copy.png")) && copied.contains(QStringLiteral("0.9")),
                 qPrintable(copied));
    }

    /// A file in the folder of the images is theirs, whatever its name.
    void tableReplacesNoImage() {
        choose(ComparedBy::Thumbnails);
        button()->click();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        const QString image = QString::fromStdString(
            m_runs->dataset()->report().source.substr(std::string("folder:").size()) + "/a/000.png");
        const std::string before = readBytes(image.toStdString());
        const QSignalSpy done(&exporter(), &TableExport::done);
        exporter().saveTo(image);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        QVERIFY(done[0][1].toBool());
        QVERIFY2(status().contains(QStringLiteral("read-only")), qPrintable(status()));
        QVERIFY(readBytes(image.toStdString()) == before);
        const QTemporaryDir folder;
        const QString csv = folder.filePath(QStringLiteral("pairs.csv"));
        exporter().saveTo(csv);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 2, patience);
        QCOMPARE(std::ranges::count(readBytes(csv.toStdString()), '\n'), std::ptrdiff_t(3));
    }

    /// Of many pairs, those whose images the run uses in different splits.
    void onlyLeaks() {
        choose(ComparedBy::Thumbnails);
        threshold()->setValue(0.05); // pairs of noise too
        button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(table()->model()->rowCount() > 2, patience);
        int between = 0;
        const int all = table()->model()->rowCount();
        for (int row = 0; row < all; ++row)
            between += isBetweenSplits(model()->pair(row)) ? 1 : 0;
        QVERIFY2(between > 0 && between < all, qPrintable(QString::number(between)));
        m_view->findChild<QCheckBox *>(QStringLiteral("onlyLeaks"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), between, patience);
        for (int row = 0; row < between; ++row)
            QVERIFY(model()->pair(row).isLeak && isBetweenSplits(model()->pair(row)));
    }

    /// By the encoder; with a lower threshold there are more pairs.
    void thresholdListsMore() {
        choose(ComparedBy::H);
        threshold()->setValue(0.9999);
        button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QStringLiteral("202 images")), patience);
        const int few = table()->model()->rowCount();
        threshold()->setValue(0.3); // searches again
        QTRY_VERIFY_WITH_TIMEOUT(table()->model()->rowCount() > few, patience);
    }

    /// No answer of the cancelled search comes, and the next one is made.
    void cancelLeavesTheControls() {
        choose(ComparedBy::Thumbnails);
        button()->click();
        QCOMPARE(button()->text(), QStringLiteral("Cancel"));
        button()->click();
        QCOMPARE(button()->text(), QStringLiteral("Find pairs"));
        QVERIFY2(status().contains(QStringLiteral("cancelled")), qPrintable(status()));
        m_view->waitForSearch(); // what it has found is on the way
        QCoreApplication::processEvents();
        QCOMPARE(table()->model()->rowCount(), 0);
        QVERIFY2(status().contains(QStringLiteral("cancelled")), qPrintable(status()));
        button()->click();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
    }

    void missingImagesAreSaid() {
        RunRecord run = m_run;
        run.dataset.source = "folder:/nowhere";
        run.dataset.fingerprint = "0123";
        m_view->showRuns({run});
        choose(ComparedBy::Thumbnails);
        button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("/nowhere")), patience);
    }

    void modelKeepsItsContract() {
        PairModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto answer = std::make_shared<DuplicateAnswer>();
        answer->images = m_runs->dataset();
        answer->pairs = {{0, 1, ImageSplit::Train, ImageSplit::Test, 0.99f, true},
                         {2, 3, ImageSplit::Train, ImageSplit::Train, 0.985f, false}};
        model.setAnswer(answer);
        QCOMPARE(model.index(0, PairModel::Splits).data().toString(),
                 QStringLiteral("training – test: leak"));
        QCOMPARE(model.index(1, PairModel::Splits).data().toString(), QStringLiteral("training"));
        model.setAnswer(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

  private:
    static bool isBetweenSplits(const ImagePair &pair) {
        return pair.firstSplit != pair.secondSplit && pair.firstSplit != ImageSplit::None &&
               pair.secondSplit != ImageSplit::None;
    }
    void choose(ComparedBy by) {
        auto *combo = m_view->findChild<QComboBox *>(QStringLiteral("comparedBy"));
        combo->setCurrentIndex(combo->findData(int(by)));
    }
    QPushButton *button() { return m_view->findChild<QPushButton *>(QStringLiteral("findDuplicates")); }
    QTableView *table() { return m_view->findChild<QTableView *>(QStringLiteral("pairTable")); }
    TableExport &exporter() { return *table()->findChild<TableExport *>(); }
    PairModel *model() { return m_view->findChild<PairModel *>(); }
    ImageGallery *gallery() { return m_view->findChild<ImageGallery *>(); }
    QDoubleSpinBox *threshold() {
        return m_view->findChild<QDoubleSpinBox *>(QStringLiteral("duplicateThreshold"));
    }
    QString status() { return m_view->findChild<QLabel *>(QStringLiteral("duplicateStatus"))->text(); }
    bool says(const QString &part) {
        for (const QLabel *label : m_view->findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(part))
                return true;
        return false;
    }

    std::unique_ptr<TrainedRuns> m_runs;
    RunRecord m_run;
    std::unique_ptr<FeatureCache> m_features;
    std::unique_ptr<DuplicatesView> m_view;
};

SIMCLR_TEST(TestDuplicatesView, QApplication)
#include "tst_duplicates_view.moc"
