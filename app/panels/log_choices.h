// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/log_preview.h"

namespace ratescope {

/// What was chosen the last time for a log with these columns; else what can be guessed of it.
LogMapping usualMapping(const LogPreview& log);

/// Keeps a choice in the settings, for logs with the same columns.
void rememberMapping(const LogPreview& log, const LogMapping& mapping);

} // namespace ratescope
