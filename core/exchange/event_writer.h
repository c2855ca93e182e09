// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/event.h"

#include <cstdint>
#include <span>
#include <string>

namespace simclr {

/// A value for an event file. TensorBoard's scalars are float32.
struct TaggedValue {
    std::string tag;
    double value = 0;
};

// Each returns one record of an event file, framed. `time` is in seconds since 1970.

/// The first record of a file.
std::string versionRecord(double time);
std::string scalarsRecord(double time, std::int64_t step, std::span<const TaggedValue> values);
/// The options of the run, for TensorBoard's plugin "hparams".
std::string sessionStartRecord(double time, const SessionStart &start);
std::string sessionEndRecord(double time, const SessionEnd &end);

} // namespace simclr
