// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/files.h"

#include "core/util/error.h"
#include "tests/support/test_support.h"

#include <QFile>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

class TestFiles : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void replacesInvalidUtf8_data();
    void replacesInvalidUtf8();
    void namesAnyFile();
    void readsEveryByte();
    void refusesWhatCannotBeRead();
    void refusesWhatIsTooLong();
    void refusesWhatIsNoRegularFile();
    void readsFilesThatSayNoLength();
    void readsAPipeToItsEnd();
    void readsAPipeThatIsFullAndClosed();
    void waitsForTheFirstWriter();
    void refusesStreamsThatDoNotEnd();
    void waitingEndsWithASignal();
    void writesAndReplaces();
    void replacesOnlyOrdinaryFiles();
    void readersNeverSeeAPart();
    void failureLeavesTheOldFileAndNoRest_data();
    void failureLeavesTheOldFileAndNoRest();
    void aFolderThatCannotBeEnteredIsNotMissing();
};

namespace {

const std::string replacement = "\xEF\xBF\xBD";

/// An unnamed pipe under the name that the shell uses for <(…).
class Pipe {
  public:
    Pipe() {
        if (::pipe2(m_ends, O_CLOEXEC) != 0)
            qFatal("no pipe");
    }
    ~Pipe() {
        ::close(m_ends[0]);
        closeWriter();
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    fs::path name() const { return "/dev/fd/" + std::to_string(m_ends[0]); }
    void write(std::string_view bytes) const {
        while (!bytes.empty())
            bytes.remove_prefix(static_cast<std::size_t>(::write(m_ends[1], bytes.data(), bytes.size())));
    }
    void closeWriter() const { ::close(std::exchange(m_ends[1], -1)); }

  private:
    mutable int m_ends[2] = {-1, -1};
};

std::size_t entriesIn(const fs::path &folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

void TestFiles::replacesInvalidUtf8_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("valid");
    const QByteArray mark = QByteArray::fromStdString(replacement);
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("ASCII") << QByteArray("photo.jpg") << QByteArray("photo.jpg");
    QTest::newRow("two to four bytes") << QByteArray("é€😀") << QByteArray("é€😀");
    QTest::newRow("Latin-1") << QByteArray("caf\xe9.jpg") << "caf" + mark + ".jpg";
    QTest::newRow("cut off") << QByteArray("a\xe2\x82") << "a" + mark + mark;
    QTest::newRow("stray continuation") << QByteArray("\x80z") << mark + "z";
    QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << mark + mark;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << mark + mark + mark;
    QTest::newRow("beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80") << mark + mark + mark + mark;
}

void TestFiles::replacesInvalidUtf8() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, valid);
    QCOMPARE(toValidUtf8(text.toStdString()), valid.toStdString());
}

void TestFiles::namesAnyFile() {
    QCOMPARE(displayName("/photos/Tür.jpg"), std::string("/photos/Tür.jpg"));
    QCOMPARE(displayName(fs::path("/photos/\xff.jpg")), "/photos/" + replacement + ".jpg");
}

void TestFiles::readsEveryByte() {
    const QTemporaryDir directory;
    std::string bytes;
    for (int i = 0; i < 70'000; ++i)
        bytes += static_cast<char>(i * 7 % 256);
    writeBytes(folderOf(directory) / "bytes", bytes);
    QCOMPARE(readFile(folderOf(directory) / "bytes", bytes.size()), bytes);
    writeBytes(folderOf(directory) / "empty", "");
    QCOMPARE(readFile(folderOf(directory) / "empty", 0), std::string());
}

void TestFiles::refusesWhatCannotBeRead() {
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory);
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { readFile(folder / "none", 10); }), "none"));
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { readFile(folder, 10); }), "it is a folder"));
    const fs::path tooLong = folder / std::string(300, 'n');
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { readFile(tooLong, 10); }), "nnn"));
}

void TestFiles::refusesWhatIsTooLong() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "long.bin";
    writeBytes(file, std::string(11, 'x'));
    QVERIFY(
        isClearMessage(thrownMessage<InvalidInput>([&] { readFile(file, 10); }), "long.bin is too large"));
}

/// Reading none of them blocks.
void TestFiles::refusesWhatIsNoRegularFile() {
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory);
    QCOMPARE(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    fs::create_symlink("pipe", folder / "link");
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{AF_UNIX, {}};
    std::strncpy(address.sun_path, (folder / "socket").c_str(), sizeof address.sun_path - 1);
    QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    for (const fs::path &file : {folder / "pipe", folder / "link", folder / "socket", fs::path("/dev/zero"),
                                 fs::path("/dev/null")}) {
        const std::string message = thrownMessage<IoError>([&] { readFile(file, 100); });
        QVERIFY2(isClearMessage(message, displayName(file) + ": it is not a regular file"), message.c_str());
    }
    ::close(socket);
}

void TestFiles::readsFilesThatSayNoLength() {
    QCOMPARE(readFile("/proc/self/status", 1 << 20).substr(0, 5), std::string("Name:"));
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { readFile("/proc/self/status", 10); }),
                           "status is too large"));
}

/// Like the shell's <(…).
void TestFiles::readsAPipeToItsEnd() {
    const std::string bytes = [] {
        std::string all;
        for (int i = 0; i < 300'000; ++i)
            all += static_cast<char>(i * 7 % 256);
        return all;
    }();
    const Pipe pipe;
    std::jthread writer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        pipe.write(bytes.substr(0, 150'000));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        pipe.write(bytes.substr(150'000));
        pipe.closeWriter();
    });
    QVERIFY(readFile(pipe.name(), bytes.size(), FileKinds::AlsoPipes) == bytes);
}

void TestFiles::readsAPipeThatIsFullAndClosed() {
    const Pipe full;
    full.write("all that there is");
    full.closeWriter();
    QCOMPARE(readFile(full.name(), 100, FileKinds::AlsoPipes), std::string("all that there is"));
    const Pipe empty;
    empty.closeWriter();
    QCOMPARE(readFile(empty.name(), 100, FileKinds::AlsoPipes), std::string());
}

void TestFiles::waitsForTheFirstWriter() {
    const QTemporaryDir directory;
    const fs::path pipe = folderOf(directory) / "pipe";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    std::jthread writer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        std::ofstream(pipe) << "late";
    });
    QCOMPARE(readFile(pipe, 100, FileKinds::AlsoPipes), std::string("late"));
    writer.join();
    const std::string message = thrownMessage<IoError>([&] { readFile(pipe, 100, FileKinds::AlsoPipes); });
    QVERIFY2(isClearMessage(message, "no program writes into this pipe"), message.c_str());
}

void TestFiles::refusesStreamsThatDoNotEnd() {
    const std::string message =
        thrownMessage<InvalidInput>([&] { readFile("/dev/zero", 1 << 20, FileKinds::AlsoPipes); });
    QVERIFY2(isClearMessage(message, "/dev/zero is too large"), message.c_str());
}

void TestFiles::waitingEndsWithASignal() {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    action.sa_flags = SA_RESTART; // as the command line's own handler
    ::sigaction(SIGUSR1, &action, nullptr);
    const Pipe silent;
    const pthread_t reader = ::pthread_self();
    std::jthread sender([&](const std::stop_token &stop) {
        while (!stop.stop_requested()) { // the first may arrive before the wait begins
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            ::pthread_kill(reader, SIGUSR1);
        }
    });
    const std::string message =
        thrownMessage<Interrupted>([&] { readFile(silent.name(), 100, FileKinds::AlsoPipes); });
    QVERIFY2(isClearMessage(message, "interrupted"), message.c_str());
}

void TestFiles::writesAndReplaces() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / fs::path("na\xefve.json"); // not UTF-8
    writeFileAtomically(file, "first, and longer");
    QCOMPARE(readBytes(file), std::string("first, and longer"));
    writeFileAtomically(file, "second");
    QCOMPARE(readBytes(file), std::string("second"));
    QCOMPARE(entriesIn(folderOf(directory)), std::size_t{1});
}

/// A link stays a link, and its target is written; a pipe is rejected and stays a pipe.
void TestFiles::replacesOnlyOrdinaryFiles() {
    const QTemporaryDir temporary;
    const fs::path folder = temporary.path().toStdString();
    writeFileAtomically(folder / "target", "old");
    fs::create_symlink("target", folder / "link");
    writeFileAtomically(folder / "link", "new");
    QVERIFY(fs::is_symlink(folder / "link"));
    QCOMPARE(readFile(folder / "target", 10), std::string("new"));
    fs::create_symlink("new target", folder / "early link"); // its file does not exist yet
    writeFileAtomically(folder / "early link", "first");
    QVERIFY(fs::is_symlink(folder / "early link"));
    QCOMPARE(readFile(folder / "new target", 10), std::string("first"));
    fs::create_symlink("loop", folder / "loop");
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { writeFileAtomically(folder / "loop", "new"); }),
                           "form a loop"));
    QCOMPARE(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    const std::string message = thrownMessage<IoError>([&] { writeFileAtomically(folder / "pipe", "new"); });
    QVERIFY2(isClearMessage(message, "not an ordinary file"), message.c_str());
    QVERIFY(fs::is_fifo(folder / "pipe"));
    QCOMPARE(entriesIn(folder), std::size_t{6});
}

void TestFiles::readersNeverSeeAPart() {
    const QTemporaryDir directory;
    const fs::path file = folderOf(directory) / "weights";
    const std::string old(200'000, 'a');
    const std::string fresh(200'000, 'b');
    writeFileAtomically(file, old);
    std::jthread writer([&](const std::stop_token &stop) {
        for (int i = 0; !stop.stop_requested(); ++i)
            writeFileAtomically(file, i % 2 == 0 ? fresh : old);
    });
    for (int i = 0; i < 300; ++i) {
        const std::string seen = readBytes(file);
        QVERIFY(seen == old || seen == fresh);
    }
}

void TestFiles::failureLeavesTheOldFileAndNoRest_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("a folder has the name") << "folder";
    QTest::newRow("its folder is missing") << "missing/file";
    QTest::newRow("its folder is a file") << "old/file";
    QTest::newRow("name too long") << QString(300, 'n');
}

void TestFiles::failureLeavesTheOldFileAndNoRest() {
    QFETCH(QString, name);
    const QTemporaryDir directory;
    const fs::path folder = folderOf(directory);
    fs::create_directory(folder / "folder");
    writeBytes(folder / "old", "kept");
    const std::string message =
        thrownMessage<IoError>([&] { writeFileAtomically(folder / name.toStdString(), "new"); });
    QVERIFY2(isClearMessage(message, name.toStdString()), message.c_str());
    QVERIFY2(!contains(message, ".tmp"), message.c_str()); // which the user does not know
    QCOMPARE(readBytes(folder / "old"), std::string("kept"));
    QCOMPARE(entriesIn(folder), std::size_t{2});
}

/// The folder exists, which the message does not deny.
void TestFiles::aFolderThatCannotBeEnteredIsNotMissing() {
    const QTemporaryDir directory;
    const fs::path closed = folderOf(directory) / "closed";
    fs::create_directories(closed / "inner");
    fs::permissions(closed, fs::perms::none);
    const std::string message = ::geteuid() == 0 ? std::string() : thrownMessage<IoError>([&] {
        writeFileAtomically(closed / "inner" / "file", "new");
    });
    fs::permissions(closed, fs::perms::owner_all);
    if (::geteuid() == 0)
        QSKIP("root may enter every folder");
    QVERIFY2(isClearMessage(message, std::strerror(EACCES)), message.c_str());
    QVERIFY2(!contains(message, "does not exist"), message.c_str());
}

SIMCLR_TEST(TestFiles)
#include "tst_files.moc"
