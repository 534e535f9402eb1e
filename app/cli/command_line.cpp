// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include "core/brief_text.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace ratescope {

namespace {

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words) list += QString::fromStdString(word);
    return list.join(QLatin1String(", "));
}

[[noreturn]] void outputFailed() {
    if (errno == EPIPE) throw ReaderGone();
    throw WriteError("standard output cannot be written");
}

} // namespace

CommandLine::CommandLine(const CommandInfo& command)
    : m_command(command) {
    for (const OptionInfo& option : command.options)
        m_parser.addOption({QString::fromStdString(option.name), QString(), QString::fromStdString(option.value),
                            QString::fromStdString(option.fallback)});
    m_parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QString()});
}

bool CommandLine::parse(const QStringList& arguments) {
    // QCommandLineParser takes the first word for the program's name: here it is the command's.
    const bool sound = m_parser.parse(arguments);
    if (isSet(QStringLiteral("help")) || isSet(QStringLiteral("h"))) return false;
    if (!m_parser.unknownOptionNames().isEmpty()) refuseUnknownOption(m_parser.unknownOptionNames().first());
    if (!sound) refuseUnfinished(arguments.last());
    for (const OptionInfo& option : m_command.options) checkOption(option);
    checkFiles();
    return true;
}

void CommandLine::refuseUnknownOption(const QString& name) const {
    std::vector<std::string> names = {"help"};
    for (const OptionInfo& option : m_command.options) names.push_back(option.name);
    const std::string nearest = nearestWord(name.toStdString(), names);
    const QString dashes = name.size() > 1 ? QStringLiteral("--") : QStringLiteral("-");
    throw UsageError((QStringLiteral("“%1%2” is no option of %3")
                          .arg(dashes, name, QString::fromStdString(m_command.name))
                          .toStdString()) +
                     (nearest.empty() ? std::string() : "; is “--" + nearest + "” meant?"));
}

/// The last word is an option whose value is missing, or a switch has got one.
void CommandLine::refuseUnfinished(const QString& word) const {
    for (const OptionInfo& option : m_command.options)
        if (word == QStringLiteral("--") + QString::fromStdString(option.name) && option.kind != OptionInfo::Kind::Switch)
            throw UsageError(
                QStringLiteral("%1 needs a value: %2").arg(word, QString::fromStdString(option.value)).toStdString());
    throw UsageError(m_parser.errorText().toStdString());
}

void CommandLine::checkOption(const OptionInfo& option) const {
    const QString name = QString::fromStdString(option.name);
    if (!isSet(name)) {
        if (!option.required) return;
        QStringList words;
        for (const std::string& word : option.words) words += QString::fromStdString(word);
        const QString value = option.kind == OptionInfo::Kind::Words ? words.join(QLatin1Char('|'))
                                                                     : QString::fromStdString(option.value);
        throw UsageError(
            QStringLiteral("%1 needs --%2 %3").arg(QString::fromStdString(m_command.name), name, value).toStdString());
    }
    if (option.kind == OptionInfo::Kind::Switch) return;
    const QStringList values = m_parser.values(name);
    if (values.size() > 1 && !option.repeats)
        throw UsageError(QStringLiteral("--%1 is given twice, as “%2” and “%3”; it goes once")
                             .arg(name, values[0], values[1])
                             .toStdString());
    for (const QString& value : values) {
        if (value.isEmpty() && option.name != "title")
            throw UsageError(
                QStringLiteral("--%1 is empty; expected %2").arg(name, QString::fromStdString(option.value)).toStdString());
        const auto& words = option.words;
        if (option.kind == OptionInfo::Kind::Words && std::ranges::find(words, value.toStdString()) == words.end())
            throw UsageError(QStringLiteral("--%1 is “%2”; allowed: %3").arg(name, value, joined(words)).toStdString());
    }
}

void CommandLine::checkFiles() const {
    const QStringList given = files();
    const QString command = QString::fromStdString(m_command.name);
    if (m_command.files.empty()) {
        if (!given.isEmpty())
            throw UsageError(QStringLiteral("%1 takes no file; “%2” is too much").arg(command, given.first()).toStdString());
        return;
    }
    if (given.isEmpty())
        throw UsageError(
            QStringLiteral("%1 needs a file: %2").arg(command, QString::fromStdString(m_command.files)).toStdString());
    if (given.size() > m_command.mostFiles)
        throw UsageError(
            QStringLiteral("%1 takes one file; “%2” is too much").arg(command, given.at(m_command.mostFiles)).toStdString());
    if (given.contains(QString())) throw UsageError("the name of a file is empty; is a variable of the shell not set?");
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
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) outputFailed();
}

void flushOutput() {
    if (std::fflush(stdout) != 0) outputFailed();
}

void complain(const QString& message) {
    constexpr std::size_t longest = 1 << 16; // names of files may hold what would steer a terminal
    std::fprintf(stderr, "ratescope: %s\n", briefText(message.toStdString(), longest).c_str());
}

void refuseImported(const RunRecord& run, const QString& file) {
    if (!run.isImported()) return;
    throw Error(file.toStdString() + ": “" + run.config.name +
                "” is a curve that was measured elsewhere; expected a run, which has a schedule");
}

} // namespace ratescope
