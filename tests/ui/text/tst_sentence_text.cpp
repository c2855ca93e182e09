// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/error.h"
#include "tests/support/test_support.h"
#include "ui/text/sentence_text.h"

using namespace simclr;
using namespace simclr::ui;

/// Sentences of core as the window shows them.
class TestSentenceText : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void beginsWithACapitalLetter_data() {
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("shown");
        QTest::newRow("word") << "unknown field \"linerr\""
                              << "Unknown field \"linerr\"";
        QTest::newRow("one word") << "cancelled"
                                  << "Cancelled";
        QTest::newRow("not English") << "évaluation impossible"
                                     << "Évaluation impossible";
        QTest::newRow("file") << "photos.zip is damaged"
                              << "photos.zip is damaged";
        QTest::newRow("path") << "/data/a is no folder"
                              << "/data/a is no folder";
        QTest::newRow("option") << "batch_size must be positive"
                                << "batch_size must be positive";
        QTest::newRow("quoted") << "\"x\" is not a number"
                                << "\"x\" is not a number";
        QTest::newRow("capital") << "Run 3 is running"
                                 << "Run 3 is running";
        QTest::newRow("number") << "3 files are missing"
                                << "3 files are missing";
        QTest::newRow("empty") << ""
                               << "";
    }
    void beginsWithACapitalLetter() {
        QFETCH(const QString, sentence);
        QFETCH(const QString, shown);
        QCOMPARE(sentenceText(sentence), shown);
        QCOMPARE(sentenceText(InvalidInput(sentence.toStdString())), shown);
    }
};

SIMCLR_TEST(TestSentenceText)
#include "tst_sentence_text.moc"
