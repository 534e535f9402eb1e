// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/schedule_code.h"

#include "app/study/schedule_code_parts.h"

#include <algorithm>

namespace ratescope {

namespace {

using python::append;
using python::Lines;
using python::number;

std::string unitWords(TimeUnit unit) {
    switch (unit) {
    case TimeUnit::Step:
        return "steps";
    case TimeUnit::Epoch:
        return "whole epochs";
    case TimeUnit::FractionalEpoch:
        return "epochs";
    }
    return {};
}

std::string plural(std::uint64_t count, const char* word) {
    return std::to_string(count) + ' ' + word + (count == 1 ? "" : "s");
}

std::string parameterText(const ParameterInfo& info, double value) {
    if (info.kind == ParameterKind::Choice) return info.choices[static_cast<std::size_t>(value)];
    if (info.kind == ParameterKind::Flag) return value != 0.0 ? "yes" : "no";
    return number(value);
}

/// `lr 0.1, factor 0.5, period 10`.
std::string parametersText(const ScheduleSpec& spec, const ScheduleFamily& family, bool isPart) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    for (const ParameterInfo& info : family.parameters) {
        if (const auto value = spec.values.find(info.name))
            add(info.name + ' ' + parameterText(info, *value));
        else if (info.kind == ParameterKind::Numbers)
            add(plural(spec.milestones.size(), "milestone"));
        else if (info.kind == ParameterKind::Points)
            add(plural(spec.points.size(), "handle"));
        else if (info.name == "length" && !isPart)
            add("length to the end");
    }
    return text;
}

/// A schedule in words; `margin`: that of a part.
void describe(const ScheduleSpec& spec, const std::string& head, const std::string& margin, Lines& lines) {
    const ScheduleFamily* family = findScheduleFamily(spec.type);
    if (!family) return;
    const bool timeless =
        spec.type == "constant" || family->kind == FamilyKind::Plateau || family->kind == FamilyKind::Halving;
    const std::string formula = spec.type == "formula" ? spec.expression : family->formula;
    const auto add = [&](const std::string& text) { append(lines, python::comment(text, margin + "  ", margin)); };
    add(head + spec.type + ", lr(t) = " + formula + (timeless ? "" : "; t in " + unitWords(spec.unit)));
    if (spec.type == "sequence") {
        for (std::size_t i = 0; i < spec.parts.size() && i < 20; ++i) {
            const SchedulePart& part = spec.parts[i];
            const std::string length =
                part.length ? "for " + number(*part.length) + ' ' + unitWords(spec.unit) : std::string("to the end");
            describe(part.schedule, std::to_string(i + 1) + ". " + length + ": ", margin + "  ", lines);
        }
        if (spec.parts.size() > 20) add("and " + std::to_string(spec.parts.size() - 20) + " parts more");
        return;
    }
    const std::string parameters = parametersText(spec, *family, !margin.empty());
    if (!parameters.empty()) add("  with " + parameters);
}

Lines header(const RunConfig& config, const RunLength& length) {
    Lines lines = python::comment("Run “" + config.name + "” of Ratescope", "  ");
    if (const auto& test = config.rangeTest) {
        append(lines, python::comment("Schedule: range test, lr(t) = " +
                                      std::string(test->exponential ? "from·(to/from)^(t/(steps − 1))"
                                                                    : "from + (to − from)·t/(steps − 1)") +
                                      "; t in steps"));
        append(lines, python::comment("  with from " + number(test->from) + ", to " + number(test->to) + ", steps " +
                                      std::to_string(test->steps)));
    } else {
        describe(config.schedule, "Schedule: ", "", lines);
    }
    if (config.schedule.batchGrowth && !config.rangeTest)
        append(lines, python::comment("turned round: the rate stays at lr(0) and the batch grows from " +
                                          std::to_string(config.batchSize) + " to at most " +
                                          std::to_string(length.grown ? length.grown->largest : config.batchSize) +
                                          " samples, as batch_size(step) tells; from there on the rate falls",
                                      "  "));
    append(lines,
           python::comment("Length: " + plural(length.steps, "step") + ", " + std::to_string(length.stepsPerEpoch) +
                           " an epoch" + (length.grown ? " before the batch grows" : "")));
    return lines;
}

} // namespace

std::optional<CodeTarget> findCodeTarget(std::string_view name) {
    if (name == "pytorch") return CodeTarget::PyTorch;
    if (name == "keras") return CodeTarget::Keras;
    return std::nullopt;
}

bool hasScheduleCode(const RunConfig& config) {
    return !config.rangeTest || config.rangeTest->kind == RangeTestKind::Sweep;
}

std::string scheduleCode(const RunConfig& config, const RunLength& length, CodeTarget target) {
    if (!hasScheduleCode(config))
        throw Error("“" + config.name + "” is a range test that begins anew at each rate; code is for one training");
    const Lines code = target == CodeTarget::PyTorch ? torchCode(config, length) : kerasCode(config, length);
    const auto speaksOf = [&](std::string_view word) {
        return std::ranges::any_of(code, [&](const std::string& line) { return line.find(word) != std::string::npos; });
    };
    Lines lines = header(config, length);
    if (speaksOf("math.")) lines.emplace_back("import math");
    if (speaksOf("math.")) lines.emplace_back();
    lines.emplace_back(target == CodeTarget::PyTorch ? "import torch" : "import keras");
    lines.emplace_back();
    append(lines, code);
    return python::joined(lines);
}

std::vector<double> layerShares(const RunConfig& config) {
    if (std::ranges::all_of(config.layerRates, [](double rate) { return rate == 1.0; })) return {};
    return config.layerRates;
}

double optimizerValue(const RunConfig& config, const char* name) {
    return valueOf(findOptimizer(config.optimizer.type)->parameters, config.optimizer.values, name);
}

bool isOwnValue(const RunConfig& config, const char* name) {
    const ParameterInfo* info = findParameter(findOptimizer(config.optimizer.type)->parameters, name);
    return info && info->fallback != optimizerValue(config, name);
}

std::optional<ScheduleSpec> wholePlateau(const RunConfig& config) {
    if (config.rangeTest || config.schedule.type != "plateau") return std::nullopt;
    return completed(config.schedule, 0.0);
}

std::uint64_t loopEpochs(const RunConfig& config, const RunLength& length) {
    if (!config.rangeTest && !config.duration.steps) return config.duration.epochs;
    return length.steps == 0 ? 1 : length.epochOf(length.steps - 1) + 1;
}

} // namespace ratescope
