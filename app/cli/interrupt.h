// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace ratescope {

/// A command has been asked to end, and what it was doing is left: exit status 130.
struct Interrupted {};

/// Waits for SIGINT and SIGTERM while a command runs. The first one ends the program with status 130, at once where nothing
/// can be left half done, otherwise as soon as whoever holds it says; the second one ends it at once.
class InterruptWatch {
public:
    /// `farewell` is called, on the watch's own thread, before the program is ended from there.
    explicit InterruptWatch(std::function<void()> farewell = {});
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

    /// While it lives a signal does not end the program: something is being written, or runs are to be stopped. `stop` is
    /// called, on the watch's thread; check() throws in any case. One within another is fine: the inner one counts.
    class Hold {
    public:
        explicit Hold(InterruptWatch& watch, std::function<void()> stop = {});
        ~Hold();
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;

    private:
        InterruptWatch& m_watch;
        bool m_heldBefore = false;
        std::function<void()> m_stopBefore;
    };

    bool interrupted() const { return m_interrupted; }
    /// Throws Interrupted once a signal has come.
    void check() const {
        if (m_interrupted) throw Interrupted();
    }

private:
    void watch();

    std::function<void()> m_farewell;
    std::atomic<bool> m_interrupted = false;
    std::mutex m_mutex;
    bool m_held = false;          ///< guarded by m_mutex
    std::function<void()> m_stop; ///< guarded by m_mutex
    std::jthread m_thread;
};

} // namespace ratescope
