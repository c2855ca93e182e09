// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job/job.h"
#include "core/store/run_times.h"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace simclr {

/// What decides how long a training takes per epoch on the same images and machine: its pipeline and all
/// options but those that change only values, such as the seed and the learning rate.
std::string shapeOf(const RunConfiguration &configuration);

/// Seconds per epoch, by shape.
using EpochTimes = std::map<std::string, double>;

/// The median of the runs of each shape. Runs of newer versions are left out.
EpochTimes epochTimes(std::span<const RunTime> runs);

/// Seconds that a training takes; nothing if its shape is not known.
std::optional<double> expectedSeconds(const RunConfiguration &configuration, const EpochTimes &known);

} // namespace simclr
