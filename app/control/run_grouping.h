// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_list_model.h"

namespace ratescope {

/// By what runs are put together.
struct RunGrouping {
    enum Kind { None, Seeds, State, Key };
    Kind kind = None;
    QString key = {}; ///< of the configuration, for Kind::Key
    bool operator==(const RunGrouping&) const = default;
};

/// The group that a run belongs to.
struct RunGroup {
    QString identity; ///< the same for all of its runs
    QVariant rank;    ///< where it stands among the groups: see comesBefore()
    QString title;    ///< for people
};

RunGroup groupOf(const RunListModel& runs, const RunRecord& run, const RunGrouping& grouping);

} // namespace ratescope
