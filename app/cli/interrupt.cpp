// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace ratescope {

namespace {

// A signal handler can reach nothing but globals.
std::array<int, 2> signalPipe = {-1, -1};

void onSignal(int number) {
    std::signal(number, SIG_DFL);
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(signalPipe[1], &byte, 1);
}

} // namespace

InterruptWatch::InterruptWatch(std::function<void()> callback) {
    if (pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) return; // then Ctrl-C ends the program as it always does
    m_notifier = std::make_unique<QSocketNotifier>(signalPipe[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this, callback = std::move(callback)] {
        m_notifier->setEnabled(false);
        m_interrupted = true;
        callback();
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

InterruptWatch::~InterruptWatch() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    m_notifier.reset();
    for (int& end : signalPipe) {
        if (end >= 0) close(end);
        end = -1;
    }
}

} // namespace ratescope
