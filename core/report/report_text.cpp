// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_text.h"

#include "core/util/number_text.h"
#include "core/util/rounding.h"
#include "core/util/time_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace simclr {

std::string fixedText(double number, int decimals) {
    std::array<char, 400> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(),
                                              std::isfinite(number) ? roundedTo(number, decimals) : number,
                                              std::chars_format::fixed, decimals);
    return {text.data(), end};
}

std::string shortNumber(double number) {
    constexpr int digits = 4;
    if (isWhole(number))
        return groupedNumber(number);
    std::array<char, 64> text{};
    const auto [end, failure] =
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::general, digits);
    return {text.data(), end};
}

std::string groupedNumber(double number) {
    std::string text = fixedText(std::abs(number), 0);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return number < 0 ? "−" + text : text;
}

std::string shareText(double share) {
    return fixedText(share * 100, 1) + " %";
}

std::string durationText(double seconds) {
    const auto whole = std::llround(seconds);
    const auto minutes = whole / 60;
    if (minutes == 0)
        return std::to_string(whole) + " s";
    if (minutes < 60)
        return std::to_string(minutes) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::string momentText(double seconds) {
    std::string text = timeText(seconds); // 2026-11-01T14:30:05Z
    if (text.size() < 16)
        return text;
    text[10] = ' ';
    return text.substr(0, 16) + " UTC";
}

std::string intervalText(const RunRecord &run, const Result &result) {
    const std::optional<ShareInterval> interval = accuracyInterval(run, result);
    return interval ? fixedText(interval->low * 100, 1) + "–" + fixedText(interval->high * 100, 1) + " %"
                    : std::string();
}

std::string encoderText(const RunRecord &run, const Result &result) {
    const WeightsOrigin origin = originOf(run, result);
    return origin == WeightsOrigin::Trained ? "epoch " + std::to_string(result.key.place.epoch)
                                            : originName(origin);
}

} // namespace simclr
