// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace ratescope {

Mailbox::Mailbox()
    : m_bell(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (m_bell < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    m_notifier = std::make_unique<QSocketNotifier>(m_bell, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { deliver(); });
}

Mailbox::~Mailbox() {
    m_notifier.reset();
    close(m_bell);
}

void Mailbox::post(Call call) {
    const std::lock_guard lock(m_mutex); // to the end: the mailbox may go as soon as the call has been made
    m_calls.push_back(std::move(call));
    [[maybe_unused]] const int rung = eventfd_write(m_bell, 1); // fails only where it rings already
}

void Mailbox::deliver() {
    eventfd_t rings = 0;
    [[maybe_unused]] const int read = eventfd_read(m_bell, &rings);
    while (true) {
        Call call;
        { // one by one, for a call may deliver what came after it
            const std::lock_guard lock(m_mutex);
            if (m_calls.empty()) return;
            call = std::move(m_calls.front());
            m_calls.pop_front();
        }
        call();
    }
}

} // namespace ratescope
