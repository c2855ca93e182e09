// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/pixel_kernels.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include "core/image/kernels/loops.h"

#include <cstring>
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

/// Two neighbouring weights, in every 32 bits.
SIMCLR_AVX2_INLINE __m256i twoWeights(const std::int16_t *weights) {
    int both = 0;
    std::memcpy(&both, weights, sizeof both);
    return _mm256_set1_epi32(both);
}

/// Two terms at a time: one multiplication weighs and adds both.
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

/// What the half weight `k` stands for.
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

/// Sums of sixteen at a time; the last sixteen may overlap the ones before.
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

SIMCLR_AVX2 void mixBytes(const std::uint8_t *const *rows, const std::int16_t *weights, int taps, int count,
                          std::int16_t *target) {
    if (count < 16)
        return loops::mixBytes(rows, weights, taps, count, target);
    if (taps == 4) {
        // Copies, which the compiler knows that nothing written to `target` changes.
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

/// Four targets and four bytes of nothing.
SIMCLR_AVX2_INLINE __m128i fourAcross(const std::int16_t *row, const CubicTaps &taps, int x) {
    const __m128i order = _mm_setr_epi8(0, 1, 2, 8, 9, 10, 4, 5, 6, 12, 13, 14, -1, -1, -1, -1);
    const __m256i words = _mm256_packs_epi32(twoAcross(row, taps, x), twoAcross(row, taps, x + 2));
    const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    return _mm_shuffle_epi8(bytes, order);
}

SIMCLR_AVX2 void mixAcross(const std::int16_t *row, const CubicTaps &taps, int width, std::uint8_t *target) {
    const CubicTaps own = taps; // which nothing written to `target` changes
    int x = 0;
    for (; x + 6 <= width; x += 4)
        _mm_storeu_si128(reinterpret_cast<__m128i *>(target + 3 * x), fourAcross(row, own, x));
    if (x + 4 <= width) { // no room for sixteen bytes
        const __m128i bytes = fourAcross(row, own, x);
        std::memcpy(target + 3 * x, &bytes, 12);
        x += 4;
    }
    loops::mixAcross(row, own, x, width, target);
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

SIMCLR_AVX2_INLINE __m256i stretched(const std::uint8_t *levels, int scale, int offset) {
    const __m256i wide = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(levels)));
    const __m256i product = _mm256_mullo_epi32(wide, _mm256_set1_epi32(scale));
    return _mm256_srai_epi32(_mm256_add_epi32(product, _mm256_set1_epi32(offset)), 16);
}

/// Packing clips. It works on each half of a register by itself, which the last line sets right.
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

/// Sixteen words without sign as floats: the lower and the upper half of each 128 bits.
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

/// For three registers in a row, which of their 48 bytes go into each of three results: sorting each of the
/// three and or-ing them gives one.
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

// What follows the compiler turns into vectors by itself.

SIMCLR_AVX2 std::uint64_t sum(const std::uint8_t *levels, std::size_t count) {
    return loops::sum(levels, count);
}

SIMCLR_AVX2 void saturate(std::uint8_t *const *planes, std::size_t pixels, int scale,
                          const std::array<int, 3> &grey) {
    loops::saturate(planes, pixels, scale, grey);
}

} // namespace

const PixelKernels *avx2Kernels() {
    static constexpr PixelKernels kernels{"AVX2",   mixBytes, smoothBytes, smoothWords, mixAcross,
                                          mirror,   split,    join,        sum,         stretch,
                                          saturate, turnHue,  dropColor};
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
