// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QList>
#include <QPair>
#include <QRegularExpression>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QXmlStreamReader>

/// A context and a text in it: what the program asks for.
using TextKey = QPair<QString, QString>;

/// An entry of a .ts file.
struct TranslatedText {
    TextKey key;
    QStringList forms; ///< one, or one for each plural
    bool plural = false;
    bool finished = true;
};

/// All entries; none where the file is no good XML.
inline QList<TranslatedText> readTranslations(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QXmlStreamReader xml(&file);
    QList<TranslatedText> texts;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            texts.emplaceBack();
            texts.back().key.first = context;
            texts.back().plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
        } else if (xml.name() == QLatin1String("source")) {
            texts.back().key.second = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            texts.back().finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!texts.back().plural) texts.back().forms << xml.readElementText();
        } else if (xml.name() == QLatin1String("numerusform")) {
            texts.back().forms << xml.readElementText();
        }
    }
    return xml.hasError() ? QList<TranslatedText>() : texts;
}

inline QSet<TextKey> keysOf(const QList<TranslatedText>& texts) {
    QSet<TextKey> keys;
    for (const TranslatedText& text : texts) keys << text.key;
    return keys;
}

/// For a test's message.
inline QString listed(const QSet<TextKey>& keys) {
    QStringList lines;
    for (const TextKey& key : keys) lines << key.first + QStringLiteral(": ") + key.second;
    lines.sort();
    return lines.join(QLatin1Char('\n'));
}

/// %1 … %9, %L1, %n and tags, sorted.
inline QStringList placeholders(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("%L?[1-9]|%n|</?[a-z]+>|\\*\\.[a-z]+"));
    QStringList found;
    for (auto it = pattern.globalMatch(text); it.hasNext();) found << it.next().captured();
    found.sort();
    return found;
}
