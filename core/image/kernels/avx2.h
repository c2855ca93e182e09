// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the AVX2 implementation. SIMCLR_HAS_AVX2_FORM is set only if the compiler supports it.
#pragma once

#include "core/image/kernels/pixel_kernels.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define SIMCLR_HAS_AVX2_FORM

#include <immintrin.h>

// Without fused multiply-add, which would round differently from the plain implementation.
#define SIMCLR_AVX2 __attribute__((target("avx2")))
#define SIMCLR_AVX2_INLINE __attribute__((target("avx2"), always_inline)) inline

namespace simclr::avx2 {

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

// See PixelKernels for each.
void mixBytes(const std::uint8_t *const *rows, const std::int16_t *weights, int taps, int count,
              std::int16_t *target);
void smoothBytes(const std::uint8_t *const *rows, const std::int16_t *half, int radius, int count,
                 std::int16_t *target);
void smoothWords(const std::int16_t *const *rows, const std::int16_t *half, int radius, int count,
                 std::uint8_t *target);
void mixAcross(const std::int16_t *row, const CubicTaps &taps, int width, std::uint8_t *target);
void mirror(const std::uint8_t *row, int width, std::uint8_t *target);
void split(const std::uint8_t *source, std::size_t pixels, std::uint8_t *const *planes);
void join(const std::uint8_t *const *planes, std::size_t pixels, std::uint8_t *target);
std::uint64_t sum(const std::uint8_t *levels, std::size_t count);
void stretch(std::uint8_t *levels, std::size_t count, int scale, int offset);
void saturate(std::uint8_t *const *planes, std::size_t pixels, int scale, const std::array<int, 3> &grey);
void turnHue(std::uint8_t *const *planes, std::size_t pixels, int shift);
void dropColor(std::uint8_t *levels, std::size_t pixels);

} // namespace simclr::avx2

#endif
