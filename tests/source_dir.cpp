// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/source_dir.h"

std::string sourceDir(const std::string& below) { return RATESCOPE_SOURCE_DIR + below; }
