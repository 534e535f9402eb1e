// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <memory>

class QTranslator;

namespace ratescope {

/// Languages that the window speaks, as ISO 639 codes; English, in which it is written, first.
QStringList languages();
/// The first of them that the desktop asks for; English where it asks for none.
QString desktopLanguage();
/// The one that was chosen in the settings, or else the desktop's.
QString chosenLanguage();
/// The words of a language; null where there are none. English has its plurals.
std::unique_ptr<QTranslator> translatorOf(const QString& language);
/// Those of Qt's own dialogs; null where they are not installed.
std::unique_ptr<QTranslator> qtTranslatorOf(const QString& language);

} // namespace ratescope
