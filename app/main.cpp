// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/main_window.h"

#include <QApplication>
#include <QCoreApplication>

#include <cstdio>

namespace {

using namespace ratescope;

void describe() {
    QCoreApplication::setApplicationName(QStringLiteral("ratescope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RATESCOPE_VERSION));
    QCoreApplication::setOrganizationName(QStringLiteral("ratescope"));
}

int runOneCommand(int argc, char** argv, const QString& command) {
    // No command but the bare one needs a display.
    if (commandDraws(command)) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QApplication application(argc, argv);
        describe();
        return runCommand(QCoreApplication::arguments().mid(1));
    }
    QCoreApplication application(argc, argv);
    describe();
    return runCommand(QCoreApplication::arguments().mid(1));
}

int openWindow(int argc, char** argv) {
    QApplication application(argc, argv);
    describe();
    QApplication::setApplicationDisplayName(QStringLiteral("Ratescope"));
    QStringList files = QCoreApplication::arguments().mid(1);
    for (const QString& file : std::as_const(files)) {
        if (!file.startsWith(QLatin1String("--"))) continue;
        complain(QStringLiteral("“%1” is no option; “ratescope --help” tells what there is").arg(file));
        return ExitUsage;
    }
    MainWindow window;
    window.show();
    window.openFiles(files);
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (isCommand(first)) return runOneCommand(argc, argv, first);
    if (first == QLatin1String("--help") || first == QLatin1String("-h")) {
        std::fputs(qUtf8Printable(generalHelp()), stdout);
        return ExitDone;
    }
    if (first == QLatin1String("--version")) {
        std::puts("ratescope " RATESCOPE_VERSION);
        return ExitDone;
    }
    return openWindow(argc, argv);
}
