// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/literal.h"

#include "core/query/nearest_names.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <regex>
#include <utility>

namespace simclr {

namespace {

constexpr std::array<std::pair<std::string_view, double>, 6> units{
    {{"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86'400}, {"w", 604'800}}};

[[noreturn]] void refuse(const Literal &literal, const std::string &wanted) {
    throw QueryError("\"" + literal.text + "\" is not " + wanted, literal.where);
}

/// Takes a number from the begin of `text`.
std::optional<double> takeNumber(std::string_view &text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || !std::isfinite(number))
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// Takes "2h" from the begin of `text`.
std::optional<double> takeDuration(std::string_view &text) {
    const std::optional<double> number = takeNumber(text);
    const std::size_t length = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), text.size());
    const auto *const unit =
        std::ranges::find(units, text.substr(0, length), &std::pair<std::string_view, double>::first);
    if (!number || *number < 0 || unit == units.end())
        return std::nullopt;
    text.remove_prefix(length);
    return *number * unit->second;
}

/// The sum of its parts; spaces are ignored.
std::optional<double> parseDuration(std::string text) {
    std::erase(text, ' ');
    std::string_view rest = text;
    std::optional<double> sum;
    while (!rest.empty()) {
        const std::optional<double> part = takeDuration(rest);
        if (!part)
            return std::nullopt;
        sum = sum.value_or(0) + *part;
    }
    return sum;
}

/// A date and time as far as they are given; `parts` of them: 1 for the year only.
struct Calendar {
    std::tm time{};
    int parts = 0;
    bool isUtc = false;
};

std::optional<Calendar> parseCalendar(const std::string &text) {
    static const std::regex form(R"((\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?)?)?(Z)?)");
    std::smatch match;
    constexpr std::size_t longest = 20; // 2026-11-01T14:30:05Z
    if (text.size() > longest || !std::regex_match(text, match, form))
        return std::nullopt;
    Calendar calendar;
    const std::array<int *, 6> places{&calendar.time.tm_year, &calendar.time.tm_mon, &calendar.time.tm_mday,
                                      &calendar.time.tm_hour, &calendar.time.tm_min, &calendar.time.tm_sec};
    calendar.time.tm_mon = 1;
    calendar.time.tm_mday = 1;
    for (std::size_t i = 0; i < places.size() && match[i + 1].matched; ++i, ++calendar.parts)
        *places[i] = std::stoi(match[i + 1].str());
    calendar.time.tm_year -= 1900;
    calendar.time.tm_mon -= 1;
    calendar.isUtc = match[places.size() + 1].matched;
    return calendar;
}

double secondsAt(const Calendar &calendar) {
    std::tm time = calendar.time;
    time.tm_isdst = -1;
    return static_cast<double>(calendar.isUtc ? timegm(&time) : std::mktime(&time));
}

/// Whether each part is in its range: 30 February is not.
bool isValid(const Calendar &calendar) {
    std::tm time = calendar.time;
    timegm(&time);
    return time.tm_mon == calendar.time.tm_mon && time.tm_mday == calendar.time.tm_mday &&
           time.tm_hour == calendar.time.tm_hour && time.tm_min == calendar.time.tm_min &&
           time.tm_sec == calendar.time.tm_sec;
}

/// From its begin to the begin of the next year, month, day, minute or second.
MomentRange rangeOf(const Calendar &calendar) {
    Calendar next = calendar;
    const std::array<int *, 6> places{&next.time.tm_year, &next.time.tm_mon, &next.time.tm_mday,
                                      &next.time.tm_min,  &next.time.tm_min, &next.time.tm_sec};
    ++*places[static_cast<std::size_t>(calendar.parts - 1)];
    return {secondsAt(calendar), secondsAt(next)};
}

/// The day that begins `offset` days after the one of `now`, in local time.
MomentRange dayOf(double now, int offset) {
    const auto whole = static_cast<std::time_t>(std::floor(now));
    Calendar day;
    localtime_r(&whole, &day.time);
    day.time.tm_hour = day.time.tm_min = day.time.tm_sec = 0;
    day.time.tm_mday += offset;
    day.parts = 3;
    return rangeOf(day);
}

} // namespace

std::optional<double> parseNumber(std::string_view text) {
    const std::optional<double> number = takeNumber(text);
    return text.empty() ? number : std::nullopt;
}

double numberOf(const Literal &literal) {
    const bool isPercent = literal.text.ends_with('%');
    const std::string digits = literal.text.substr(0, literal.text.size() - (isPercent ? 1 : 0));
    const std::optional<double> number = parseNumber(digits);
    if (!number)
        refuse(literal, "a number");
    return isPercent ? *number / 100 : *number;
}

double shareOf(const Literal &literal) {
    const double share = numberOf(literal);
    if (share > 1 && !literal.text.ends_with('%'))
        throw QueryError("\"" + literal.text + "\" is more than the largest value 1; " + literal.text +
                             " % is written as " + literal.text + "%",
                         literal.where);
    return share;
}

double secondsOf(const Literal &literal) {
    if (const std::optional<double> seconds = parseNumber(literal.text))
        return *seconds;
    const std::optional<double> duration = parseDuration(lowerCase(literal.text));
    if (!duration)
        refuse(literal, "a duration, such as 45s, 2h30m or 7d");
    return *duration;
}

bool truthOf(const Literal &literal) {
    const std::string text = lowerCase(literal.text);
    if (text == "true" || text == "yes" || text == "1")
        return true;
    if (text != "false" && text != "no" && text != "0")
        refuse(literal, "true or false");
    return false;
}

std::string choiceOf(const Literal &literal, const std::vector<std::string> &choices) {
    std::string list;
    for (const std::string &choice : choices) {
        if (choice == lowerCase(literal.text))
            return choice;
        list += (list.empty() ? "" : ", ") + choice;
    }
    refuse(literal, "one of " + list + didYouMean(literal.text, choices));
}

MomentRange momentOf(const Literal &literal, double now) {
    const std::string text = lowerCase(literal.text);
    if (text == "today" || text == "yesterday")
        return dayOf(now, text == "today" ? 0 : -1);
    if (text.starts_with('-'))
        if (const std::optional<double> duration = parseDuration(text.substr(1)))
            return {now - *duration, now - *duration};
    const std::optional<Calendar> calendar = parseCalendar(literal.text);
    if (!calendar || !isValid(*calendar))
        refuse(literal, "a date, such as 2026-11-01, \"2026-11-01 14:30\", today or -7d");
    return rangeOf(*calendar);
}

} // namespace simclr
