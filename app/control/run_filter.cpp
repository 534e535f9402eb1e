// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_filter.h"

#include <QRegularExpression>

#include <algorithm>

namespace ratescope {

RunFilter::RunFilter(const QString& text) {
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    for (const QString& word : text.split(spaces, Qt::SkipEmptyParts)) m_words.push_back(parse(word));
}

RunFilter::Word RunFilter::parse(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^([A-Za-z_][\\w.]*)(<=|>=|!=|=|<|>)(.*)$"));
    Word word{.text = text};
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch()) return word;
    word.key = match.captured(1).toLower();
    const QString sign = match.captured(2);
    word.relation = sign == QLatin1String("=")    ? Relation::Equal
                    : sign == QLatin1String("!=") ? Relation::Unequal
                    : sign == QLatin1String("<")  ? Relation::Below
                    : sign == QLatin1String("<=") ? Relation::AtMost
                    : sign == QLatin1String(">")  ? Relation::Above
                                                  : Relation::AtLeast;
    word.value = match.captured(3);
    bool good = false;
    const double number = word.value.toDouble(&good);
    if (good) word.number = number;
    return word;
}

bool RunFilter::holds(const Word& word, const QString& key, const QVariant& value) {
    const bool meant =
        key == word.key || key.endsWith(QLatin1Char('.') + word.key) || key == word.key + QLatin1String(".type");
    if (!meant) return false;
    if (value.typeId() == QMetaType::Double && word.number) {
        const double left = value.toDouble();
        switch (word.relation) {
        case Relation::Equal: return left == *word.number;
        case Relation::Unequal: return left != *word.number;
        case Relation::Below: return left < *word.number;
        case Relation::AtMost: return left <= *word.number;
        case Relation::Above: return left > *word.number;
        case Relation::AtLeast: return left >= *word.number;
        }
    }
    const bool same = configText(value).compare(word.value, Qt::CaseInsensitive) == 0;
    return (word.relation == Relation::Equal && same) || (word.relation == Relation::Unequal && !same);
}

bool RunFilter::matches(const RunRecord& run, const QString& stateText, RunConfigTable& configs) const {
    const QString name = QString::fromStdString(run.config.name);
    return std::ranges::all_of(m_words, [&](const Word& word) {
        if (name.contains(word.text, Qt::CaseInsensitive) || stateText.contains(word.text, Qt::CaseInsensitive)) return true;
        if (word.key.isEmpty()) return false;
        if (word.value.isEmpty()) return true; // still being typed
        return configs.anyOf(run, [&](const QString& key, const QVariant& value) { return holds(word, key, value); });
    });
}

} // namespace ratescope
