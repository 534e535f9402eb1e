// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/python_rate.h"

#include "app/study/python_expression.h"
#include "app/study/python_families.h"
#include "app/study/turn_time.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ratescope {

namespace {

using python::append;
using python::Lines;
using python::linesOf;
using python::number;

/// Goes through the steps: all of them, or `most` at even distances and the last.
template <typename Look>
void lookAtSteps(std::uint64_t first, std::uint64_t end, std::uint64_t most, const Look& look) {
    const std::uint64_t stride = std::max<std::uint64_t>(1, (end - first) / most);
    for (std::uint64_t step = first; step < end; step += stride) look(step);
    if (end > first) look(end - 1);
}

constexpr std::uint64_t mostOfRun = 200'000;
constexpr std::uint64_t mostOfTurn = 1'000; // where the run is longer; turns may be many

/// Writes the rate of a run as a function.
class Writer {
public:
    Writer(const RunConfig& config, const RunLength& length)
        : m_config(config)
        , m_length(length)
        , m_schedule(scheduleOf(config, length)) {}

    PythonRate write() {
        Lines functions;
        if (m_config.rangeTest)
            functions = function("rate(step)", "Learning rate of update number step, counted from 0.",
                                 sweepBody(*m_config.rangeTest));
        else if (m_config.schedule.batchGrowth)
            functions = growth();
        else
            functions = function("rate(step)", "Learning rate of update number step, counted from 0.",
                                 body(m_config.schedule, Turn(m_length, m_length.steps)));
        PythonRate result;
        for (const std::string& helper : m_helpers) {
            append(result.lines, linesOf(pythonHelper(helper)));
            append(result.lines, {"", ""});
        }
        append(result.lines, m_tables);
        if (!m_tables.empty()) append(result.lines, {"", ""});
        append(result.lines, functions);
        result.plateaus = std::move(m_plateaus);
        return result;
    }

private:
    /// `def` with its body; where rates run over the end of all numbers, Python would raise an exception.
    Lines function(const std::string& head, const std::string& meaning, const Lines& body) {
        Lines lines = {"def " + head + ":", "    \"\"\"" + meaning + "\"\"\""};
        bool infinite = false;
        if (!m_config.rangeTest && m_config.schedule.type != "formula")
            lookAtSteps(0, m_length.steps + 1, mostOfRun,
                        [&](std::uint64_t step) { infinite = infinite || !std::isfinite(m_schedule.at(step)); });
        if (!infinite) {
            append(lines, python::indented(body));
            return lines;
        }
        append(lines, python::indented({"try:"}));
        append(lines, python::indented(python::indented(body)));
        append(lines, python::indented({"except OverflowError:", "    return math.inf"}));
        return lines;
    }

    static Lines sweepBody(const RangeTestSpec& test) {
        const std::string x = "(step / " + number(test.steps > 1 ? static_cast<double>(test.steps - 1) : 1.0) + ")";
        if (test.exponential)
            return {"return " + number(test.from) + " * (" + number(test.to) + " / " + number(test.from) + ") ** " + x};
        return {"return " + number(test.from) + " + (" + number(test.to) + " - " + number(test.from) + ") * " + x};
    }

    /// The lines that return the rate while the schedule has its turn.
    Lines body(const ScheduleSpec& spec, const Turn& turn) {
        if (spec.type == "sequence") return sequenceBody(spec, turn);
        if (spec.type == "plateau") return plateauBody(spec, turn);
        const auto held = [&] { return "return " + number(m_schedule.at(turn.heldFrom())); };
        if (turn.heldFrom() <= turn.first()) return {held()};
        Lines lines = spec.type == "formula" ? formulaBody(spec, turn) : functionBody(spec, turn);
        if (turn.heldFrom() >= turn.end() || spec.type == "constant") return lines;
        Lines result = {"if step >= " + std::to_string(turn.heldFrom()) + ":",
                        "    # The sequence is over: its last rate holds.", "    " + held()};
        append(result, lines);
        return result;
    }

    Lines sequenceBody(const ScheduleSpec& spec, const Turn& turn) {
        const std::vector<Turn> turns = turn.parts(spec);
        Lines lines;
        for (std::size_t i = 0; i < turns.size(); ++i) {
            if (turns[i].isEmpty()) continue;
            const Lines part = body(spec.parts[i].schedule, turns[i]);
            if (turns[i].end() >= turn.end()) {
                append(lines, part);
                break;
            }
            lines.push_back("if step < " + std::to_string(turns[i].end()) + ":");
            append(lines, python::indented(part));
        }
        return lines;
    }

    Lines plateauBody(const ScheduleSpec& spec, const Turn& turn) {
        PlateauTurn plateau;
        plateau.name = m_plateaus.empty() ? "plateau" : "plateau_" + std::to_string(m_plateaus.size() + 1);
        plateau.spec = completed(spec, turn.open().in(spec.unit));
        plateau.first = turn.first();
        const std::uint64_t end = std::min(turn.end(), turn.heldFrom()); // what holds hears of nothing
        plateau.end = end > m_length.steps ? 0 : end;
        m_plateaus.push_back(plateau);
        return {"return " + plateau.name + ".rate"};
    }

    /// The turn's time, in that unit, as an expression of the run's step.
    std::string timeText(TimeUnit unit, const Turn& turn) const {
        const std::string each = std::to_string(m_length.stepsPerEpoch);
        std::string text = unit == TimeUnit::Step || m_length.stepsPerEpoch == 1 ? "step"
                           : unit == TimeUnit::Epoch                             ? "step // " + each
                                                                                 : "step / " + each;
        const std::vector<double> offsets = turn.offsets(unit);
        if (const auto steps = turn.wholeSteps(); unit == TimeUnit::FractionalEpoch && m_length.stepsPerEpoch > 1 && steps)
            return *steps == 0 ? text : "(step - " + std::to_string(*steps) + ") / " + each;
        double sum = 0.0;
        for (const double offset : offsets) sum += offset;
        if (areWhole(offsets)) return python::minus(text, sum);
        for (const double offset : offsets) text = python::minus(text, offset);
        return turn.beginsBelowZero(unit) ? "max(0.0, " + text + ")" : text;
    }
    static bool areWhole(const std::vector<double>& numbers) {
        return std::ranges::all_of(numbers, [](double one) { return one == std::floor(one); });
    }
    static std::string unitNote(TimeUnit unit) {
        return unit == TimeUnit::Step ? "" : unit == TimeUnit::Epoch ? "  # whole epochs" : "  # epochs";
    }

    FamilyPython writing(const std::string& t, bool whole) {
        return {t, whole, [this](const std::string& name, const Lines& items) {
                    const auto count = ++m_tableCounts[name];
                    const std::string own = count == 1 ? name : name + "_" + std::to_string(count);
                    append(m_tables, python::list(own + " = ", items));
                    return own;
                }};
    }

    Lines functionBody(const ScheduleSpec& spec, const Turn& turn) {
        const ScheduleSpec complete = completed(spec, turn.open().in(spec.unit));
        const std::string time = timeText(spec.unit, turn);
        const std::string t = time == "step" ? "step" : "t";
        const bool whole = (spec.unit != TimeUnit::FractionalEpoch || m_length.stepsPerEpoch == 1) &&
                           areWhole(turn.offsets(spec.unit));
        const Lines inner = familyBody(complete, writing(t, whole));
        if (t == "step" || spec.type == "constant") return inner;
        Lines lines = {"t = " + time + unitNote(spec.unit)};
        append(lines, inner);
        return lines;
    }

    Lines formulaBody(const ScheduleSpec& spec, const Turn& turn) {
        PythonExpression expression(spec.expression);
        const double length = turn.open().in(spec.unit);
        const double lr = spec.values.get("lr", 0.0);
        lookAtSteps(turn.first(), turn.end(), m_length.steps > mostOfRun ? mostOfTurn : mostOfRun,
                    [&](std::uint64_t step) {
                        const LocalTime now = turn.at(step);
                        expression({now.in(spec.unit), length, now.epoch, lr});
                    });
        Lines lines;
        const auto define = [&](const char* name, const std::string& value) {
            if (expression.uses(name)) lines.push_back(std::string(name) + " = " + value);
        };
        define("t", timeText(spec.unit, turn) + unitNote(spec.unit));
        define("T", number(length));
        define("epoch", timeText(TimeUnit::Epoch, turn));
        define("lr", number(lr));
        lines.push_back("return " + expression.text());
        m_helpers.insert(expression.helpers().begin(), expression.helpers().end());
        return lines;
    }

    /// With a batch that grows instead of a rate that falls.
    Lines growth() {
        const ScheduleSpec& spec = m_config.schedule;
        const std::uint64_t open = m_config.duration.steps.value_or(m_config.duration.epochs * m_length.stepsPerEpoch);
        const Turn turn(m_length, open);
        const ScheduleSpec complete = completed(spec, turn.open().in(spec.unit));
        const double first = Schedule(spec, m_length, open).at(0);
        const double largest = m_length.grown ? m_length.grown->largest : m_config.batchSize;
        Lines lines = function("falling(t)", "The rate that would fall, were it not for the batch that grows.",
                               familyBody(complete, writing("t", spec.unit != TimeUnit::FractionalEpoch)));
        append(lines, {"", "", "def batch_at(t):", "    \"\"\"Samples of an update at the time t.\"\"\"",
                       "    now = falling(t)", "    if now >= " + number(first) + ":",
                       "        return " + std::to_string(m_config.batchSize),
                       "    if now <= 0:", "        return " + number(largest),
                       "    wanted = " + std::to_string(m_config.batchSize) + " * " + number(first) + " / now",
                       "    return math.floor(min(wanted, " + number(largest) + ") + 0.5)", "", ""});
        const std::string time = growthTime(lines);
        append(lines, {"def batch_size(step):",
                       "    \"\"\"Samples of update number step; of an epoch's last update what is left.\"\"\"",
                       "    return batch_at(" + time + ")", "", "", "def rate(step):",
                       "    \"\"\"Learning rate of update number step: it falls once the batch cannot grow.\"\"\"",
                       "    now = falling(" + time + ")", "    if now >= " + number(first) + ":", "        return now",
                       "    return min(" + number(first) + ", now * " + number(largest) + " / " +
                           std::to_string(m_config.batchSize) + ")"});
        return lines;
    }

    /// The time of a step where the batch grows; in epochs it depends on all batches before.
    std::string growthTime(Lines& lines) const {
        const TimeUnit unit = m_config.schedule.unit;
        if (unit == TimeUnit::Step) return "step";
        const std::string samples = std::to_string(m_length.grown ? m_length.grown->samples : m_length.epochSamples);
        append(lines, {"def times(steps):",
                       "    \"\"\"When each update is made, in epochs: large batches make few updates of one.\"\"\"",
                       "    result = []", "    epoch, first = 0, 0", "    while len(result) <= steps:",
                       unit == TimeUnit::Epoch ? "        result.append(epoch)"
                                               : "        result.append(epoch + first / " + samples + ")",
                       "        first += batch_at(result[-1])", "        if first >= " + samples + ":",
                       "            epoch, first = epoch + 1, 0", "    return result", "", "",
                       "TIMES = times(" + std::to_string(m_length.steps) + ")", "", ""});
        return "TIMES[min(step, " + std::to_string(m_length.steps) + ")]";
    }

    const RunConfig& m_config;
    const RunLength& m_length;
    Schedule m_schedule;
    Lines m_tables;
    std::map<std::string, int> m_tableCounts;
    std::set<std::string> m_helpers;
    std::vector<PlateauTurn> m_plateaus;
};

Lines plateauClass() {
    return linesOf(R"(class Plateau:
    """A rate that moves where a figure stops to get better."""

    def __init__(
        self, lr, factor, patience, threshold, cooldown, min_lr=0.0, mode="min", raise_factor=None
    ):
        self.rate = lr
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.cooldown = cooldown
        self.min_lr = min_lr
        self.mode = mode
        self.raise_factor = raise_factor
        self.best = None
        self.bad_epochs = 0
        self.cooldown_left = 0

    def is_better(self, figure):
        if self.best is None:
            return True
        if self.mode == "max":
            return figure > self.best * (1.0 + self.threshold)
        return figure < self.best * (1.0 - self.threshold)

    def step(self, figure):
        """To be called with the figure of every epoch."""
        if self.is_better(figure):
            self.best = figure
            self.bad_epochs = 0
        else:
            self.bad_epochs += 1
        if self.cooldown_left > 0:
            self.cooldown_left -= 1
            self.bad_epochs = 0
        if self.bad_epochs > self.patience:
            self.cooldown_left = self.cooldown
            self.bad_epochs = 0
            self.move()

    def move(self):
        if self.raise_factor is not None:
            self.rate *= self.raise_factor
            return
        lower = max(self.rate * self.factor, self.min_lr)
        if self.rate - lower > 1e-8:  # less is no change
            self.rate = lower
)");
}

Lines plateauLine(const PlateauTurn& plateau) {
    const ParameterValues& values = plateau.spec.values;
    const auto argument = [&](const char* name) { return std::string(name) + "=" + number(values.get(name, 0.0)); };
    Lines arguments = {argument("lr"), argument("factor"), argument("patience"), argument("threshold"),
                       argument("cooldown")};
    if (values.get("min_lr", 0.0) != 0.0) arguments.push_back(argument("min_lr"));
    if (monitorOf(plateau.spec) == "val_accuracy") arguments.emplace_back("mode=\"max\"");
    if (values.contains("raise_factor")) arguments.push_back(argument("raise_factor"));
    return python::call(plateau.name + " = Plateau", arguments);
}

} // namespace

PythonRate pythonRate(const RunConfig& config, const RunLength& length) {
    return Writer(config, length).write();
}

std::string turnCondition(const PlateauTurn& plateau, const std::string& last) {
    const std::string first = std::to_string(plateau.first);
    const std::string end = std::to_string(plateau.end);
    if (plateau.end == 0) return plateau.first == 0 ? "" : last + " >= " + first;
    return (plateau.first == 0 ? "" : first + " <= ") + last + " < " + end;
}

python::Lines plateauLines(const std::vector<PlateauTurn>& plateaus) {
    if (plateaus.empty()) return {};
    Lines lines = plateauClass();
    append(lines, {"", ""});
    for (const PlateauTurn& plateau : plateaus) append(lines, plateauLine(plateau));
    append(lines, {"", ""});
    return lines;
}

std::string monitorOf(const ScheduleSpec& plateau) {
    return findParameter(findScheduleFamily("plateau")->parameters, "monitor")
        ->choices[static_cast<std::size_t>(plateau.values.get("monitor", 0.0))];
}

std::vector<std::string> monitorsOf(const std::vector<PlateauTurn>& plateaus) {
    std::vector<std::string> result;
    for (const PlateauTurn& plateau : plateaus)
        if (const std::string name = monitorOf(plateau.spec); std::ranges::find(result, name) == result.end())
            result.push_back(name);
    return result;
}

} // namespace ratescope
