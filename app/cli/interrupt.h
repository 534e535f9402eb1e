// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace ratescope {

/// Calls back, in the event loop, when the process is asked to end by SIGINT or SIGTERM. The second time ends it at once.
class InterruptWatch {
public:
    explicit InterruptWatch(std::function<void()> callback);
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

    bool interrupted() const { return m_interrupted; }

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    bool m_interrupted = false;
};

} // namespace ratescope
