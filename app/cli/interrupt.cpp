// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include "app/cli/commands.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace ratescope {

namespace {

// A signal handler can reach nothing but globals.
std::array<int, 2> signalPipe = {-1, -1};

constexpr char signalByte = 's';
constexpr char endByte = 'e';

void onSignal(int) {
    const int error = errno;
    // From now on either ends the program as it always does.
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    [[maybe_unused]] const ssize_t written = write(signalPipe[1], &signalByte, 1);
    errno = error;
}

/// Of the two, those that a parent has not had ignored for good, as nohup and a shell's background jobs have.
void handle(int number, void (*handler)(int)) {
    if (std::signal(number, handler) == SIG_IGN) std::signal(number, SIG_IGN);
}

} // namespace

InterruptWatch::InterruptWatch(std::function<void()> farewell)
    : m_farewell(std::move(farewell)) {
    if (pipe2(signalPipe.data(), O_CLOEXEC) != 0) return; // then Ctrl-C ends the program as it always does
    m_thread = std::jthread([this] { watch(); });
    handle(SIGINT, onSignal);
    handle(SIGTERM, onSignal);
}

InterruptWatch::~InterruptWatch() {
    if (!m_thread.joinable()) return;
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    [[maybe_unused]] const ssize_t written = write(signalPipe[1], &endByte, 1);
    m_thread.join();
    for (int& end : signalPipe) {
        close(end);
        end = -1;
    }
}

void InterruptWatch::watch() {
    char byte = 0;
    ssize_t count = 0;
    while ((count = read(signalPipe[0], &byte, 1)) == 1 || (count < 0 && errno == EINTR)) {
        if (count < 0) continue;
        if (byte == endByte) return;
        m_interrupted = true;
        const std::lock_guard lock(m_mutex);
        if (!m_held) {
            if (m_farewell) m_farewell();
            _exit(ExitInterrupted); // whatever the other threads are at: nothing of it is on disk
        }
        if (m_stop) m_stop();
    }
}

InterruptWatch::Hold::Hold(InterruptWatch& watch, std::function<void()> stop)
    : m_watch(watch) {
    const std::lock_guard lock(m_watch.m_mutex);
    m_heldBefore = std::exchange(m_watch.m_held, true);
    m_stopBefore = std::exchange(m_watch.m_stop, std::move(stop));
}

InterruptWatch::Hold::~Hold() {
    const std::lock_guard lock(m_watch.m_mutex);
    m_watch.m_held = m_heldBefore;
    m_watch.m_stop = std::move(m_stopBefore);
}

} // namespace ratescope
