// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/command_line.h"
#include "app/cli/command_table.h"
#include "app/cli/completion.h"
#include "app/cli/help_text.h"
#include "app/cli/interrupt.h"
#include "app/cli/man_page.h"
#include "app/cli/progress_line.h"
#include "core/error.h"

#include <algorithm>

namespace ratescope {

namespace {

/// Runs `work` and turns what it throws into a message and an exit status; `name`: whose --help is pointed to.
int guarded(const QString& name, const std::function<int()>& work) {
    try {
        return work();
    } catch (const UsageError& error) {
        complain(QString::fromUtf8(error.what()));
        complain(QStringLiteral("“ratescope %1--help” tells how it is used")
                     .arg(name.isEmpty() ? QString() : name + QLatin1Char(' ')));
        return ExitUsage;
    } catch (const WriteError& error) {
        complain(QString::fromUtf8(error.what()));
        return ExitCannotWrite;
    } catch (const ReaderGone&) {
        return ExitDone;
    } catch (const Interrupted&) {
        return ExitInterrupted;
    } catch (const Error& error) {
        complain(QString::fromUtf8(error.what()));
        return ExitBadInput;
    } catch (const std::exception& error) {
        complain(QString::fromUtf8(error.what()));
        return ExitFailure;
    }
}

std::vector<std::string> commandNames() {
    std::vector<std::string> names = {"help"};
    for (const CommandInfo& command : commandTable()) names.push_back(command.name);
    return names;
}

/// Names the one of `words` that was meant, if any is near.
QString meant(const QString& word, const std::vector<std::string>& words) {
    const std::string nearest = nearestWord(word.toStdString(), words);
    return nearest.empty() ? QString() : QStringLiteral("; is “%1” meant?").arg(QString::fromStdString(nearest));
}

void printHelp(const QStringList& words) {
    if (words.isEmpty()) {
        print(generalHelp(textWidth()));
        return;
    }
    const CommandInfo* command = findCommand(words.first().toStdString());
    if (!command)
        throw UsageError((QStringLiteral("“%1” is no command").arg(words.first()) + meant(words.first(), commandNames()))
                             .toStdString());
    print(commandHelp(*command, textWidth()));
}

} // namespace

bool isCommand(const QString& word) { return findCommand(word.toStdString()) != nullptr; }

bool commandDraws(const QString& word) {
    const CommandInfo* command = findCommand(word.toStdString());
    return command && command->draws;
}

int runCommand(const QStringList& arguments, const std::function<double()>& startWindow) {
    const CommandInfo& command = *findCommand(arguments.first().toStdString());
    return guarded(arguments.first(), [&] {
        CommandLine line(command);
        if (!line.parse(arguments)) {
            print(commandHelp(command, textWidth()));
            flushOutput();
            return int(ExitDone);
        }
        ProgressLine progress(!line.isSet(QStringLiteral("quiet")));
        InterruptWatch interrupt([&] { progress.done(); });
        CommandContext context{interrupt, progress, startWindow};
        return command.run(line, context);
    });
}

bool asksAboutProgram(const QString& word) {
    const QStringList words = {QStringLiteral("--help"),    QStringLiteral("-h"),         QStringLiteral("help"),
                               QStringLiteral("--version"), QStringLiteral("--man-page"), QStringLiteral("--complete")};
    return words.contains(word);
}

int tellAboutProgram(const QStringList& arguments, const QString& version) {
    return guarded({}, [&] {
        const QString& word = arguments.first();
        if (word == QLatin1String("--version"))
            print("ratescope " + version.toStdString() + '\n');
        else if (word == QLatin1String("--man-page"))
            print(manPage(version.toStdString()));
        else if (word == QLatin1String("--complete"))
            print(completionsOf(arguments.mid(1)));
        else
            printHelp(arguments.mid(1));
        flushOutput();
        return int(ExitDone);
    });
}

int refuseWord(const QString& word) {
    return guarded({}, [&]() -> int {
        const bool option = word.startsWith(QLatin1Char('-'));
        const QString what = option ? QStringLiteral("“%1” is no option") : QStringLiteral("“%1” is no command and no file");
        const std::vector<std::string> options = {"--help", "--version", "--man-page"};
        throw UsageError((what.arg(word) + meant(word, option ? options : commandNames())).toStdString());
    });
}

} // namespace ratescope
