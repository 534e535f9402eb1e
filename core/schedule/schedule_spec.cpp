// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedule_spec.h"

#include "core/brief_text.h"
#include "core/schedule/formula.h"
#include "core/schedule/piecewise.h"
#include "core/schedule/schedule.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr TimeUnit units[] = {TimeUnit::Step, TimeUnit::Epoch, TimeUnit::FractionalEpoch};

std::string at(const char* list, std::size_t index) { return std::string(list) + '[' + std::to_string(index) + ']'; }

/// Walks through a schedule and notes what is wrong with it.
class Inspection {
public:
    Problems inspect(const ScheduleSpec& spec) {
        inspect(spec, "", 1);
        return std::move(m_problems);
    }

private:
    void refuse(const std::string& place, const std::string& message) { m_problems.push_back({m_prefix + place, message}); }

    void inspect(const ScheduleSpec& spec, const std::string& prefix, int depth) {
        m_prefix = prefix;
        const ScheduleFamily* family = findScheduleFamily(spec.type);
        if (!family) {
            std::string known;
            for (const ScheduleFamily& one : scheduleTable()) known += (known.empty() ? "" : ", ") + one.type;
            refuse("type", "“" + spec.type + "” is no schedule; allowed: " + known);
            return;
        }
        const std::size_t before = m_problems.size();
        for (const Problem& problem : validateParameters(family->parameters, spec.values, "the schedule " + spec.type))
            refuse(problem.place, problem.message);
        if (spec.batchGrowth && !family->decays)
            refuse("batch_growth", "needs a schedule whose rate falls; " + spec.type + " is none");
        if (spec.batchGrowth && depth > 1) refuse("batch_growth", "has no place in a part of a sequence");
        if (spec.maxBatch > 0 && !spec.batchGrowth) refuse("max_batch", "means nothing without batch_growth");
        if (m_problems.size() == before) inspectPairs(spec);
        if (spec.type == "multistep") inspectMilestones(spec);
        if (spec.type == "piecewise") inspectPoints(spec);
        if (spec.type == "formula") inspectExpression(spec);
        if (spec.type == "halving" && depth > 1)
            refuse("type", "is halving, which goes back to the initial weights and so has no place in a part of a sequence");
        if (spec.type == "sequence") inspectParts(spec, prefix, depth);
    }

    void inspectPairs(const ScheduleSpec& spec) {
        const auto low = spec.values.find("lr");
        const auto high = spec.values.find("max_lr");
        if (low && high && *high < *low) refuse("max_lr", "is " + shortest(*high) + ", below lr (" + shortest(*low) + ")");
        const auto length = spec.values.find("length");
        const double parts = spec.values.get("warmup", 0.0) + spec.values.get("decay", 0.0);
        if (spec.type == "warmup_stable_decay" && length && parts > *length)
            refuse("length",
                   "is " + shortest(*length) + ", shorter than warmup and decay together (" + shortest(parts) + ")");
        const auto lowest = spec.values.find("min_lr");
        if (low && lowest && *lowest > *low)
            refuse("min_lr", "is " + shortest(*lowest) + ", above lr (" + shortest(*low) + ")");
    }

    void inspectMilestones(const ScheduleSpec& spec) {
        if (spec.milestones.empty()) refuse("milestones", "holds none; expected the times of the drops, such as [30, 60]");
        if (spec.milestones.size() > maximumMilestones)
            refuse("milestones", "holds " + std::to_string(spec.milestones.size()) +
                                     " times; allowed: " + std::to_string(maximumMilestones));
        for (std::size_t i = 0; i < spec.milestones.size(); ++i)
            if (!(spec.milestones[i] >= 0.0 && spec.milestones[i] <= maximumTime)) {
                refuse(at("milestones", i), "is " + shortest(spec.milestones[i]) + "; allowed: a number from 0 to 1e+09");
                return;
            }
    }

    void inspectPoints(const ScheduleSpec& spec) {
        const auto& points = spec.points;
        if (points.empty()) refuse("points", "holds none; expected handles [t, lr], such as [[0, 0.1], [1000, 0.01]]");
        if (points.size() > maximumPoints)
            refuse("points",
                   "holds " + std::to_string(points.size()) + " handles; allowed: " + std::to_string(maximumPoints));
        const bool logarithmic = spec.values.get("interpolation", 1.0) == 2.0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto [t, rate] = points[i];
            std::string message;
            if (!(t >= 0.0 && t <= maximumTime))
                message = "has the time " + shortest(t) + "; allowed: a number from 0 to 1e+09";
            else if (!(rate >= 0.0 && rate <= maximumRate))
                message = "has the rate " + shortest(rate) + "; allowed: a number from 0 to 1e+06";
            else if (logarithmic && rate == 0.0)
                message = "has the rate 0, to which no line leads on a log axis; allowed: a number above 0";
            else if (i > 0 && t < points[i - 1].t)
                message = "has the time " + shortest(t) + ", before that of the handle before it (" +
                          shortest(points[i - 1].t) + ")";
            if (message.empty()) continue;
            refuse(at("points", i), message);
            return;
        }
    }

    void inspectExpression(const ScheduleSpec& spec) {
        if (spec.expression.size() > maximumExpression) {
            refuse("expression", "is " + std::to_string(spec.expression.size()) +
                                     " characters long; allowed: " + std::to_string(maximumExpression));
            return;
        }
        try {
            if (Formula(spec.expression).usesRate() && !spec.values.contains("lr"))
                refuse("lr", "is missing, but the expression speaks of it");
        } catch (const FormulaError& error) {
            std::size_t character = 1; // a byte that goes on with a character is none of its own
            for (std::size_t i = 0; i < error.position(); ++i)
                if ((static_cast<unsigned char>(spec.expression[i]) & 0xC0) != 0x80) ++character;
            refuse("expression",
                   "“" + briefText(spec.expression, maximumExpression) + "”: at character " + std::to_string(character) + ": " + error.what());
        }
    }

    void inspectParts(const ScheduleSpec& spec, const std::string& prefix, int depth) {
        if (spec.parts.empty()) refuse("parts", "holds none; expected [{\"schedule\": {…}, \"length\": n}, …]");
        if (depth > maximumDepth) {
            refuse("parts", "lie deeper in each other than " + std::to_string(maximumDepth) + " sequences");
            return;
        }
        m_parts += spec.parts.size();
        if (m_parts > maximumParts) {
            refuse("parts", "are over " + std::to_string(maximumParts) + " in all");
            return;
        }
        for (std::size_t i = 0; i < spec.parts.size(); ++i) {
            const SchedulePart& part = spec.parts[i];
            const std::string place = prefix + at("parts", i) + '.';
            m_prefix = place;
            if (!part.length && i + 1 < spec.parts.size())
                refuse("length", "is missing; only the last part may go on to the end of the run");
            else if (part.length && !(*part.length > 0.0 && *part.length <= maximumTime))
                refuse("length", "is " + shortest(*part.length) + "; allowed: a number above 0 and at most 1e+09");
            inspect(part.schedule, place + "schedule.", depth + 1);
        }
        m_prefix = prefix;
    }

    Problems m_problems;
    std::string m_prefix;
    std::size_t m_parts = 0;
};

} // namespace

std::string_view timeUnitName(TimeUnit unit) {
    switch (unit) {
    case TimeUnit::Step: return "step";
    case TimeUnit::Epoch: return "epoch";
    case TimeUnit::FractionalEpoch: return "fractional_epoch";
    }
    return "step";
}

std::optional<TimeUnit> findTimeUnit(std::string_view name) {
    for (const TimeUnit unit : units)
        if (timeUnitName(unit) == name) return unit;
    return std::nullopt;
}

const ScheduleFamily* findScheduleFamily(std::string_view type) {
    const auto it = std::ranges::find(scheduleTable(), type, &ScheduleFamily::type);
    return it == scheduleTable().end() ? nullptr : &*it;
}

bool goesInCycles(const ScheduleSpec& spec) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    return (family && family->makeCycle) ||
           std::ranges::any_of(spec.parts, [](const SchedulePart& part) { return goesInCycles(part.schedule); });
}

bool containsFamily(const ScheduleSpec& spec, FamilyKind kind) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    return (family && family->kind == kind) ||
           std::ranges::any_of(spec.parts, [&](const SchedulePart& part) { return containsFamily(part.schedule, kind); });
}

Problems validateSchedule(const ScheduleSpec& spec) { return Inspection().inspect(spec); }

} // namespace ratescope
