// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/data/split_names.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Folders with images without labels beside labelled ones.
class TestUnlabelledFolder : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void namesAreRecognised_data();
    void namesAreRecognised();
    void layoutsAreUnderstood_data();
    void layoutsAreUnderstood();
    void othersStayWhatTheyWere_data();
    void othersStayWhatTheyWere();
    void unlabelledChangesTheFingerprint();
};

namespace {

/// Writes "FOLDER COUNT" each and opens them.
DatasetPtr datasetOf(const QTemporaryDir &directory, const QStringList &folders) {
    std::uint32_t seed = 1;
    for (const QString &folder : folders) {
        const int count = folder.section(' ', -1).toInt();
        writeNoiseFolder(folderOf(directory) / folder.section(' ', 0, -2).toStdString(), count, 8, seed);
        seed += static_cast<std::uint32_t>(count);
    }
    return openDataset(folderOf(directory).native());
}

/// "cat 3+1, dog 2+1, none 4": training and test images of each class, and images without.
QString described(const Dataset &dataset) {
    const std::vector<std::string> &names = dataset.report().classNames;
    std::vector<std::array<int, 2>> counts(names.size());
    int none = 0;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        if (const int label = dataset.label(sample); label < 0)
            none += dataset.isTestSample(sample) ? 1000 : 1; // which must not happen
        else
            ++counts[static_cast<std::size_t>(label)][dataset.isTestSample(sample) ? 1 : 0];
    QString text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += QStringLiteral("%1 %2+%3, ")
                    .arg(QString::fromStdString(names[i]))
                    .arg(counts[i][0])
                    .arg(counts[i][1]);
    return text + QStringLiteral("none %1").arg(none);
}

} // namespace

void TestUnlabelledFolder::namesAreRecognised_data() {
    QTest::addColumn<bool>("isRecognised");
    for (const char *name : {"unlabelled", "unlabeled", "Unlabelled", "UNLABELED", "unlabelled_images",
                             "images-unlabeled", "Unlabeled Data", "unlabeled2017"})
        QTest::newRow(name) << true;
    for (const char *name : {"labelled", "unlabelled_cats", "images", "", "unlabel", "un labelled"})
        QTest::newRow(*name ? name : "empty") << false;
}

void TestUnlabelledFolder::namesAreRecognised() {
    QFETCH(bool, isRecognised);
    const QByteArray tag = QTest::currentDataTag();
    QCOMPARE(isUnlabelledName(tag == "empty" ? "" : tag.toStdString()), isRecognised);
}

void TestUnlabelledFolder::layoutsAreUnderstood_data() {
    QTest::addColumn<QStringList>("folders");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QStringList &folders, const char *expected) {
        QTest::newRow(name) << folders << expected;
    };
    const QStringList usual{"train/cat 3", "train/dog 2", "test/cat 1", "test/dog 1"};
    row("flat", usual + QStringList{"unlabelled 4"}, "cat 3+1, dog 2+1, none 4");
    row("American, upper case", usual + QStringList{"UNLABELED 4"}, "cat 3+1, dog 2+1, none 4");
    row("subfolders", usual + QStringList{"unlabelled/a/b 2", "unlabelled/c 2", "unlabelled 1"},
        "cat 3+1, dog 2+1, none 5");
    row("names of classes", usual + QStringList{"unlabelled/cat 2"}, "cat 3+1, dog 2+1, none 2");
    row("both spellings", usual + QStringList{"unlabelled 2", "unlabeled_images 3"},
        "cat 3+1, dog 2+1, none 5");
    row("without test images", {"train/cat 3", "train/dog 2", "unlabelled 4"}, "cat 3+0, dog 2+0, none 4");
    row("wrapped", {"data/train/cat 3", "data/train/dog 2", "data/unlabelled 4"}, "cat 3+0, dog 2+0, none 4");
    row("without labels at all", {"train 3", "unlabelled 4"}, "none 7");
}

void TestUnlabelledFolder::layoutsAreUnderstood() {
    QFETCH(QStringList, folders);
    QFETCH(QString, expected);
    const QTemporaryDir directory;
    const DatasetPtr dataset = datasetOf(directory, folders);
    QCOMPARE(described(*dataset), expected);
    for (const Message &note : dataset->report().notes)
        QVERIFY2(!contains(toText(note), "left out"), toText(note).c_str());
}

void TestUnlabelledFolder::othersStayWhatTheyWere_data() {
    QTest::addColumn<QStringList>("folders");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("note");
    QTest::newRow("beside classes") << QStringList{"cat 3", "dog 2", "unlabelled 4"}
                                    << "cat 3+0, dog 2+0, unlabelled 4+0, none 0"
                                    << "may not be a class, but is used";
    QTest::newRow("within classes") << QStringList{"cat/train 3", "cat/test 1", "cat/unlabelled 4",
                                                   "dog/train 2", "dog/test 1"}
                                    << "cat 3+1, dog 2+1, none 0"
                                    << "4 images below \"unlabelled\" of the classes are left out";
}

void TestUnlabelledFolder::othersStayWhatTheyWere() {
    QFETCH(QStringList, folders);
    QFETCH(QString, expected);
    QFETCH(QString, note);
    const QTemporaryDir directory;
    const DatasetPtr dataset = datasetOf(directory, folders);
    QCOMPARE(described(*dataset), expected);
    QVERIFY(std::ranges::any_of(dataset->report().notes, [&](const Message &each) {
        return contains(toText(each), note.toStdString());
    }));
}

void TestUnlabelledFolder::unlabelledChangesTheFingerprint() {
    const QTemporaryDir directory;
    const std::string before = datasetOf(directory, {"train/cat 3", "train/dog 2"})->fingerprint();
    const DatasetPtr with = datasetOf(directory, {"train/cat 3", "train/dog 2", "unlabelled 1"});
    QVERIFY(with->fingerprint() != before);
    QCOMPARE(with->report().classCounts, (std::vector<std::size_t>{3, 2}));
}

SIMCLR_TEST(TestUnlabelledFolder)
#include "tst_unlabelled_folder.moc"
