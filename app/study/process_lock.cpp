// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/process_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace ratescope {

namespace {

/// Whether the file that was locked still is the one of that name: who held it before removed it when it let go.
bool isStillThere(int descriptor, const std::filesystem::path& path) {
    struct stat mine{};
    struct stat named{};
    return fstat(descriptor, &mine) == 0 && stat(path.c_str(), &named) == 0 && mine.st_ino == named.st_ino &&
           mine.st_dev == named.st_dev;
}

} // namespace

ProcessLock::ProcessLock(const std::filesystem::path& path)
    : m_path(path) {
    while (m_descriptor < 0) {
        const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0) return;
        if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            close(descriptor);
            return;
        }
        if (isStillThere(descriptor, path)) m_descriptor = descriptor;
        else close(descriptor);
    }
}

ProcessLock::~ProcessLock() { release(); }

ProcessLock::ProcessLock(ProcessLock&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_descriptor(std::exchange(other.m_descriptor, -1)) {}

ProcessLock& ProcessLock::operator=(ProcessLock&& other) noexcept {
    if (this == &other) return *this;
    release();
    m_path = std::move(other.m_path);
    m_descriptor = std::exchange(other.m_descriptor, -1);
    return *this;
}

void ProcessLock::release() {
    if (m_descriptor < 0) return;
    unlink(m_path.c_str()); // while it is held: nobody else's is removed
    close(m_descriptor);
    m_descriptor = -1;
}

} // namespace ratescope
