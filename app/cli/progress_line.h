// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace ratescope {

/// One line on a terminal's standard error that says what a command is at, redrawn in place and gone in the end; silent
/// where that is no terminal. What is over soon is never shown.
class ProgressLine {
public:
    explicit ProgressLine(bool wanted);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// From now on this is done: “Reading sweep.ratescope”.
    void stage(const QString& text);
    /// How much of it, from 0 to 1; cheap enough for every few thousand rows.
    void share(double done);
    /// Takes the line away, so that something else can be printed. Any thread.
    void done();

private:
    void loop(const std::stop_token& stop);
    void draw();
    void erase();

    using Clock = std::chrono::steady_clock;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    QString m_text;      ///< guarded by m_mutex, like all that follows
    double m_share = -1; ///< unknown, if negative
    Clock::time_point m_since;
    bool m_visible = false;
    std::jthread m_thread;
};

} // namespace ratescope
