// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/man_page.h"

#include "app/cli/help_text.h"

#include <QString>

namespace ratescope {

namespace {

/// Of the last change to what stands here, not of the build: the same sources give the same page.
constexpr const char* revised = "2026-11-23";

/// Text as roff takes it: nothing in it is a request, dashes can be copied, and all of it is ASCII.
std::string escaped(const std::string& text) {
    QString all;
    for (const char32_t c : QString::fromStdString(text).toStdU32String()) {
        if (c == U'\\')
            all += QStringLiteral("\\e");
        else if (c == U'-')
            all += QStringLiteral("\\-");
        else if (c == U'\'')
            all += QStringLiteral("\\(aq");
        else if (c == U'`')
            all += QStringLiteral("\\(ga");
        else if (c == U'^')
            all += QStringLiteral("\\(ha");
        else if (c == U'~')
            all += QStringLiteral("\\(ti");
        else if (c < 128)
            all += QChar(static_cast<char16_t>(c));
        else
            all += QStringLiteral("\\[u%1]")
                       .arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'))
                       .toUpper()
                       .replace(QLatin1String("\\[U"), QLatin1String("\\[u"));
    }
    if (all.startsWith(QLatin1Char('.'))) all.prepend(QLatin1String("\\&"));
    return all.toStdString();
}

std::string paragraph(const std::string& text) {
    std::string all = ".PP\n";
    std::size_t from = 0;
    while (true) {
        const std::size_t end = text.find("\n\n", from);
        all += escaped(text.substr(from, end - from)) + '\n';
        if (end == std::string::npos) return all;
        all += ".PP\n";
        from = end + 2;
    }
}

std::string entry(const std::string& head, const std::string& text) {
    return ".TP\n\\fB" + escaped(head) + "\\fR\n" + escaped(text) + '\n';
}

/// The first word bold, the rest as it is.
std::string optionEntry(const OptionInfo& option) {
    const std::string head = optionHead(option);
    const std::size_t blank = std::min(head.find(' '), head.size());
    return ".TP\n\\fB" + escaped(head.substr(0, blank)) + "\\fR" +
           (blank < head.size() ? " \\fI" + escaped(head.substr(blank + 1)) + "\\fR" : std::string()) + '\n' +
           escaped(optionText(option)) + '\n';
}

std::string example(const CommandExample& one) {
    return ".PP\n" + escaped(one.text) + "\n.PP\n.RS 4\n.nf\n" + escaped(one.line) + "\n.fi\n.RE\n";
}

std::string synopsis() {
    std::string text = ".SH SYNOPSIS\n.SY ratescope\n.RI [ FILE ...]\n.YS\n";
    for (const CommandInfo& command : commandTable()) {
        text += ".SY \"ratescope " + command.name + "\"\n";
        // Lines are broken between the pieces alone.
        for (const std::string& part : synopsisOf(command)) {
            std::string piece = escaped(part) + "\\&"; // three dots are no sentence's end
            for (std::size_t at = 0; (at = piece.find(' ', at)) != std::string::npos; at += 2) piece.replace(at, 1, "\\ ");
            text += piece + '\n';
        }
        text += ".YS\n";
    }
    return text +
           ".SY \"ratescope help\"\n.RI [ COMMAND ]\n.YS\n.SY ratescope\n\\-\\-help|\\-\\-version|\\-\\-man\\-page\n.YS\n";
}

std::string description() {
    return ".SH DESCRIPTION\n" +
           paragraph(
               "Ratescope trains small neural networks on handwritten digits (MNIST) and draws, while they learn, the "
               "loss, the learning rate and the slope of a learning-rate range test, for as many runs as are wanted on "
               "top of each other. Runs that differ in one thing share everything else: what sets two curves apart is "
               "what was changed.\n\n"
               "Without a command it opens the window, with the FILEs in it: experiments (*.json), studies "
               "(*.ratescope), curves of range tests and logs of trainings that other programs have written (*.csv, *.tsv, "
               "TensorBoard's event files or a folder with those) and figures that Ratescope has drawn, which carry "
               "their experiment inside. What a file is, is told by its content, not by its name.\n\n"
               "None of the commands needs a display. Results go to standard output, messages to standard error, and "
               "progress only to a terminal.") +
           ".SH OPTIONS\n" + entry("-h, --help", "Show a summary; behind a command, its options and examples.") +
           entry("--version", "Print the version.") + entry("--man-page", "Print this page, for man.") +
           entry("--complete WORD...",
                 "Print what the last WORD may go on as, for the completion of shells: word, a blank and a word; "
                 "file and a suffix or, with a *, how it is called; folder.");
}

std::string commandsSection() {
    std::string text = ".SH COMMANDS\n";
    for (const CommandInfo& command : commandTable()) {
        text += ".SS \"ratescope " + command.name + (command.files.empty() ? "" : ' ' + escaped(command.files)) + "\"\n";
        text += paragraph(command.text);
        for (const OptionInfo& option : command.options) text += optionEntry(option);
        for (const CommandExample& one : command.examples) text += example(one);
    }
    return text;
}

std::string filesSection() {
    return ".SH FILES\n" + entry("*.json", "An experiment: what to run, written by hand. README.md lists every key.") +
           entry("*.ratescope", "A study: what was run. An SQLite database that other tools can read; while it is written, "
                                "files with -wal and -shm behind its name belong to it.") +
           entry("*.safetensors", "Weights, named and shaped as PyTorch's nn.Sequential has them.") +
           entry("~/.local/state/ratescope/",
                 "Studies that have no name yet, each window's own. They are offered again after "
                 "a crash.") +
           entry("~/.config/ratescope/ratescope.conf", "Settings of the window.") +
           entry("/usr/share/ratescope/", "MNIST and the lessons; ../share/ratescope beside the program's folder.") +
           entry("/usr/share/datasets/fashion-mnist/",
                 "Fashion-MNIST, where the package dataset-fashion-mnist is installed.");
}

std::string environmentSection() {
    return ".SH ENVIRONMENT\n" + entry("XDG_STATE_HOME", "Where the state folder is, in place of ~/.local/state.") +
           entry("XDG_CONFIG_HOME", "Where the settings are, in place of ~/.config.") +
           entry("LANGUAGE, LC_ALL, LC_MESSAGES, LANG",
                 "The window's language, where none was chosen. Commands speak English and "
                 "write numbers in the C locale.") +
           entry("TERM", "Where it is dumb or not set no progress is drawn.") +
           entry("QT_QPA_PLATFORM", "How the window is shown; Qt's. Commands draw without a display whatever it says.");
}

std::string closing() {
    std::string text = ".SH EXIT STATUS\n";
    for (const StatusInfo& one : statusTable()) text += entry(std::to_string(one.status), one.text);
    text += ".SH EXAMPLES\n" + example({"ratescope sweep.json", "Open an experiment in the window:"}) +
            example({"ratescope train sweep.json --out sweep.ratescope && ratescope plot sweep.ratescope --out sweep.png",
                     "Train it without one, and draw what came of it:"}) +
            example({"sqlite3 sweep.ratescope \"SELECT name, step, lr, loss FROM run JOIN step ON run.id = step.run\"",
                     "Read a study with another program:"});
    for (const CommandInfo& command : commandTable())
        if (!command.examples.empty()) text += example({command.examples.front().line, command.examples.front().text});
    return text + ".SH SEE ALSO\n.BR parallel (1),\n.BR sqlite3 (1)\n";
}

} // namespace

std::string manPage(const std::string& version) {
    return ".\\\" SPDX-License-Identifier: GPL-3.0-or-later\n.\\\" Made by: ratescope --man-page\n.TH RATESCOPE 1 \"" +
           std::string(revised) + "\" \"Ratescope " + version +
           "\" \"User Commands\"\n.SH NAME\nratescope \\- see what a learning "
           "rate does\n" +
           synopsis() + description() + commandsSection() + filesSection() + environmentSection() + closing();
}

} // namespace ratescope
