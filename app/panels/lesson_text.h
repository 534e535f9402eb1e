// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>

namespace ratescope {

/// A lesson's title or notes in the window's language; as they are where there is no translation.
QString lessonText(const QString& text);

/// All that are known to the translations.
std::span<const char* const> lessonTexts();

} // namespace ratescope
