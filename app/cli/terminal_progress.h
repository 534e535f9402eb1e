// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QTimer>

namespace ratescope {

/// Bars with the time left for the runs that are going on, redrawn in place on a terminal's standard error; silent where
/// that is no terminal.
class TerminalProgress {
public:
    TerminalProgress(const RunController& controller, bool wanted);
    ~TerminalProgress();
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

private:
    void draw();
    void erase();

    const RunController& m_controller;
    QTimer m_timer;
    int m_lines = 0;
};

} // namespace ratescope
