// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <QString>

namespace ratescope {

/// How a run that is over ended, for people: test loss and accuracy, best epoch, snapshots, or what went wrong. Empty before.
QString resultText(const RunRecord& run);

} // namespace ratescope
