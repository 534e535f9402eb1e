// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/language.h"

#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

namespace ratescope {

QStringList languages() { return {QStringLiteral("en"), QStringLiteral("de")}; }

QString desktopLanguage() {
    for (const QString& wanted : QLocale::system().uiLanguages())
        if (const QString code = wanted.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0);
            languages().contains(code))
            return code;
    return languages().constFirst();
}

QString chosenLanguage() {
    const QString chosen = QSettings().value(QStringLiteral("language")).toString();
    return languages().contains(chosen) ? chosen : desktopLanguage();
}

std::unique_ptr<QTranslator> translatorOf(const QString& language) {
    auto translator = std::make_unique<QTranslator>();
    if (!languages().contains(language) ||
        !translator->load(QStringLiteral(":/translations/ratescope_%1.qm").arg(language)))
        return nullptr;
    return translator;
}

std::unique_ptr<QTranslator> qtTranslatorOf(const QString& language) {
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        return nullptr;
    return translator;
}

} // namespace ratescope
