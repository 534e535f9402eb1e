// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace ratescope {

/// A mark of an axis.
struct AxisMark {
    double value = 0.0;
    QString text; ///< empty: a grid line alone
};

/// An axis of a schedule's plot, and where on it a number lies.
struct ScheduleAxis {
    double low = 0.0;
    double high = 1.0;
    bool logarithmic = false;

    /// From 0 up to `high`, or from `low` where that is below 0, with a little air.
    static ScheduleAxis linear(double low, double high);
    /// Whole decades around the two; `low` and `high` above 0, and at most eight decades.
    static ScheduleAxis decades(double low, double high);

    /// 0 at its low end, 1 at its high end; below a logarithmic one for numbers that are not above 0.
    double shareOf(double value) const;
    double valueAt(double share) const;
    /// At round numbers, about `count` of them.
    std::vector<AxisMark> marks(int count) const;
};

} // namespace ratescope
