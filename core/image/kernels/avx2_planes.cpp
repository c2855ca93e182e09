// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/avx2.h"

#ifdef SIMCLR_HAS_AVX2_FORM

#include "core/image/kernels/loops.h"

namespace simclr::avx2 {

namespace {

/// For three consecutive registers: which of their 48 bytes go into each of three results. Shuffling each of
/// the three and or-ing them gives one result.
struct Sorting {
    alignas(16) char order[3][3][16];

    SIMCLR_AVX2_INLINE __m128i load(int result, int part) const {
        return _mm_load_si128(reinterpret_cast<const __m128i *>(order[result][part]));
    }
};

template <typename From>
constexpr Sorting sorting(From from) {
    Sorting sorting{};
    for (int result = 0; result < 3; ++result)
        for (int part = 0; part < 3; ++part)
            for (int i = 0; i < 16; ++i)
                sorting.order[result][part][i] =
                    static_cast<char>(from(result, i) / 16 == part ? from(result, i) % 16 : -1);
    return sorting;
}

constexpr Sorting toPlanes = sorting([](int channel, int i) { return 3 * i + channel; });
constexpr Sorting toPixels =
    sorting([](int part, int i) { return (16 * part + i) % 3 * 16 + (16 * part + i) / 3; });

SIMCLR_AVX2_INLINE __m128i sorted(const __m128i *parts, const Sorting &sorting, int result) {
    return _mm_or_si128(_mm_or_si128(_mm_shuffle_epi8(parts[0], sorting.load(result, 0)),
                                     _mm_shuffle_epi8(parts[1], sorting.load(result, 1))),
                        _mm_shuffle_epi8(parts[2], sorting.load(result, 2)));
}

} // namespace

/// Sixteen pixels at a time.
SIMCLR_AVX2 void split(const std::uint8_t *source, std::size_t pixels, std::uint8_t *const *planes) {
    std::uint8_t *const own[] = {planes[0], planes[1], planes[2]};
    std::size_t i = 0;
    for (; i + 16 <= pixels; i += 16) {
        const std::uint8_t *at = source + 3 * i;
        const __m128i parts[] = {loadHalf(at), loadHalf(at + 16), loadHalf(at + 32)};
        for (int channel = 0; channel < 3; ++channel)
            _mm_storeu_si128(reinterpret_cast<__m128i *>(own[channel] + i), sorted(parts, toPlanes, channel));
    }
    loops::split(source, i, pixels, own);
}

SIMCLR_AVX2 void join(const std::uint8_t *const *planes, std::size_t pixels, std::uint8_t *target) {
    const std::uint8_t *const own[] = {planes[0], planes[1], planes[2]};
    std::size_t i = 0;
    for (; i + 16 <= pixels; i += 16) {
        const __m128i parts[] = {loadHalf(own[0] + i), loadHalf(own[1] + i), loadHalf(own[2] + i)};
        for (int part = 0; part < 3; ++part)
            _mm_storeu_si128(reinterpret_cast<__m128i *>(target + 3 * i + 16 * part),
                             sorted(parts, toPixels, part));
    }
    loops::join(own, i, pixels, target);
}

namespace {

SIMCLR_AVX2_INLINE __m128i greyOf(__m256i red, __m256i green, __m256i blue) {
    const __m256i weights = _mm256_set1_epi32(greyWeights[1] / 2 << 16 | greyWeights[0] / 2);
    const __m256i rounding = _mm256_set1_epi32(1 << 14 << 16 | greyWeights[2] / 2);
    const __m256i one = _mm256_set1_epi16(1);
    const __m256i low = _mm256_add_epi32(_mm256_madd_epi16(_mm256_unpacklo_epi16(red, green), weights),
                                         _mm256_madd_epi16(_mm256_unpacklo_epi16(blue, one), rounding));
    const __m256i high = _mm256_add_epi32(_mm256_madd_epi16(_mm256_unpackhi_epi16(red, green), weights),
                                          _mm256_madd_epi16(_mm256_unpackhi_epi16(blue, one), rounding));
    const __m256i words = _mm256_packs_epi32(_mm256_srai_epi32(low, 15), _mm256_srai_epi32(high, 15));
    return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

} // namespace

SIMCLR_AVX2 void dropColor(std::uint8_t *levels, std::size_t pixels) {
    const __m128i thrice[] = {_mm_setr_epi8(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5),
                              _mm_setr_epi8(5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10),
                              _mm_setr_epi8(10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14, 15, 15, 15)};
    std::size_t i = 0;
    for (; i + 16 <= pixels; i += 16) {
        std::uint8_t *at = levels + 3 * i;
        const __m128i parts[] = {loadHalf(at), loadHalf(at + 16), loadHalf(at + 32)};
        const __m128i grey = greyOf(_mm256_cvtepu8_epi16(sorted(parts, toPlanes, 0)),
                                    _mm256_cvtepu8_epi16(sorted(parts, toPlanes, 1)),
                                    _mm256_cvtepu8_epi16(sorted(parts, toPlanes, 2)));
        for (int part = 0; part < 3; ++part)
            _mm_storeu_si128(reinterpret_cast<__m128i *>(at + 16 * part),
                             _mm_shuffle_epi8(grey, thrice[part]));
    }
    loops::dropColor(levels, i, pixels);
}

// The compiler vectorises the following loops.

SIMCLR_AVX2 std::uint64_t sum(const std::uint8_t *levels, std::size_t count) {
    return loops::sum(levels, count);
}

SIMCLR_AVX2 void saturate(std::uint8_t *const *planes, std::size_t pixels, int scale,
                          const std::array<int, 3> &grey) {
    loops::saturate(planes, pixels, scale, grey);
}

} // namespace simclr::avx2

#endif
