// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/run_length.h"

#include <algorithm>

namespace ratescope {

ScheduleTime RunLength::timeOf(std::uint64_t step) const {
    if (!grown || grown->firsts.empty())
        return {step, step / stepsPerEpoch, static_cast<double>(step) / static_cast<double>(stepsPerEpoch)};
    const auto& starts = grown->epochStarts;
    const auto next = std::ranges::upper_bound(starts, step);
    const auto epoch = static_cast<std::uint64_t>(next - starts.begin()) - 1;
    const std::uint32_t first = step < grown->firsts.size() ? grown->firsts[step] : grown->lastEnd;
    if (first == grown->samples) return {step, epoch + 1, static_cast<double>(epoch + 1)};
    return {step, epoch, static_cast<double>(epoch) + static_cast<double>(first) / grown->samples};
}

} // namespace ratescope
