// SPDX-License-Identifier: GPL-3.0-or-later
// Private to core/schedule.
#pragma once

#include "core/schedule/rate_feedback.h"
#include "core/schedule/run_length.h"
#include "core/schedule/schedule_spec.h"
#include "core/schedule/turn_order.h"

#include <memory>

namespace ratescope {

/// A schedule at work: immutable, so that any number of threads may ask it.
class RateNode {
public:
    virtual ~RateNode() = default;
    virtual double at(const LocalTime& time, const RateFeedback& feedback) const = 0;
    /// Index of the cycle that the time lies in, from 0; at a cycle's end already the next.
    virtual std::uint64_t cycle(const LocalTime&) const { return 0; }
    /// An epoch whose last update was made at that time is over.
    virtual void epochDone(const LocalTime&, const EpochFigures&, RateFeedback&) const {}
};
using RateNodePointer = std::shared_ptr<const RateNode>;

/// What a schedule has to know of the run to be set to work.
struct RateContext {
    RunLength length;
    TurnOrder::Span span = {};
    std::size_t* plateaus = nullptr; ///< counts them
};

/// Throws ratescope::Error for a family that is not in the table.
RateNodePointer makeRateNode(const ScheduleSpec& spec, const RateContext& context);

} // namespace ratescope
