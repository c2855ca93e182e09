// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random/random.h"

#include <cmath>
#include <cstdio>
#include <numbers>

namespace simclr {

namespace {

/// Ten rounds of Philox4x32 with the multipliers and Weyl constants of Salmon et al., table 2.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t second = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(second),
                   static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(first)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

} // namespace

RandomStream::RandomStream(const DrawKey &key)
    : m_key{static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)},
      m_counter{0, key.epoch, key.sample, (static_cast<std::uint32_t>(key.purpose) << 16) | key.view} {}

void RandomStream::refill() {
    m_block = philox(m_counter, m_key);
    ++m_counter[0];
    m_used = 0;
}

std::uint32_t RandomStream::bits() {
    if (m_used == 4)
        refill();
    return m_block[static_cast<std::size_t>(m_used++)];
}

double RandomStream::uniform() {
    const std::uint64_t high = bits() >> 5;
    const std::uint64_t low = bits() >> 6;
    return static_cast<double>((high << 26) | low) * 0x1p-53;
}

double RandomStream::uniform(double low, double high) {
    return low + (high - low) * uniform();
}

std::uint32_t RandomStream::below(std::uint32_t bound) {
    // Lemire (2019): multiply, and reject the few products that would bias the result.
    std::uint64_t product = std::uint64_t{bits()} * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
        const std::uint32_t threshold = -bound % bound;
        while (static_cast<std::uint32_t>(product) < threshold)
            product = std::uint64_t{bits()} * bound;
    }
    return static_cast<std::uint32_t>(product >> 32);
}

bool RandomStream::chance(double p) {
    return uniform() < p;
}

void RandomStream::note(const char *what, double value, const char *unit) {
    if (m_log == nullptr)
        return;
    char text[32];
    std::snprintf(text, sizeof text, std::abs(value) < 100 ? "%.3g" : "%.0f", value);
    m_log->push_back({what, text + std::string(unit), value});
}

void RandomStream::note(const char *what, std::string value) {
    if (m_log != nullptr)
        m_log->push_back({what, std::move(value), 0});
}

double RandomStream::normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

} // namespace simclr
