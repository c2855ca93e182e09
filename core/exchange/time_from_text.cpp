// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/time_from_text.h"

#include "core/exchange/imported_run.h"
#include "core/util/csv_reader.h"

#include <cstdio>
#include <ctime>
#include <string>

namespace simclr {

namespace {

std::optional<double> plausible(double seconds) {
    return isPlausibleTime(seconds) ? std::optional(seconds) : std::nullopt;
}

/// Minutes east of Greenwich; nothing if `text` is not a zone.
std::optional<int> zoneOf(const std::string &text) {
    if (text.empty() || text == "Z" || text == " UTC")
        return 0;
    int hours = 0;
    int minutes = 0;
    int length = 0;
    const bool isRead = std::sscanf(text.c_str(), "%3d:%2d%n", &hours, &minutes, &length) == 2 ||
                        std::sscanf(text.c_str(), "%3d%2d%n", &hours, &minutes, &length) == 2;
    if (!isRead || (text[0] != '+' && text[0] != '-') || static_cast<std::size_t>(length) != text.size())
        return std::nullopt;
    return hours * 60 + (text[0] == '-' ? -minutes : minutes);
}

/// A number is in milliseconds if it would be after the year 5138 in seconds.
std::optional<double> fromNumber(double number) {
    constexpr double mostSeconds = 1e11;
    return plausible(number > mostSeconds ? number / 1000 : number);
}

} // namespace

std::optional<double> timeFromText(std::string_view text) {
    if (const auto number = csvNumber(text))
        return fromNumber(*number);
    std::tm parts{};
    double seconds = 0;
    int length = 0;
    const std::string whole(text.substr(0, 40));
    if (std::sscanf(whole.c_str(), "%4d-%2d-%2d%*1[T ]%2d:%2d:%10lf%n", &parts.tm_year, &parts.tm_mon,
                    &parts.tm_mday, &parts.tm_hour, &parts.tm_min, &seconds, &length) != 6)
        return std::nullopt;
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    const auto zone = zoneOf(whole.substr(static_cast<std::size_t>(length)));
    if (!zone)
        return std::nullopt;
    return plausible(static_cast<double>(::timegm(&parts)) + seconds - 60.0 * *zone);
}

} // namespace simclr
