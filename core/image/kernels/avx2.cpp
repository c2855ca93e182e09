// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/avx2.h"

namespace simclr {

const PixelKernels *avx2Kernels() {
#ifdef SIMCLR_HAS_AVX2_FORM
    static constexpr PixelKernels kernels{
        "AVX2",         avx2::mixBytes, avx2::smoothBytes, avx2::smoothWords, avx2::mixAcross,
        avx2::mirror,   avx2::split,    avx2::join,        avx2::sum,         avx2::stretch,
        avx2::saturate, avx2::turnHue,  avx2::dropColor};
    return __builtin_cpu_supports("avx2") ? &kernels : nullptr;
#else
    return nullptr;
#endif
}

} // namespace simclr
