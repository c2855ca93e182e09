// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace simclr {

/// What a stream of random numbers is for. Streams of different purposes never overlap. The values are part
/// of what makes a run reproducible: never renumber them.
enum class Purpose : std::uint8_t {
    View = 1,           ///< augmentation of one view
    Order = 2,          ///< order of the samples in an epoch
    Split = 3,          ///< which samples are for training, validation, test
    Shapes = 4,         ///< rendering of the built-in dataset
    Initialisation = 5, ///< initial weights
    Subset = 6,         ///< which samples a quick evaluation uses
    Preview = 7,        ///< which samples a preview shows
    Map = 8,            ///< the layout of a map, see core/layout/map_random.h
    Forest = 9,         ///< samples and shuffled values of a random forest
};

/// Names one stream of random numbers. Equal keys give equal streams on every machine and in every thread.
struct DrawKey {
    std::uint64_t seed = 0;
    Purpose purpose = Purpose::View;
    std::uint32_t epoch = 0;
    std::uint32_t sample = 0;
    std::uint16_t view = 0;
};

/// A sampled parameter as display text: its name ("angle") and its value ("12.5°").
struct SampledValue {
    std::string what;
    std::string value;
    double number = 0; ///< the numeric value, if there is one
    bool operator==(const SampledValue &) const = default;
};
using SampleLog = std::vector<SampledValue>;

/// Random numbers from the counter-based generator Philox4x32-10 (Salmon et al., SC 2011), so that a stream
/// needs no state beyond its key: any number can be reproduced, in any order, by any number of threads. Cheap
/// to construct.
class RandomStream {
  public:
    explicit RandomStream(const DrawKey &key);

    /// 32 random bits.
    std::uint32_t bits();
    /// Uniform in [0, 1), a multiple of 2⁻⁵³.
    double uniform();
    /// Uniform in [low, high); `low` if both are equal.
    double uniform(double low, double high);
    /// Uniform integer in [0, bound), without bias; `bound` > 0.
    std::uint32_t below(std::uint32_t bound);
    /// True with probability `p`.
    bool chance(double p);
    /// Standard normal (Box-Muller).
    double normal();

    /// From now on note() appends to `log`; with nullptr it does nothing, at no cost.
    void keepLog(SampleLog *log) { m_log = log; }
    bool isLogged() const { return m_log != nullptr; }
    /// Logs the parameter computed from the last random numbers, with three significant digits.
    void note(const char *what, double value, const char *unit = "");
    /// The same as text. If the text is expensive to make, call isLogged() first.
    void note(const char *what, std::string value);

    /// Puts `items` into a uniformly random order (Fisher-Yates).
    template <typename Items>
    void shuffle(Items &&items) {
        for (std::size_t last = std::size(items); last > 1; --last)
            std::swap(items[last - 1], items[below(static_cast<std::uint32_t>(last))]);
    }

  private:
    void refill();

    std::array<std::uint32_t, 2> m_key;
    std::array<std::uint32_t, 4> m_counter;
    std::array<std::uint32_t, 4> m_block{};
    int m_used = 4;
    SampleLog *m_log = nullptr;
};

} // namespace simclr
