// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/avx2.h"

#ifdef SIMCLR_HAS_AVX2_FORM

#include "core/image/kernels/loops.h"

#include <cstring>

namespace simclr::avx2 {

namespace {

/// Sixteen sums of 32 bits, in the order that packing needs.
struct Sums {
    __m256i low;
    __m256i high;
};

/// Two neighbouring weights, in every 32 bits.
SIMCLR_AVX2_INLINE __m256i twoWeights(const std::int16_t *weights) {
    int both = 0;
    std::memcpy(&both, weights, sizeof both);
    return _mm256_set1_epi32(both);
}

/// Two terms at a time: one instruction multiplies and adds both.
SIMCLR_AVX2_INLINE void addWeighted(Sums &sums, __m256i first, __m256i second, __m256i weights) {
    sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(_mm256_unpacklo_epi16(first, second), weights));
    sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(_mm256_unpackhi_epi16(first, second), weights));
}

SIMCLR_AVX2_INLINE void addWeighted(Sums &sums, __m256i only, std::int16_t weight) {
    addWeighted(sums, only, _mm256_setzero_si256(), _mm256_set1_epi16(weight));
}

SIMCLR_AVX2_INLINE Sums mixed(const std::uint8_t *const *rows, const std::int16_t *weights, int taps, int at,
                              int rounding) {
    Sums sums{_mm256_set1_epi32(rounding), _mm256_set1_epi32(rounding)};
    int k = 0;
    for (; k + 2 <= taps; k += 2)
        addWeighted(sums, loadWords(rows[k] + at), loadWords(rows[k + 1] + at), twoWeights(weights + k));
    if (k < taps)
        addWeighted(sums, loadWords(rows[k] + at), weights[k]);
    return sums;
}

/// The number of rows that the half weight `k` applies to.
template <typename T>
SIMCLR_AVX2_INLINE __m256i pairOf(const T *const *rows, int radius, int k, int at) {
    return _mm256_add_epi16(loadWords(rows[radius - k] + at), loadWords(rows[radius + k] + at));
}

template <typename T>
SIMCLR_AVX2_INLINE Sums smoothed(const T *const *rows, const std::int16_t *half, int radius, int at,
                                 int rounding) {
    Sums sums{_mm256_set1_epi32(rounding), _mm256_set1_epi32(rounding)};
    const __m256i middle = loadWords(rows[radius] + at);
    int k = 1;
    if (radius % 2 == 1)
        addWeighted(sums, middle, pairOf(rows, radius, k++, at), twoWeights(half));
    else
        addWeighted(sums, middle, half[0]);
    for (; k < radius; k += 2)
        addWeighted(sums, pairOf(rows, radius, k, at), pairOf(rows, radius, k + 1, at), twoWeights(half + k));
    return sums;
}

template <int shift>
SIMCLR_AVX2_INLINE __m256i toWords(const Sums &sums) {
    return _mm256_packs_epi32(_mm256_srai_epi32(sums.low, shift), _mm256_srai_epi32(sums.high, shift));
}

SIMCLR_AVX2_INLINE void store(const Sums &sums, std::int16_t *target) {
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(target), toWords<loops::byteShift>(sums));
}

SIMCLR_AVX2_INLINE void store(const Sums &sums, std::uint8_t *target) {
    const __m256i words = toWords<loops::wordShift>(sums);
    const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(target), bytes);
}

/// Sixteen sums at a time; the last sixteen may overlap the previous ones.
template <auto sumsAt, typename Row, typename Target>
SIMCLR_AVX2_INLINE void bySixteen(const Row *const *rows, const std::int16_t *weights, int size, int count,
                                  int rounding, Target *target) {
    for (int i = 0; i + 16 <= count; i += 16)
        store(sumsAt(rows, weights, size, i, rounding), target + i);
    if (count % 16 != 0)
        store(sumsAt(rows, weights, size, count - 16, rounding), target + count - 16);
}

constexpr int byteRounding = 1 << (loops::byteShift - 1);
constexpr int wordRounding = 1 << (loops::wordShift - 1);

} // namespace

SIMCLR_AVX2 void mixBytes(const std::uint8_t *const *rows, const std::int16_t *weights, int taps, int count,
                          std::int16_t *target) {
    if (count < 16)
        return loops::mixBytes(rows, weights, taps, count, target);
    if (taps == 4) {
        // Copies, so that the compiler knows that writing to `target` does not change them.
        const std::uint8_t *const four[] = {rows[0], rows[1], rows[2], rows[3]};
        const std::int16_t theirs[] = {weights[0], weights[1], weights[2], weights[3]};
        return bySixteen<mixed>(four, theirs, 4, count, byteRounding, target);
    }
    bySixteen<mixed>(rows, weights, taps, count, byteRounding, target);
}

SIMCLR_AVX2 void smoothBytes(const std::uint8_t *const *rows, const std::int16_t *half, int radius, int count,
                             std::int16_t *target) {
    if (count < 16)
        return loops::smoothBytes(rows, half, radius, count, target);
    bySixteen<smoothed<std::uint8_t>>(rows, half, radius, count, byteRounding, target);
}

SIMCLR_AVX2 void smoothWords(const std::int16_t *const *rows, const std::int16_t *half, int radius, int count,
                             std::uint8_t *target) {
    if (count < 16)
        return loops::smoothWords(rows, half, radius, count, target);
    bySixteen<smoothed<std::int16_t>>(rows, half, radius, count, wordRounding, target);
}

namespace {

/// Two neighbouring pixels for each of two targets, their levels interleaved: r r g g b b.
SIMCLR_AVX2_INLINE __m256i pixelPairs(const std::int16_t *first, const std::int16_t *second) {
    const __m256i order = _mm256_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1, 0, 1, 6, 7,
                                           2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1);
    const __m256i both =
        _mm256_inserti128_si256(_mm256_castsi128_si256(loadHalf(first)), loadHalf(second), 1);
    return _mm256_shuffle_epi8(both, order);
}

/// Two targets: red, green, blue and zero of each in 32 bits.
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

/// Four targets and four zero bytes.
SIMCLR_AVX2_INLINE __m128i fourAcross(const std::int16_t *row, const CubicTaps &taps, int x) {
    const __m128i order = _mm_setr_epi8(0, 1, 2, 8, 9, 10, 4, 5, 6, 12, 13, 14, -1, -1, -1, -1);
    const __m256i words = _mm256_packs_epi32(twoAcross(row, taps, x), twoAcross(row, taps, x + 2));
    const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    return _mm_shuffle_epi8(bytes, order);
}

} // namespace

SIMCLR_AVX2 void mixAcross(const std::int16_t *row, const CubicTaps &taps, int width, std::uint8_t *target) {
    const CubicTaps own = taps; // which writing to `target` does not change
    int x = 0;
    for (; x + 6 <= width; x += 4)
        _mm_storeu_si128(reinterpret_cast<__m128i *>(target + 3 * x), fourAcross(row, own, x));
    if (x + 4 <= width) { // no space for sixteen bytes
        const __m128i bytes = fourAcross(row, own, x);
        std::memcpy(target + 3 * x, &bytes, 12);
        x += 4;
    }
    loops::mixAcross(row, own, x, width, target);
}

/// Five pixels at a time; they are read from the byte before them, because bytes after the row must not be
/// read.
SIMCLR_AVX2 void mirror(const std::uint8_t *row, int width, std::uint8_t *target) {
    const __m128i order = _mm_setr_epi8(13, 14, 15, 10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3, -1);
    int x = 0;
    for (; x + 6 <= width; x += 5) {
        const __m128i five = loadHalf(row + 3 * (width - 5 - x) - 1);
        _mm_storeu_si128(reinterpret_cast<__m128i *>(target + 3 * x), _mm_shuffle_epi8(five, order));
    }
    loops::mirror(row, x, width, target);
}

} // namespace simclr::avx2

#endif
