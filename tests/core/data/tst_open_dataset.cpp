// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestOpenDataset : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void recognisesByWhatLiesThere();
    void shapesTakeASeed();
    void refusesWhatIsNoDataset_data();
    void refusesWhatIsNoDataset();
    void unreadableFolderIsNamed();
};

void TestOpenDataset::recognisesByWhatLiesThere() {
    const QTemporaryDir directory;
    writeNoiseFolder(folderOf(directory) / "photos" / "cat", 2, 8, 1);
    writeBytes(folderOf(directory) / "cifar" / "data_batch_1.bin", cifarRecords(10, 1));
    QCOMPARE(openDataset((folderOf(directory) / "photos").native())->report().kind, std::string("folder"));
    QCOMPARE(openDataset((folderOf(directory) / "cifar").native())->report().kind, std::string("cifar10"));
    QCOMPARE(openDataset("shapes")->report().kind, std::string("shapes"));
}

void TestOpenDataset::shapesTakeASeed() {
    QCOMPARE(openDataset("shapes:77")->report().source, std::string("shapes:77"));
    for (const char *source :
         {"shapes:", "shapes:x", "shapes:-1", "shapes:1.5", "shapes:99999999999999999999"}) {
        const std::string message = thrownMessage<InvalidInput>([&] { openDataset(source); });
        QVERIFY2(isClearMessage(message, std::string(source).substr(7)), message.c_str());
    }
}

void TestOpenDataset::refusesWhatIsNoDataset_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("named");
    const auto row = [](const char *name, const QByteArray &source, const QByteArray &named) {
        QTest::newRow(name) << source << named;
    };
    row("no such path", "/no/such/place", "/no/such/place");
    row("no such folder", "folder:/no/such/place", "/no/such/place");
    row("no such file", "cifar10:/no/such/place", "/no/such/place");
    row("nothing", "", "no dataset");
    row("kind alone", "folder:", "no dataset");
    row("unknown kind", "mnist:/tmp", "mnist:/tmp");
    row("a plain file", QByteArray(SIMCLR_TEST_DATA) + "/rgb.jpg", "rgb.jpg");
    row("a file as a folder", "folder:" + QByteArray(SIMCLR_TEST_DATA) + "/rgb.jpg", "rgb.jpg");
    row("a folder without CIFAR-10", "cifar10:" + QByteArray(SIMCLR_TEST_DATA), "data");
    row("not UTF-8", "/no/such/\xff", "/no/such/\xEF\xBF\xBD");
    row("a name too long", "/" + QByteArray(300, 'n'), "nnn");
    row("a path too long", QByteArray(5000, 'p'), "ppp");
    row("kind and a path too long", "folder:" + QByteArray(5000, 'p'), "ppp");
}

void TestOpenDataset::refusesWhatIsNoDataset() {
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, named);
    const std::string message = thrownMessage<InvalidInput>([&] { openDataset(source.toStdString()); });
    QVERIFY2(isClearMessage(message, named.toStdString()), message.c_str());
}

void TestOpenDataset::unreadableFolderIsNamed() {
    if (::geteuid() == 0)
        QSKIP("root may read everything");
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory) / "locked";
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms::none);
    const std::string message = thrownMessage<IoError>([&] { openDataset("folder:" + folder.native()); });
    fs::permissions(folder, fs::perms::owner_all);
    QVERIFY2(isClearMessage(message, "locked"), message.c_str());
}

SIMCLR_TEST(TestOpenDataset)
#include "tst_open_dataset.moc"
