// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_reader.h"

#include "core/exchange/event_fields.h"
#include "core/exchange/hparams.h"
#include "core/exchange/tensor_scalar.h"
#include "core/exchange/wire.h"
#include "core/util/error.h"

#include <charconv>

namespace simclr {

namespace {

constexpr std::size_t mostValues = 100'000;
constexpr std::string_view versionPrefix = "brain.Event:";
constexpr std::uint64_t sessionStarts = 1; ///< SessionLog.START

/// The metadata of a value: the plugin that it belongs to.
struct Plugin {
    std::string_view name;
    std::string_view content;
};

Plugin readPlugin(std::string_view message) {
    Plugin plugin;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == field::pluginName)
            plugin.name = field.bytes;
        else if (field.number == field::pluginContent)
            plugin.content = field.bytes;
    return plugin;
}

Plugin readMetadata(std::string_view message) {
    Plugin plugin;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == field::metadataPlugin && field.isBytes())
            plugin = readPlugin(field.bytes);
    return plugin;
}

void readValue(std::string_view message, Event &event) {
    EventValue value;
    Plugin plugin;
    WireField field;
    for (WireReader reader(message); reader.next(field);)
        if (field.number == field::valueTag)
            value.tag = field.bytes;
        else if (field.number == field::valueSimple && field.type == WireField::Type::Fixed32)
            value.value = field.real();
        else if (field.number == field::valueTensor && field.isBytes())
            value.value = scalarOfTensor(field.bytes);
        else if (field.number == field::valueMetadata && field.isBytes())
            plugin = readMetadata(field.bytes);
    value.plugin = plugin.name;
    if (plugin.name == hparamsPlugin)
        readHparams(plugin.content, event);
    else
        event.values.push_back(value);
}

void readSummary(std::string_view message, Event &event) {
    WireField field;
    for (WireReader reader(message); reader.next(field);) {
        if (field.number != field::summaryValue || !field.isBytes())
            continue;
        if (event.values.size() == mostValues)
            throw InvalidInput("an event has more than " + std::to_string(mostValues) + " values");
        readValue(field.bytes, event);
    }
}

std::optional<int> versionOf(std::string_view text) {
    int version = 0;
    if (!text.starts_with(versionPrefix))
        return std::nullopt;
    text.remove_prefix(versionPrefix.size());
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), version);
    return failure == std::errc() ? std::optional(version) : std::nullopt;
}

bool isStart(std::string_view sessionLog) {
    std::uint64_t status = 0;
    WireField field;
    for (WireReader reader(sessionLog); reader.next(field);)
        if (field.number == field::sessionLogStatus)
            status = field.value;
    return status == sessionStarts;
}

void readField(const WireField &field, Event &event) {
    if (field.number == field::eventWallTime)
        event.wallTime = field.real();
    else if (field.number == field::eventStep)
        event.step = static_cast<std::int64_t>(field.value);
    else if (field.number == field::eventFileVersion)
        event.fileVersion = versionOf(field.bytes);
    else if (field.number == field::eventSessionLog && field.isBytes())
        event.isRestart = isStart(field.bytes);
    else if (field.number == field::eventSummary && field.isBytes())
        readSummary(field.bytes, event);
}

} // namespace

Event readEvent(std::string_view record) {
    Event event;
    WireField field;
    for (WireReader reader(record); reader.next(field);)
        readField(field, event);
    return event;
}

} // namespace simclr
