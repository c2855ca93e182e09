// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_check.h"

#include "core/data/data_source.h"
#include "core/train/recipe.h"
#include "tests/support/test_images.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSignalSpy>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// What the Train page says about the images of the next run.
class TestRunCheck : public QObject {
    Q_OBJECT

    /// The answer for a batch of 8 and 2 epochs.
    static QList<QVariant> answerFor(const std::string &source) {
        RunConfiguration configuration;
        configuration.pipeline = pipelineByName("simclr-cifar10");
        configuration.options.batch = 8;
        configuration.options.epochs = 2;
        RunCheck check;
        QSignalSpy checked(&check, &RunCheck::checked);
        check.check(configuration, openDataset(source));
        return checked.count() > 0 || checked.wait(60'000) ? checked.front() : QList<QVariant>();
    }

  private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void saysHowManyImagesAreTrainedOn() {
        const QList<QVariant> answer = answerFor("shapes");
        QCOMPARE(answer.at(0).toBool(), true);
        QCOMPARE(answer.at(1).toString(),
                 QStringLiteral("1,840 training images · 230 steps per epoch · 460 steps"));
    }

    void saysWhatIsLearnedFromAndWhatIsEvaluatedOn() {
        const QTemporaryDir directory;
        writeNoiseFolder(folderOf(directory), 16, 16, 1);
        const QList<QVariant> answer =
            answerFor(toText(DataSource{directory.path().toStdString(), "shapes", {}}));
        QCOMPARE(answer.at(0).toBool(), true);
        QCOMPARE(answer.at(1).toString(),
                 QStringLiteral(
                     "learns from 16 images · evaluated with 1,840 training, 208 validation and 512 test "
                     "images · 2 steps per epoch · 4 steps"));
    }

    void saysIfThereAreTooFewToLearnFrom() {
        const QTemporaryDir directory;
        writeNoiseFolder(folderOf(directory), 5, 16, 1);
        const QList<QVariant> answer =
            answerFor(toText(DataSource{directory.path().toStdString(), "shapes", {}}));
        QCOMPARE(answer.at(0).toBool(), false);
        QVERIFY2(answer.at(1).toString().contains("5 images to learn from"),
                 qPrintable(answer.at(1).toString()));
    }
};

SIMCLR_TEST(TestRunCheck, QCoreApplication)
#include "tst_run_check.moc"
