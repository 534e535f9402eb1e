// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace ratescope {

/// Enters runs that are to be trained into a study, which is made if there is none, in one transaction: several processes
/// may do so at once, and no two runs get the same name. Renames `runs`, and what they start from, accordingly, and gives
/// them looks that the study's other runs do not have. An empty study gets the experiment's title and notes. Returns the
/// runs' rows, in their order. Waits for other programs that are writing; throws ratescope::Error where the study cannot be
/// written.
std::vector<StudyFile::Row> enterRuns(const std::filesystem::path& study, std::vector<RunRecord>& runs,
                                      const std::string& title, const std::string& notes);

} // namespace ratescope
