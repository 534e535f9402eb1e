// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace ratescope {

/// Says to other processes that something is in use, for as long as this process lives: the kernel lets go of it, however the
/// process ends. (A number of a process in a file says less: numbers are used again, and mean nothing in another container.)
class ProcessLock {
public:
    ProcessLock() = default;
    /// Takes hold of the file, which is made if need be, unless another process has; see isHeld(). Does not block.
    explicit ProcessLock(const std::filesystem::path& path);
    /// Lets go and removes the file.
    ~ProcessLock();
    ProcessLock(ProcessLock&& other) noexcept;
    ProcessLock& operator=(ProcessLock&& other) noexcept;

    bool isHeld() const { return m_descriptor >= 0; }
    const std::filesystem::path& path() const { return m_path; }

private:
    void release();

    std::filesystem::path m_path;
    int m_descriptor = -1;
};

} // namespace ratescope
