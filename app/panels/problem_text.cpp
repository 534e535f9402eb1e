// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/problem_text.h"

#include "app/panels/problem_templates.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <span>
#include <vector>

namespace ratescope {

namespace {

constexpr qsizetype longestMessage = 4000; ///< what is longer is quoted from a file for the most part
constexpr int mostPrefixes = 12;

struct Template {
    const char* source;
    QRegularExpression expression; ///< one group for each argument
    QString order;                 ///< which argument each group is, as digits
    QString quoted;                ///< those that stand in quotes
    qsizetype words;               ///< characters of its own
    bool isMessage;                ///< rather than a phrase within one
};

bool isArgument(const QString& text, qsizetype at) {
    return text[at] == QLatin1Char('%') && at + 1 < text.size() && text[at + 1].isDigit();
}

QString argumentPattern(const QString& text, qsizetype at, bool isMessage, bool isQuoted) {
    // At the front anything would fit: a path with all that stands before the message.
    if (isMessage && at == 0) return QStringLiteral("([^\\s:]+)");
    if (isMessage && at == 1 && isQuoted) return QStringLiteral("([^”]*)");
    // Otherwise as much as can be, since what comes last is the program's own; but before a colon as little, since
    // messages may be within each other.
    const bool colon = at + 2 < text.size() && text[at + 2] == QLatin1Char(':');
    return colon ? QStringLiteral("(.*?)") : QStringLiteral("(.*)");
}

Template compiled(const char* source, bool isMessage) {
    Template made{source, {}, {}, {}, 0, isMessage};
    const QString text = QString::fromUtf8(source);
    QString pattern;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!isArgument(text, at)) {
            pattern += QRegularExpression::escape(text.mid(at, 1));
            ++made.words;
            continue;
        }
        const bool isQuoted = at > 0 && text[at - 1] == QChar(u'“');
        pattern += argumentPattern(text, at, isMessage, isQuoted);
        made.order += text[at + 1];
        if (isQuoted) made.quoted += text[at + 1];
        ++at;
    }
    made.expression = QRegularExpression(QRegularExpression::anchoredPattern(pattern),
                                         QRegularExpression::DotMatchesEverythingOption);
    return made;
}

/// Those that leave the least open come first.
const std::vector<Template>& compiledTemplates() {
    static const std::vector<Template> all = [] {
        std::vector<Template> made;
        for (const char* source : problemTemplates()) made.push_back(compiled(source, true));
        for (const char* source : problemPhrases()) made.push_back(compiled(source, false));
        std::ranges::stable_sort(made, std::ranges::greater(), &Template::words);
        return made;
    }();
    return all;
}

QString translated(const QString& text, bool phrases);

/// The translation with the arguments in it. Each is put in once: what it holds itself is no placeholder.
QString filled(const Template& known, const QRegularExpressionMatch& match) {
    const QString text = QCoreApplication::translate("core", known.source);
    QString result;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype group = isArgument(text, at) ? known.order.indexOf(text[at + 1]) : -1;
        if (group < 0) {
            result += text[at];
            continue;
        }
        const QString value = match.captured(static_cast<int>(group) + 1);
        result += known.quoted.contains(text[at + 1]) ? value : translated(value, true);
        ++at;
    }
    return result;
}

/// Null where nothing fits.
QString translatedWhole(const QString& text, bool phrases) {
    for (const Template& known : compiledTemplates()) {
        if (!known.isMessage && !phrases) continue;
        if (const auto match = known.expression.match(text); match.hasMatch()) return filled(known, match);
    }
    return {};
}

/// As a whole, or else what is behind the first “path: ” or “place: ” that leaves something known.
QString translated(const QString& text, bool phrases) {
    if (const QString whole = translatedWhole(text, phrases); !whole.isNull()) return whole;
    const QString colon = QStringLiteral(": ");
    qsizetype at = text.indexOf(colon);
    for (int tried = 0; at >= 0 && tried < mostPrefixes; ++tried, at = text.indexOf(colon, at + 1)) {
        const qsizetype rest = at + colon.size();
        if (const QString known = translatedWhole(text.mid(rest), false); !known.isNull())
            return text.left(rest) + known;
    }
    return text;
}

} // namespace

QString problemText(const QString& message) {
    return message.size() > longestMessage ? message : translated(message, false);
}

QString problemText(const std::string& message) {
    return problemText(QString::fromStdString(message));
}

} // namespace ratescope
