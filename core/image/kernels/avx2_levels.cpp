// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/avx2.h"

#ifdef SIMCLR_HAS_AVX2_FORM

#include "core/image/kernels/loops.h"

namespace simclr::avx2 {

namespace {

SIMCLR_AVX2_INLINE __m256i stretched(const std::uint8_t *levels, int scale, int offset) {
    const __m256i wide = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(levels)));
    const __m256i product = _mm256_mullo_epi32(wide, _mm256_set1_epi32(scale));
    return _mm256_srai_epi32(_mm256_add_epi32(product, _mm256_set1_epi32(offset)), 16);
}

} // namespace

/// Packing saturates. It works on each half of a register separately; the last line restores the order.
SIMCLR_AVX2 void stretch(std::uint8_t *levels, std::size_t count, int scale, int offset) {
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    std::size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        std::uint8_t *at = levels + i;
        const __m256i first =
            _mm256_packs_epi32(stretched(at, scale, offset), stretched(at + 8, scale, offset));
        const __m256i second =
            _mm256_packs_epi32(stretched(at + 16, scale, offset), stretched(at + 24, scale, offset));
        const __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_packus_epi16(first, second), order);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(at), bytes);
    }
    loops::stretch(levels, i, count, scale, offset);
}

namespace {

/// Sixteen unsigned words as floats: the lower and the upper half of each 128 bits.
struct Floats {
    __m256 low;
    __m256 high;
};

SIMCLR_AVX2_INLINE Floats toFloats(__m256i words) {
    const __m256i zero = _mm256_setzero_si256();
    return {_mm256_cvtepi32_ps(_mm256_unpacklo_epi16(words, zero)),
            _mm256_cvtepi32_ps(_mm256_unpackhi_epi16(words, zero))};
}

SIMCLR_AVX2_INLINE Floats signedToFloats(__m256i words) {
    return {_mm256_cvtepi32_ps(_mm256_srai_epi32(_mm256_unpacklo_epi16(words, words), 16)),
            _mm256_cvtepi32_ps(_mm256_srai_epi32(_mm256_unpackhi_epi16(words, words), 16))};
}

SIMCLR_AVX2_INLINE __m256i toWords(__m256 low, __m256 high) {
    return _mm256_packs_epi32(_mm256_cvttps_epi32(low), _mm256_cvttps_epi32(high));
}

/// Sixteen colours of HSV; all words.
struct Hsv {
    __m256i hue;
    __m256i saturation;
    __m256i value;
};

SIMCLR_AVX2_INLINE __m256 hueOf(__m256 sixths, __m256 inverse, __m256 whole) {
    const __m256 turns =
        _mm256_mul_ps(_mm256_mul_ps(sixths, _mm256_mul_ps(inverse, whole)), _mm256_set1_ps(256 / 6.0f));
    return _mm256_add_ps(turns, _mm256_set1_ps(loops::hueRounding));
}

SIMCLR_AVX2_INLINE __m256 saturationOf(__m256 chroma, __m256 inverse, __m256 divisor) {
    const __m256 scaled = _mm256_mul_ps(chroma, _mm256_set1_ps(255));
    return _mm256_add_ps(_mm256_mul_ps(scaled, _mm256_mul_ps(inverse, divisor)),
                         _mm256_set1_ps(loops::saturationRounding));
}

SIMCLR_AVX2_INLINE __m256i sixthsOf(__m256i r, __m256i g, __m256i b, __m256i value, __m256i chroma) {
    const __m256i twice = _mm256_add_epi16(chroma, chroma);
    const __m256i ofBlue = _mm256_add_epi16(_mm256_sub_epi16(r, g), _mm256_add_epi16(twice, twice));
    const __m256i ofGreen = _mm256_add_epi16(_mm256_sub_epi16(b, r), twice);
    const __m256i ofOthers = _mm256_blendv_epi8(ofBlue, ofGreen, _mm256_cmpeq_epi16(value, g));
    return _mm256_blendv_epi8(ofOthers, _mm256_sub_epi16(g, b), _mm256_cmpeq_epi16(value, r));
}

SIMCLR_AVX2_INLINE Hsv toHsv(__m256i r, __m256i g, __m256i b) {
    const __m256i one = _mm256_set1_epi16(1);
    const __m256i value = _mm256_max_epi16(_mm256_max_epi16(r, g), b);
    const __m256i chroma = _mm256_sub_epi16(value, _mm256_min_epi16(_mm256_min_epi16(r, g), b));
    const __m256i divisor = _mm256_max_epi16(chroma, one);
    const __m256i whole = _mm256_max_epi16(value, one);
    const Floats product = toFloats(_mm256_mullo_epi16(divisor, whole));
    const Floats inverse{_mm256_div_ps(_mm256_set1_ps(1), product.low),
                         _mm256_div_ps(_mm256_set1_ps(1), product.high)};
    const Floats sixths = signedToFloats(sixthsOf(r, g, b, value, chroma));
    const Floats wholes = toFloats(whole);
    const Floats chromas = toFloats(chroma);
    const Floats divisors = toFloats(divisor);
    return {
        toWords(hueOf(sixths.low, inverse.low, wholes.low), hueOf(sixths.high, inverse.high, wholes.high)),
        toWords(saturationOf(chromas.low, inverse.low, divisors.low),
                saturationOf(chromas.high, inverse.high, divisors.high)),
        value};
}

SIMCLR_AVX2_INLINE __m128i hueChannel(__m256i value, __m256i chroma, __m256i place) {
    const __m256i beyond = _mm256_cmpgt_epi16(place, _mm256_set1_epi16(1535));
    const __m256i within = _mm256_sub_epi16(place, _mm256_and_si256(beyond, _mm256_set1_epi16(1536)));
    const __m256i rising = _mm256_min_epi16(within, _mm256_sub_epi16(_mm256_set1_epi16(1024), within));
    const __m256i share =
        _mm256_max_epi16(_mm256_min_epi16(rising, _mm256_set1_epi16(256)), _mm256_setzero_si256());
    const __m256i taken = _mm256_mulhrs_epi16(chroma, _mm256_slli_epi16(share, 6));
    const __m256i words = _mm256_add_epi16(_mm256_slli_epi16(value, 6), _mm256_set1_epi16(wordsPerLevel / 2));
    const __m256i levels = _mm256_srli_epi16(_mm256_sub_epi16(words, taken), 6);
    return _mm_packus_epi16(_mm256_castsi256_si128(levels), _mm256_extracti128_si256(levels, 1));
}

SIMCLR_AVX2_INLINE void storeChannel(std::uint8_t *target, const Hsv &color, __m256i chroma, __m256i turned,
                                     int begin) {
    const __m256i place = _mm256_add_epi16(turned, _mm256_set1_epi16(static_cast<short>(begin * 256)));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(target), hueChannel(color.value, chroma, place));
}

} // namespace

SIMCLR_AVX2 void turnHue(std::uint8_t *const *planes, std::size_t pixels, int shift) {
    std::size_t i = 0;
    for (; i + 16 <= pixels; i += 16) {
        const Hsv color = toHsv(loadWords(planes[0] + i), loadWords(planes[1] + i), loadWords(planes[2] + i));
        const __m256i hue = _mm256_add_epi16(color.hue, _mm256_set1_epi16(static_cast<short>(shift)));
        const __m256i turned =
            _mm256_mullo_epi16(_mm256_and_si256(hue, _mm256_set1_epi16(255)), _mm256_set1_epi16(6));
        const __m256i chroma = _mm256_mulhi_epu16(_mm256_mullo_epi16(color.value, color.saturation),
                                                  _mm256_set1_epi16(static_cast<short>(32897)));
        storeChannel(planes[0] + i, color, chroma, turned, 5);
        storeChannel(planes[1] + i, color, chroma, turned, 3);
        storeChannel(planes[2] + i, color, chroma, turned, 1);
    }
    loops::turnHue(planes, i, pixels, shift);
}

} // namespace simclr::avx2

#endif
