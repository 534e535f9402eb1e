// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <string>
#include <vector>

namespace ratescope {

/// Results as `ratescope train --json` prints them.
std::string reportJson(const std::vector<RunPointer>& runs);

/// The same as a table for people.
std::string reportTable(const std::vector<RunPointer>& runs);

} // namespace ratescope
