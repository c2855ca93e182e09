// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/crc32c.h"
#include "core/exchange/event_reader.h"
#include "core/exchange/tensor_scalar.h"
#include "core/util/error.h"
#include "tests/core/exchange/event_fixture.h"

#include <cmath>

using namespace simclr;
using namespace simclr::test;

/// Framing, checksums and the messages of event files.
class TestEventFiles : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void checksumsAreThoseOfTheStandard();
    void framedRecordsReadBack();
    void wireFieldsReadBack();
    void damagedMessagesAreRefused();
    void writtenEventsReadBack();
    void tensorsOfEveryNumberAreRead();
    void largerTensorsAreNoScalars();
};

/// RFC 3720, B.4, and "123456789", the usual check of a CRC.
void TestEventFiles::checksumsAreThoseOfTheStandard() {
    QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAu);
    QCOMPARE(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
    QCOMPARE(crc32c("123456789"), 0xE3069283u);
    QCOMPARE(maskedCrc32c("123456789"), ((0xE3069283u >> 15) | (0xE3069283u << 17)) + 0xA282EAD8u);
}

void TestEventFiles::framedRecordsReadBack() {
    const QTemporaryDir directory;
    const auto file = folderOf(directory) / "records";
    const std::vector<std::string> data{"first", "", std::string(100'000, 'x')};
    std::string bytes;
    for (const std::string &each : data)
        bytes += framedRecord(each);
    writeBytes(file, bytes);
    RecordReader reader(file);
    for (const std::string &each : data)
        QVERIFY(reader.next() == each);
    QVERIFY(!reader.next() && reader.problem().empty() && !reader.isIncomplete());
}

void TestEventFiles::wireFieldsReadBack() {
    const std::string message = WireWriter()
                                    .add(1, std::int64_t{-1})
                                    .add(2, std::int64_t{300})
                                    .add(3, 0.1)
                                    .add(4, 0.5f)
                                    .add(1000, std::string_view("text"))
                                    .message();
    WireReader reader(message);
    WireField field;
    QVERIFY(reader.next(field));
    QCOMPARE(static_cast<std::int64_t>(field.value), std::int64_t{-1});
    QVERIFY(reader.next(field));
    QCOMPARE(field.value, std::uint64_t{300});
    QVERIFY(reader.next(field));
    QCOMPARE(field.real(), 0.1);
    QVERIFY(reader.next(field));
    QCOMPARE(field.real(), 0.5);
    QVERIFY(reader.next(field));
    QCOMPARE(field.number, 1000u);
    QVERIFY(field.bytes == "text");
    QVERIFY(!reader.next(field));
}

void TestEventFiles::damagedMessagesAreRefused() {
    const std::string endless(11, '\xFF'); // a varint of more than 64 bits
    const std::string tooLong = std::string("\x0A") + endless.substr(0, 9) + "\x01x"; // 2^63 bytes and more
    for (const std::string &message : {endless, tooLong, std::string("\x0B"), std::string("\x07\x01"),
                                       std::string("\x00\x01", 2), std::string("\x0D\x01\x02")}) {
        WireReader reader(message);
        WireField field;
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { reader.next(field); }), "damaged"));
    }
}

void TestEventFiles::writtenEventsReadBack() {
    const auto eventOf = [](const std::string &record) {
        return readEvent(std::string_view(record).substr(12, record.size() - 16));
    };
    QCOMPARE(eventOf(versionRecord(5)).fileVersion.value_or(0), 2);
    const std::string scalars = scalarsRecord(7.5, 3, std::vector<TaggedValue>{{"a/b", 0.25}, {"c", -1}});
    const Event event = eventOf(scalars);
    QCOMPARE(event.wallTime, 7.5);
    QCOMPARE(event.step, std::int64_t{3});
    QCOMPARE(event.values.size(), std::size_t{2});
    QVERIFY(event.values[0].tag == "a/b" && event.values[0].value == 0.25);
    QVERIFY(event.values[1].value == -1.0);
    SessionStart start{{{"lr", 0.1}, {"batch", 256}, {"name", "<b>"}, {"clip", true}, {"list", {1, 2}}}, 5};
    const std::string session = sessionStartRecord(5, start);
    const Json options = eventOf(session).sessionStart.value().options;
    start.options["list"] = "[1,2]";
    QCOMPARE(toLine(options), toLine(start.options));
    const std::string end = sessionEndRecord(9, {SessionEnd::Status::Failure, 8});
    QVERIFY(eventOf(end).sessionEnd.value().status == SessionEnd::Status::Failure);
    QCOMPARE(eventOf(end).sessionEnd.value().time, 8.0);
}

namespace {

std::string bytesOf(std::uint64_t bits, std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i)
        bytes += static_cast<char>((bits >> (8 * i)) & 0xFF);
    return bytes;
}

/// A tensor of this type of tensorflow/core/framework/types.proto with its content in bytes.
std::optional<double> contentValue(std::int64_t type, std::uint64_t bits, std::size_t count) {
    const std::string content = bytesOf(bits, count);
    return scalarOfTensor(WireWriter().add(1, type).add(4, std::string_view(content)).message());
}

} // namespace

void TestEventFiles::tensorsOfEveryNumberAreRead() {
    QCOMPARE(contentValue(1, 0x3F000000, 4).value(), 0.5);             // float
    QCOMPARE(contentValue(2, 0x3FB999999999999A, 8).value(), 0.1);     // double
    QCOMPARE(contentValue(3, 0xFFFFFFFE, 4).value(), -2.0);            // int32
    QCOMPARE(contentValue(4, 200, 1).value(), 200.0);                  // uint8
    QCOMPARE(contentValue(5, 0xFFFF, 2).value(), -1.0);                // int16
    QCOMPARE(contentValue(6, 0x80, 1).value(), -128.0);                // int8
    QCOMPARE(contentValue(9, ~std::uint64_t{0}, 8).value(), -1.0);     // int64
    QCOMPARE(contentValue(10, 1, 1).value(), 1.0);                     // bool
    QCOMPARE(contentValue(14, 0xBF80, 2).value(), -1.0);               // bfloat16
    QCOMPARE(contentValue(19, 0x3555, 2).value(), 0.333251953125);     // half
    QCOMPARE(contentValue(19, 0x0001, 2).value(), std::ldexp(1, -24)); // the smallest half
    QVERIFY(std::isinf(contentValue(19, 0x7C00, 2).value()));
    QVERIFY(std::isnan(contentValue(19, 0x7E00, 2).value()));
    const std::string packed = bytesOf(0x3F000000, 4);
    QCOMPARE(scalarOfTensor(WireWriter().add(1, std::int64_t{1}).add(5, std::string_view(packed)).message())
                 .value(),
             0.5);
    QCOMPARE(scalarOfTensor(WireWriter().add(1, std::int64_t{1}).add(5, 0.25f).message()).value(), 0.25);
    QCOMPARE(scalarOfTensor(WireWriter().add(1, std::int64_t{3}).message()).value(), 0.0); // left out
}

void TestEventFiles::largerTensorsAreNoScalars() {
    const auto withShape = [](std::int64_t size) {
        const std::string dimension = WireWriter().add(1, size).message();
        const std::string shape = WireWriter().add(2, std::string_view(dimension)).message();
        return WireWriter().add(1, std::int64_t{1}).add(2, std::string_view(shape)).add(5, 0.25f).message();
    };
    QVERIFY(scalarOfTensor(withShape(1)) == 0.25);
    QVERIFY(!scalarOfTensor(withShape(2)));
    QVERIFY(!contentValue(1, 0, 8));
    QVERIFY(!scalarOfTensor(WireWriter().add(1, std::int64_t{7}).add(8, std::string_view("text")).message()));
}

SIMCLR_TEST(TestEventFiles)
#include "tst_event_files.moc"
