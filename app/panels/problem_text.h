// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace ratescope {

/// What a Problem or an Error says, in the window's language. Places (`schedule.period`) and paths before it, and what
/// it quotes, stay as they are; so does a message that is not known.
QString problemText(const QString& message);
QString problemText(const std::string& message);

} // namespace ratescope
