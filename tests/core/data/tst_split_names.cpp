// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/split_names.h"

#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestSplitNames : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void understandsUsualSpellings_data();
    void understandsUsualSpellings();
    void plainNamesComeFirst();
    void partsNamesIntoWords_data();
    void partsNamesIntoWords();
};

void TestSplitNames::understandsUsualSpellings_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kind");
    const auto rows = [](const char *kind, std::initializer_list<const char *> names) {
        for (const char *name : names)
            QTest::newRow(name) << name << kind;
    };
    rows("train",
         {"train", "Train", "TRAIN", "training", "Training", "seg_train", "train_set", "trainset", "TrainSet",
          "train-images", "train2017", "Training Data", "images_train", "trn", "trainval", "train_val"});
    rows("test", {"test", "Test", "TEST", "testing", "seg_test", "test1", "testset", "test_images", "eval",
                  "Evaluation", "holdout", "hold-out", "held_out", "HeldOut", "PublicTest"});
    rows("validation",
         {"val", "valid", "VALID", "validation", "Validate", "dev", "dev_set", "val2017", "valset"});
    rows("none", {"cat", "contest", "trains", "traintrack", "valley", "device", "testudo", "protest",
                  "steam train", "train_test", "", "2017", "images", "évaluation"});
}

void TestSplitNames::understandsUsualSpellings() {
    QFETCH(QString, name);
    QFETCH(QString, kind);
    const auto split = splitName(name.toStdString());
    const QString seen = !split                            ? "none"
                         : split->kind == SplitKind::Train ? "train"
                         : split->kind == SplitKind::Test  ? "test"
                                                           : "validation";
    QCOMPARE(seen, kind);
}

void TestSplitNames::plainNamesComeFirst() {
    const auto distance = [](const char *name) { return splitName(name)->distance; };
    QVERIFY(distance("train") < distance("Train"));
    QVERIFY(distance("Training") < distance("seg_train"));
    QVERIFY(distance("train_set") < distance("trainval"));
    QVERIFY(!splitName("train-horse-or-human"));
    QVERIFY(splitName("train-horse-or-human", {"horse", "or", "human"}));
    QVERIFY(hasSplitWord("train-horse-or-human") && !hasSplitWord("trains"));
}

void TestSplitNames::partsNamesIntoWords_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("underscore") << "seg_train"
                                << "seg train";
    QTest::newRow("case") << "TrainSet"
                          << "train set";
    QTest::newRow("capitals") << "TRAIN"
                              << "train";
    QTest::newRow("digits") << "train2017v2"
                            << "train v";
    QTest::newRow("held out") << "held-out"
                              << "holdout";
    QTest::newRow("other letters") << "größe"
                                   << "größe";
}

void TestSplitNames::partsNamesIntoWords() {
    QFETCH(QString, name);
    QFETCH(QString, words);
    std::string joined;
    for (const std::string &word : wordsOf(name.toStdString()))
        joined += (joined.empty() ? "" : " ") + word;
    QCOMPARE(QString::fromStdString(joined), words);
}

SIMCLR_TEST(TestSplitNames)
#include "tst_split_names.moc"
