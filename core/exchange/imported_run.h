// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace simclr {

/// Curves by the name of their metric; each in the order of its steps, one point per step.
using Curves = std::map<std::string, std::vector<MetricPoint>>;

/// A run that another program recorded: its curves and options. There is no encoder.
struct ImportedRun {
    std::string name;
    std::string format; ///< "TensorBoard event files", "W&B CSV", …
    std::filesystem::path source;
    /// Recognises the run when it is imported again, wherever its files are then.
    std::string identity;
    Json options = Json::object(); ///< numbers, texts and truth values by name
    Curves curves;
    double created = 0;  ///< seconds since 1970; 0 if unknown
    double finished = 0; ///< the same
    RunStatus status = RunStatus::Completed;
    std::string failure;               ///< if status is Failed
    std::vector<std::string> problems; ///< one sentence for each thing that was left out
};

/// Whether `seconds` since 1970 can be the time of a record: not NaN, not before 1970 or after the year 9999.
inline bool isPlausibleTime(double seconds) {
    constexpr double endOfTime = 253'402'300'799;
    return seconds > 0 && seconds < endOfTime;
}

} // namespace simclr
