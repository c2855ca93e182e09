// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/prediction_bytes.h"

#include "core/store/damaged_record.h"

namespace simclr {

namespace {
constexpr std::size_t width = 4;
}

std::string toBytes(const std::vector<std::int32_t> &numbers) {
    std::string bytes;
    bytes.reserve(numbers.size() * width);
    for (const std::int32_t number : numbers)
        for (std::size_t byte = 0; byte < width; ++byte)
            bytes += static_cast<char>(static_cast<std::uint32_t>(number) >> (8 * byte));
    return bytes;
}

std::vector<std::int32_t> fromBytes(const std::string &bytes) {
    if (bytes.size() % width != 0)
        throw DamagedRecord("a list of predictions is truncated");
    std::vector<std::int32_t> numbers(bytes.size() / width);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        std::uint32_t number = 0;
        for (std::size_t byte = 0; byte < width; ++byte)
            number |= std::uint32_t{static_cast<std::uint8_t>(bytes[i * width + byte])} << (8 * byte);
        numbers[i] = static_cast<std::int32_t>(number);
    }
    return numbers;
}

} // namespace simclr
