// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/command_line.h"
#include "core/error.h"

#include <algorithm>
#include <array>

namespace ratescope {

namespace {

struct Command {
    const char* name;
    const char* summary;
    bool draws;
    int (*run)(const QStringList&); ///< null: bench, which wants to know more
};

constexpr std::array<Command, 8> commands = {{
    {"train", "train the runs of an experiment", false, trainCommand},
    {"list", "print the names of a file's runs", false, listCommand},
    {"schedule", "print the learning rate of every step as CSV, training nothing", false, scheduleCommand},
    {"suggest", "print what the rules for finding a learning rate make of a curve, as JSON", false, suggestCommand},
    {"plot", "draw a file's runs as a picture", true, plotCommand},
    {"export", "write a study's figures as CSV, its weights as safetensors", false, exportCommand},
    {"code", "print a run's schedule as code for PyTorch or Keras", false, codeCommand},
    {"bench", "measure how fast this machine trains and draws", true, nullptr},
}};

const Command* find(const QString& word) {
    const auto it = std::ranges::find_if(commands, [&](const Command& one) { return word == QLatin1String(one.name); });
    return it == commands.end() ? nullptr : &*it;
}

} // namespace

bool isCommand(const QString& word) { return find(word) != nullptr; }

bool commandDraws(const QString& word) {
    const Command* command = find(word);
    return command && command->draws;
}

QString generalHelp() {
    QString text =
        QStringLiteral("Ratescope: see what a learning rate does.\n\n"
                       "  ratescope [FILE...]            open the window; FILE: an experiment, a study or a curve\n");
    for (const Command& command : commands)
        text += QStringLiteral("  ratescope %1  %2\n")
                    .arg(QLatin1String(command.name), -20)
                    .arg(QLatin1String(command.summary));
    return text + QStringLiteral(
                      "\n“ratescope COMMAND --help” tells the options of a command.\n"
                      "Exit status: 0 done, 1 failure, 2 usage, 3 bad input, 4 could not write, 130 interrupted.\n");
}

int runCommand(const QStringList& arguments, const std::function<double()>& startWindow) {
    try {
        if (int (*run)(const QStringList&) = find(arguments.first())->run) return run(arguments);
        return benchCommand(arguments, startWindow);
    } catch (const UsageError& error) {
        complain(QString::fromUtf8(error.what()));
        complain(QStringLiteral("“ratescope %1 --help” tells how it is used").arg(arguments.first()));
        return ExitUsage;
    } catch (const WriteError& error) {
        complain(QString::fromUtf8(error.what()));
        return ExitCannotWrite;
    } catch (const Error& error) {
        complain(QString::fromUtf8(error.what()));
        return ExitBadInput;
    } catch (const std::exception& error) {
        complain(QString::fromUtf8(error.what()));
        return ExitFailure;
    }
}

} // namespace ratescope
