// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/run_groups.h"

#include <string>
#include <utility>
#include <vector>

namespace simclr::test {

/// Settings in this order.
inline FlatSettings settingsOf(const std::vector<std::pair<std::string, std::string>> &all) {
    FlatSettings settings;
    for (const auto &[path, value] : all)
        settings.add(path, value);
    return settings;
}

/// The same with another value of `path`, which may be new.
inline FlatSettings with(FlatSettings settings, const std::string &path, const std::string &value) {
    settings.values.erase(path);
    if (std::ranges::find(settings.paths, path) == settings.paths.end())
        settings.paths.push_back(path);
    settings.values.emplace(path, value);
    return settings;
}

/// Of a run with a pipeline of two steps, as runSettings() makes them.
inline FlatSettings pipelineSettings(const std::string &name, const std::string &hash,
                                     const std::string &brightness) {
    FlatSettings settings = settingsOf({{"seed", "1"},
                                        {"device", "cpu"},
                                        {"batch", "256"},
                                        {"epochs", "20"},
                                        {"nesterov", "true"},
                                        {"pipeline", name},
                                        {"pipeline_hash", hash},
                                        {"pipeline.crop", "present"},
                                        {"pipeline.color_jitter", "present"},
                                        {"pipeline.color_jitter.brightness", brightness},
                                        {"dataset", "photos"},
                                        {"dataset_fingerprint", "abcdefgh"}});
    settings.steps = {"pipeline.crop", "pipeline.color_jitter"};
    return settings;
}

} // namespace simclr::test
