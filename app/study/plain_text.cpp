// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/plain_text.h"

#include <QStringList>

namespace ratescope {

namespace {

constexpr qsizetype mostTipCharacters = 2'000;
constexpr qsizetype mostTipLines = 30;

bool isUnseen(QChar c) {
    const ushort code = c.unicode();
    const bool breaksLines = code == QChar::LineSeparator || code == QChar::ParagraphSeparator;
    const bool turnsOrder = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return c.category() == QChar::Other_Control || breaksLines || turnsOrder;
}

} // namespace

QString cutText(const QString& text, qsizetype most) {
    if (text.size() <= most) return text;
    qsizetype end = most - 1;
    if (end > 0 && text[end].isLowSurrogate()) --end; // not inside a character
    return text.left(end) + QChar(u'…');
}

QString plainToolTip(const QString& text) {
    if (text.isEmpty()) return {}; // no tip at all
    const QString cut = cutText(text, mostTipCharacters);
    QStringList lines = cut.toHtmlEscaped().split(QLatin1Char('\n'));
    if (lines.size() > mostTipLines) lines = lines.mid(0, mostTipLines - 1) << QString(QChar(u'…'));
    return QStringLiteral("<qt>%1</qt>").arg(lines.join(QStringLiteral("<br>")));
}

QString menuText(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

QString titleText(QString text) {
    return text.replace(QStringLiteral("[*]"), QStringLiteral("[*][*]"));
}

std::string plainLine(const std::string& text) {
    QString line = QString::fromStdString(text); // what is not UTF-8 is replaced
    for (QChar& c : line)
        if (isUnseen(c)) c = QLatin1Char('_');
    return line.toStdString();
}

} // namespace ratescope
