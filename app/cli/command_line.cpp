// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include "core/error.h"

#include <cstdio>

namespace ratescope {

CommandLine::CommandLine(const QString& command, const QString& files, const QString& text)
    : m_command(command)
    , m_files(files) {
    m_parser.setApplicationDescription(text);
    m_parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help.")});
}

void CommandLine::addOption(const QString& name, const QString& text, const QString& value, const QString& fallback) {
    m_parser.addOption({name, text, value, fallback});
}

bool CommandLine::parse(const QStringList& arguments, int leastFiles, int mostFiles) {
    // QCommandLineParser takes the first word for the program's name: here it is the command's.
    if (!m_parser.parse(arguments)) throw UsageError(m_parser.errorText().toStdString());
    if (m_parser.isSet(QStringLiteral("help"))) {
        // Qt's own first line names the program's path and knows no commands.
        const QString options = m_parser.helpText().section(QLatin1Char('\n'), 1);
        print(QStringLiteral("Usage: ratescope %1 [options] %2\n%3\n")
                  .arg(m_command, m_files, options.trimmed())
                  .toStdString());
        if (!m_reference.isEmpty()) print((QLatin1Char('\n') + m_reference).toStdString());
        flushOutput();
        return false;
    }
    const auto count = files().size();
    if (count < leastFiles) throw UsageError((m_command + QStringLiteral(" needs a file")).toStdString());
    if (count > mostFiles)
        throw UsageError(
            (m_command + QStringLiteral(" takes one file; “%1” is too much").arg(files().at(mostFiles))).toStdString());
    return true;
}

std::vector<std::string> CommandLine::values(const QString& option) const {
    std::vector<std::string> result;
    for (const QString& value : m_parser.values(option)) result.push_back(value.toStdString());
    return result;
}

int CommandLine::integer(const QString& option, int least, int most) const {
    bool good = false;
    const int value = m_parser.value(option).toInt(&good);
    if (!good || value < least || value > most)
        throw UsageError(QStringLiteral("--%1 is “%2”; allowed: a whole number from %3 to %4")
                             .arg(option, m_parser.value(option)).arg(least).arg(most).toStdString());
    return value;
}

double CommandLine::number(const QString& option, double least, double most) const {
    bool good = false;
    const double value = m_parser.value(option).toDouble(&good);
    if (!good || !(value >= least && value <= most))
        throw UsageError(QStringLiteral("--%1 is “%2”; allowed: a number from %3 to %4")
                             .arg(option, m_parser.value(option)).arg(least).arg(most).toStdString());
    return value;
}

void print(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        throw WriteError("standard output cannot be written");
}

void flushOutput() {
    if (std::fflush(stdout) != 0) throw WriteError("standard output cannot be written");
}

void complain(const QString& message) { std::fprintf(stderr, "ratescope: %s\n", qUtf8Printable(message)); }

void refuseImported(const RunRecord& run, const QString& file) {
    if (!run.isImported()) return;
    throw Error(file.toStdString() + ": “" + run.config.name +
                "” is a curve that was measured elsewhere; expected a run, which has a schedule");
}

} // namespace ratescope
