// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QElapsedTimer>
#include <QTimer>

#include <vector>

namespace ratescope {

/// Bars with the time left for the runs that are going on and a line for all together, redrawn in place on a terminal's
/// standard error; silent where that is no terminal.
class TerminalProgress {
public:
    /// `runs`: those that are to be trained.
    TerminalProgress(const RunController& controller, std::vector<RunId> runs, bool wanted);
    ~TerminalProgress();
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

private:
    void draw();
    void erase();
    QString summary(int columns) const;

    const RunController& m_controller;
    std::vector<RunId> m_runs;
    QElapsedTimer m_clock;
    QTimer m_timer;
    int m_lines = 0;
};

} // namespace ratescope
