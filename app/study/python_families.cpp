// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/python_families.h"

#include "core/error.h"
#include "core/schedule/piecewise.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace ratescope {

namespace {

using python::append;
using python::Lines;
using python::number;

double value(const ScheduleSpec& spec, const char* name) {
    return spec.values.get(name, 0.0);
}
std::string text(const ScheduleSpec& spec, const char* name) {
    return number(value(spec, name));
}
/// What is raised to a power: as a float, for Python's whole numbers grow without bounds.
std::string base(const ScheduleSpec& spec, const char* name) {
    return python::decimal(value(spec, name));
}
bool isWhole(double x) {
    return x == std::floor(x) && std::abs(x) < 1e15;
}

/// end + (lr − end)·shape
std::string between(double lr, double end, const std::string& shape) {
    return end == 0.0 ? number(lr) + " * " + shape
                      : number(end) + " + (" + number(lr) + " - " + number(end) + ") * " + shape;
}

std::string part(const ScheduleSpec& spec, const std::string& t) {
    return "min(" + t + " / " + text(spec, "length") + ", 1.0)";
}

Lines constantBody(const ScheduleSpec& spec, const FamilyPython&) {
    return {"return " + text(spec, "lr")};
}

Lines linearBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const double lr = value(spec, "lr");
    const double end = value(spec, "end");
    if (end == 0.0) return {"return " + number(lr) + " * (1.0 - " + part(spec, with.t) + ")"};
    return {"return " + number(lr) + " + (" + number(end) + " - " + number(lr) + ") * " + part(spec, with.t)};
}

Lines polynomialBody(const ScheduleSpec& spec, const FamilyPython& with) {
    return {"return " + between(value(spec, "lr"), value(spec, "end"),
                                "(1.0 - " + part(spec, with.t) + ") ** " + text(spec, "power"))};
}

Lines stepBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const std::string power = text(spec, "lr") + " * " + base(spec, "factor") + " ** ";
    const double offset = value(spec, "offset");
    const std::string t = offset == 0.0 ? with.t : "(" + with.t + " + " + number(offset) + ")";
    if (with.whole && isWhole(value(spec, "period")) && isWhole(offset))
        return {"return " + power + "(" + t + " // " + text(spec, "period") + ")"};
    return {"# A hair above 1: a drop belongs to its border, which rounding may miss.",
            "drops = math.floor(" + t + " / " + text(spec, "period") + " * 1.0000000000000009)",
            "return " + power + "drops"};
}

Lines multistepBody(const ScheduleSpec& spec, const FamilyPython& with) {
    std::vector<double> milestones = spec.milestones;
    std::ranges::sort(milestones);
    Lines items;
    for (const double one : milestones) items.push_back(number(one));
    const std::string table = with.table("MILESTONES", items);
    const std::string reached = with.whole ? with.t : with.t + " * (1.0 + 1e-12)";
    return {"drops = sum(" + reached + " >= milestone for milestone in " + table + ")",
            "return " + text(spec, "lr") + " * " + base(spec, "factor") + " ** drops"};
}

Lines exponentialBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const bool each = value(spec, "period") == 1.0;
    return {"return " + text(spec, "lr") + " * " + base(spec, "gamma") + " ** " +
            (each ? with.t : "(" + with.t + " / " + text(spec, "period") + ")")};
}

Lines timeBody(const ScheduleSpec& spec, const FamilyPython& with) {
    if (value(spec, "compounding") == 0.0)
        return {"return " + text(spec, "lr") + " / (1.0 + " + text(spec, "decay") + " * " + with.t + ")"};
    const std::string table = with.table("RATES", {text(spec, "lr")});
    return {"while len(" + table + ") <= " + with.t + ":",
            "    " + table + ".append(" + table + "[-1] / (1.0 + " + text(spec, "decay") + " * len(" + table + ")))",
            "return " + table + "[int(" + with.t + ")]"};
}

std::string cosine(double lr, double end, const std::string& x) {
    return between(lr, end, "0.5 * (1.0 + math.cos(math.pi * " + x + "))");
}

Lines cosineBody(const ScheduleSpec& spec, const FamilyPython& with) {
    return {"return " + cosine(value(spec, "lr"), value(spec, "end"), part(spec, with.t))};
}

Lines warmRestartsBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const double period = value(spec, "period");
    const double longer = value(spec, "period_factor");
    const double peak = value(spec, "peak_factor");
    const bool whole = with.whole && isWhole(period) && isWhole(longer);
    Lines lines;
    std::string x = "x";
    if (longer == 1.0 && whole) {
        if (peak != 1.0) lines.push_back("cycle = " + with.t + " // " + number(period));
        lines.push_back("x = " + with.t + " % " + number(period) + " / " + number(period));
    } else if (longer == 1.0) {
        lines = {"cycle = math.floor(" + with.t + " / " + number(period) + " * (1.0 + 1e-12))",
                 "x = max(0.0, " + with.t + " - cycle * " + number(period) + ") / " + number(period)};
    } else {
        lines = {"cycle, start, length = 0, 0, " + number(period),
                 whole ? "while " + with.t + " >= start + length:"
                       : "while " + with.t + " >= (start + length) * (1.0 - 1e-12):",
                 "    cycle, start, length = cycle + 1, start + length, length * " + number(longer),
                 whole ? "x = (" + with.t + " - start) / length" : "x = max(0.0, " + with.t + " - start) / length"};
    }
    const std::string shrinking = peak == 1.0 ? "" : python::decimal(peak) + " ** cycle * ";
    lines.push_back("return " +
                    between(value(spec, "lr"), value(spec, "end"), shrinking + "0.5 * (1.0 + math.cos(math.pi * x))"));
    return lines;
}

Lines cyclicalBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const double half = value(spec, "half_period");
    const int mode = static_cast<int>(value(spec, "mode"));
    const std::string scale = mode == 1   ? " * 2.0 ** (1 - cycle)"
                              : mode == 2 ? " * " + base(spec, "gamma") + " ** " + with.t
                                          : "";
    const double lr = value(spec, "lr");
    const double high = value(spec, "max_lr");
    const std::string height = lr == 0.0 ? number(high) : number(lr) + " + (" + number(high) + " - " + number(lr) + ")";
    return {"cycle = math.floor(1.0 + " + with.t + " / " + number(2.0 * half) + ")",
            "x = abs(" + with.t + " / " + number(half) + " - 2.0 * cycle + 1.0)",
            "return " + height + " * max(0.0, 1.0 - x)" + scale};
}

Lines oneCycleBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const double high = value(spec, "max_lr");
    const double first = high / value(spec, "start_div");
    const double last = first / value(spec, "end_div");
    const double length = value(spec, "length");
    const double peak = value(spec, "rise") * length - 1.0;
    const double end = length - 1.0;
    const bool straight = value(spec, "shape") == 1.0;
    const auto way = [&](double from, double to) {
        return "return " + (straight ? number(from) + " + (" + number(to) + " - " + number(from) + ") * x"
                                     : number(to) + " + (" + number(from) + " - " + number(to) +
                                           ") * 0.5 * (1.0 + math.cos(math.pi * x))");
    };
    Lines lines;
    constexpr double nothing = 1e-9; // a tenth of 10 steps need not be 1 to the last bit
    if (peak > nothing)
        lines = {"if " + with.t + " <= " + number(peak) + ":", "    x = " + with.t + " / " + number(peak),
                 "    " + way(first, high)};
    else if (peak > -nothing)
        lines = {"if " + with.t + " <= 0:", "    return " + number(high)};
    if (value(spec, "rise") != 1.0) {
        const std::string since =
            peak < 0.0 ? "(" + with.t + " + " + number(-peak) + ")" : "(" + with.t + " - " + number(peak) + ")";
        lines.push_back("x = min(" + since + " / " + number(end - peak) + ", 1.0)");
        lines.push_back(way(high, last));
    } else {
        lines.push_back("return " + number(high)); // nothing of it goes down
    }
    return lines;
}

Lines inverseSqrtBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const std::string lr = text(spec, "lr");
    const std::string warmup = text(spec, "warmup");
    return {"updates = " + with.t + " + 1", "if updates <= " + warmup + ":",
            "    return " + lr + " * updates / " + warmup, "return " + lr + " * math.sqrt(" + warmup + " / updates)"};
}

Lines warmupStableDecayBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const double warmup = value(spec, "warmup");
    const double decay = value(spec, "decay");
    const double begin = value(spec, "length") - decay;
    const int shape = static_cast<int>(value(spec, "shape"));
    const std::string x =
        decay > 0.0 ? "min((" + python::minus(with.t, begin) + ") / " + number(decay) + ", 1.0)" : "1.0";
    const std::string left = shape == 0   ? "(1.0 - x)"
                             : shape == 1 ? "0.5 * (1.0 + math.cos(math.pi * x))"
                                          : "(1.0 - math.sqrt(x))";
    const std::string lr = text(spec, "lr");
    return {"risen = " + (warmup > 0.0 ? lr + " * min(" + with.t + " / " + number(warmup) + ", 1.0)" : lr),
            "if " + with.t + " < " + number(begin) + ":", "    return risen", "x = " + x,
            "return min(risen, " + between(value(spec, "lr"), value(spec, "end"), left) + ")"};
}

Lines piecewiseBody(const ScheduleSpec& spec, const FamilyPython& with) {
    const auto interpolation = static_cast<Interpolation>(static_cast<int>(value(spec, "interpolation")));
    const Piecewise curve(spec.points, interpolation);
    const bool smooth = interpolation == Interpolation::Smooth;
    Lines items;
    for (std::size_t i = 0; i < spec.points.size(); ++i)
        items.push_back('(' + number(spec.points[i].t) + ", " + number(spec.points[i].rate) +
                        (smooth ? ", " + number(curve.slopes()[i]) : "") + ')');
    const std::string table = with.table("POINTS", items);
    const std::string& t = with.t;
    if (interpolation == Interpolation::Step)
        return {"level = " + table + "[0][1]", "for start, value in " + table + ":",
                "    if " + t + " >= start:", "        level = value", "return level"};
    Lines lines = {"if " + t + " < " + table + "[0][0]:", "    return " + table + "[0][1]",
                   smooth ? "for (t0, r0, s0), (t1, r1, s1) in zip(" + table + ", " + table + "[1:]):"
                          : "for (t0, r0), (t1, r1) in zip(" + table + ", " + table + "[1:]):",
                   "    if " + t + " < t1:", "        x = (" + t + " - t0) / (t1 - t0)"};
    if (interpolation == Interpolation::Linear) {
        lines.emplace_back("        return r0 + (r1 - r0) * x");
    } else if (interpolation == Interpolation::Log) {
        lines.emplace_back("        return r0 * (r1 / r0) ** x");
    } else {
        lines.emplace_back("        bend = (t1 - t0) * x * (1.0 - x) * (s0 * (1.0 - x) - s1 * x)");
        lines.emplace_back("        return r0 + (r1 - r0) * x * x * (3.0 - 2.0 * x) + bend");
    }
    lines.push_back("return " + table + "[-1][1]");
    return lines;
}

} // namespace

Lines familyBody(const ScheduleSpec& spec, const FamilyPython& with) {
    static const std::map<std::string, Lines (*)(const ScheduleSpec&, const FamilyPython&), std::less<>> bodies = {
        {"constant", constantBody},
        {"linear", linearBody},
        {"polynomial", polynomialBody},
        {"step", stepBody},
        {"multistep", multistepBody},
        {"exponential", exponentialBody},
        {"time", timeBody},
        {"cosine", cosineBody},
        {"warm_restarts", warmRestartsBody},
        {"cyclical", cyclicalBody},
        {"one_cycle", oneCycleBody},
        {"inverse_sqrt", inverseSqrtBody},
        {"warmup_stable_decay", warmupStableDecayBody},
        {"piecewise", piecewiseBody}};
    const auto body = bodies.find(spec.type);
    if (body == bodies.end()) throw Error("the schedule " + spec.type + " has no translation");
    return body->second(spec, with);
}

} // namespace ratescope
