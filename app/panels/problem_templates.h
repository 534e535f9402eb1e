// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace ratescope {

// What the engine and the study room say is wrong, in their own English words. %1, %2 … stand for what is put in; the
// translations have them in whatever order the language wants.

/// Whole messages: of Problem, of Error, and those that a run keeps.
std::span<const char* const> problemTemplates();

/// What may be put into them and is a text itself; it is no message alone.
std::span<const char* const> problemPhrases();

} // namespace ratescope
