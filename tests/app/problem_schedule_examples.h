// SPDX-License-Identifier: GPL-3.0-or-later
// Messages about schedules with lists, formulas and parts, about plateaus and about forks.
#pragma once

#include "app/study/schedule_json.h"
#include "core/schedule/schedule.h"
#include "tests/app/problem_examples.h"

#include <string>
#include <utility>
#include <vector>

inline ratescope::ScheduleSpec formulaOf(const std::string& expression) {
    ratescope::ScheduleSpec spec;
    spec.type = "formula";
    spec.expression = expression;
    return spec;
}

/// A sequence of these, one step each but for the last.
inline ratescope::ScheduleSpec sequenceOf(const std::vector<ratescope::ScheduleSpec>& parts) {
    ratescope::ScheduleSpec spec;
    spec.type = "sequence";
    for (const ratescope::ScheduleSpec& part : parts) spec.parts.push_back({part, 1.0});
    if (!spec.parts.empty()) spec.parts.back().length.reset();
    return spec;
}

inline ProblemExamples listExamples() {
    using ratescope::ScheduleSpec;
    ProblemExamples all;
    const auto add = [&](const char* name, const ScheduleSpec& spec, const char* german = "") {
        all.push_back({name, faultOf([&](ratescope::RunConfig& config) { config.schedule = spec; }), german});
    };
    add("lowest rate above", scheduleOf("plateau", {{"lr", 0.25}, {"min_lr", 0.5}}),
        "schedule.min_lr: ist 0.5 und liegt über lr (0.25)");
    add("trapezium", scheduleOf("warmup_stable_decay", {{"lr", 0.1}, {"warmup", 50}, {"decay", 60}, {"length", 100}}),
        "schedule.length: ist 100, kürzer als warmup und decay zusammen (110)");
    ScheduleSpec steps = scheduleOf("multistep", {{"lr", 0.1}});
    add("no milestones", steps, "schedule.milestones: enthält keine; erwartet: die Zeiten der Stufen, etwa [30, 60]");
    steps.milestones = {5, -1};
    add("milestone", steps, "schedule.milestones[1]: ist -1; erlaubt: eine Zahl von 0 bis 1e+09");
    steps.milestones.assign(10'001, 1);
    add("many milestones", steps, "schedule.milestones: enthält 10001 Zeiten; erlaubt: 10000");
    ScheduleSpec drawn = scheduleOf("piecewise", {{"interpolation", 2}});
    add("no handles", drawn,
        "schedule.points: enthält keine; erwartet: Griffe [t, lr], etwa [[0, 0.1], [1000, 0.01]]");
    drawn.points = {{-5, 0.1}};
    add("time of a handle", drawn, "schedule.points[0]: hat die Zeit -5; erlaubt: eine Zahl von 0 bis 1e+09");
    drawn.points = {{5, -0.1}};
    add("rate of a handle", drawn, "schedule.points[0]: hat die Rate -0.1; erlaubt: eine Zahl von 0 bis 1e+06");
    drawn.points = {{5, 0}};
    add("rate on a log axis", drawn,
        "schedule.points[0]: hat die Rate 0, zu der auf einer logarithmischen Achse keine Linie führt; erlaubt: eine "
        "Zahl über 0");
    drawn.points = {{5, 0.1}, {3, 0.1}};
    add("order of handles", drawn, "schedule.points[1]: hat die Zeit 3, vor der des Griffs davor (5)");
    drawn.points.assign(10'001, {5, 0.1});
    add("many handles", drawn, "schedule.points: enthält 10001 Griffe; erlaubt: 10000");
    const ScheduleSpec constant = ratescope::RunConfig::constantSchedule(0.1);
    add("no parts", sequenceOf({}),
        "schedule.parts: enthält keine; erwartet: [{\"schedule\": {…}, \"length\": n}, …]");
    ScheduleSpec sequence = sequenceOf({constant, constant});
    sequence.parts[0].length.reset();
    add("part without end", sequence,
        "schedule.parts[0].length: fehlt; nur der letzte Teil darf bis zum Ende des Laufs weitergehen");
    sequence.parts[0].length = -3;
    add("length of a part", sequence,
        "schedule.parts[0].length: ist -3; erlaubt: eine Zahl über 0 und höchstens 1e+09");
    add("many parts", sequenceOf(std::vector(1001, constant)), "schedule.parts: sind insgesamt über 1000");
    ScheduleSpec deep = constant;
    for (int i = 0; i < 9; ++i) deep = sequenceOf({deep});
    all.push_back({"deep parts", "x: " + ratescope::validateSchedule(deep).at(0).message,
                   "x: liegen tiefer ineinander als 8 Abfolgen"});
    ScheduleSpec growing = scheduleOf("exponential", {{"lr", 0.1}, {"gamma", 0.5}, {"period", 100}});
    growing.batchGrowth = true;
    add("growth in a part", sequenceOf({growing}),
        "schedule.parts[0].schedule.batch_growth: hat keinen Platz im Teil einer Abfolge");
    add("halving in a part", sequenceOf({scheduleOf("halving", {{"lr", 0.1}})}),
        "schedule.parts[0].schedule.type: ist halving, das zu den Anfangsgewichten zurückgeht und daher keinen Platz im "
        "Teil einer Abfolge hat");
    const auto json = [&](const char* name, const std::string& text, const char* german) {
        all.push_back({name, errorOf([&] { ratescope::scheduleFromJson(text, "x"); }), german});
    };
    const auto many = [](const std::string& one, int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += (i > 0 ? "," : "") + one;
        return text;
    };
    json("no handle", R"({"type": "piecewise", "points": [[0, 0.1], 5]})",
         "x: schedule.points[1]: ist 5; erwartet: [t, lr]");
    json("handles of a file", R"({"type": "piecewise", "points": [)" + many("[0,1]", 10'001) + "]}",
         "x: schedule.points: enthält 10001 Griffe; erlaubt: höchstens 10000");
    json("parts of a file", R"({"type": "sequence", "parts": [)" + many("0", 1001) + "]}",
         "x: schedule.parts: enthält 1001 Teile; erlaubt: höchstens 1000");
    return all;
}

inline ProblemExamples formulaExamples() {
    ProblemExamples all;
    const auto add = [&](const std::string& expression, const char* german) {
        all.push_back({QByteArray::fromStdString(expression.substr(0, 20)),
                       faultOf([&](ratescope::RunConfig& config) { config.schedule = formulaOf(expression); }), german});
    };
    add("größe", "schedule.expression: „größe“: bei Zeichen 3: „öße “ ist nicht bekannt");
    add("t: x", "schedule.expression: „t: x“: bei Zeichen 3: der Doppelpunkt an Stelle 2 gehört nicht hierher");
    add("", "schedule.expression: „“: bei Zeichen 1: er ist leer");
    add("t +", "schedule.expression: „t +“: bei Zeichen 4: er endet zu früh");
    add("1, 2", "schedule.expression: „1, 2“: bei Zeichen 5: er ergibt mehr als einen Wert");
    add("(t", "schedule.expression: „(t“: bei Zeichen 3: eine „)“ fehlt");
    add("t)", "schedule.expression: „t)“: bei Zeichen 2: eine Klammer gehört nicht hierher");
    add("1 +,", "schedule.expression: „1 +,“: bei Zeichen 4: ein Komma gehört nicht hierher");
    add("t ** 2", "schedule.expression: „t ** 2“: bei Zeichen 4: der Operator „*“ gehört nicht hierher");
    add("t 2", "schedule.expression: „t 2“: bei Zeichen 3: „2“ gehört nicht hierher; vielleicht fehlt ein Operator");
    add("sin(1, 2)", "schedule.expression: „sin(1, 2)“: bei Zeichen 9: „sin“ hat zu viele Argumente");
    add("pow(1)", "schedule.expression: „pow(1)“: bei Zeichen 6: „pow“ hat zu wenige Argumente");
    add("t = 1", "schedule.expression: „t = 1“: bei Zeichen 3: ein einzelnes „=“ hat keine Bedeutung");
    add("\"t\"", "schedule.expression: „\"t\"“: bei Zeichen 1: Text hat hier keinen Platz");
    add("t ? 1", "schedule.expression: „t ? 1“: bei Zeichen 6: zum „?“ fehlt das „:“ mit dem anderen Fall");
    add("t : 1", "schedule.expression: „t : 1“: bei Zeichen 4: der Doppelpunkt an Stelle 3 gehört nicht hierher");
    add("?", "schedule.expression: „?“: bei Zeichen 1: vor dem Operator \"?\" fehlt ein Wert");
    add("-", "schedule.expression: „-“: bei Zeichen 2: so lässt er sich nicht lesen");
    add("lr", "schedule.lr: fehlt, kommt aber im Ausdruck vor");
    add(std::string(1001, '1'), "schedule.expression: ist 1001 Zeichen lang; erlaubt: 1000");
    // What is questionable.
    const auto warn = [&](const char* expression, const char* german) {
        const auto warnings = ratescope::warningsOf(ratescope::Schedule(formulaOf(expression), {100, 10}), 100);
        all.push_back({QByteArray("at 7 of ") + expression, warnings.empty() ? std::string() : warnings[0].message, german});
    };
    warn("t == 7 ? 0/0 : 1", "");
    warn("t == 7 ? 1/0 : 1", "ist inf bei Schritt 7: keine Zahl; dort divergiert der Lauf");
    warn("t == 7 ? -2 : 1", "ist -2 bei Schritt 7: Unter 0 geht es auf dem Verlust bergauf statt bergab");
    warn("t == 7 ? 2e6 : 1", "");
    warn("t < 7 ? 1 : 0", "ist 0 bei Schritt 7: Solange die Rate 0 ist, wird nichts gelernt");
    return all;
}

/// Plateaus, forks and what they go on from.
inline ProblemExamples forkExamples() {
    using ratescope::RunConfig;
    ProblemExamples all;
    const auto add = [&](const char* name, const std::function<void(RunConfig&)>& change, const char* german,
                         const ratescope::DatasetInfo& info = {200, 40, 4, 5}) {
        all.push_back({name, faultOf(change, info), german});
    };
    const auto plateau = [](RunConfig& c, double validation) {
        c.schedule = sequenceOf({scheduleOf("plateau", {{"lr", 0.1}, {"monitor", 1}})});
        c.validation = validation;
        c.batchSize = 1;
    };
    add(
        "plateau of nothing", [&](RunConfig& c) { plateau(c, 0); },
        "schedule: hat ein Plateau, das val_accuracy beobachtet, aber es sind keine Beispiele zur Validierung "
        "zurückgelegt");
    add(
        "plateau of too few", [&](RunConfig& c) { plateau(c, 0.1); },
        "schedule: hat ein Plateau, das eine Kennzahl der Validierung beobachtet, aber dafür sind keine Beispiele "
        "zurückgelegt",
        {4, 40, 4, 5});
    const auto fork = [&](const char* name, const std::function<void(RunConfig&)>& change, const char* german) {
        add(
            name,
            [&](RunConfig& c) {
                c.fork = {"a", 5};
                change(c);
            },
            german);
    };
    const auto grow = [](RunConfig& c) {
        c.schedule = scheduleOf("exponential", {{"lr", 0.1}, {"gamma", 0.5}, {"period", 100}});
        c.schedule.batchGrowth = true;
    };
    fork("of nobody", [](RunConfig& c) { c.fork->run.clear(); }, "fork.run: ist leer; erwartet: der Name eines Laufs");
    fork(
        "and started", [](RunConfig& c) { c.startFrom.emplace().run = "b"; },
        "fork: steht neben start_from; ein Lauf beginnt auf eine Weise");
    fork("growing", grow, "fork: hat keinen Platz in einem Lauf mit wachsendem Batch");
    fork(
        "beyond the end", [](RunConfig& c) { c.fork->step = 20; },
        "fork.step: ist 20; erlaubt: eine ganze Zahl unter der Länge des Laufs, 20");
    const auto of = [&](const char* name, const std::function<void(RunConfig&)>& changeParent, const char* german) {
        const RunConfig child = tinyConfig("data", "b");
        RunConfig parent = tinyConfig("data", "a list");
        changeParent(parent);
        all.push_back({name, lineOf(ratescope::validateFork(child, parent)), german});
    };
    of(
        "of another batch", [](RunConfig& c) { c.batchSize = 8; },
        "batch_size: weicht von „a list“ ab, wo diese Abzweigung weitergeht");
    of("of a range test", [](RunConfig& c) { c.rangeTest.emplace(); }, "fork.run: ist „a list“, ein Lernratentest");
    of("of a growing run", grow, "fork.run: ist „a list“, ein Lauf mit wachsendem Batch");
    return all;
}
