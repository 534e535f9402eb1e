// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal_progress.h"

#include "app/cli/terminal.h"
#include "app/control/run_figures.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace ratescope {

namespace {

constexpr int redrawInterval = 150; // ms

/// `name ████░░ 40 % · 12 s left  loss 0.3`: of a narrow terminal the bar gives way first, then the loss, then the name.
QString runLine(const RunRecord& run, int columns) {
    constexpr int stateColumns = 18;
    constexpr int lossColumns = 14;
    const int nameColumns = std::clamp(columns - stateColumns - 2, 8, 20);
    const bool hasLoss = columns >= nameColumns + stateColumns + lossColumns + 4;
    const int bar = std::clamp(columns - nameColumns - stateColumns - (hasLoss ? lossColumns + 2 : 0) - 2, 0, 40);
    QString text = padToColumns(QString::fromStdString(run.config.name), nameColumns) + QLatin1Char(' ');
    if (bar >= 5) text += progressBar(run.progress(), bar) + QLatin1Char(' ');
    text += padToColumns(stateText(run), stateColumns);
    if (hasLoss && !run.losses.empty()) text += QStringLiteral("  loss %1").arg(figureText(run.losses.back()));
    return cutToColumns(text, columns) + QLatin1Char('\n');
}

} // namespace

TerminalProgress::TerminalProgress(const RunController& controller, std::vector<RunId> runs, bool wanted)
    : m_controller(controller)
    , m_runs(std::move(runs)) {
    if (!wanted || !canRedraw()) return;
    m_clock.start();
    m_timer.setInterval(redrawInterval);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { draw(); });
    m_timer.start();
}

TerminalProgress::~TerminalProgress() { erase(); }

void TerminalProgress::erase() {
    if (m_lines > 0) std::fprintf(stderr, "\033[%dA\033[J", m_lines);
    m_lines = 0;
}

/// How many runs are over and how long the others may take, judged by the steps that are done.
QString TerminalProgress::summary(int columns) const {
    std::size_t over = 0;
    double done = 0.0;
    double all = 0.0;
    for (const RunId id : m_runs) {
        const RunPointer run = m_controller.find(id);
        over += isOver(run->state);
        const auto steps = static_cast<double>(isOver(run->state) ? run->stepCount() : run->length.steps);
        done += static_cast<double>(run->stepCount());
        all += steps;
    }
    QString text = QStringLiteral("%1 of %2 runs done").arg(over).arg(m_runs.size());
    const double seconds = static_cast<double>(m_clock.elapsed()) / 1000.0;
    if (done > 0.0 && seconds > 1.0) text += QStringLiteral(", %1 left").arg(durationText(seconds * (all - done) / done));
    return cutToColumns(text, columns) + QLatin1Char('\n');
}

void TerminalProgress::draw() {
    const TerminalSize size = terminalSize(STDERR_FILENO);
    const int columns = size.columns - 1; // in the last one some terminals begin a new line
    QString text;
    int lines = 0;
    for (const RunId id : m_runs) {
        const RunPointer run = m_controller.find(id);
        if (run->state != RunState::Running || lines + 3 > size.rows) continue;
        text += runLine(*run, columns);
        ++lines;
    }
    if (m_runs.size() > 1) {
        text += summary(columns);
        ++lines;
    }
    erase();
    std::fputs(qUtf8Printable(text), stderr);
    std::fflush(stderr);
    m_lines = lines;
}

} // namespace ratescope
