// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal_progress.h"

#include "app/control/run_list_model.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace ratescope {

namespace {

constexpr int redrawInterval = 150; // ms
constexpr int barWidth = 28;

QString bar(double progress) {
    const int filled = static_cast<int>(progress * barWidth);
    return QString(filled, QChar(0x2588)) + QString(barWidth - filled, QChar(0x2591));
}

winsize terminalSize() {
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) size = {24, 80, 0, 0};
    return size;
}

} // namespace

TerminalProgress::TerminalProgress(const RunController& controller, bool wanted)
    : m_controller(controller) {
    if (!wanted || !isatty(STDERR_FILENO)) return;
    m_timer.setInterval(redrawInterval);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { draw(); });
    m_timer.start();
}

TerminalProgress::~TerminalProgress() { erase(); }

void TerminalProgress::erase() {
    if (m_lines > 0) std::fprintf(stderr, "\033[%dA\033[J", m_lines);
    m_lines = 0;
}

void TerminalProgress::draw() {
    const winsize size = terminalSize();
    QString text;
    int lines = 0;
    int waiting = 0;
    for (const RunPointer& run : m_controller.runs()) {
        if (run->state == RunState::Waiting) ++waiting;
        if (run->state != RunState::Running || lines + 2 >= size.ws_row) continue;
        const QString name = QString::fromStdString(run->config.name).left(20).leftJustified(20);
        const QString loss = run->losses.empty() ? QString() : QStringLiteral("loss %1").arg(figureText(run->losses.back()));
        text += QStringLiteral("%1 %2 %3  %4").arg(name, bar(run->progress()), stateText(*run).leftJustified(18), loss).left(size.ws_col - 1) +
                QLatin1Char('\n');
        ++lines;
    }
    if (waiting > 0) {
        text += QStringLiteral("%1 more waiting\n").arg(waiting);
        ++lines;
    }
    erase();
    std::fputs(qUtf8Printable(text), stderr);
    std::fflush(stderr);
    m_lines = lines;
}

} // namespace ratescope
