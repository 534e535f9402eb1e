// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <string>

/// All problems as "place: message" lines, to be compared and printed.
inline std::string problemText(const ratescope::Problems& problems) {
    std::string text;
    for (const ratescope::Problem& problem : problems) text += problem.place + ": " + problem.message + '\n';
    return text;
}

/// What the ratescope::Error of `call` says; empty where it throws none.
template <typename Call> std::string errorOf(Call call) {
    try {
        call();
    } catch (const ratescope::Error& error) {
        return error.what();
    }
    return {};
}
