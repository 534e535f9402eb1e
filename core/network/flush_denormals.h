// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#if defined(__SSE2__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

namespace ratescope {

/// While it lives, numbers below 1.2e-38 count as 0 on this thread. An optimizer's running means fade into that range once a
/// weight's gradient is 0 for good, as behind a dead ReLU or a pixel that is never on, and there the CPU is many times slower.
/// Every thread that computes has one, so that results do not depend on which thread did it.
class FlushDenormals {
public:
#if defined(__SSE2__)
    FlushDenormals()
        : m_before(_mm_getcsr()) {
        _mm_setcsr(m_before | _MM_FLUSH_ZERO_ON | _MM_DENORMALS_ZERO_ON);
    }
    ~FlushDenormals() { _mm_setcsr(m_before); }
#else
    FlushDenormals() = default;
#endif
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

private:
#if defined(__SSE2__)
    unsigned m_before;
#endif
};

} // namespace ratescope
