// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib> // says whether this is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace ratescope {

/// One heap for all threads. What a run takes it takes as it begins, and its steps take nothing, so that no thread waits for
/// another; heaps of their own fall to pieces over some thousand runs, until a tenth of the memory is lost in gaps.
/// First thing in main().
inline void shareOneHeap() {
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
#endif
}

} // namespace ratescope
