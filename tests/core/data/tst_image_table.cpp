// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <set>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Datasets described by a CSV or TSV file.
class TestImageTable : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void readsEverySpelling_data();
    void readsEverySpelling();
    void emptyLabelsAreUnlabelled();
    void splitsAreKept();
    void validationIsTestIfThereIsNone();
    void numbersAreClasses_data();
    void numbersAreClasses();
    void furtherColumnsAreKept();
    void filesAreFound_data();
    void filesAreFound();
    void problemsAreCountedAndListed();
    void manyMissingImagesAreCounted();
    void contradictionsAreLeftOut();
    void testsNeedAClassOfTraining();
    void oneClassIsNone();
    void manyClassesAreTold();
    void sameRowsAreTheSameDataset();
    void refusesBadTables_data();
    void refusesBadTables();
    void missingImagesAreToldEarly();
    void imagesAreNeverOverwritten();

  private:
    DatasetPtr open(const std::string &text, const OpenOptions &options = {},
                    const char *name = "labels.csv") {
        writeBytes(m_folder / name, text);
        return openDataset((m_folder / name).native(), options);
    }
    std::string notesOf(const std::string &text) {
        std::string notes;
        const DatasetPtr dataset = open(text);
        for (const Message &note : dataset->report().notes)
            notes += toText(note) + "\n";
        return notes;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path m_folder;
};

namespace {

/// "a.png cat train, …"
std::string described(const Dataset &dataset) {
    std::string text;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const int label = dataset.label(sample);
        text += (text.empty() ? "" : ", ") + dataset.sampleName(sample) + " " +
                (label < 0 ? "-" : dataset.report().classNames[static_cast<std::size_t>(label)]) +
                (dataset.isTestSample(sample) ? " test" : "");
    }
    return text;
}

} // namespace

/// a.png, b.png, c.png and d.png beside the table, sub/e.png and sub/f.png below.
void TestImageTable::init() {
    m_directory = std::make_unique<QTemporaryDir>();
    m_folder = folderOf(*m_directory);
    for (std::uint32_t i = 0; i < 6; ++i) {
        const fs::path folder = i < 4 ? m_folder : m_folder / "sub";
        fs::create_directories(folder);
        writePng(noiseImage(8, 8, i + 1), folder / (std::string(1, static_cast<char>('a' + i)) + ".png"));
    }
}

void TestImageTable::readsEverySpelling_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("usual") << QByteArray("path,label\na.png,cat\nb.png,dog\nsub/e.png,cat\n");
    QTest::newRow("semicolons, Windows")
        << QByteArray("\xEF\xBB\xBF"
                      "Filename;Class\r\na.png;cat\r\nb.png;dog\r\nsub\\e.png;cat\r\n");
    QTest::newRow("tabs, other order")
        << QByteArray("Category\tImage Path\ncat\ta.png\ndog\tb.png\ncat\t./sub/e.png");
    QTest::newRow("quoted, spaces") << QByteArray(
        "\"file\",\"target\"\n\"a.png\",\" cat \"\n\"b.png\",\"dog\"\n\"sub//e.png\",\"cat\"\n");
    QTest::newRow("a folder column") << QByteArray(
        "dir,file,label\n,a.png,cat\n.,b.png,dog\nsub,e.png,cat\n");
    QTest::newRow("names without extension") << QByteArray("image_id,diagnosis\na,cat\nb,dog\nsub/e,cat\n");
    QTest::newRow("twice the same") << QByteArray(
        "path,label\na.png,cat\nb.png,dog\na.png,cat\nsub/e.png,cat\n");
}

void TestImageTable::readsEverySpelling() {
    QFETCH(QByteArray, text);
    const DatasetPtr dataset = open(text.toStdString());
    QCOMPARE(dataset->report().kind, std::string("csv"));
    QCOMPARE(described(*dataset), std::string("a.png cat, b.png dog, sub/e.png cat"));
    QVERIFY(dataset->image(2) == noiseImage(8, 8, 5));
    QVERIFY(!dataset->report().hasTestSplit);
    QCOMPARE(openDataset(dataset->report().source)->fingerprint(), dataset->fingerprint());
}

void TestImageTable::emptyLabelsAreUnlabelled() {
    const DatasetPtr dataset = open("path,label\na.png,cat\nb.png,\nc.png,dog\nd.png\n");
    QCOMPARE(described(*dataset), std::string("a.png cat, b.png -, c.png dog, d.png -"));
    QCOMPARE(dataset->report().classCounts, (std::vector<std::size_t>{1, 1}));
    QCOMPARE(described(*open("path\na.png\nb.png\n")), std::string("a.png -, b.png -"));
}

void TestImageTable::splitsAreKept() {
    const std::string rows = "path,label,split\na.png,cat,Train\nb.png,dog,VALIDATION\nc.png,cat,test_set\n"
                             "d.png,dog,\nsub/e.png,fish,unlabelled\n";
    const DatasetPtr dataset = open(rows);
    QCOMPARE(described(*dataset),
             std::string("a.png cat, b.png dog, c.png cat test, d.png dog, sub/e.png -"));
    QVERIFY(dataset->report().hasTestSplit);
    QVERIFY(contains(notesOf(rows), "1 image of the source's validation part is used like training images"));
}

void TestImageTable::validationIsTestIfThereIsNone() {
    const std::string rows = "path,label,subset\na.png,cat,train\nb.png,dog,train\nc.png,cat,val\n";
    QCOMPARE(described(*open(rows)), std::string("a.png cat, b.png dog, c.png cat test"));
    QVERIFY(contains(notesOf(rows), "1 image of the validation split is used for testing"));
}

void TestImageTable::numbersAreClasses_data() {
    QTest::addColumn<QByteArray>("labels");
    QTest::addColumn<QString>("classes");
    QTest::newRow("by value") << QByteArray("10,9,-1,9") << "-1 9 10";
    QTest::newRow("3 and 3.0") << QByteArray("3,3.0,4.00,4.") << "3 4";
    QTest::newRow("as text") << QByteArray("3,3.0,4a,10") << "10 3 4a";
    QTest::newRow("versions") << QByteArray("1.5,x,1.50,1.5") << "1.5 1.50 x";
    QTest::newRow("leading zeros") << QByteArray("01,1,02,2") << "01 1 02 2";
    QTest::newRow("not finite") << QByteArray("nan,inf,1,0.5") << "0.5 1 inf nan";
}

void TestImageTable::numbersAreClasses() {
    QFETCH(QByteArray, labels);
    QFETCH(QString, classes);
    std::string text = "path,label\n";
    const QList<QByteArray> each = labels.split(',');
    for (int i = 0; i < 4; ++i)
        text += std::string(1, static_cast<char>('a' + i)) + ".png," + each[i].toStdString() + "\n";
    QStringList names;
    const DatasetPtr dataset = open(text);
    for (const std::string &name : dataset->report().classNames)
        names << QString::fromStdString(name);
    QCOMPARE(names.join(' '), classes);
}

void TestImageTable::furtherColumnsAreKept() {
    const std::string rows =
        "patient,path,label,fold,age\n7,b.png,cat,1,33\n\"a, b\",a.png,dog,2,\nx,gone.png,dog,2,1\n";
    for (const OpenOptions &options : {OpenOptions(), [] {
                                           OpenOptions none;
                                           none.memoryBudget = 0;
                                           return none;
                                       }()}) {
        const DatasetPtr dataset = open(rows, options);
        QCOMPARE(dataset->columnNames(), (std::vector<std::string>{"patient", "fold", "age"}));
        QCOMPARE(described(*dataset), std::string("a.png dog, b.png cat"));
        QCOMPARE(dataset->columnValue(0, "patient"), std::string("a, b"));
        QCOMPARE(dataset->columnValue(0, "age"), std::string());
        QCOMPARE(dataset->columnValue(1, "patient"), std::string("7"));
        QCOMPARE(dataset->columnValue(1, "fold"), std::string("1"));
        QCOMPARE(dataset->columnValue(1, "unknown"), std::string());
    }
    // A broken image in between does not shift the values.
    writeBytes(m_folder / "a.png", "broken");
    const DatasetPtr dataset = open(rows);
    QCOMPARE(described(*dataset), std::string("b.png cat")); // a class may lose all its images
    QCOMPARE(dataset->columnValue(0, "patient"), std::string("7"));
}

void TestImageTable::filesAreFound_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::newRow("beside") << "a.png"
                            << "a.png";
    QTest::newRow("in a subfolder") << "e.png"
                                    << "sub/e.png";
    QTest::newRow("in a subfolder, by stem") << "f"
                                             << "sub/f.png";
    QTest::newRow("up and down") << "sub/../sub/f.png"
                                 << "sub/f.png";
    QTest::newRow("outside") << "../FOLDER/b.png"
                             << "../FOLDER/b.png";
    QTest::newRow("absolute") << "ROOT/c.png"
                              << "ROOT/c.png";
}

void TestImageTable::filesAreFound() {
    QFETCH(QString, path);
    QFETCH(QString, name);
    const auto filled = [this](QString text) {
        return text.replace("FOLDER", QString::fromStdString(m_folder.filename().native()))
            .replace("ROOT", QString::fromStdString(m_folder.native()))
            .toStdString();
    };
    const DatasetPtr dataset = open("path,label\nd.png,cat\n" + filled(path) + ",dog\n");
    std::set<std::string> names{dataset->sampleName(0), dataset->sampleName(1)};
    QCOMPARE(names, (std::set<std::string>{"d.png", filled(name)}));
}

void TestImageTable::problemsAreCountedAndListed() {
    const std::string rows = "path,label\na.png,cat\nb.png,dog\na.png,cat\ngone.png,cat\n../gone,dog\n";
    const DatasetPtr dataset = open(rows);
    QCOMPARE(dataset->report().brokenCount, std::size_t{2});
    QCOMPARE(dataset->report().broken[0].reason, std::string("gone.png (line 5) does not exist"));
    const std::string notes = notesOf(rows);
    for (const char *part :
         {"2 rows of the table name an image that does not exist", "1 row of the table names an image again",
          "2 images in the same folders are not in the table and are left out"})
        QVERIFY2(contains(notes, part), notes.c_str());
}

/// The report lists 1000 of them. Their folders do not exist either; "sub" is searched for them.
void TestImageTable::manyMissingImagesAreCounted() {
    std::string rows = "path,label\na.png,cat\ne.png,dog\nb.png\n";
    for (int i = 0; i < 1500; ++i)
        rows += std::to_string(i) + "/gone.png,cat\n";
    const DatasetPtr dataset = open(rows);
    QCOMPARE(described(*dataset), std::string("a.png cat, b.png -, sub/e.png dog"));
    QCOMPARE(dataset->report().broken.size(), std::size_t{1000});
    QCOMPARE(dataset->report().brokenCount, std::size_t{1500});
    const std::string notes = notesOf(rows);
    QVERIFY2(contains(notes, "1,500 rows of the table name an image that does not exist") ||
                 contains(notes, "1500 rows of the table name an image that does not exist"),
             notes.c_str());
    QVERIFY2(contains(notes, "1 row of the table has fewer cells than its header"), notes.c_str());
}

void TestImageTable::contradictionsAreLeftOut() {
    const std::string rows =
        "path,label,split\na.png,cat,train\nb.png,dog,train\na.png,dog,train\n"
        "c.png,dog,train\n./c.png,dog,test\nd.png,cat,train\nd.png,,train\nsub/e.png,cat,\n";
    const DatasetPtr dataset = open(rows);
    QCOMPARE(described(*dataset), std::string("b.png dog, sub/e.png cat"));
    std::vector<std::string> reasons;
    for (const BrokenFile &file : dataset->report().broken)
        reasons.push_back(file.reason);
    QCOMPARE(reasons,
             (std::vector<std::string>{"a.png has two labels: \"cat\" (line 2) and \"dog\" (line 4)",
                                       "c.png has two splits: train (line 5) and test (line 6)",
                                       "d.png has two labels: \"cat\" (line 7) and no label (line 8)"}));
    QVERIFY(contains(notesOf(rows), "3 images are left out, because rows disagree on their label or split"));
}

void TestImageTable::testsNeedAClassOfTraining() {
    const std::string rows =
        "path,label,split\na.png,cat,train\nb.png,dog,train\nc.png,fish,test\nd.png,,test\n"
        "sub/e.png,cat,test\n";
    QCOMPARE(described(*open(rows)), std::string("a.png cat, b.png dog, sub/e.png cat test"));
    const std::string notes = notesOf(rows);
    QVERIFY2(contains(notes, "1 test image is left out, because training has no such class: \"fish\" (1)") &&
                 contains(notes, "1 test image is left out, because it has no label"),
             notes.c_str());
}

void TestImageTable::oneClassIsNone() {
    const DatasetPtr dataset = open("path,label,split\na.png,cat,train\nb.png,cat,test\nc.png,,test\n");
    QVERIFY(!dataset->isLabelled());
    QCOMPARE(described(*dataset), std::string("a.png -, b.png - test, c.png - test"));
}

void TestImageTable::manyClassesAreTold() {
    std::string labelled = "path,label\n";
    for (int i = 0; i < 120; ++i) {
        const std::string name = "many/" + std::to_string(i) + ".png";
        fs::create_directories(m_folder / "many");
        fs::copy(m_folder / "a.png", m_folder / name);
        labelled += name + "," + std::to_string(i) + "\n";
    }
    QVERIFY(contains(notesOf(labelled), "The column \"label\" has 120 different labels for 120 images"));
}

/// The order of rows and columns is not a part of the dataset; labels and splits are.
void TestImageTable::sameRowsAreTheSameDataset() {
    const std::string first = open("path,label\na.png,cat\nb.png,dog\n")->fingerprint();
    QCOMPARE(open("label;path\ndog;b.png\ncat;a.png\n")->fingerprint(), first);
    QCOMPARE(open("path\tlabel\na.png\tcat\nb.png\tdog\n", {}, "other.tsv")->fingerprint(), first);
    QVERIFY(open("path,label\na.png,dog\nb.png,cat\n")->fingerprint() != first);
    QVERIFY(open("path,label\na.png,cat\nb.png,dog\nc.png,\n")->fingerprint() != first);
}

void TestImageTable::refusesBadTables_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("cause");
    QTest::newRow("empty") << QByteArray() << "labels.csv is empty";
    QTest::newRow("header alone") << QByteArray("path,label\n") << "names no images: it has a header only";
    QTest::newRow("no paths") << QByteArray("x,label\n1,2\n") << "has no column with the paths of images";
    QTest::newRow("no header") << QByteArray("a.png,cat\nb.png,dog\n")
                               << "has no column with the paths of images";
    QTest::newRow("empty path") << QByteArray("path,label\na.png,cat\n,dog\n")
                                << "line 3: the path of the image is empty";
    QTest::newRow("no such images") << QByteArray("path,label\nx.png,cat\ny.png,dog\n")
                                    << "none of the first 2 images that";
    QTest::newRow("decimals") << QByteArray("path,label\na.png,1\nb.png,0.37\nc.png,0.5\n")
                              << "line 3: the labels are decimal numbers such as 0.37, which are not classes";
    QTest::newRow("unknown split") << QByteArray("path,label,split\na.png,cat,train\nb.png,dog,blue\n")
                                   << "line 3: the split \"blue\" is unknown; known are train, val and test";
    QTest::newRow("numbered split") << QByteArray("path,label,split\na.png,cat,1\n")
                                    << "line 2: the split \"1\" is unknown";
    QTest::newRow("open mark") << QByteArray("path,label\na.png,cat\n\"b.png,dog\n")
                               << "line 3: a quotation mark is not closed";
    QTest::newRow("more cells") << QByteArray("path,label\na.png,cat,1\n")
                                << "line 2: there are more cells than columns";
    QTest::newRow("a zero byte") << QByteArray("path,label\na\0b.png,cat\n", 22)
                                 << "none of the first 1 images";
    QTest::newRow("all broken") << QByteArray("path,label\nlabels.csv,cat\n") << "none of the 1 images";
}

void TestImageTable::refusesBadTables() {
    QFETCH(QByteArray, text);
    QFETCH(QString, cause);
    const std::string message = thrownMessage<InvalidInput>([&] { open(text.toStdString()); });
    QVERIFY2(isClearMessage(message, cause.toStdString()), message.c_str());
}

void TestImageTable::missingImagesAreToldEarly() {
    std::string rows = "path,label\n";
    for (int i = 0; i < 5000; ++i)
        rows += std::to_string(i) + ".png,cat\n";
    const std::string message = thrownMessage<InvalidInput>([&] { open(rows + "\"open"); });
    QVERIFY2(isClearMessage(message, "none of the first 1000 images that"), message.c_str());
}

void TestImageTable::imagesAreNeverOverwritten() {
    writeBytes(m_folder / "other" / "text.txt", "x");
    const DatasetPtr dataset = open("path,label\nsub/e.png,x\nsub/f.png,y\n");
    for (const char *name : {"sub/e.png", "sub", "labels.csv"}) {
        const std::string message =
            thrownMessage<InvalidInput>([&] { requireOutsideImages(m_folder / name, *dataset); });
        QVERIFY2(isClearMessage(message, "image folder"), message.c_str());
    }
    requireOutsideImages(m_folder / "other" / "text.txt", *dataset);
    requireOutsideImages(m_folder / "sub" / "new.npy", *dataset);
    fs::create_directory(m_folder / "tables");
    writeBytes(m_folder / "tables" / "labels.csv", "path,label\n../a.png,x\n../b.png,y\n");
    const DatasetPtr above = openDataset((m_folder / "tables" / "labels.csv").native());
    thrownMessage<InvalidInput>([&] { requireOutsideImages(m_folder / "a.png", *above); });
}

SIMCLR_TEST(TestImageTable)
#include "tst_image_table.moc"
