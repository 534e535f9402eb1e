// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/completion.h"

#include "app/cli/command_table.h"
#include "app/study/run_file.h"
#include "core/error.h"

#include <algorithm>
#include <set>

namespace ratescope {

namespace {

using Kind = OptionInfo::Kind;

/// Gathers the answer.
class Offer {
public:
    explicit Offer(std::string begun)
        : m_begun(std::move(begun)) {}

    void word(const std::string& text) {
        if (text.starts_with(m_begun) && m_words.insert(text).second) m_text += "word " + text + '\n';
    }
    void files(const std::vector<std::string>& suffixes) {
        for (const std::string& suffix : suffixes) m_text += "file " + suffix + '\n';
        if (suffixes.empty()) m_text += "file\n";
    }
    void folders() { m_text += "folder\n"; }
    const std::string& text() const { return m_text; }

private:
    std::string m_begun;
    std::set<std::string> m_words;
    std::string m_text;
};

/// The command line so far: which options it has, and which files.
struct Line {
    std::set<std::string> options;
    std::vector<std::string> files;
    const OptionInfo* open = nullptr; ///< whose value comes next
};

const OptionInfo* findOption(const CommandInfo& command, const std::string& word) {
    if (!word.starts_with("--")) return nullptr;
    const auto it = std::ranges::find(command.options, word.substr(2, word.find('=') - 2), &OptionInfo::name);
    return it == command.options.end() ? nullptr : &*it;
}

Line readLine(const CommandInfo& command, const QStringList& words) {
    Line line;
    for (const QString& one : words) {
        const std::string word = one.toStdString();
        const OptionInfo* option = findOption(command, word);
        if (line.open) {
            line.open = nullptr;
        } else if (option) {
            line.options.insert(option->name);
            if (option->kind != Kind::Switch && word.find('=') == std::string::npos) line.open = option;
        } else if (!word.starts_with('-')) {
            line.files.push_back(word);
        }
    }
    return line;
}

void offerRuns(const Line& line, Offer& offer, const std::string& before) {
    DataCatalog catalog(DataCatalog::findResources());
    for (const std::string& file : line.files) {
        try {
            for (const RunRecord& run : readRunFile(file, catalog, StudyFile::Content::Headers).runs)
                offer.word(before + run.config.name);
        } catch (const std::exception&) { // told when the command runs
        }
    }
}

/// Values of an option; `before`: what stands before the value in the same word, `--what=`; `begun`: that word so far.
void offerValues(const OptionInfo& option, const Line& line, Offer& offer, const std::string& begun,
                 const std::string& before = {}) {
    switch (option.kind) {
    case Kind::Switch: break;
    case Kind::Words:
        for (const std::string& word : option.words) offer.word(before + word);
        break;
    case Kind::Text: {
        // Of step=iter,loss=objective each part is one.
        const auto comma = begun.rfind(',');
        for (const std::string& word : option.words)
            offer.word((comma != std::string::npos && word.ends_with('=') ? begun.substr(0, comma + 1) : before) + word);
        break;
    }
    case Kind::Run: offerRuns(line, offer, before); break;
    case Kind::WriteFile: offer.files(option.words); break;
    case Kind::WriteFolder: offer.folders(); break;
    }
}

void offerFirst(Offer& offer) {
    for (const CommandInfo& command : commandTable()) offer.word(command.name);
    for (const char* word : {"help", "--help", "--version", "--man-page"}) offer.word(word);
    offer.files(findCommand("list")->suffixes); // what the window opens
}

void offerOfCommand(const CommandInfo& command, const QStringList& before, const std::string& begun, Offer& offer) {
    const Line line = readLine(command, before);
    if (line.open) {
        offerValues(*line.open, line, offer, begun);
        return;
    }
    if (const OptionInfo* option = findOption(command, begun); option && begun.find('=') != std::string::npos) {
        offerValues(*option, line, offer, begun, begun.substr(0, begun.find('=') + 1));
        return;
    }
    const bool wantsFile = !command.files.empty() && static_cast<int>(line.files.size()) < command.mostFiles;
    if (wantsFile && !begun.starts_with('-')) offer.files(command.suffixes);
    if (wantsFile && !begun.starts_with('-') && line.files.empty()) return;
    for (const OptionInfo& option : command.options)
        if (option.repeats || !line.options.contains(option.name)) offer.word("--" + option.name);
    offer.word("--help");
}

} // namespace

std::string completionsOf(const QStringList& words) {
    const std::string begun = words.isEmpty() ? std::string() : words.last().toStdString();
    Offer offer(begun);
    if (words.size() < 2) {
        offerFirst(offer);
        return offer.text();
    }
    const std::string first = words.first().toStdString();
    const CommandInfo* command = findCommand(first);
    if (command)
        offerOfCommand(*command, words.mid(1, words.size() - 2), begun, offer);
    else if (first == "help" && words.size() == 2)
        for (const CommandInfo& one : commandTable()) offer.word(one.name);
    else if (first != "help" && !first.starts_with('-'))
        offer.files(findCommand("list")->suffixes); // the window takes any number of them
    return offer.text();
}

} // namespace ratescope
