// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_writer.h"

#include "core/exchange/event_fields.h"
#include "core/exchange/hparams.h"
#include "core/exchange/record_file.h"
#include "core/exchange/wire.h"

#include <cmath>
#include <limits>

namespace simclr {

namespace {

/// Beyond the range of float32, infinity of the same sign: the conversion alone would be undefined.
float asFloat(double value) {
    constexpr double largest = std::numeric_limits<float>::max();
    if (std::isfinite(value) && std::abs(value) > largest)
        return std::copysign(std::numeric_limits<float>::infinity(), static_cast<float>(value < 0 ? -1 : 1));
    return static_cast<float>(value);
}

WireWriter eventAt(double time, std::int64_t step) {
    WireWriter event;
    event.add(field::eventWallTime, time);
    if (step != 0)
        event.add(field::eventStep, step);
    return event;
}

/// A value without data: all of it is in the metadata of the plugin.
std::string hparamsRecord(double time, const std::string &tag, const std::string &content) {
    const std::string plugin =
        WireWriter().add(field::pluginName, hparamsPlugin).add(field::pluginContent, content).message();
    const std::string value =
        WireWriter()
            .add(field::valueTag, tag)
            .add(field::valueMetadata, WireWriter().add(field::metadataPlugin, plugin).message())
            .message();
    const std::string summary = WireWriter().add(field::summaryValue, value).message();
    return framedRecord(eventAt(time, 0).add(field::eventSummary, summary).message());
}

} // namespace

std::string versionRecord(double time) {
    return framedRecord(
        eventAt(time, 0).add(field::eventFileVersion, std::string_view("brain.Event:2")).message());
}

std::string scalarsRecord(double time, std::int64_t step, std::span<const TaggedValue> values) {
    WireWriter summary;
    for (const TaggedValue &value : values)
        summary.add(field::summaryValue, WireWriter()
                                             .add(field::valueTag, value.tag)
                                             .add(field::valueSimple, asFloat(value.value))
                                             .message());
    return framedRecord(eventAt(time, step).add(field::eventSummary, summary.message()).message());
}

std::string sessionStartRecord(double time, const SessionStart &start) {
    return hparamsRecord(time, "_hparams_/session_start_info", hparamsContent(start));
}

std::string sessionEndRecord(double time, const SessionEnd &end) {
    return hparamsRecord(time, "_hparams_/session_end_info", hparamsContent(end));
}

} // namespace simclr
