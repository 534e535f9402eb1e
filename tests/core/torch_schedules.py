#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rates of PyTorch's schedulers (1.13), as reference rows for the tests or held against the program.

    torch_schedules.py                      writes the headers torch_*_rates.h beside this file
    torch_schedules.py PROGRAM [SETS STEPS] compares every step of SETS random schedules a family with what
                                            `PROGRAM schedule` prints, and prints the largest relative differences
"""
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import textwrap

from torch_schedule_cases import *

CHOICES = {"mode": ["triangular", "triangular2", "exp_range"], "shape": ["cosine", "linear"]}


def number(value):
    return repr(float(value)) if not float(value).is_integer() or abs(value) > 1e15 else str(int(value))


def spec_code(schedule):
    unit = {"epoch": "Epoch", "fractional_epoch": "FractionalEpoch"}.get(schedule.get("unit"), "Step")
    if schedule["type"] == "sequence":
        parts = ", ".join("{" + spec_code(dict(part["schedule"], unit=schedule.get("unit"))) + ", "
                          + (number(part["length"]) if "length" in part else "std::nullopt") + "}"
                          for part in schedule["parts"])
        return f'referenceSequence(TimeUnit::{unit}, {{{parts}}})'
    values = ", ".join(f'{{"{key}", {number(CHOICES[key].index(value) if key in CHOICES else value)}}}'
                       for key, value in schedule.items() if key not in ("type", "unit", "milestones"))
    milestones = ", {" + ", ".join(map(number, schedule["milestones"])) + "}" if "milestones" in schedule else ""
    return f'referenceSpec("{schedule["type"]}", TimeUnit::{unit}, {{{values}}}{milestones})'


def looked_at(case, most=14):
    """Some steps: the first and the last, those beside jumps and bends, and others evenly between."""
    known = [i for i, rate in enumerate(case.rates) if rate is not None]
    chosen = {known[0], known[min(1, len(known) - 1)], known[-1]}
    bends = [i for i in known[1:-1] if case.rates[i - 1] is not None and case.rates[i + 1] is not None]
    bends.sort(key=lambda i: -abs(case.rates[i + 1] - 2 * case.rates[i] + case.rates[i - 1]))
    chosen.update(i + j for i in bends[:3] for j in (-1, 0, 1))
    for i in range(most):
        if len(chosen) < most:
            chosen.add(known[i * (len(known) - 1) // (most - 1)])
    return sorted(chosen)


def wrapped(text, indent):
    """Broken at commas, but not within the pairs {a, b}."""
    text = re.sub(r"\{([^{}]*), ([^{}]*)\}", "{\\1,~\\2}", text)
    return textwrap.fill(text, 120, initial_indent=indent, subsequent_indent=indent + " ", break_long_words=False,
                         break_on_hyphens=False).replace(",~", ", ")


def case_code(case):
    rates = ", ".join(f"{{{i}, {case.rates[i]!r}}}" for i in looked_at(case))
    return "\n".join([textwrap.fill("// " + case.said, 120, initial_indent=" " * 8, subsequent_indent=" " * 8 + "// "),
                      wrapped(f'{{"{case.name}", {spec_code(case.schedule)}, {case.per_epoch},', " " * 8),
                      wrapped(f"{{{rates}}}}},", " " * 9)])


def figure_code(value):
    return repr(value) if math.isfinite(value) else "HUGE_VAL" if value > 0 else 'std::nan("")'


def plateau_code(case):
    values = ", ".join(f'{{"{key}", {number(value)}}}' for key, value in case.values.items())
    return "\n".join(["        // " + case.said, wrapped(f'{{"{case.name}", {{{values}}},', " " * 8),
                      wrapped("{" + ", ".join(map(figure_code, case.figures)) + "},", " " * 9),
                      wrapped("{" + ", ".join(map(repr, case.rates)) + "}},", " " * 9)])


HEADER = """// SPDX-License-Identifier: GPL-3.0-or-later
// Written by torch_schedules.py.
#pragma once

#include "schedule_references.h"

/// {about}
inline const std::vector<{kind}>& {name}() {{
    using namespace ratescope;
    static const std::vector<{kind}> all = {{
{rows}
    }};
    return all;
}}
"""


def write(file, name, about, kind, rows):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), file)
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEADER.format(about=about, name=name, kind=kind, rows="\n".join(rows)))


def decays():
    return [step_lr("StepLR", 0.5, 0.3, 7, 50),
            step_lr("StepLR, every step", 0.5, 0.9, 1, 40),
            by_epoch(step_lr("StepLR", 0.5, 0.1, 3, 12), 7),
            multistep_lr("MultiStepLR", 0.4, 0.1, [5, 12, 30], 40),
            multistep_lr("MultiStepLR, twice at once", 1.0, 0.5, [4, 4, 9], 14),
            by_epoch(multistep_lr("MultiStepLR", 0.4, 0.2, [2, 3, 7], 10), 4),
            exponential_lr("ExponentialLR", 0.2, 0.95, 200),
            exponential_lr("ExponentialLR, slowly", 0.2, 0.9999, 3000),
            by_epoch(exponential_lr("ExponentialLR", 0.2, 0.8, 12), 5),
            linear_lr("LinearLR, down", 0.4, 1.0, 0.1, 40, 60),
            linear_lr("LinearLR, up", 0.4, 1 / 3, 1.0, 5, 12),
            linear_lr("LinearLR, one step", 0.4, 0.5, 1.0, 1, 4),
            linear_lr("LinearLR, to 0", 0.4, 1.0, 0.0, 1000, 1002),
            by_epoch(linear_lr("LinearLR", 0.4, 1.0, 0.25, 6, 9), 3),
            polynomial_lr("PolynomialLR, power 1", 0.3, 1.0, 50, 60),
            polynomial_lr("PolynomialLR, power 2", 0.3, 2.0, 50, 60),
            polynomial_lr("PolynomialLR, power 0.5", 0.3, 0.5, 50, 60),
            polynomial_lr("PolynomialLR, power 0.9", 0.3, 0.9, 2000, 2001),
            polynomial_lr("PolynomialLR, one step", 0.3, 2.0, 1, 4),
            by_epoch(polynomial_lr("PolynomialLR", 0.3, 3.0, 5, 7), 4),
            cosine_lr("CosineAnnealingLR", 0.1, 0.0, 30),
            cosine_lr("CosineAnnealingLR, end", 0.1, 0.002, 1000),
            cosine_lr("CosineAnnealingLR, two steps", 0.1, 0.01, 2),
            by_epoch(cosine_lr("CosineAnnealingLR", 0.1, 0.01, 8), 6)]


# max_lr 0.7 with total_steps, pct_start, div_factor, final_div_factor; also where pct_start·total_steps − 1 is below 0.
ONE_CYCLES = ((100, 0.3, 25.0, 1e4), (1000, 0.25, 10.0, 100.0), (50, 0.5, 4.0, 1.0), (30, 1.0, 25.0, 1e4),
              (77, 0.123, 3.0, 1e3), (2, 0.3, 25.0, 1e4), (1, 0.3, 25.0, 1e4), (3, 0.3, 25.0, 1e4), (20, 0.01, 25.0, 1e4),
              (10, 0.0, 25.0, 1e4),
              (2, 0.9, 25.0, 1e4), (5, 0.3, 0.5, 2.0))


def cycles():
    found = [restarts_lr(f"CosineAnnealingWarmRestarts, T_mult {factor}", 0.3, 0.003, 10, factor, 150)
             for factor in (1, 2, 3)]
    found += [restarts_lr("CosineAnnealingWarmRestarts, T_0 1", 0.3, 0.0, 1, 2, 40),
              by_epoch(restarts_lr("CosineAnnealingWarmRestarts", 0.3, 0.003, 2, 2, 15), 4)]
    found += [fractional_restarts(f"step(epoch + i/{iters}), T_mult {factor}", 0.3, 0.003, 2, factor, iters, 30 * iters)
              for factor, iters in ((1, 7), (2, 10), (3, 12), (1, 1), (2, 3))]
    for mode in CHOICES["mode"]:
        found += [cyclic_lr(f"CyclicLR, {mode}", 0.01, 0.3, 8, mode, 0.97, 80),
                  cyclic_lr(f"CyclicLR, {mode}, from 0", 0.0, 2.0, 3, mode, 0.99, 40),
                  cyclic_lr(f"CyclicLR, {mode}, half 1", 0.1, 0.5, 1, mode, 0.9, 12)]
    for shape in CHOICES["shape"]:
        for length, rise, start, end in ONE_CYCLES:
            name = f"OneCycleLR, {shape}, {length} steps, pct_start {rise}, div {start:g}, {end:g}"
            found.append(one_cycle_lr(name, 0.7, length, rise, start, end, shape))
    found.append(by_epoch(one_cycle_lr("OneCycleLR", 0.7, 12, 0.3, 25.0, 1e4, "cosine"), 5))
    return found


def sequences():
    rise = warmup(0.2, 0.1, 20)
    short = warmup(0.2, 0.1, 3)
    two_cosines = [rise, cosine_part(0.2, 0.02, 30), cosine_part(0.2, 0.0, 50)]
    three = [short, step_part(0.2, 0.5, 2), exponential_part(0.2, 0.9)]
    return [sequential_lr("warm-up, cosine", 0.2, [rise, cosine_part(0.2, 0.002, 80)], [20], 100),
            sequential_lr("warm-up, step", 0.2, [rise, step_part(0.2, 0.5, 15)], [20], 100),
            sequential_lr("warm-up, exponential", 0.2, [rise, exponential_part(0.2, 0.97)], [20], 100),
            sequential_lr("warm-up, restarts", 0.2, [rise, restarts_part(0.2, 0.01, 10, 2)], [20], 100),
            sequential_lr("one step, cosine", 0.2, [warmup(0.2, 0.5, 1), cosine_part(0.2, 0.0, 30)], [1], 31),
            sequential_lr("warm-up cut short, cosine", 0.2, [rise, cosine_part(0.2, 0.002, 80)], [12], 90),
            sequential_lr("three parts", 0.2, [rise, step_part(0.2, 0.5, 15), exponential_part(0.2, 0.9)], [20, 40], 100),
            sequential_lr("three parts, two of them cosines", 0.2, two_cosines, [20, 30], 100),
            by_epoch(sequential_lr("warm-up, cosine", 0.2, [short, cosine_part(0.2, 0.002, 9)], [3], 12), 5),
            by_epoch(sequential_lr("three parts", 0.2, three, [3, 5], 14), 4)]


def plateaus():
    falling = [1.0, 0.8, 0.7, 0.7, 0.69999, 0.71, 0.7, 0.6, 0.61, 0.62, 0.63, 0.6, 0.59999] + [0.59] * 6 + [0.3]
    rising = [0.1, 0.5, 0.6, 0.6, 0.60001, 0.59, 0.7, 0.7, 0.7, 0.69, 0.70001] + [0.71] * 7 + [0.72, 0.9]
    below = [-1.0, -1.5, -1.5, -1.50001, -1.4, -2.0, -2.0, -2.0]
    no_number = [math.nan, math.inf, 1.0, 0.5, math.nan, 0.4, 0.3]
    found = [PlateauCase(f"{mode}, patience {patience}", 0.5, mode, figures, patience=patience, factor=0.5)
             for mode, figures in (("min", falling), ("max", rising)) for patience in range(4)]
    found += [PlateauCase("cool-down", 0.5, "min", falling, patience=0, cooldown=2, factor=0.5),
              PlateauCase("cool-down, patience", 0.5, "max", rising, patience=1, cooldown=3, factor=0.1),
              PlateauCase("lowest rate", 0.5, "min", [1.0] * 12, patience=0, factor=0.3, min_lr=0.02),
              PlateauCase("moves too small to make", 1e-7, "min", [1.0] * 12, patience=0, factor=0.5),
              PlateauCase("threshold", 0.5, "min", falling, patience=1, threshold=0.1, factor=0.5),
              PlateauCase("no threshold", 0.5, "min", falling, patience=1, threshold=0.0, factor=0.5),
              PlateauCase("figures below 0", 0.5, "min", below, patience=0, factor=0.5),
              PlateauCase("no number at first", 0.5, "min", no_number, patience=0, factor=0.5)]
    rng = random.Random(20)
    for i in range(24):
        figures = [round(abs(rng.gauss(1, 0.3)) / (1 + j / 6), 3) for j in range(30)]
        found.append(PlateauCase(f"by chance {i}", log_uniform(rng, 1e-3, 1), rng.choice(["min", "max"]), figures,
                                 patience=rng.randint(0, 3), cooldown=rng.randint(0, 3), factor=rng.choice([0.1, 0.5, 0.9]),
                                 threshold=rng.choice([0.0, 1e-4, 0.05]), min_lr=rng.choice([0.0, 1e-4])))
    return found


def write_headers():
    about = "From torch.optim.lr_scheduler with SGD: "
    for file, name, what, cases in (("decay", "torchDecays", "the schedulers that fall.", decays()),
                                    ("cycle", "torchCycles", "those that go in cycles.", cycles()),
                                    ("sequence", "torchSequences", "SequentialLR.", sequences())):
        write(f"torch_{file}_rates.h", name, about + what, "ScheduleReference", map(case_code, cases))
    rows = map(plateau_code, plateaus())
    write("torch_plateau_rates.h", "torchPlateaus", about + "ReduceLROnPlateau.", "PlateauReference", rows)


def write_data(folder, count=60):
    """Black images: the program wants to know how many there are."""
    os.mkdir(folder)
    for name in ("train", "t10k"):
        with open(f"{folder}/{name}-images-idx3-ubyte", "wb") as out:
            out.write(b"".join(value.to_bytes(4, "big") for value in (0x803, count, 2, 2)) + bytes(4 * count))
        with open(f"{folder}/{name}-labels-idx1-ubyte", "wb") as out:
            out.write(b"".join(value.to_bytes(4, "big") for value in (0x801, count)) + bytes(i % 10 for i in range(count)))


def printed_rates(program, cases):
    with tempfile.TemporaryDirectory() as folder:
        write_data(folder + "/data")
        runs = [{"name": case.name, "steps": len(case.rates), "batch_size": math.ceil(60 / case.per_epoch), "validation": 0,
                 "schedule": case.schedule} for case in cases]
        with open(folder + "/x.json", "w", encoding="utf-8") as out:
            json.dump({"ratescope": 1, "defaults": {"data": "data"}, "runs": runs}, out)
        command = [program, "schedule", folder + "/x.json"]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    rates = {case.name: [] for case in cases}
    for line in printed.splitlines()[1:]:
        name, _, _, rate = line.split(",")
        rates[name].append(float(rate))
    return rates


def difference(found, expected, highest):
    """Relative to the larger; a few roundings of the highest rate, which is what a rate near 0 is made of, count as none."""
    off = abs(found - expected)
    return 0.0 if off <= 4e-16 * highest else off / max(abs(found), abs(expected))


def compare(program, sets, steps):
    rng = random.Random(7)
    print(f"{'largest relative difference':42s} {'':9s}  {'steps':>8s}")
    for family in random_cases(None, rng, 0, 0):
        cases = random_cases(family, rng, sets, steps)
        rates = printed_rates(program, cases)
        worst, at, count = 0.0, "", 0
        for case in cases:
            assert len(rates[case.name]) == len(case.rates), (len(rates[case.name]), len(case.rates))
            highest = max(rate for rate in case.rates if rate is not None)
            for step, (found, expected) in enumerate(zip(rates[case.name], case.rates)):
                if expected is None:
                    continue
                count += 1
                off = difference(found, expected, highest)
                if off > worst:
                    worst, at = off, f"step {step} of {json.dumps(case.schedule)}: {found!r}, torch {expected!r}"
        print(f"{family:42s} {worst:9.2e}  {count:8d}  {at if worst > 1e-9 else ''}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        compare(sys.argv[1], *(map(int, sys.argv[2:4] or (60, 2500))))
    else:
        write_headers()
