// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"
#include "core/util/error.h"
#include "tests/core/data/archive_writer.h"

#include <algorithm>
#include <optional>
#include <thread>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

using Format = ArchiveWriter::Format;

/// Archives of images, written by libarchive.
class TestArchives : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void init();
    void equalsTheFolder_data();
    void equalsTheFolder();
    void longNamesAreRead_data();
    void longNamesAreRead();
    void hardLinksAreFiles();
    void annotationsAreRead();
    void systemFilesAreLeftOut();
    void compressedTarNeedsNoMemory();
    void manyThreadsRead();
    void replacedArchiveIsNoticed_data();
    void replacedArchiveIsNoticed();
    void touchedArchiveIsRead();
    void replacedCompressedTarStaysWhatItWas();
    void openingCanBeStopped();

  private:
    DatasetPtr open(const fs::path &path, std::uintmax_t memoryBudget = 1u << 30) const {
        OpenOptions options;
        options.memoryBudget = memoryBudget;
        return openDataset(path.native(), options);
    }
    /// Two classes with training and test images.
    void writePhotos() const {
        std::uint32_t seed = 1;
        for (const char *folder : {"train/cat", "train/dog", "test/cat", "test/dog"})
            writeNoiseFolder(m_root / "photos" / folder, 3, 8, seed += 10);
    }
    fs::path archived(const std::string &name, Format format, int filter = ARCHIVE_FILTER_NONE) const {
        ArchiveWriter writer(m_root / name, format, filter);
        writer.addFilesOf(m_root / "photos");
        writer.finish();
        return m_root / name;
    }

    std::optional<QTemporaryDir> m_directory;
    fs::path m_root;
};

namespace {

bool hasNote(const Dataset &dataset, const std::string &part) {
    return std::ranges::any_of(dataset.report().notes,
                               [&](const Message &note) { return contains(toText(note), part); });
}

bool haveEqualSamples(const Dataset &a, const Dataset &b) {
    if (a.size() != b.size() || a.report().classNames != b.report().classNames)
        return false;
    for (std::uint32_t i = 0; i < a.size(); ++i)
        if (a.sampleName(i) != b.sampleName(i) || a.label(i) != b.label(i) ||
            a.isTestSample(i) != b.isTestSample(i) || a.contentOf(i) != b.contentOf(i) ||
            !(a.image(i) == b.image(i)))
            return false;
    return true;
}

void addFormats() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("filter");
    const auto row = [](const char *name, Format format, int filter = ARCHIVE_FILTER_NONE) {
        QTest::newRow(name) << QString(name) << static_cast<int>(format) << filter;
    };
    row("deflated.zip", Format::Zip);
    row("stored.zip", Format::StoredZip);
    row("ustar.tar", Format::Ustar);
    row("pax.tar", Format::Pax);
    row("gnu.tar", Format::Gnu);
    row("a.tar.gz", Format::Gnu, ARCHIVE_FILTER_GZIP);
    row("a.TGZ", Format::Pax, ARCHIVE_FILTER_GZIP);
    row("a.tar.bz2", Format::Pax, ARCHIVE_FILTER_BZIP2);
    row("a.tar.xz", Format::Ustar, ARCHIVE_FILTER_XZ);
    row("a.tar.zst", Format::Ustar, ARCHIVE_FILTER_ZSTD);
}

} // namespace

void TestArchives::init() {
    m_directory.emplace();
    m_root = folderOf(*m_directory);
}

void TestArchives::equalsTheFolder_data() {
    addFormats();
}

/// Fingerprint and samples, in memory and streamed.
void TestArchives::equalsTheFolder() {
    QFETCH(QString, name);
    QFETCH(int, format);
    QFETCH(int, filter);
    writePhotos();
    const fs::path file = archived(name.toStdString(), static_cast<Format>(format), filter);
    const DatasetPtr folder = open(m_root / "photos");
    for (const std::uintmax_t budget : {std::uintmax_t{1} << 30, std::uintmax_t{0}}) {
        const DatasetPtr archive = open(file, budget);
        QCOMPARE(archive->report().kind, std::string("archive"));
        QCOMPARE(archive->report().title, name.toStdString());
        QCOMPARE(archive->report().source, "archive:" + file.native());
        QCOMPARE(archive->report().inMemory, budget > 0);
        QVERIFY(archive->report().notes.empty() && archive->report().broken.empty());
        QVERIFY(haveEqualSamples(*archive, *folder));
        QCOMPARE(archive->fingerprint(), folder->fingerprint());
        QCOMPARE(openDataset(archive->report().source)->fingerprint(), folder->fingerprint());
    }
}

void TestArchives::longNamesAreRead_data() {
    addFormats();
}

/// Names of more than the 100 bytes of a plain tar header, and of letters other than ASCII.
void TestArchives::longNamesAreRead() {
    QFETCH(QString, name);
    QFETCH(int, format);
    QFETCH(int, filter);
    const std::string longName = std::string(90, 'a') + "/" + std::string(80, 'b') + ".png";
    const std::string letters = "k\xC3\xA4tzchen/\xE7\x8C\xAB.png";
    ArchiveWriter writer(m_root / name.toStdString(), static_cast<Format>(format), filter);
    writer.addFolder("k\xC3\xA4tzchen/");
    writer.add(longName, noisePng(*m_directory, 1));
    writer.add(letters, noisePng(*m_directory, 2));
    writer.finish();
    const DatasetPtr dataset = open(m_root / name.toStdString());
    QCOMPARE(dataset->size(), 2u);
    QCOMPARE(dataset->sampleName(0), longName);
    QCOMPARE(dataset->sampleName(1), letters);
    QVERIFY(dataset->image(1) == noiseImage(8, 8, 2));
}

void TestArchives::hardLinksAreFiles() {
    ArchiveWriter writer(m_root / "links.tar", Format::Gnu);
    writer.add("cat/1.png", noisePng(*m_directory, 1));
    writer.add("dog/1.png", noisePng(*m_directory, 2));
    writer.addHardLink("dog/2.png", "cat/1.png");
    writer.addHardLink("dog/3.png", "../cat/1.png");
    writer.addSymbolicLink("dog/4.png", "/etc/passwd");
    writer.finish();
    const DatasetPtr dataset = open(m_root / "links.tar");
    QCOMPARE(dataset->size(), 3u);
    QCOMPARE(dataset->sampleName(2), std::string("dog/2.png"));
    QVERIFY(dataset->image(2) == noiseImage(8, 8, 1));
    QCOMPARE(dataset->report().brokenCount, std::size_t{1});
    QCOMPARE(dataset->report().broken.front().name, std::string("dog/3.png"));
    QVERIFY(hasNote(*dataset, "1 link in the archive is not followed"));
}

/// Tiny-ImageNet's layout.
void TestArchives::annotationsAreRead() {
    ArchiveWriter writer(m_root / "tiny.zip", Format::Zip);
    for (const std::string name : {"cat", "dog"})
        for (int i = 0; i < 2; ++i)
            writer.add("train/" + name + "/images/" + std::to_string(i) + ".png", noisePng(*m_directory, 1));
    writer.add("val/images/0.png", noisePng(*m_directory, 2));
    writer.add("val/val_annotations.txt", "0.png\tdog\t0\t0\t7\t7\n");
    writer.finish();
    const DatasetPtr dataset = open(m_root / "tiny.zip");
    QCOMPARE(dataset->size(), 5u);
    QVERIFY(dataset->isTestSample(4));
    QCOMPARE(dataset->label(4), 1);
}

void TestArchives::systemFilesAreLeftOut() {
    ArchiveWriter writer(m_root / "mac.zip", Format::Zip);
    writer.add("./cat/1.png", noisePng(*m_directory, 1));
    writer.add("dog//1.png", noisePng(*m_directory, 2));
    writer.add("__MACOSX/cat/._1.png", "x");
    writer.add("cat/.hidden.png", "x");
    writer.add("cat/photo.heic", "x");
    writer.add("README.txt", "x");
    writer.finish();
    const DatasetPtr dataset = open(m_root / "mac.zip");
    QCOMPARE(dataset->size(), 2u);
    QCOMPARE(dataset->sampleName(0), std::string("cat/1.png"));
    QCOMPARE(dataset->sampleName(1), std::string("dog/1.png"));
    QVERIFY(hasNote(*dataset, "2 images are left out as thumbnails"));
    QVERIFY(hasNote(*dataset, ".heic"));
}

/// Beyond the budget it is unpacked into a file without a name in the index folder.
void TestArchives::compressedTarNeedsNoMemory() {
    writePhotos();
    OpenOptions options;
    options.memoryBudget = 2000;
    options.indexFolder = m_root / "index";
    const DatasetPtr archive =
        openDataset(archived("a.tar.gz", Format::Gnu, ARCHIVE_FILTER_GZIP).native(), options);
    QVERIFY(haveEqualSamples(*archive, *open(m_root / "photos")));
    for (const auto &entry : fs::directory_iterator(options.indexFolder))
        QVERIFY2(!entry.path().filename().native().starts_with("unpacked"), entry.path().c_str());
}

void TestArchives::manyThreadsRead() {
    writePhotos();
    const DatasetPtr folder = open(m_root / "photos");
    for (const fs::path &file : {archived("a.zip", Format::Zip), archived("a.tar", Format::Ustar),
                                 archived("a.tar.gz", Format::Gnu, ARCHIVE_FILTER_GZIP)}) {
        const DatasetPtr archive = open(file, 0);
        std::atomic<int> differences = 0;
        {
            std::vector<std::jthread> readers;
            for (std::uint32_t reader = 0; reader < 4; ++reader)
                readers.emplace_back([&, reader] {
                    for (std::uint32_t i = 0; i < 200; ++i) {
                        const std::uint32_t sample = (i * 7 + reader) % archive->size();
                        differences += archive->image(sample) == folder->image(sample) ? 0 : 1;
                    }
                });
        }
        QCOMPARE(differences.load(), 0);
    }
}

void TestArchives::replacedArchiveIsNoticed_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("format");
    QTest::newRow("zip") << "a.zip" << static_cast<int>(Format::Zip);
    QTest::newRow("stored") << "a.zip" << static_cast<int>(Format::StoredZip);
    QTest::newRow("tar") << "a.tar" << static_cast<int>(Format::Ustar);
}

void TestArchives::replacedArchiveIsNoticed() {
    QFETCH(QString, name);
    QFETCH(int, format);
    writePhotos();
    const fs::path file = archived(name.toStdString(), static_cast<Format>(format));
    const DatasetPtr dataset = open(file, 0);
    fs::remove_all(m_root / "photos");
    writeNoiseFolder(m_root / "photos" / "train" / "cat", 20, 9, 500);
    archived(name.toStdString(), static_cast<Format>(format));
    for (std::uint32_t i = 0; i < dataset->size(); ++i) {
        const std::string message = thrownMessage<ImagesChanged>([&] { dataset->image(i); });
        QVERIFY2(isClearMessage(message, name.toStdString()), message.c_str());
    }
    fs::remove(file);
    const std::string message = thrownMessage<IoError>([&] { dataset->image(0); });
    QVERIFY2(isClearMessage(message, name.toStdString()), message.c_str());
}

void TestArchives::touchedArchiveIsRead() {
    writePhotos();
    const fs::path file = archived("a.zip", Format::Zip);
    const DatasetPtr dataset = open(file, 0);
    fs::last_write_time(file, fs::last_write_time(file) + std::chrono::hours(1));
    QVERIFY(haveEqualSamples(*dataset, *open(m_root / "photos")));
}

/// It was unpacked for this dataset.
void TestArchives::replacedCompressedTarStaysWhatItWas() {
    writePhotos();
    const fs::path file = archived("a.tar.gz", Format::Gnu, ARCHIVE_FILTER_GZIP);
    const DatasetPtr dataset = open(file, 0);
    writeBytes(file, "nothing");
    QVERIFY(haveEqualSamples(*dataset, *open(m_root / "photos")));
}

void TestArchives::openingCanBeStopped() {
    writePhotos();
    std::stop_source stop;
    stop.request_stop();
    OpenOptions options;
    options.stop = stop.get_token();
    for (const fs::path &file :
         {archived("a.zip", Format::Zip), archived("a.tar.gz", Format::Gnu, ARCHIVE_FILTER_GZIP)})
        QVERIFY_THROWS_EXCEPTION(OpeningCancelled, openDataset(file.native(), options));
}

SIMCLR_TEST(TestArchives)
#include "tst_archives.moc"
