// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/log_choices.h"

#include "core/error.h"

#include <QCryptographicHash>
#include <QSettings>
#include <QStringList>

namespace ratescope {

namespace {

constexpr int mostRemembered = 50;

QString settingsKey() { return QStringLiteral("logColumns"); }

/// Begins an entry, which goes on with the mapping.
QString keyOf(const LogPreview& log) {
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(log.identity()), QCryptographicHash::Sha1);
    return QString::fromLatin1(hash.toHex()) + QLatin1Char(' ');
}

} // namespace

LogMapping usualMapping(const LogPreview& log) {
    const QString key = keyOf(log);
    for (const QString& entry : QSettings().value(settingsKey()).toStringList()) {
        if (!entry.startsWith(key)) continue;
        try {
            return parseLogMapping(entry.mid(key.size()).toStdString());
        } catch (const Error&) { // somebody has written into the settings
            break;
        }
    }
    return log.guess;
}

void rememberMapping(const LogPreview& log, const LogMapping& mapping) {
    QSettings settings;
    QStringList entries = settings.value(settingsKey()).toStringList();
    const QString key = keyOf(log);
    entries.removeIf([&](const QString& entry) { return entry.startsWith(key); });
    entries.prepend(key + QString::fromStdString(logMappingText(mapping)));
    settings.setValue(settingsKey(), entries.mid(0, mostRemembered));
}

} // namespace ratescope
