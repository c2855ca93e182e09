// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/loss_bounds.h"

#include <cmath>
#include <string>

namespace simclr {

double chanceLoss(std::int64_t batch) {
    return std::log(2.0 * static_cast<double>(batch) - 1);
}

double floorLoss(std::int64_t batch, std::int64_t dimensions, double temperature) {
    const double negatives = 2.0 * static_cast<double>(batch) - 2;
    const double spread = 1 / (2 * static_cast<double>(dimensions) * temperature * temperature);
    return std::log1p(negatives * std::exp(spread - 1 / temperature));
}

std::optional<LossBounds> lossBounds(const Json &config) {
    try {
        if (config.at("loss").get<std::string>() != "nt_xent" || !config.at("normalise").get<bool>() ||
            config.at("head").get<std::string>() == "none")
            return std::nullopt;
        const auto batch = config.at("batch").get<std::int64_t>();
        return LossBounds{chanceLoss(batch), floorLoss(batch, config.at("head_output").get<std::int64_t>(),
                                                       config.at("temperature").get<double>())};
    } catch (const Json::exception &) {
        return std::nullopt; // of a version with other options
    }
}

} // namespace simclr
