// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "app/study/run_record.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <functional>

#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// Words on the command line that a command cannot make sense of: exit status 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What could not be written: exit status 4.
class WriteError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Options and files of one command.
class CommandLine {
public:
    /// `files`: how its files are called in the help; `text`: what it does.
    CommandLine(const QString& command, const QString& files, const QString& text);

    void addOption(const QString& name, const QString& text, const QString& value = {}, const QString& fallback = {});
    /// What --help ends with.
    void setReference(const QString& text) { m_reference = text; }
    /// Throws UsageError. Returns false where --help was asked for and has been printed.
    bool parse(const QStringList& arguments, int leastFiles, int mostFiles);

    QStringList files() const { return m_parser.positionalArguments(); }
    bool isSet(const QString& option) const { return m_parser.isSet(option); }
    QString value(const QString& option) const { return m_parser.value(option); }
    std::vector<std::string> values(const QString& option) const;
    /// Throws UsageError unless it is a whole number from `least` to `most`.
    int integer(const QString& option, int least, int most) const;
    double number(const QString& option, double least, double most) const;

private:
    QString m_command;
    QString m_files;
    QString m_reference;
    QCommandLineParser m_parser;
};

/// To standard output; throws WriteError where that fails (a full disk).
void print(std::string_view text);
void flushOutput();
/// “ratescope: message” to standard error.
void complain(const QString& message);

/// Throws ratescope::Error for a curve that was measured elsewhere, which has no schedule.
void refuseImported(const RunRecord& run, const QString& file);

int trainCommand(const QStringList& arguments);
int listCommand(const QStringList& arguments);
int scheduleCommand(const QStringList& arguments);
int exportCommand(const QStringList& arguments);
int plotCommand(const QStringList& arguments);
int codeCommand(const QStringList& arguments);
int suggestCommand(const QStringList& arguments);
/// `startWindow`: see runCommand().
int benchCommand(const QStringList& arguments, const std::function<double()>& startWindow);

} // namespace ratescope
