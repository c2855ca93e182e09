// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/crc32c.h"
#include "core/exchange/curve_collector.h"
#include "core/exchange/event_folder.h"
#include "core/exchange/event_reader.h"
#include "core/util/error.h"
#include "tests/core/exchange/event_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Damaged, endless and hostile event files end with a note or an error, and never with a crash.
class TestHostileEvents : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void fileCutAtEveryByteIsReadUntilThere();
    void everyFlippedByteIsNoticed();
    void hugeLengthsAreAnIncompleteRecord();
    void recordsAboveTheLimitAreSkipped();
    void damagedMessageIsLeftOut();
    void everyByteOfAMessageMayBeWrong();
    void deepNestingEnds();
    void tagsAreText();
    void longTagsAreLeftOut();
    void impossibleTimesAreReplaced();
    void extremeStepsAreKept();
    void manyRestartsAreQuick();
    void pipesAndDevicesAreNotRead();
    void linkedFoldersAreNotFollowed();

  private:
    fs::path root() const { return folderOf(*m_directory) / "logs"; }
    fs::path file() const { return root() / "run" / eventFileName(); }
    ImportedRun read(const std::string &bytes) const {
        writeBytes(file(), bytes);
        return readEventFolder({root() / "run", "run", {file()}});
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

std::string smallFile() {
    const SessionStart session{{{"lr", 0.1}, {"name", "x"}}, 1.7e9};
    return versionRecord(1.7e9) + sessionStartRecord(1.7e9, session) + scalarRecord("loss", 1, 1) +
           scalarRecord("loss", 2, 2) + restartRecord(5, 1.7e9);
}

std::size_t pointsIn(const ImportedRun &run) {
    std::size_t count = 0;
    for (const auto &[metric, points] : run.curves)
        count += points.size();
    return count;
}

} // namespace

void TestHostileEvents::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestHostileEvents::fileCutAtEveryByteIsReadUntilThere() {
    const std::string bytes = smallFile();
    std::size_t most = 0;
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        const ImportedRun run = read(bytes.substr(0, length));
        QVERIFY(run.problems.empty());
        QVERIFY(pointsIn(run) >= most); // no byte takes a point away
        most = pointsIn(run);
    }
    QCOMPARE(most, std::size_t{2});
}

/// Each byte belongs to a length, to data, or to one of their checksums. A flipped one ends the file; the
/// length of an incomplete record is the only other possibility, and has its own checksum.
void TestHostileEvents::everyFlippedByteIsNoticed() {
    const std::string bytes = smallFile();
    for (std::size_t at = 0; at < bytes.size(); ++at)
        for (const char bit : {'\x01', '\x80'}) {
            std::string flipped = bytes;
            flipped[at] = static_cast<char>(flipped[at] ^ bit);
            const ImportedRun run = read(flipped);
            QCOMPARE(run.problems.size(), std::size_t{1});
            QVERIFY(isClearMessage(run.problems[0], "is damaged before byte"));
        }
}

void TestHostileEvents::hugeLengthsAreAnIncompleteRecord() {
    for (const std::uint64_t length : {std::uint64_t{1} << 63, ~std::uint64_t{0}, std::uint64_t{1} << 40,
                                       ~std::uint64_t{0} - 3, std::uint64_t{1}}) {
        std::string bytes;
        for (int i = 0; i < 8; ++i)
            bytes += static_cast<char>((length >> (8 * i)) & 0xFF);
        const std::uint32_t checksum = maskedCrc32c(bytes);
        for (int i = 0; i < 4; ++i)
            bytes += static_cast<char>((checksum >> (8 * i)) & 0xFF);
        writeBytes(file(), scalarRecord("loss", 1, 1) + bytes);
        RecordReader reader(file());
        QVERIFY(reader.next() && !reader.next());
        QVERIFY(reader.isIncomplete() && reader.problem().empty());
    }
}

/// A sparse file: the data is not read, so that its checksum is not needed.
void TestHostileEvents::recordsAboveTheLimitAreSkipped() {
    const std::uint64_t length = RecordReader::maxRecordBytes + 1;
    std::string head;
    for (int i = 0; i < 8; ++i)
        head += static_cast<char>((length >> (8 * i)) & 0xFF);
    const std::uint32_t checksum = maskedCrc32c(head);
    for (int i = 0; i < 4; ++i)
        head += static_cast<char>((checksum >> (8 * i)) & 0xFF);
    writeBytes(file(), head);
    fs::resize_file(file(), head.size() + length + 4);
    std::ofstream(file(), std::ios::binary | std::ios::app) << scalarRecord("loss", 1, 1);
    const ImportedRun run = readEventFolder({root() / "run", "run", {file()}});
    QCOMPARE(pointsIn(run), std::size_t{1});
    QVERIFY(isClearMessage(run.problems.at(0), "64 MiB"));
}

void TestHostileEvents::damagedMessageIsLeftOut() {
    const ImportedRun run =
        read(scalarRecord("loss", 1, 1) + framedRecord("\x0A\xFF\xFF\xFF") + scalarRecord("loss", 2, 2));
    QCOMPARE(pointsIn(run), std::size_t{2});
    QVERIFY(isClearMessage(run.problems.at(0), "1 damaged record"));
}

/// With correct checksums: the reader of messages sees every damage.
void TestHostileEvents::everyByteOfAMessageMayBeWrong() {
    const SessionStart session{{{"lr", 0.1}, {"name", "x"}}, 1.7e9};
    for (const std::string &record : {sessionStartRecord(1.7e9, session), scalarRecord("loss", 300, 1)}) {
        const std::string message = record.substr(12, record.size() - 16);
        int damaged = 0;
        for (std::size_t at = 0; at < message.size(); ++at)
            for (int byte = 0; byte < 256; ++byte) {
                std::string wrong = message;
                wrong[at] = static_cast<char>(byte);
                try {
                    readEvent(wrong);
                    readEvent(std::string_view(wrong).substr(0, at));
                } catch (const InvalidInput &) {
                    ++damaged;
                }
            }
        QVERIFY(damaged > 100);
    }
}

/// Lists of lists of lists as a hparam.
void TestHostileEvents::deepNestingEnds() {
    std::string nested = "x";
    for (int depth = 0; depth < 5000; ++depth)
        nested = WireWriter().add(depth % 2 == 0 ? 6 : 1, std::string_view(nested)).message();
    const std::string entry =
        WireWriter().add(1, std::string_view("deep")).add(2, std::string_view(nested)).message();
    const std::string start = WireWriter().add(1, std::string_view(entry)).message();
    const std::string content = WireWriter().add(3, std::string_view(start)).message();
    const std::string plugin =
        WireWriter().add(1, std::string_view("hparams")).add(2, std::string_view(content)).message();
    const std::string metadata = WireWriter().add(1, std::string_view(plugin)).message();
    const std::string value =
        WireWriter().add(1, std::string_view("tag")).add(9, std::string_view(metadata)).message();
    const std::string summary = WireWriter().add(1, std::string_view(value)).message();
    const Event event = readEvent(WireWriter().add(5, std::string_view(summary)).message());
    QVERIFY(event.sessionStart && event.sessionStart->options.empty());
}

void TestHostileEvents::tagsAreText() {
    const ImportedRun run = read(scalarRecord("<script>\x1b[31m\n", 1, 1) + scalarRecord("\xFF", 1, 1) +
                                 scalarRecord("'; DROP TABLE runs", 1, 1));
    QVERIFY(run.curves.contains("<script>\\x1b[31m\\n"));
    QVERIFY(run.curves.contains("\xEF\xBF\xBD"));
    const auto database = folderOf(*m_directory) / "runs.sqlite";
    const RunId id = CurvesImport(database).add(run).run;
    QCOMPARE(RunStore(database).metrics().curve(id, "'; DROP TABLE runs").size(), std::size_t{1});
}

void TestHostileEvents::longTagsAreLeftOut() {
    const ImportedRun run =
        read(scalarRecord(std::string(10'000'000, 'x'), 1, 1) + scalarRecord("loss", 1, 1));
    QCOMPARE(run.curves.size(), std::size_t{1});
    QVERIFY(isClearMessage(run.problems.at(0), "1000 bytes"));
}

void TestHostileEvents::impossibleTimesAreReplaced() {
    std::string bytes = scalarRecord("loss", 1, 1);
    for (const double time :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1e300, 1e300})
        bytes += scalarsRecord(time, 2, std::vector<TaggedValue>{{"loss", 2}});
    const ImportedRun run = read(bytes);
    QCOMPARE(run.curves.at("loss").at(1).time, 1.7e9 + 1);
    QCOMPARE(run.finished, 1.7e9 + 1);
    const auto database = folderOf(*m_directory) / "runs.sqlite";
    const RunId id = CurvesImport(database).add(run).run;
    QVERIFY(toText(toJson(RunStore(database).runs().one(id), false)).size() > 100);
}

void TestHostileEvents::extremeStepsAreKept() {
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    const ImportedRun run =
        read(versionRecord(1.7e9) + scalarsRecord(1.7e9, highest, std::vector<TaggedValue>{{"loss", 1}}) +
             scalarsRecord(1.7e9, lowest, std::vector<TaggedValue>{{"loss", 2}}));
    QCOMPARE(stepsOf(run.curves.at("loss")), (std::vector<std::int64_t>{lowest, highest}));
    const auto database = folderOf(*m_directory) / "runs.sqlite";
    CurvesImport import(database);
    const RunId id = import.add(run).run;
    QCOMPARE(import.add(run).run, id);
    QCOMPARE(RunStore(database).runs().one(id).lastStep, highest);
}

/// Each restart would replace all points if they were deleted one after the other: 10^10 steps.
void TestHostileEvents::manyRestartsAreQuick() {
    CurveCollector collector;
    Event version;
    version.fileVersion = 2;
    collector.add(version);
    for (std::int64_t i = 0; i < 100'000; ++i) {
        Event scalar;
        scalar.step = i % 1000;
        scalar.wallTime = 1.7e9;
        scalar.values = {{"loss", {}, 1.0}};
        collector.add(scalar);
        Event restart;
        restart.step = 500;
        restart.isRestart = true;
        collector.add(restart);
    }
    QCOMPARE(collector.take().at("loss").size(), std::size_t{500});
}

void TestHostileEvents::pipesAndDevicesAreNotRead() {
    fs::create_directories(root());
    QCOMPARE(::mkfifo((root() / eventFileName(1)).c_str(), 0600), 0);
    fs::create_symlink("/dev/zero", root() / eventFileName(2));
    fs::create_symlink(eventFileName(3), root() / eventFileName(3));
    QVERIFY(findEventFolders(root()).folders.empty());
    QVERIFY(isClearMessage(thrownMessage<IoError>([] { RecordReader("/dev/zero"); }), "not a regular file"));
    QVERIFY(isClearMessage(thrownMessage<IoError>([&] { RecordReader(root() / eventFileName(1)); }),
                           "not a regular file"));
}

void TestHostileEvents::linkedFoldersAreNotFollowed() {
    read(scalarRecord("loss", 1, 1));
    fs::create_directory_symlink(root(), root() / "run" / "loop");
    fs::create_directory_symlink("/", root() / "root");
    fs::path deep = root();
    for (int depth = 0; depth < 40; ++depth)
        deep /= "d";
    writeBytes(deep / eventFileName(), scalarRecord("loss", 1, 1));
    const EventFolders found = findEventFolders(root());
    QCOMPARE(found.folders.size(), std::size_t{1});
    QVERIFY(isClearMessage(found.problems.at(0), "too deep"));
}

SIMCLR_TEST(TestHostileEvents)
#include "tst_hostile_events.moc"
