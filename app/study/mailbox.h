// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace ratescope {

/// Calls from other threads, made in their order by the event loop of the thread that the mailbox was made in. All that
/// crosses threads lies behind a mutex of the standard library, and Qt does no more than wake the receiver: so the thread
/// sanitizer, which sees nothing of what goes on inside a distribution's Qt, sees the order of things.
class Mailbox {
public:
    using Call = std::function<void()>;

    Mailbox();
    /// Calls that have not been made by then are dropped.
    ~Mailbox();
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    /// From any thread; returns at once.
    void post(Call call);
    /// Makes the calls that are there, without an event loop. From the receiver's thread.
    void deliver();

private:
    std::mutex m_mutex;
    std::deque<Call> m_calls; ///< guarded by m_mutex
    int m_bell = -1;          ///< an eventfd
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace ratescope
