// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// One value of a summary. The views are of the record that it was read from.
struct EventValue {
    std::string_view tag;
    std::string_view plugin; ///< of its metadata, often only on the first value of a tag: "scalars", "text"
    std::optional<double> value; ///< nothing if it is not a number: an image, a histogram, a text
};

/// The start of a session, from TensorBoard's plugin "hparams".
struct SessionStart {
    Json options = Json::object(); ///< numbers, texts and truth values by name
    double time = 0;               ///< seconds since 1970; 0 if unknown
};

/// The end of a session.
struct SessionEnd {
    enum class Status { Unknown = 0, Success = 1, Failure = 2, Running = 3 };
    Status status = Status::Unknown;
    double time = 0; ///< seconds since 1970; 0 if unknown
};

/// One record of an event file (tensorflow.Event): what this program reads of it.
struct Event {
    double wallTime = 0; ///< seconds since 1970; any number in a damaged file
    std::int64_t step = 0;
    std::optional<int> fileVersion; ///< of "brain.Event:2"
    bool isRestart = false;         ///< data from this step on is measured again (SessionLog.START)
    std::vector<EventValue> values;
    std::optional<SessionStart> sessionStart;
    std::optional<SessionEnd> sessionEnd;
};

} // namespace simclr
