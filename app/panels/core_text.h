// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>
#include <string>

namespace ratescope {

/// A text of core's tables (a label, a meaning, a formula) in the window's language; as it is where there is no translation.
QString coreText(const std::string& text);

/// All that are known to the translations.
std::span<const char* const> coreTexts();

} // namespace ratescope
