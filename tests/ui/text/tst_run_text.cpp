// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "ui/text/run_text.h"

using namespace simclr::ui;

class TestRunText : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void settingsAreNamedAsTheWindowNamesThem_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("title");
        QTest::newRow("a parameter") << "pipeline.color_jitter.hue"
                                     << "Colour jitter · Hue";
        QTest::newRow("a step") << "pipeline.color_jitter"
                                << "Colour jitter";
        QTest::newRow("second of its kind") << "pipeline.color_jitter[2].hue"
                                            << "Colour jitter[2] · Hue";
        QTest::newRow("in a combination") << "pipeline.one_of/color_jitter.hue"
                                          << "One of · Colour jitter · Hue";
        QTest::newRow("of the second view") << "pipeline.second_view/solarize.probability"
                                            << "View 2 · Solarise · probability";
        QTest::newRow("unknown here") << "pipeline.mystery.strength"
                                      << "pipeline.mystery.strength";
        QTest::newRow("unknown in a combination") << "pipeline.one_of/mystery"
                                                  << "pipeline.one_of/mystery";
        QTest::newRow("another thing of the pipeline") << "pipeline.name"
                                                       << "Pipeline";
    }

    void settingsAreNamedAsTheWindowNamesThem() {
        QFETCH(QString, path);
        QFETCH(QString, title);
        QCOMPARE(settingTitle(path.toStdString()), title);
    }
};

SIMCLR_TEST(TestRunText)
#include "tst_run_text.moc"
