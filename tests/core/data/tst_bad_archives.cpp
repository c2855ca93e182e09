// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/archive_contents.h"
#include "core/data/dataset.h"
#include "core/util/error.h"
#include "tests/core/data/archive_writer.h"

#include <algorithm>
#include <optional>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

using Format = ArchiveWriter::Format;

/// Damaged and malicious archives: each gives one clear sentence or a note, and nothing is written.
class TestBadArchives : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void namesAreSafe_data();
    void namesAreSafe();
    void unsafeNamesAreLeftOut_data();
    void unsafeNamesAreLeftOut();
    void lastOfEqualNamesCounts_data();
    void lastOfEqualNamesCounts();
    void zipMembersThatCannotBeRead_data();
    void zipMembersThatCannotBeRead();
    void overlappingMembersAreRefused();
    void impossibleSizesAreNotRead();
    void bombsAreLeftOut();
    void expandingTarIsRefused();
    void truncatedArchivesAreRefused_data();
    void truncatedArchivesAreRefused();
    void changedBytesNeverCrash_data();
    void changedBytesNeverCrash();
    void extensionOfAbsurdSizeIsRefused();
    void sparseMembersAreBroken();
    void archiveWithoutImagesIsRefused();
    void otherFormsMustBeUnpacked();
    void otherFilesAreNoArchives();

  private:
    DatasetPtr open(const fs::path &path) const { return openDataset("archive:" + path.native()); }
    std::string png(std::uint32_t seed) const { return noisePng(*m_directory, seed); }
    /// Two classes with an image each.
    std::string usual(const std::string &name, Format format, int filter = ARCHIVE_FILTER_NONE) const {
        ArchiveWriter writer(m_root / name, format, filter);
        writer.add("cat/1.png", png(1));
        writer.add("dog/1.png", png(2));
        writer.finish();
        return readBytes(m_root / name);
    }
    std::string refusalOf(const fs::path &path) const {
        return thrownMessage<InvalidInput>([&] { open(path); });
    }

    std::optional<QTemporaryDir> m_directory;
    fs::path m_root;
};

namespace {

bool hasNote(const Dataset &dataset, const std::string &part) {
    return std::ranges::any_of(dataset.report().notes,
                               [&](const Message &note) { return contains(toText(note), part); });
}

const std::string centralSignature = "PK\x01\x02";

/// Overwrites bytes of the first entry of the central directory.
void changeEntry(std::string &archive, std::size_t at, const std::string &bytes) {
    archive.replace(archive.find(centralSignature) + at, bytes.size(), bytes);
}

void addFormats() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("filter");
    QTest::newRow("zip") << "a.zip" << static_cast<int>(Format::Zip) << ARCHIVE_FILTER_NONE;
    QTest::newRow("tar") << "a.tar" << static_cast<int>(Format::Gnu) << ARCHIVE_FILTER_NONE;
    QTest::newRow("pax") << "a.tar" << static_cast<int>(Format::Pax) << ARCHIVE_FILTER_NONE;
    QTest::newRow("gz") << "a.tar.gz" << static_cast<int>(Format::Gnu) << ARCHIVE_FILTER_GZIP;
    QTest::newRow("zst") << "a.tar.zst" << static_cast<int>(Format::Gnu) << ARCHIVE_FILTER_ZSTD;
}

} // namespace

void TestBadArchives::init() {
    m_directory.emplace();
    m_root = folderOf(*m_directory) / "archives";
    fs::create_directory(m_root);
}

void TestBadArchives::namesAreSafe_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("safe");
    const auto row = [](const QByteArray &name, const QByteArray &safe) {
        QTest::newRow(name.isEmpty() ? "empty" : name.left(20).constData()) << name << safe;
    };
    row("a/b.png", "a/b.png");
    row("./a/./b.png", "a/b.png");
    row("a//b.png", "a/b.png");
    row("..a/b..png", "..a/b..png");
    row("../b.png", "");
    row("a/../../b.png", "");
    row("a/../b.png", "");
    row("a/..", "");
    row("/etc/a.png", "");
    row("", "");
    row(".", "");
    row(QByteArray("a\0b.png", 7), "");
    row(QByteArray(5000, 'n'), "");
    row("x/" + QByteArray("a/").repeated(62) + "b.png", "x/" + QByteArray("a/").repeated(62) + "b.png");
    row("y/" + QByteArray("a/").repeated(63) + "b.png", "");
}

void TestBadArchives::namesAreSafe() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, safe);
    QCOMPARE(QByteArray::fromStdString(safeName(name.toStdString())), safe);
}

void TestBadArchives::unsafeNamesAreLeftOut_data() {
    addFormats();
}

void TestBadArchives::unsafeNamesAreLeftOut() {
    QFETCH(QString, name);
    QFETCH(int, format);
    QFETCH(int, filter);
    const fs::path file = m_root / "deep" / name.toStdString();
    ArchiveWriter writer(file, static_cast<Format>(format), filter);
    writer.add("cat/1.png", png(1));
    writer.add("dog/1.png", png(2));
    writer.add("../outside.png", png(3));
    writer.add("cat/../../outside.png", png(4));
    writer.add("/tmp-of-nobody/outside.png", png(5));
    writer.finish();
    const DatasetPtr dataset = open(file);
    QCOMPARE(dataset->size(), 2u);
    QVERIFY(hasNote(*dataset, "3 members of the archive are left out, because their names lead out of it"));
    QVERIFY(!fs::exists(m_root / "outside.png") && !fs::exists("/tmp-of-nobody"));
}

void TestBadArchives::lastOfEqualNamesCounts_data() {
    addFormats();
}

void TestBadArchives::lastOfEqualNamesCounts() {
    QFETCH(QString, name);
    QFETCH(int, format);
    QFETCH(int, filter);
    const fs::path file = m_root / name.toStdString();
    ArchiveWriter writer(file, static_cast<Format>(format), filter);
    writer.add("cat/1.png", png(1));
    writer.add("dog/1.png", png(2));
    writer.add("cat/1.png", png(3));
    writer.add("./cat/1.png", png(4));
    writer.finish();
    const DatasetPtr dataset = open(file);
    QCOMPARE(dataset->size(), 2u);
    QVERIFY(dataset->image(0) == noiseImage(8, 8, 4));
    QVERIFY(hasNote(*dataset, "2 members of the archive are left out, because a later one"));
}

void TestBadArchives::zipMembersThatCannotBeRead_data() {
    QTest::addColumn<int>("at");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("encrypted") << 8 << QByteArray("\x01", 1) << QByteArray("encrypted");
    QTest::newRow("method") << 10 << QByteArray("\x0e", 1) << QByteArray("other than deflate");
    QTest::newRow("checksum") << 16 << QByteArray("\0\0\0\0", 4) << QByteArray("checksum");
    QTest::newRow("shorter") << 24 << QByteArray("\x05\0\0\0", 4) << QByteArray("damaged");
    QTest::newRow("offset") << 42 << QByteArray("\x07\0\0\0", 4) << QByteArray("no header");
    QTest::newRow("far offset") << 42 << QByteArray("\xff\xff\xff\x7f", 4) << QByteArray("no header");
}

void TestBadArchives::zipMembersThatCannotBeRead() {
    QFETCH(int, at);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, reason);
    std::string archive = usual("a.zip", Format::Zip);
    changeEntry(archive, static_cast<std::size_t>(at), bytes.toStdString());
    writeBytes(m_root / "a.zip", archive);
    const DatasetPtr dataset = open(m_root / "a.zip");
    QCOMPARE(dataset->size(), 1u);
    QCOMPARE(dataset->report().brokenCount, std::size_t{1});
    const BrokenFile &broken = dataset->report().broken.front();
    QCOMPARE(broken.name, std::string("cat/1.png"));
    QVERIFY2(isClearMessage(broken.reason, reason.toStdString()), broken.reason.c_str());
}

void TestBadArchives::overlappingMembersAreRefused() {
    std::string archive = usual("a.zip", Format::StoredZip);
    changeEntry(archive, 20, std::string("\x00\x00\x10\x00", 4)); // claims 1 MiB
    writeBytes(m_root / "a.zip", archive);
    const std::string message = refusalOf(m_root / "a.zip");
    QVERIFY2(isClearMessage(message, "a.zip"), message.c_str());
    QVERIFY(contains(message, "larger than the file"));
}

/// Bytes before the archive leave room for the claim.
void TestBadArchives::impossibleSizesAreNotRead() {
    std::string archive = usual("a.zip", Format::Zip);
    changeEntry(archive, 20, std::string("\x00\x00\x04\x00", 4)); // claims 256 KiB for a small image
    writeBytes(m_root / "a.zip", "PK\x03\x04" + std::string(1 << 20, '\0') + archive);
    const DatasetPtr dataset = open(m_root / "a.zip");
    QCOMPARE(dataset->size(), 1u);
    const BrokenFile &broken = dataset->report().broken.front();
    QVERIFY2(isClearMessage(broken.reason, "compressed size is not possible"), broken.reason.c_str());
}

void TestBadArchives::bombsAreLeftOut() {
    ArchiveWriter writer(m_root / "bomb.zip", Format::Zip);
    writer.add("cat/1.png", png(1));
    writer.add("dog/1.png", png(2));
    writer.add("dog/2.bmp", std::string(17 << 20, '\0'));
    writer.finish();
    QVERIFY(fs::file_size(m_root / "bomb.zip") < 1 << 20);
    const DatasetPtr dataset = open(m_root / "bomb.zip");
    QCOMPARE(dataset->size(), 2u);
    QVERIFY(contains(dataset->report().broken.front().reason, "decompression bomb"));
}

void TestBadArchives::expandingTarIsRefused() {
    ArchiveWriter writer(m_root / "bomb.tar.zst", Format::Gnu, ARCHIVE_FILTER_ZSTD);
    const std::string zeros(64 << 20, '\0');
    for (int i = 0; i < 5; ++i)
        writer.add("cat/" + std::to_string(i) + ".bmp", zeros);
    writer.finish();
    const std::string message = refusalOf(m_root / "bomb.tar.zst");
    QVERIFY2(isClearMessage(message, "bomb.tar.zst"), message.c_str());
    QVERIFY(contains(message, "decompression bomb"));
}

void TestBadArchives::truncatedArchivesAreRefused_data() {
    addFormats();
}

/// Compressed data may end early without being noticed by
/// their own format; then the tar archive in it does.
void TestBadArchives::truncatedArchivesAreRefused() {
    QFETCH(QString, name);
    QFETCH(int, format);
    QFETCH(int, filter);
    const std::string whole = usual(name.toStdString(), static_cast<Format>(format), filter);
    std::size_t needed = whole.size();
    if (name.endsWith(".tar")) // the blocks of zeros at its end may be missing
        needed = whole.find_last_not_of('\0') + 1;
    for (std::size_t length = 600; length < needed; length += 151) {
        writeBytes(m_root / name.toStdString(), whole.substr(0, length));
        try {
            const DatasetPtr dataset = open(m_root / name.toStdString());
            QVERIFY2(format != static_cast<int>(Format::Zip), "a ZIP archive ends with its directory");
            QVERIFY(dataset->size() < 2); // a tar archive may end between two members
        } catch (const InvalidInput &error) {
            QVERIFY2(isClearMessage(error.what(), name.toStdString()), error.what());
        }
    }
}

void TestBadArchives::changedBytesNeverCrash_data() {
    addFormats();
}

void TestBadArchives::changedBytesNeverCrash() {
    QFETCH(QString, name);
    QFETCH(int, format);
    QFETCH(int, filter);
    const std::string whole = usual(name.toStdString(), static_cast<Format>(format), filter);
    std::uint32_t state = 1;
    int opened = 0;
    for (int round = 0; round < 200; ++round) {
        std::string changed = whole;
        for (int i = 0; i <= round % 4; ++i) {
            state = state * 1664525u + 1013904223u;
            changed[(state >> 8) % changed.size()] = static_cast<char>(state >> 3);
        }
        writeBytes(m_root / name.toStdString(), changed);
        try {
            const DatasetPtr dataset = open(m_root / name.toStdString());
            for (std::uint32_t i = 0; i < dataset->size(); ++i)
                dataset->image(i);
            ++opened;
        } catch (const Error &error) {
            QVERIFY2(isClearMessage(error.what(), name.toStdString()), error.what());
        }
    }
    QVERIFY(opened > 0 || filter != ARCHIVE_FILTER_NONE);
}

/// A pax header that claims 2 GiB.
void TestBadArchives::extensionOfAbsurdSizeIsRefused() {
    std::string archive = usual("a.tar", Format::Gnu);
    archive[156] = 'x';
    archive.replace(124, 12, "20000000000 ");
    std::int64_t sum = 8 * ' ';
    for (std::size_t i = 0; i < 512; ++i)
        sum += i < 148 || i >= 156 ? static_cast<unsigned char>(archive[i]) : 0;
    archive.replace(148, 8,
                    QByteArray::number(qlonglong(sum), 8).rightJustified(6, '0').toStdString() +
                        std::string("\0 ", 2));
    writeBytes(m_root / "a.tar", archive);
    const std::string message = refusalOf(m_root / "a.tar");
    QVERIFY2(isClearMessage(message, "a.tar"), message.c_str());
}

/// Also one whose map goes on in two blocks after the header.
void TestBadArchives::sparseMembersAreBroken() {
    for (const bool isExtended : {false, true}) {
        std::string archive = usual("a.tar", Format::Gnu);
        archive[156] = 'S';
        archive[482] = isExtended ? '\1' : '\0';
        std::int64_t sum = 8 * ' ';
        for (std::size_t i = 0; i < 512; ++i)
            sum += i < 148 || i >= 156 ? static_cast<unsigned char>(archive[i]) : 0;
        archive.replace(148, 8,
                        QByteArray::number(qlonglong(sum), 8).rightJustified(6, '0').toStdString() +
                            std::string("\0 ", 2));
        if (isExtended)
            archive.insert(512, std::string(504, '\0') + '\1' + std::string(7 + 512, '\0'));
        writeBytes(m_root / "a.tar", archive);
        const DatasetPtr dataset = open(m_root / "a.tar");
        QCOMPARE(dataset->size(), 1u);
        QVERIFY(contains(dataset->report().broken.front().reason, "sparse"));
    }
}

void TestBadArchives::archiveWithoutImagesIsRefused() {
    for (const Format format : {Format::Zip, Format::Gnu}) {
        ArchiveWriter writer(m_root / "texts", format);
        writer.add("README.txt", "text");
        writer.finish();
        const std::string message = refusalOf(m_root / "texts");
        QVERIFY2(isClearMessage(message, "texts"), message.c_str());
        QVERIFY(contains(message, "no readable images"));
    }
}

void TestBadArchives::otherFormsMustBeUnpacked() {
    for (const char *name :
         {"cifar-10-batches-bin/data_batch_1.bin", "stl10_binary/train_X.bin", "a/b.npz"}) {
        ArchiveWriter writer(m_root / "a.tar.gz", Format::Gnu, ARCHIVE_FILTER_GZIP);
        writer.add(name, "bytes");
        writer.finish();
        const std::string message = refusalOf(m_root / "a.tar.gz");
        QVERIFY2(isClearMessage(message, "unpack it") && contains(message, name), message.c_str());
    }
}

void TestBadArchives::otherFilesAreNoArchives() {
    for (const std::string &bytes : {std::string(), std::string("text"), std::string(2000, 'x'),
                                     std::string(2000, '\0'), std::string("\x1f\x8b garbage", 10)}) {
        writeBytes(m_root / "a.tar.gz", bytes);
        const std::string message = refusalOf(m_root / "a.tar.gz");
        QVERIFY2(isClearMessage(message, "a.tar.gz"), message.c_str());
    }
}

SIMCLR_TEST(TestBadArchives)
#include "tst_bad_archives.moc"
