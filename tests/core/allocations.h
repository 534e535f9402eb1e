// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the program of a test whenever memory is taken, in all threads and libraries: by operator new as well, which is made of
// malloc. To be included once. Objects of such tests are of no use to a build with other sanitizers.
#pragma once

#include <cstddef>

/// Defined by the test; called in any thread, with bytes. Takes no memory itself.
void allocated(std::size_t size);

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define RATESCOPE_SANITIZED_ALLOCATOR
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define RATESCOPE_SANITIZED_ALLOCATOR
#endif
#endif

#if defined(RATESCOPE_SANITIZED_ALLOCATOR)
#define RATESCOPE_SEES_ALLOCATIONS 1
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*taken)(const volatile void*, std::size_t),
                                                         void (*freed)(const volatile void*));
static const int hooked = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t size) { allocated(size); }, [](const volatile void*) {});
#elif defined(__GLIBC__)
#include <cerrno>
#define RATESCOPE_SEES_ALLOCATIONS 1
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void* malloc(std::size_t size) {
    allocated(size);
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    allocated(count * size);
    return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
    allocated(size);
    return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    allocated(size);
    return __libc_memalign(alignment, size);
}
void* memalign(std::size_t alignment, std::size_t size) { return aligned_alloc(alignment, size); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = aligned_alloc(alignment, size);
    return *out ? 0 : ENOMEM;
}
}
#else
#define RATESCOPE_SEES_ALLOCATIONS 0
#endif
