// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace ratescope {

/// What a command ends with.
enum ExitStatus {
    ExitDone = 0,
    ExitFailure = 1,
    ExitUsage = 2,
    ExitBadInput = 3,
    ExitCannotWrite = 4,
    ExitInterrupted = 130
};

/// Whether `word` is one of the commands that need no window.
bool isCommand(const QString& word);
/// Whether it draws, and so needs a QApplication (on the offscreen platform) rather than a QCoreApplication.
bool commandDraws(const QString& word);

/// Runs a command with its arguments; `arguments` begins with the command's name. Blocks to its end. Results go to standard
/// output, messages to standard error.
/// `startWindow` opens a window with nothing in it and returns the milliseconds until it was painted, for `bench`.
int runCommand(const QStringList& arguments, const std::function<double()>& startWindow = {});

/// Whether `word` asks about the program itself: --help, help, --version, --man-page, --complete.
bool asksAboutProgram(const QString& word);
/// Answers it; `arguments` begins with that word.
int tellAboutProgram(const QStringList& arguments, const QString& version);

/// Says that a word on the command line is neither a command nor a file, and which may have been meant; the exit status.
int refuseWord(const QString& word);

} // namespace ratescope
