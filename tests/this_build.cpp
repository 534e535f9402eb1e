// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/this_build.h"

std::string sourceDir(const std::string& below) { return RATESCOPE_SOURCE_DIR + below; }

QString programPath() { return QString::fromUtf8(RATESCOPE_PROGRAM); }

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
const bool isSanitized = true;
#elif defined(__has_feature)
const bool isSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
const bool isSanitized = false;
#endif
