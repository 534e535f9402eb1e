// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/keras_schedules.h"

#include "app/study/python_rate.h"
#include "app/study/torch_schedulers.h"
#include "core/schedule/rate_functions.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

using python::append;
using python::decimal;
using python::number;

struct KerasSchedule {
    std::string name;
    python::Lines arguments;
    std::function<double(double)> value;
};

/// Makes the class for one family.
class Maker {
public:
    Maker(const ScheduleSpec& spec, const RunLength& run)
        : m_spec(spec)
        , m_run(run)
        , m_lr(get("lr"))
        , m_end(get("end"))
        , m_perUnit(spec.unit == TimeUnit::Step ? 1.0 : static_cast<double>(run.stepsPerEpoch))
        , m_jumps(spec.unit == TimeUnit::Epoch && run.stepsPerEpoch > 1) {}

    std::optional<KerasSchedule> make() const {
        const std::string& type = m_spec.type;
        if (type == "linear" || type == "polynomial") return polynomial(type == "linear" ? 1.0 : get("power"));
        if (type == "step") return step();
        if (type == "multistep") return multistep();
        if (type == "exponential") return exponential();
        if (type == "time") return time();
        if (type == "cosine") return cosine();
        if (type == "warm_restarts") return warmRestarts();
        return std::nullopt;
    }

private:
    double get(const char* name) const { return m_spec.values.get(name, 0.0); }
    std::string first() const { return "initial_learning_rate=" + number(m_lr); }
    std::optional<double> evenSteps(const char* name) const {
        return m_jumps ? std::nullopt : wholeSteps(get(name), m_spec.unit, m_run);
    }

    std::optional<KerasSchedule> polynomial(double power) const {
        const auto length = evenSteps("length");
        if (!length) return std::nullopt;
        return KerasSchedule{"PolynomialDecay",
                             {first(), "decay_steps=" + number(*length), "end_learning_rate=" + number(m_end),
                              "power=" + decimal(power)},
                             [=, this](double t) { return rates::polynomial(t, m_lr, m_end, *length, power); }};
    }

    KerasSchedule staircase(double size, double factor, const std::string& text) const {
        return {"ExponentialDecay",
                {first(), "decay_steps=" + number(size), "decay_rate=" + text, "staircase=True"},
                [=, this](double t) { return m_lr * std::pow(factor, std::floor(t / size)); }};
    }

    std::optional<KerasSchedule> step() const {
        const auto period = wholeSteps(get("period"), m_spec.unit, m_run);
        if (!period || get("offset") != 0.0) return std::nullopt;
        return staircase(*period, get("factor"), number(get("factor")));
    }

    std::optional<KerasSchedule> exponential() const {
        const double gamma = get("gamma");
        const double period = get("period");
        if (m_jumps)
            return staircase(m_perUnit, std::pow(gamma, 1.0 / period),
                             number(gamma) + (period == 1.0 ? "" : " ** (1 / " + number(period) + ")"));
        const double size = period * m_perUnit;
        return KerasSchedule{"ExponentialDecay",
                             {first(), "decay_steps=" + number(size), "decay_rate=" + number(gamma)},
                             [=, this](double t) { return m_lr * std::pow(gamma, t / size); }};
    }

    /// Its boundaries belong to what lies before them.
    std::optional<KerasSchedule> multistep() const {
        const std::vector<double> milestones = milestoneSteps(m_spec, m_run);
        if (milestones.empty() || milestones.front() < 1.0) return std::nullopt;
        std::string boundaries;
        std::string values = number(m_lr);
        for (std::size_t i = 0; i < milestones.size(); ++i) {
            if (i + 1 < milestones.size() && milestones[i + 1] == milestones[i])
                continue; // the last of equal ones counts all
            boundaries += (boundaries.empty() ? "" : ", ") + number(milestones[i] - 1.0);
            values += ", " + number(m_lr * std::pow(get("factor"), static_cast<double>(i + 1)));
        }
        return KerasSchedule{"PiecewiseConstantDecay",
                             {"boundaries=[" + boundaries + "]", "values=[" + values + "]"},
                             [=, this](double t) { return rates::multistep(t, m_lr, get("factor"), milestones); }};
    }

    std::optional<KerasSchedule> time() const {
        if (get("compounding") != 0.0) return std::nullopt;
        python::Lines arguments = {first(), "decay_steps=" + number(m_perUnit), "decay_rate=" + number(get("decay"))};
        if (m_jumps) arguments.emplace_back("staircase=True");
        return KerasSchedule{"InverseTimeDecay", arguments, [=, this](double t) {
                                 return rates::time(m_jumps ? std::floor(t / m_perUnit) : t / m_perUnit, m_lr,
                                                    get("decay"));
                             }};
    }

    std::string alpha() const { return "alpha=" + number(m_end) + " / " + number(m_lr); }

    std::optional<KerasSchedule> cosine() const {
        const auto length = evenSteps("length");
        if (!length) return std::nullopt;
        python::Lines arguments = {first(), "decay_steps=" + number(*length)};
        if (m_end != 0.0) arguments.push_back(alpha());
        return KerasSchedule{"CosineDecay", arguments,
                             [=, this](double t) { return rates::cosine(t, m_lr, m_end, *length); }};
    }

    /// With cycles of one length: of others Keras finds the borders by single-precision logarithms, which may miss
    /// them.
    std::optional<KerasSchedule> warmRestarts() const {
        const auto period = evenSteps("period");
        if (!period || get("period_factor") != 1.0) return std::nullopt;
        python::Lines arguments = {first(), "first_decay_steps=" + number(*period), "t_mul=1.0",
                                   "m_mul=" + decimal(get("peak_factor"))};
        if (m_end != 0.0) arguments.push_back(alpha());
        return KerasSchedule{"CosineDecayRestarts", arguments, [=, this](double t) {
                                 return rates::warmRestarts(t, m_lr, m_end, *period, 1.0, get("peak_factor"));
                             }};
    }

    const ScheduleSpec& m_spec;
    const RunLength& m_run;
    double m_lr;
    double m_end;
    double m_perUnit;
    bool m_jumps; ///< its time goes by whole epochs
};

} // namespace

std::optional<python::Lines> kerasSchedule(const RunConfig& config, const RunLength& length) {
    if (config.rangeTest || config.schedule.batchGrowth) return std::nullopt;
    const Schedule schedule = scheduleOf(config, length);
    if (schedule.needsFeedback()) return std::nullopt;
    const double epochs = static_cast<double>(length.steps) / static_cast<double>(length.stepsPerEpoch);
    const TimeUnit unit = config.schedule.unit;
    const double open = unit == TimeUnit::Step    ? static_cast<double>(length.steps)
                        : unit == TimeUnit::Epoch ? std::ceil(epochs)
                                                  : epochs;
    const ScheduleSpec complete = completed(config.schedule, open);
    const Maker maker(complete, length);
    const auto made = maker.make();
    if (!made || !agrees(made->value, schedule, 0, length.steps)) return std::nullopt;
    python::Lines lines = python::comment(
        "Keras computes its schedules in single precision: the rates are right to about a millionth of the highest.");
    append(lines, python::call("scheduler = keras.optimizers.schedules." + made->name, made->arguments));
    return lines;
}

} // namespace ratescope
