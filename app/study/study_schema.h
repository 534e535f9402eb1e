// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/sqlite.h"

#include <cstdint>
#include <string>

namespace ratescope {

/// A study's tables; what they mean stands at StudyFile. Each release that changes them raises the version.
inline constexpr std::int64_t studyApplicationId = 0x52615363; ///< “RaSc”
inline constexpr std::int64_t studyVersion = 5;
inline constexpr std::int64_t oldestStudyVersion = 2;

/// Makes the tables in an empty database, all or none; nothing where they are.
void makeStudyTables(SqliteDatabase& database);

/// Brings the tables of a study of an older version up to studyVersion, all or none, with all that is in them.
void migrateStudyTables(SqliteDatabase& database, std::int64_t version);

/// The name of a table that is not as a study of that version has it, with the same columns and keys and nothing that SQLite
/// would have to work out from what the file says: somebody's expressions could keep it busy for hours. Empty if there is none.
std::string unlikeStudyTable(SqliteDatabase& database, std::int64_t version);

/// Bytes of what is no text: weights and states.
inline constexpr int longestBlob = 1'000'000'000;
/// Bytes of a configuration, say.
inline constexpr int longestText = 16 << 20;

} // namespace ratescope
