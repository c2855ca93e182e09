// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/pixel_kernels.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "core/image/kernels/loops.h"

#include <immintrin.h>

// Without fused multiply-add, which would round otherwise than the plain form does.
#define SIMCLR_AVX2 __attribute__((target("avx2")))
#define SIMCLR_AVX2_INLINE __attribute__((target("avx2"), always_inline)) inline

namespace simclr {

namespace {

template <typename T>
SIMCLR_AVX2_INLINE __m256i load(const T *at) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(at));
}

template <typename T>
SIMCLR_AVX2_INLINE __m128i loadHalf(const T *at) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}

SIMCLR_AVX2_INLINE __m256i loadWords(const std::uint8_t *at) {
    return _mm256_cvtepu8_epi16(loadHalf(at));
}

SIMCLR_AVX2_INLINE __m256i loadWords(const std::int16_t *at) {
    return load(at);
}

/// Sixteen sums of 32 bits, in the order that packing takes.
struct Sums {
    __m256i low;
    __m256i high;
};

/// Rows two and two: one multiplication weighs and adds both.
template <typename T>
SIMCLR_AVX2_INLINE Sums weightedSums(const T *const *rows, const std::int16_t *weights, int taps, int at,
                                     int rounding) {
    Sums sums{_mm256_set1_epi32(rounding), _mm256_set1_epi32(rounding)};
    for (int k = 0; k < taps; k += 2) {
        const bool hasSecond = k + 1 < taps;
        const __m256i first = loadWords(rows[k] + at);
        const __m256i second = hasSecond ? loadWords(rows[k + 1] + at) : first;
        const int pair = (hasSecond ? weights[k + 1] * 65536 : 0) | (weights[k] & 0xFFFF);
        const __m256i weight = _mm256_set1_epi32(pair);
        sums.low =
            _mm256_add_epi32(sums.low, _mm256_madd_epi16(_mm256_unpacklo_epi16(first, second), weight));
        sums.high =
            _mm256_add_epi32(sums.high, _mm256_madd_epi16(_mm256_unpackhi_epi16(first, second), weight));
    }
    return sums;
}

SIMCLR_AVX2_INLINE void storeBytesMix(const std::uint8_t *const *rows, const std::int16_t *weights, int taps,
                                      int at, std::int16_t *target) {
    const Sums sums = weightedSums(rows, weights, taps, at, 1 << (loops::byteShift - 1));
    const __m256i words = _mm256_packs_epi32(_mm256_srai_epi32(sums.low, loops::byteShift),
                                             _mm256_srai_epi32(sums.high, loops::byteShift));
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(target + at), words);
}

SIMCLR_AVX2_INLINE void storeWordsMix(const std::int16_t *const *rows, const std::int16_t *weights, int taps,
                                      int at, std::uint8_t *target) {
    const Sums sums = weightedSums(rows, weights, taps, at, 1 << (loops::wordShift - 1));
    const __m256i words = _mm256_packs_epi32(_mm256_srai_epi32(sums.low, loops::wordShift),
                                             _mm256_srai_epi32(sums.high, loops::wordShift));
    const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(words, words), 0xD8);
    _mm_storeu_si128(reinterpret_cast<__m128i *>(target + at), _mm256_castsi256_si128(bytes));
}

/// Sixteen at a time; the last sixteen may overlap the ones before.
template <auto store, typename Row, typename Target>
SIMCLR_AVX2_INLINE void mixBySixteen(const Row *const *rows, const std::int16_t *weights, int taps, int count,
                                     Target *target) {
    for (int i = 0; i + 16 <= count; i += 16)
        store(rows, weights, taps, i, target);
    if (count % 16 != 0)
        store(rows, weights, taps, count - 16, target);
}

SIMCLR_AVX2 void mixBytes(const std::uint8_t *const *rows, const std::int16_t *weights, int taps, int count,
                          std::int16_t *target) {
    if (count < 16)
        return loops::mixBytes(rows, weights, taps, 0, count, target);
    if (taps == 4)
        return mixBySixteen<storeBytesMix>(rows, weights, 4, count, target);
    mixBySixteen<storeBytesMix>(rows, weights, taps, count, target);
}

SIMCLR_AVX2 void mixWords(const std::int16_t *const *rows, const std::int16_t *weights, int taps, int count,
                          std::uint8_t *target) {
    if (count < 16)
        return loops::mixWords(rows, weights, taps, 0, count, target);
    mixBySixteen<storeWordsMix>(rows, weights, taps, count, target);
}

/// Two neighbouring pixels of each of two targets, their levels side by side: r r g g b b.
SIMCLR_AVX2_INLINE __m256i pixelPairs(const std::int16_t *first, const std::int16_t *second) {
    const __m256i order = _mm256_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1, 0, 1, 6, 7,
                                           2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1);
    const __m256i both =
        _mm256_inserti128_si256(_mm256_castsi128_si256(loadHalf(first)), loadHalf(second), 1);
    return _mm256_shuffle_epi8(both, order);
}

/// Two targets: red, green, blue and nothing of each in 32 bits.
SIMCLR_AVX2_INLINE __m256i twoAcross(const std::int16_t *row, const CubicTaps &taps, int x) {
    const std::int16_t *first = row + taps.first[x];
    const std::int16_t *second = row + taps.first[x + 1];
    const std::int16_t *weight = taps.spread + 16 * x;
    const __m256i left = _mm256_madd_epi16(pixelPairs(first, second), load(weight));
    const __m256i right = _mm256_madd_epi16(pixelPairs(first + 6, second + 6), load(weight + 16));
    const __m256i sum =
        _mm256_add_epi32(_mm256_add_epi32(left, right), _mm256_set1_epi32(1 << (loops::wordShift - 1)));
    return _mm256_srai_epi32(sum, loops::wordShift);
}

/// Four pixels, of which each store writes 16 bytes: the last ones are left to the plain loop.
SIMCLR_AVX2 void mixAcross(const std::int16_t *row, const CubicTaps &taps, int width, std::uint8_t *target) {
    const __m128i order = _mm_setr_epi8(0, 1, 2, 8, 9, 10, 4, 5, 6, 12, 13, 14, -1, -1, -1, -1);
    int x = 0;
    for (; x + 6 <= width; x += 4) {
        const __m256i words = _mm256_packs_epi32(twoAcross(row, taps, x), twoAcross(row, taps, x + 2));
        const __m128i bytes =
            _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(target + 3 * x), _mm_shuffle_epi8(bytes, order));
    }
    loops::mixAcross(row, taps, x, width, target);
}

/// Five pixels at a time; they are read from the byte before them, because none behind the row may be.
SIMCLR_AVX2 void mirror(const std::uint8_t *row, int width, std::uint8_t *target) {
    const __m128i order = _mm_setr_epi8(13, 14, 15, 10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3, -1);
    int x = 0;
    for (; x + 6 <= width; x += 5) {
        const __m128i five = loadHalf(row + 3 * (width - 5 - x) - 1);
        _mm_storeu_si128(reinterpret_cast<__m128i *>(target + 3 * x), _mm_shuffle_epi8(five, order));
    }
    loops::mirror(row, x, width, target);
}

// What follows the compiler turns into vectors by itself.

SIMCLR_AVX2 void split(const std::uint8_t *source, std::size_t pixels, std::uint8_t *const *planes) {
    loops::split(source, pixels, planes);
}

SIMCLR_AVX2 void join(const std::uint8_t *const *planes, std::size_t pixels, std::uint8_t *target) {
    loops::join(planes, pixels, target);
}

SIMCLR_AVX2 std::uint64_t sum(const std::uint8_t *levels, std::size_t count) {
    return loops::sum(levels, count);
}

SIMCLR_AVX2 void stretch(std::uint8_t *levels, std::size_t count, int scale, int offset) {
    loops::stretch(levels, count, scale, offset);
}

SIMCLR_AVX2 void saturate(std::uint8_t *const *planes, std::size_t pixels, int scale,
                          const std::array<int, 3> &grey) {
    loops::saturate(planes, pixels, scale, grey);
}

SIMCLR_AVX2 void turnHue(std::uint8_t *const *planes, std::size_t pixels, int shift) {
    loops::turnHue(planes, pixels, shift);
}

SIMCLR_AVX2 void dropColor(std::uint8_t *levels, std::size_t pixels) {
    loops::dropColor(levels, pixels);
}

} // namespace

const PixelKernels *avx2Kernels() {
    static constexpr PixelKernels kernels{"AVX2", mixBytes, mixWords, mixAcross, mirror,  split,
                                          join,   sum,      stretch,  saturate,  turnHue, dropColor};
    return __builtin_cpu_supports("avx2") ? &kernels : nullptr;
}

} // namespace simclr

#else

namespace simclr {

const PixelKernels *avx2Kernels() {
    return nullptr;
}

} // namespace simclr

#endif
