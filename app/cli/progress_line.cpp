// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"

#include "app/cli/terminal.h"
#include "app/control/run_figures.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace ratescope {

namespace {

constexpr std::chrono::milliseconds redrawInterval{150};
constexpr std::chrono::milliseconds firstShown{300};

double secondsSince(std::chrono::steady_clock::time_point then) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

} // namespace

ProgressLine::ProgressLine(bool wanted) {
    if (wanted && canRedraw()) m_thread = std::jthread([this](const std::stop_token& stop) { loop(stop); });
}

ProgressLine::~ProgressLine() {
    done();
    if (!m_thread.joinable()) return;
    m_thread.request_stop();
    m_thread.join();
}

void ProgressLine::stage(const QString& text) {
    {
        const std::lock_guard lock(m_mutex);
        m_text = text;
        m_share = -1;
        m_since = Clock::now();
    }
    m_wake.notify_one();
}

void ProgressLine::share(double done) {
    const std::lock_guard lock(m_mutex);
    m_share = std::clamp(done, 0.0, 1.0);
}

void ProgressLine::done() {
    const std::lock_guard lock(m_mutex);
    erase();
    m_text.clear();
}

void ProgressLine::loop(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_text.isEmpty(); })) {
        const auto wait = m_visible ? redrawInterval : firstShown;
        m_wake.wait_for(lock, stop, wait, [] { return false; });
        if (!stop.stop_requested() && !m_text.isEmpty()) draw();
    }
}

void ProgressLine::draw() {
    const double seconds = secondsSince(m_since);
    QString text = m_text;
    if (m_share > 0) {
        text += QStringLiteral("  %1 %2 %").arg(progressBar(m_share, 20)).arg(static_cast<int>(100 * m_share));
        if (seconds > 1) text += QStringLiteral(", %1 left").arg(durationText(seconds * (1 - m_share) / m_share));
    } else if (seconds > 1) {
        text += QStringLiteral("  %1").arg(durationText(seconds));
    }
    const QString line = cutToColumns(text, terminalSize(STDERR_FILENO).columns - 1);
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(line));
    std::fflush(stderr);
    m_visible = true;
}

void ProgressLine::erase() {
    if (m_visible) std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
    m_visible = false;
}

} // namespace ratescope
