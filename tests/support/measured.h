// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/result.h"

#include <utility>

namespace simclr::test {

/// A simple result, as if it had been measured.
inline Result measured(const std::string &protocol, const std::string &split, std::int64_t epoch,
                       double value, Json detail = Json::object()) {
    Result result;
    result.key.protocol = protocolFromName(protocol);
    result.key.split = splitFromName(split);
    result.key.place.epoch = epoch;
    result.value = value;
    result.detail = std::move(detail);
    return result;
}

/// Metrics that differ from run to run, however equal the trainings are.
inline bool dependsOnMachine(const std::string &metric) {
    return metric == "images_per_second" || metric == "data_wait" || metric == "memory" || metric == "cpu" ||
           metric == "gpu";
}

} // namespace simclr::test
