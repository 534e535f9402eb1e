// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_table.h"
#include "app/cli/commands.h"
#include "app/study/run_record.h"
#include "core/error.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <stdexcept>
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

/// Whoever reads standard output through a pipe has had enough: nothing is wrong, and nothing is to be said.
struct ReaderGone {};

/// Options and files of one command.
class CommandLine {
public:
    explicit CommandLine(const CommandInfo& command);

    /// `arguments` begins with the command's name. Throws UsageError. Returns false where --help is asked for.
    bool parse(const QStringList& arguments);

    QStringList files() const { return m_parser.positionalArguments(); }
    /// Of an option that the command does not have: false.
    bool isSet(const QString& option) const { return m_parser.optionNames().contains(option); }
    QString value(const QString& option) const { return m_parser.value(option); }
    std::vector<std::string> values(const QString& option) const;
    /// Throws UsageError unless it is a whole number from `least` to `most`.
    int integer(const QString& option, int least, int most) const;
    double number(const QString& option, double least, double most) const;

private:
    void checkOption(const OptionInfo& option) const;
    void checkFiles() const;
    [[noreturn]] void refuseUnfinished(const QString& word) const;
    [[noreturn]] void refuseUnknownOption(const QString& name) const;

    const CommandInfo& m_command;
    QCommandLineParser m_parser;
};

/// To standard output; throws WriteError where that fails (a full disk), ReaderGone where nobody reads any more.
void print(std::string_view text);
void flushOutput();
/// “ratescope: message” to standard error.
void complain(const QString& message);

/// Runs `write`, whose errors are about what could not be written: they become WriteErrors.
template <typename Write>
void writing(Write write) {
    try {
        write();
    } catch (const Error& error) {
        throw WriteError(error.what());
    }
}

/// Throws ratescope::Error for a curve that was measured elsewhere, which has no schedule.
void refuseImported(const RunRecord& run, const QString& file);

int trainCommand(const CommandLine& line, CommandContext& context);
int listCommand(const CommandLine& line, CommandContext& context);
int scheduleCommand(const CommandLine& line, CommandContext& context);
int exportCommand(const CommandLine& line, CommandContext& context);
int importCommand(const CommandLine& line, CommandContext& context);
int plotCommand(const CommandLine& line, CommandContext& context);
int codeCommand(const CommandLine& line, CommandContext& context);
int suggestCommand(const CommandLine& line, CommandContext& context);
int benchCommand(const CommandLine& line, CommandContext& context);

} // namespace ratescope
