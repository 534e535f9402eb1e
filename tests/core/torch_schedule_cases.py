# SPDX-License-Identifier: GPL-3.0-or-later
"""PyTorch's schedulers beside the schedules of experiment files that should give the same rates."""
import math
import warnings

import torch
from torch.optim import lr_scheduler as torch_schedules

warnings.filterwarnings("ignore")


class Case:
    """A schedule as an experiment file has it, and PyTorch's rates; rates[i] is read before step i, None if it has none."""

    def __init__(self, name, schedule, rates, per_epoch=10, said=""):
        self.name = name
        self.schedule = schedule
        self.rates = rates
        self.per_epoch = per_epoch
        self.said = said


def optimizer(lr):
    return torch.optim.SGD([torch.zeros(1)], lr=lr)


def recorded(opt, scheduler, steps):
    rates = [opt.param_groups[0]["lr"]]
    while len(rates) < steps:  # none after the last: some of OneCycleLR's would divide by 0
        opt.step()
        scheduler.step()
        rates.append(opt.param_groups[0]["lr"])
    return rates


def plain(name, lr, kind, arguments, schedule, steps):
    """A scheduler that is stepped after each update."""
    opt = optimizer(lr)
    scheduler = getattr(torch_schedules, kind)(opt, **arguments)
    said = kind + "(" + ", ".join(f"{key}={value!r}" for key, value in arguments.items()) + f"), lr {lr!r}"
    return Case(name, schedule, recorded(opt, scheduler, steps), said=said)


def by_epoch(case, per_epoch, name=None):
    """The same stepped at each epoch's end; its recorded rates then are those of epochs."""
    rates = [rate for rate in case.rates for _ in range(per_epoch)]
    schedule = dict(case.schedule, unit="epoch")
    return Case(name or case.name + ", by epoch", schedule, rates, per_epoch, case.said + ", by epoch")


def step_lr(name, lr, factor, period, steps):
    return plain(name, lr, "StepLR", {"step_size": period, "gamma": factor},
                 {"type": "step", "lr": lr, "factor": factor, "period": period}, steps)


def multistep_lr(name, lr, factor, milestones, steps):
    return plain(name, lr, "MultiStepLR", {"milestones": milestones, "gamma": factor},
                 {"type": "multistep", "lr": lr, "factor": factor, "milestones": milestones}, steps)


def exponential_lr(name, lr, gamma, steps):
    return plain(name, lr, "ExponentialLR", {"gamma": gamma}, {"type": "exponential", "lr": lr, "gamma": gamma}, steps)


def linear_lr(name, lr, first, last, length, steps):
    return plain(name, lr, "LinearLR", {"start_factor": first, "end_factor": last, "total_iters": length},
                 {"type": "linear", "lr": lr * first, "end": lr * last, "length": length}, steps)


def polynomial_lr(name, lr, power, length, steps):
    return plain(name, lr, "PolynomialLR", {"total_iters": length, "power": power},
                 {"type": "polynomial", "lr": lr, "length": length, "power": power}, steps)


def cosine_lr(name, lr, end, length, steps=None):
    # Beyond its length PyTorch's goes up again.
    return plain(name, lr, "CosineAnnealingLR", {"T_max": length, "eta_min": end},
                 {"type": "cosine", "lr": lr, "end": end, "length": length}, min(steps or length + 1, length + 1))


def restarts_lr(name, lr, end, period, factor, steps):
    return plain(name, lr, "CosineAnnealingWarmRestarts", {"T_0": period, "T_mult": factor, "eta_min": end},
                 {"type": "warm_restarts", "lr": lr, "end": end, "period": period, "period_factor": factor}, steps)


def fractional_restarts(name, lr, end, period, factor, per_epoch, steps):
    """scheduler.step(epoch + i/iters), as PyTorch's documentation has it."""
    opt = optimizer(lr)
    scheduler = torch_schedules.CosineAnnealingWarmRestarts(opt, T_0=period, T_mult=factor, eta_min=end)
    rates = []
    for step in range(steps):
        scheduler.step(step // per_epoch + step % per_epoch / per_epoch)
        # A logarithm that comes out too low leaves PyTorch at the end of the cycle before: 3^5 is such a border.
        late = scheduler.T_cur >= scheduler.T_i * (1 - 1e-9)
        rates.append(None if late else opt.param_groups[0]["lr"])
    schedule = {"type": "warm_restarts", "unit": "fractional_epoch", "lr": lr, "end": end, "period": period,
                "period_factor": factor}
    said = (f"CosineAnnealingWarmRestarts(T_0={period}, T_mult={factor}, eta_min={end!r}), lr {lr!r}, "
            f"step(epoch + i/{per_epoch})")
    return Case(name, schedule, rates, per_epoch, said)


def cyclic_lr(name, low, high, half, mode, gamma, steps):
    return plain(name, low, "CyclicLR", {"base_lr": low, "max_lr": high, "step_size_up": half, "mode": mode, "gamma": gamma,
                                         "cycle_momentum": False},
                 {"type": "cyclical", "lr": low, "max_lr": high, "half_period": half, "mode": mode, "gamma": gamma}, steps)


def one_cycle_lr(name, high, length, rise, start_div, end_div, shape):
    return plain(name, 0.1, "OneCycleLR",
                 {"max_lr": high, "total_steps": length, "pct_start": rise, "div_factor": start_div,
                  "final_div_factor": end_div, "anneal_strategy": shape[:3] if shape == "cosine" else shape,
                  "cycle_momentum": False},
                 {"type": "one_cycle", "max_lr": high, "length": length, "rise": rise, "start_div": start_div,
                  "end_div": end_div, "shape": shape}, length)


def warmup(lr, first, length):
    return ("LinearLR", {"start_factor": first, "end_factor": 1.0, "total_iters": length},
            {"type": "linear", "lr": lr * first, "end": lr, "length": length})


def cosine_part(lr, end, length):
    return ("CosineAnnealingLR", {"T_max": length, "eta_min": end},
            {"type": "cosine", "lr": lr, "end": end, "length": length})


def step_part(lr, factor, period):
    return "StepLR", {"step_size": period, "gamma": factor}, {"type": "step", "lr": lr, "factor": factor, "period": period}


def exponential_part(lr, gamma):
    return "ExponentialLR", {"gamma": gamma}, {"type": "exponential", "lr": lr, "gamma": gamma}


def restarts_part(lr, end, period, factor):
    return ("CosineAnnealingWarmRestarts", {"T_0": period, "T_mult": factor, "eta_min": end},
            {"type": "warm_restarts", "lr": lr, "end": end, "period": period, "period_factor": factor})


def sequential_lr(name, lr, parts, lengths, steps):
    """Parts as above, a length for all but the last."""
    opt = optimizer(lr)
    chain = [getattr(torch_schedules, kind)(opt, **arguments) for kind, arguments, _ in parts]
    milestones = [sum(lengths[:i + 1]) for i in range(len(lengths))]
    scheduler = torch_schedules.SequentialLR(opt, chain, milestones)
    listed = [{"schedule": spec, "length": length} for (_, _, spec), length in zip(parts, lengths)]
    listed.append({"schedule": parts[-1][2]})
    said = " + ".join(kind for kind, _, _ in parts) + f", milestones {milestones}, lr {lr!r}"
    return Case(name, {"type": "sequence", "parts": listed}, recorded(opt, scheduler, steps), said=said)


class PlateauCase:
    """rates[i] follows on figures[0 … i]."""

    def __init__(self, name, lr, mode, figures, **arguments):
        opt = optimizer(lr)
        scheduler = torch_schedules.ReduceLROnPlateau(opt, mode=mode, **arguments)
        self.name = name
        self.figures = figures
        self.rates = []
        for figure in figures:
            opt.step()
            scheduler.step(figure)
            self.rates.append(opt.param_groups[0]["lr"])
        self.values = {"lr": lr, "monitor": 1 if mode == "max" else 0, **arguments}
        self.said = f"mode={mode!r}, lr {lr!r}, " + ", ".join(f"{key}={value!r}" for key, value in arguments.items())


def log_uniform(rng, low, high):
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def random_cases(family, rng, count, steps):
    """Cases of a family with parameters by chance; by epoch one in five."""
    builders = {
        "StepLR": lambda lr: step_lr("", lr, rng.uniform(0.05, 1.2), rng.randint(1, 400), steps),
        "MultiStepLR": lambda lr: multistep_lr("", lr, rng.uniform(0.1, 0.9),
                                               sorted(rng.randint(1, steps) for _ in range(rng.randint(1, 9))), steps),
        "ExponentialLR": lambda lr: exponential_lr("", lr, 1 - log_uniform(rng, 1e-5, 0.1), steps),
        "LinearLR": lambda lr: linear_lr("", lr, rng.uniform(0.01, 1), rng.choice([0.0, 0.1, 1.0, rng.random()]),
                                         rng.randint(1, steps), steps),
        "PolynomialLR": lambda lr: polynomial_lr("", lr, rng.choice([0.5, 0.9, 1.0, 2.0, rng.uniform(0.2, 4)]),
                                                 rng.randint(1, steps), steps),
        "CosineAnnealingLR": lambda lr: cosine_lr("", lr, rng.choice([0.0, lr * rng.random()]), rng.randint(2, steps - 1)),
        "CosineAnnealingWarmRestarts": lambda lr: restarts_lr("", lr, rng.choice([0.0, lr * rng.random()]),
                                                              rng.randint(1, 300), rng.randint(1, 3), steps),
        "CosineAnnealingWarmRestarts, fractional": lambda lr: fractional_restarts(
            "", lr, rng.choice([0.0, lr * rng.random()]), rng.randint(1, 20), rng.randint(1, 3),
            rng.choice([1, 2, 3, 6, 7, 10, 12, 15, 20, 30, 60]), steps),
        "OneCycleLR": lambda lr: one_cycle_lr("", lr, rng.randint(2, steps), rng.uniform(0.01, 1), log_uniform(rng, 1, 1e3),
                                              log_uniform(rng, 1, 1e5), rng.choice(["cosine", "linear"])),
        "SequentialLR": lambda lr: random_sequence(lr, rng, steps),
    }
    for mode in ("triangular", "triangular2", "exp_range"):
        builders["CyclicLR, " + mode] = lambda lr, mode=mode: cyclic_lr(
            "", rng.choice([0.0, lr * rng.random()]), lr, rng.randint(1, 500), mode, 1 - log_uniform(rng, 1e-5, 0.01), steps)
    if family is None:
        return list(builders)
    cases = []
    while len(cases) < count:
        try:
            case = builders[family](log_uniform(rng, 1e-4, 10))
        except ZeroDivisionError:  # a phase without length in PyTorch's OneCycleLR
            continue
        if rng.random() < 0.2 and "unit" not in case.schedule:
            case = by_epoch(case, rng.choice([2, 5, 7, 10]))
            case.rates = case.rates[:steps]
        case.name = str(len(cases))
        cases.append(case)
    return cases


def random_sequence(lr, rng, steps):
    rising = rng.randint(1, 200)
    rest = [cosine_part(lr, lr * rng.random(), steps), step_part(lr, rng.uniform(0.2, 0.9), rng.randint(1, 300)),
            exponential_part(lr, 1 - log_uniform(rng, 1e-5, 0.01)),
            restarts_part(lr, 0.0, rng.randint(1, 200), rng.randint(1, 3))]
    rng.shuffle(rest)
    parts = rest[:rng.randint(1, 3)]
    lengths = [rising] + [rng.randint(10, steps // 4) for _ in parts[1:]]
    return sequential_lr("", lr, [warmup(lr, rng.uniform(0.01, 0.9), rising)] + parts, lengths, steps)
