// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_walk.h"
#include "core/exchange/import_source.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/locked_files.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/test_images.h"

#include <fcntl.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

/// Asks the kernel by a descriptor whose own locks are apart; it stays open, because closing it would release
/// the locks of this process.
class LockView {
  public:
    explicit LockView(const fs::path &file) : m_descriptor(::open(file.c_str(), O_RDWR | O_CLOEXEC)) {}
    bool isLocked() const {
        struct flock range {};
        range.l_type = F_WRLCK;
        range.l_whence = SEEK_SET;
        return ::fcntl(m_descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
    }

  private:
    int m_descriptor;
};

} // namespace

/// Nothing that reads files releases the locks on an open database. If they were gone, another process that
/// closes it would delete the write-ahead log in use.
class TestLockedFiles : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void readingReleasesNoLock() {
        const QTemporaryDir directory;
        const fs::path file = folderOf(directory) / "runs.sqlite";
        writePng(noiseImage(8, 8, 1), folderOf(directory) / "a.png");
        const RunStore store(file);
        store.runs().list(0);
        const LockView view(file);
        QVERIFY(view.isLocked());
        QVERIFY(isLockedFile(file));
        QCOMPARE(walkFolder(folderOf(directory), {}).images.size(), std::size_t{1});
        QVERIFY_THROWS_EXCEPTION(IoError, readFile(file, 1 << 20));
        QVERIFY_THROWS_EXCEPTION(Error, openDataset(file.native()));
        QVERIFY(recognisedSource({file}).has_value()); // a database, without looking into it
        QVERIFY(view.isLocked());
        ::close(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
        QVERIFY(!view.isLocked()); // that is what is avoided above
    }

    void closedDatabaseIsAFileLikeOthers() {
        const QTemporaryDir directory;
        const fs::path file = folderOf(directory) / "runs.sqlite";
        RunStore(file).runs().list(0);
        QVERIFY(!isLockedFile(file));
        QVERIFY(!readFile(file, 1 << 20).empty());
    }
};

SIMCLR_TEST(TestLockedFiles)
#include "tst_locked_files.moc"
