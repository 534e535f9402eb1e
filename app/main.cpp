// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/control/memory_use.h"
#include "app/main_window.h"
#include "app/study/language.h"

#include <QApplication>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QTranslator>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace ratescope;

void describe() {
    QCoreApplication::setApplicationName(QStringLiteral("ratescope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RATESCOPE_VERSION));
    QCoreApplication::setOrganizationName(QStringLiteral("ratescope"));
}

/// Writing without a reader, or beyond a limit to the size of files, fails and is told: it does not end the program, whose
/// runs are worth more.
void surviveFailedWriting() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

/// Qt's remarks about a desktop that a command does not use are nothing for a script's standard error.
void keepQtQuiet(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtCriticalMsg || type == QtFatalMsg) complain(message);
}

/// Milliseconds until a new window is painted, in a study folder and with settings of its own.
double timeToWindow() {
    const QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    QElapsedTimer clock;
    clock.start();
    MainWindow window(folder.path());
    window.resize(1920, 1080);
    window.show();
    while (window.visibleRegion().isEmpty()) QCoreApplication::processEvents();
    window.grab(); // painted for certain
    return static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

int runOneCommand(int argc, char** argv, const QString& command) {
    qInstallMessageHandler(keepQtQuiet);
    // No command but the bare one needs a display.
    if (commandDraws(command)) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QApplication application(argc, argv);
        describe();
        return runCommand(QCoreApplication::arguments().mid(1), timeToWindow);
    }
    QCoreApplication application(argc, argv);
    describe();
    return runCommand(QCoreApplication::arguments().mid(1));
}

/// Words that are neither files nor anything else: told before a window is opened, for there may be no display.
bool areFiles(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const QString word = QString::fromLocal8Bit(argv[i]);
        const bool option = word.startsWith(QLatin1Char('-')) && !QFileInfo::exists(word);
        const bool file = QFileInfo::exists(word) || word.contains(QLatin1Char('.')) || word.contains(QLatin1Char('/'));
        if (!option && file) continue;
        refuseWord(word);
        return false;
    }
    return true;
}

int openWindow(int argc, char** argv) {
    QApplication application(argc, argv);
    describe();
    QApplication::setApplicationDisplayName(QStringLiteral("Ratescope"));
    // The desktop finds the window's icon by its entry, which `cmake --install` puts beside an icon of the same name.
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.ratescope.Ratescope"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/ratescope.svg")));
    const auto ours = translatorOf(chosenLanguage());
    const auto qts = qtTranslatorOf(chosenLanguage());
    for (QTranslator* translator : {qts.get(), ours.get()})
        if (translator) QCoreApplication::installTranslator(translator);
    int status = 0;
    {
        MainWindow window;
        InterruptWatch interrupt;
        const InterruptWatch::Hold hold(
            interrupt, [&window] { QMetaObject::invokeMethod(&window, &MainWindow::leave, Qt::QueuedConnection); });
        QObject::connect(&application, &QGuiApplication::commitDataRequest, &window, [&window] { window.expectEnd(); });
        window.show();
        window.openFiles(QCoreApplication::arguments().mid(1));
        status = QApplication::exec();
    }
    // All that is the user's is on disk. What still reads for nobody, from a disk that does not answer say, is not waited for.
    constexpr int patience = 1000; // ms
    if (!QThreadPool::globalInstance()->waitForDone(patience)) std::_Exit(status);
    return status;
}

} // namespace

int main(int argc, char** argv) {
    surviveFailedWriting();
    shareOneHeap();
    for (int i = 1; i < argc; ++i)
        if (const QString word = QString::fromLocal8Bit(argv[i]); word.toLocal8Bit() != argv[i]) {
            complain(QStringLiteral("“%1” is not written in UTF-8; give the file another name").arg(word));
            return ExitUsage;
        }
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (isCommand(first)) return runOneCommand(argc, argv, first);
    if (asksAboutProgram(first)) {
        const QCoreApplication application(argc, argv);
        return tellAboutProgram(QCoreApplication::arguments().mid(1), QStringLiteral(RATESCOPE_VERSION));
    }
    return areFiles(argc, argv) ? openWindow(argc, argv) : int(ExitUsage);
}
