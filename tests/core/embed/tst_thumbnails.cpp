// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/near_duplicates.h"
#include "core/embed/thumbnails.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <QTemporaryDir>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

const auto ignore = [](std::size_t) {};

} // namespace

/// Features without an encoder.
class TestThumbnails : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const std::string &name) const { return folderOf(m_folder) / name; }

  private Q_SLOTS:
    void brighterCopiesAreNearDuplicates() {
        writeNoiseFolder(path("photos"), 5, 64, 1);
        Image brighter = readImage(path("photos/003.png"));
        for (std::size_t i = 0; i < brighter.byteCount(); ++i)
            brighter.data()[i] = static_cast<std::uint8_t>(100 + brighter.data()[i] / 2);
        writePng(brighter, path("photos/copy.png"));
        const DatasetPtr dataset = openDataset(path("photos").native());
        const auto thumbnails = thumbnailFeatures(*dataset, 2, {}, ignore);
        QCOMPARE(thumbnails->table.rows(), std::size_t{6});
        QCOMPARE(thumbnails->table.columns, std::size_t{768});
        const auto found = nearDuplicates(thumbnails->table, {});
        QCOMPARE(found->pairs.size(), std::size_t{1});
        QCOMPARE(dataset->sampleName(found->pairs[0].first), std::string("003.png"));
        QCOMPARE(dataset->sampleName(found->pairs[0].second), std::string("copy.png"));
    }

    void uniformImagesAreLikeNothing() {
        fs::create_directories(path("plain"));
        writePng(filledImage(20, 20, {10, 20, 30}), path("plain/a.png"));
        writePng(filledImage(20, 20, {10, 20, 30}), path("plain/b.png"));
        const auto thumbnails = thumbnailFeatures(*openDataset(path("plain").native()), 1, {}, ignore);
        QVERIFY(std::ranges::all_of(thumbnails->table.values, [](float value) { return value == 0; }));
        QCOMPARE(nearDuplicates(thumbnails->table, {})->found, std::uint64_t{0});
    }

    void imagesThatBreakLaterAreListed() {
        writeNoiseFolder(path("decaying"), 3, 32, 1);
        OpenOptions options;
        options.memoryBudget = 0; // read on demand, not at opening
        const DatasetPtr dataset = openDataset(path("decaying").native(), options);
        writeBytes(path("decaying/001.png"), "no picture any more");
        std::size_t done = 0;
        const auto thumbnails =
            thumbnailFeatures(*dataset, 2, {}, [&](std::size_t images) { done = images; });
        QCOMPARE(done, std::size_t{3});
        QCOMPARE(thumbnails->table.rows(), std::size_t{2});
        QCOMPARE(thumbnails->broken.size(), std::size_t{1});
        QCOMPARE(thumbnails->broken.front().name, std::string("001.png"));
        fs::remove_all(path("decaying"));
        QVERIFY_EXCEPTION_THROWN(thumbnailFeatures(*dataset, 2, {}, ignore), IoError);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!thumbnailFeatures(*dataset, 2, stop.get_token(), ignore));
    }
};

SIMCLR_TEST(TestThumbnails)
#include "tst_thumbnails.moc"
