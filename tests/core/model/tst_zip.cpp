// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/zip.h"

#include "core/util/error.h"
#include "tests/support/test_support.h"
#include "tests/support/zip_writer.h"

using namespace simclr;
using namespace simclr::test;

/// Archives of uncompressed members.
class TestZip : public QObject {
    Q_OBJECT

    static std::string sample() {
        ZipWriter writer;
        writer.add("folder/text", "some text");
        writer.add("folder/empty", "");
        writer.add("folder/bytes", std::string(1000, '\x07'));
        return writer.finish();
    }

    /// The start of the central directory.
    static std::size_t tableOf(const std::string &archive) { return archive.find("PK\x01\x02"); }

    static void refuse(const std::string &archive, const char *why) {
        QVERIFY2(isClearMessage(thrownMessage<InvalidInput>([&] { zipMembers(archive); }), ""), why);
    }

  private Q_SLOTS:
    void bringsBackWhatWasWritten() {
        const std::string archive = sample();
        const auto members = zipMembers(archive);
        QCOMPARE(members.size(), std::size_t{3});
        QVERIFY(members.at("folder/text") == "some text");
        QVERIFY(members.at("folder/empty").empty());
        QVERIFY(members.at("folder/bytes") == std::string(1000, '\x07'));
    }

    void membersStandAtMultiplesOf64() {
        const std::string archive = sample();
        for (const auto &[name, content] : zipMembers(archive))
            QCOMPARE((content.data() - archive.data()) % 64, std::ptrdiff_t{0});
    }

    void checksumIsThatOfThePublishedExample() {
        QCOMPARE(crc32("123456789"), std::uint32_t{0xCBF43926});
        QCOMPARE(crc32(""), std::uint32_t{0});
    }

    void emptyArchiveHasNoMembers() { QVERIFY(zipMembers(ZipWriter().finish()).empty()); }

    void commentAtTheEndIsPassedOver() {
        std::string archive = sample();
        archive[archive.size() - 2] = 4;
        QCOMPARE(zipMembers(archive + "note").size(), std::size_t{3});
    }

    void refusesEveryTruncation() {
        const std::string archive = sample();
        for (std::size_t length = 0; length < archive.size(); ++length)
            refuse(archive.substr(0, length), qPrintable(QString::number(length)));
    }

    void refusesAChangedMember() {
        std::string archive = sample();
        archive[archive.find("some text")] ^= 1;
        refuse(archive, "a flipped bit in a member");
    }

    /// With any change, nothing outside the archive is read: address sanitizers check that here.
    void noChangedByteCrashes() {
        const std::string whole = sample();
        std::size_t refused = 0;
        for (std::size_t i = 0; i < whole.size(); ++i)
            for (const char change : {'\x01', '\x80', '\xff'}) {
                std::string archive = whole;
                archive[i] ^= change;
                try {
                    zipMembers(archive);
                } catch (const InvalidInput &) {
                    ++refused;
                }
            }
        QVERIFY(refused > 3 * 1000); // at least every byte of the members
    }

    void refusesCompression() {
        std::string archive = sample();
        archive[tableOf(archive) + 10] = 8; // deflate
        const std::string message = thrownMessage<InvalidInput>([&] { zipMembers(archive); });
        QVERIFY2(isClearMessage(message, "compressed"), message.c_str());
    }

    void refusesMembersThatShareTheirBytes() {
        std::string archive = sample();
        const std::size_t table = tableOf(archive);
        const std::string third = archive.substr(archive.rfind("PK\x01\x02"), 46 + 12);
        QVERIFY(table != std::string::npos && third.size() == 58);
        // A thousand entries for the largest member, all of them sound.
        std::string end = archive.substr(archive.size() - 22);
        std::string crowded = archive.substr(0, table);
        for (int i = 0; i < 1000; ++i)
            crowded += third;
        end[10] = static_cast<char>(1000 & 0xFF);
        end[11] = static_cast<char>(1000 >> 8);
        const std::string message = thrownMessage<InvalidInput>([&] { zipMembers(crowded + end); });
        QVERIFY2(isClearMessage(message, "larger than the file"), message.c_str());
    }
};

SIMCLR_TEST(TestZip)
#include "tst_zip.moc"
