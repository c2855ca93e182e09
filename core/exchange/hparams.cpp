// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/hparams.h"

#include "core/exchange/event_fields.h"
#include "core/exchange/wire.h"
#include "core/util/control_characters.h"
#include "core/util/number_text.h"

#include <cmath>

namespace simclr {

namespace {

constexpr std::size_t mostOptions = 1000; ///< further ones are left out
constexpr std::size_t longestName = 1000;
constexpr std::size_t longestText = 10'000;

/// JSON has neither NaN nor infinity.
Json numberValue(double number) {
    return std::isfinite(number) ? wholeOrNot(number) : Json(numberText(number));
}

/// Null if it is a list, an object or too long.
Json readJsonValue(std::string_view message) {
    Json value;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == field::jsonNumber && field.type == WireField::Type::Fixed64)
            value = numberValue(field.real());
        else if (field.number == field::jsonText && field.isBytes() && field.bytes.size() <= longestText)
            value = toValidUtf8(field.bytes);
        else if (field.number == field::jsonTruth && field.type == WireField::Type::Varint)
            value = field.value != 0;
    return value;
}

void readOption(std::string_view message, Json &options) {
    std::string_view name;
    Json value;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == field::entryKey)
            name = field.bytes;
        else if (field.number == field::entryValue && field.isBytes())
            value = readJsonValue(field.bytes);
    if (!name.empty() && name.size() <= longestName && !value.is_null())
        options[replaceControls(name, escapedControl)] = std::move(value);
}

SessionStart readStart(std::string_view message) {
    SessionStart start;
    std::size_t count = 0;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == field::startTime)
            start.time = field.real();
        else if (field.number == field::startOptions && field.isBytes() && ++count <= mostOptions)
            readOption(field.bytes, start.options);
    return start;
}

SessionEnd readEnd(std::string_view message) {
    SessionEnd end;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == field::endTime)
            end.time = field.real();
        else if (field.number == field::endStatus && field.value <= 3)
            end.status = static_cast<SessionEnd::Status>(field.value);
    return end;
}

std::string encoded(const Json &value) {
    WireWriter writer;
    if (value.is_boolean())
        writer.add(field::jsonTruth, std::int64_t{value.get<bool>() ? 1 : 0});
    else if (value.is_number())
        writer.add(field::jsonNumber, value.get<double>());
    else
        writer.add(field::jsonText,
                   value.is_string() ? toValidUtf8(value.get<std::string>()) : toLine(value));
    return writer.message();
}

std::string contentWith(std::uint32_t part, const std::string &message) {
    return WireWriter().add(field::hparamsVersion, std::int64_t{0}).add(part, message).message();
}

} // namespace

void readHparams(std::string_view content, Event &event) {
    WireField field;
    for (WireReader reader(content); reader.next(field);)
        if (field.number == field::hparamsStart && field.isBytes())
            event.sessionStart = readStart(field.bytes);
        else if (field.number == field::hparamsEnd && field.isBytes())
            event.sessionEnd = readEnd(field.bytes);
}

std::string hparamsContent(const SessionStart &start) {
    WireWriter session;
    for (const auto &[name, value] : start.options.items())
        session.add(field::startOptions,
                    WireWriter().add(field::entryKey, name).add(field::entryValue, encoded(value)).message());
    session.add(field::startTime, start.time);
    return contentWith(field::hparamsStart, session.message());
}

std::string hparamsContent(const SessionEnd &end) {
    WireWriter session;
    session.add(field::endStatus, static_cast<std::int64_t>(end.status)).add(field::endTime, end.time);
    return contentWith(field::hparamsEnd, session.message());
}

} // namespace simclr
