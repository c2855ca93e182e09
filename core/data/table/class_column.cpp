// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table/class_column.h"

#include "core/util/csv_reader.h"
#include "core/util/error.h"
#include "core/util/number_text.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

constexpr std::size_t mostLabels = 65'536;

/// "3.0" and "3." are "3"; other text is unchanged.
std::string_view withoutZeroDecimals(std::string_view text) {
    const std::size_t point = text.find('.');
    const bool isWhole = point != std::string_view::npos && point > 0 &&
                         text.find_first_not_of("0123456789", text.starts_with('-') ? 1 : 0) == point &&
                         text.find_first_not_of('0', point + 1) == std::string_view::npos;
    return isWhole ? text.substr(0, point) : text;
}

} // namespace

std::string_view trimmedText(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(spaces);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

std::int32_t ClassColumn::add(std::string_view label, std::size_t line) {
    const std::string text(withoutZeroDecimals(trimmedText(label)));
    if (text.empty())
        return none;
    const auto [place, isNew] = m_numbers.try_emplace(text, static_cast<std::int32_t>(m_texts.size()));
    if (!isNew)
        return place->second;
    if (m_texts.size() == mostLabels)
        throw InvalidInput("there are more than " + std::to_string(mostLabels) +
                           " different labels, which cannot be classes");
    m_texts.push_back(text);
    const auto number = csvNumber(text);
    m_areAllNumbers = m_areAllNumbers && number && std::isfinite(*number);
    if (m_areAllNumbers && !m_decimal && !isWhole(*number))
        m_decimal = Decimal{text, line};
    return place->second;
}

std::optional<ClassColumn::Decimal> ClassColumn::measurement() const {
    return m_areAllNumbers ? m_decimal : std::nullopt;
}

std::vector<std::int32_t> ClassColumn::order(const std::vector<bool> &isUsed) const {
    std::vector<std::int32_t> numbers;
    for (std::size_t i = 0; i < m_texts.size(); ++i)
        if (isUsed[i])
            numbers.push_back(static_cast<std::int32_t>(i));
    std::ranges::sort(numbers, [this](std::int32_t a, std::int32_t b) {
        const double first = m_areAllNumbers ? *csvNumber(text(a)) : 0;
        const double second = m_areAllNumbers ? *csvNumber(text(b)) : 0;
        return first != second ? first < second : text(a) < text(b);
    });
    return numbers;
}

} // namespace simclr
