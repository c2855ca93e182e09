// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/packed_integers.h"

namespace simclr {

namespace {

enum class Form : std::uint8_t { Run = 0, Differences = 1, Raw = 2 };

constexpr unsigned width = 8;

void appendForm(std::string &bytes, Form form) {
    bytes += static_cast<char>(form);
}

/// Small numbers of either sign become small unsigned ones: 0, −1, 1, −2, … become 0, 1, 2, 3, …
std::uint64_t folded(std::uint64_t number) {
    return (number << 1U) ^ (0 - (number >> 63U));
}

std::uint64_t unfolded(std::uint64_t number) {
    return (number >> 1U) ^ (0 - (number & 1U));
}

void appendVarint(std::string &bytes, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U)
        bytes += static_cast<char>(number | 0x80U);
    bytes += static_cast<char>(number);
}

bool isRun(std::span<const std::uint64_t> numbers) {
    for (std::size_t i = 2; i < numbers.size(); ++i)
        if (numbers[i] - numbers[i - 1] != numbers[1] - numbers[0])
            return false;
    return numbers.size() > 2;
}

void appendRun(std::string &bytes, std::span<const std::uint64_t> numbers) {
    appendForm(bytes, Form::Run);
    appendLittleEndian(bytes, numbers[0], width);
    appendLittleEndian(bytes, numbers[1] - numbers[0], width);
}

std::string differences(std::span<const std::uint64_t> numbers) {
    std::string bytes;
    std::uint64_t previous = 0;
    std::uint64_t difference = 0;
    for (const std::uint64_t number : numbers) {
        appendVarint(bytes, folded(number - previous - difference));
        difference = number - previous;
        previous = number;
    }
    return bytes;
}

std::vector<std::uint64_t> readRun(ByteReader &bytes, std::size_t count) {
    std::uint64_t number = bytes.word64();
    const std::uint64_t increment = bytes.word64();
    std::vector<std::uint64_t> numbers(count);
    for (std::uint64_t &each : numbers) {
        each = number;
        number += increment;
    }
    return numbers;
}

std::vector<std::uint64_t> readDifferences(ByteReader &bytes, std::size_t count) {
    std::vector<std::uint64_t> numbers(count);
    std::uint64_t number = 0;
    std::uint64_t difference = 0;
    for (std::uint64_t &each : numbers) {
        difference += unfolded(bytes.varint());
        number += difference;
        each = number;
    }
    return numbers;
}

std::vector<std::uint64_t> readRaw(ByteReader &bytes, std::size_t count) {
    std::vector<std::uint64_t> numbers(count);
    for (std::uint64_t &each : numbers)
        each = bytes.word64();
    return numbers;
}

} // namespace

void appendLittleEndian(std::string &bytes, std::uint64_t number, unsigned count) {
    for (unsigned byte = 0; byte < count; ++byte)
        bytes += static_cast<char>(number >> (8 * byte));
}

void appendPacked(std::string &bytes, std::span<const std::uint64_t> numbers) {
    if (isRun(numbers))
        return appendRun(bytes, numbers);
    const std::string packed = differences(numbers);
    if (packed.size() < numbers.size() * width) {
        appendForm(bytes, Form::Differences);
        bytes += packed;
        return;
    }
    appendForm(bytes, Form::Raw);
    for (const std::uint64_t number : numbers)
        appendLittleEndian(bytes, number, width);
}

std::vector<std::uint64_t> readPacked(ByteReader &bytes, std::size_t count) {
    switch (static_cast<Form>(bytes.byte())) {
    case Form::Run:
        return readRun(bytes, count);
    case Form::Differences:
        return readDifferences(bytes, count);
    case Form::Raw:
        return readRaw(bytes, count);
    }
    throw DamagedRecord("it has an unknown form");
}

} // namespace simclr
