# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs snippets of `ratescope code` and prints, as JSON, the learning rate of every update that they lead to.

    python3 run_snippets.py JOBS.json

A job: name, file, kind ("torch", "keras" or "formula"), steps, per_epoch, and what else its kind takes. One process for all
of them, for torch takes its time to come up.
"""
import importlib.util
import inspect
import json
import math
import sys
import types
import warnings

sys.dont_write_bytecode = True


def numbers(values):
    return [repr(float(value)) for value in values]


# ---- PyTorch


def run_torch(job, names):
    optimizer, scheduler = names["optimizer"], names["scheduler"]
    by_epoch = list(inspect.signature(scheduler.step).parameters)[:1] in (["figure"], ["metrics"])
    groups = [[] for _ in optimizer.param_groups]
    for step in range(job["steps"]):
        for rates, group in zip(groups, optimizer.param_groups):
            rates.append(group["lr"])
        if step in job.get("divergences", []):
            if not scheduler.diverged():
                raise AssertionError("the halving does not go on")
        optimizer.step()
        if not by_epoch:
            scheduler.step()
        if (step + 1) % job["per_epoch"] == 0 and "figures" in job:
            figures = {key: values[step // job["per_epoch"]] for key, values in job["figures"].items()}
            if by_epoch:
                scheduler.step(figures[job["monitor"]])
            elif hasattr(scheduler, "epoch_done"):
                wanted = inspect.signature(scheduler.epoch_done).parameters
                scheduler.epoch_done(**{key: figures[key] for key in wanted})
    lr = [group["lr"] for group in optimizer.param_groups]
    if not all(isinstance(value, (int, float)) for value in lr):
        raise AssertionError(f"no number: {lr}")
    return {"rates": [numbers(rates) for rates in groups], "scheduler": type(scheduler).__name__,
            "optimizer": type(optimizer).__name__, "groups": len(groups)}


# ---- Keras: only as much of it as the snippets name, by the formulas of its documentation


class Anything:
    """A layer, a loss: whatever it is made with."""

    def __init__(self, *arguments, **named):
        self.arguments = arguments
        self.named = named


def decay(function):
    """A schedule whose rate at a step is the function of its arguments."""

    class Decay:
        def __init__(self, *arguments, **named):
            self.bound = inspect.signature(function).bind(0, *arguments, **named)

        def __call__(self, step):
            self.bound.arguments["step"] = step
            return function(*self.bound.args, **self.bound.kwargs)

    Decay.__name__ = function.__name__
    return Decay


def ExponentialDecay(step, initial_learning_rate, decay_steps, decay_rate, staircase=False):
    p = step / decay_steps
    return initial_learning_rate * decay_rate ** (math.floor(p) if staircase else p)


def InverseTimeDecay(step, initial_learning_rate, decay_steps, decay_rate, staircase=False):
    p = step / decay_steps
    return initial_learning_rate / (1 + decay_rate * (math.floor(p) if staircase else p))


def PiecewiseConstantDecay(step, boundaries, values):
    if len(values) != len(boundaries) + 1 or sorted(set(boundaries)) != boundaries:
        raise ValueError("boundaries and values")
    for boundary, value in zip(boundaries, values):
        if step <= boundary:
            return value
    return values[-1]


def PolynomialDecay(step, initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False):
    share = min(step, decay_steps) / decay_steps
    return (initial_learning_rate - end_learning_rate) * (1 - share) ** power + end_learning_rate


def CosineDecay(step, initial_learning_rate, decay_steps, alpha=0.0):
    share = min(step, decay_steps) / decay_steps
    return initial_learning_rate * ((1 - alpha) * 0.5 * (1 + math.cos(math.pi * share)) + alpha)


def CosineDecayRestarts(step, initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0):
    done = step / first_decay_steps
    if t_mul == 1.0:
        restarts = math.floor(done)
        done -= restarts
    else:
        restarts = math.floor(math.log(1 - done * (1 - t_mul)) / math.log(t_mul))
        done = (done - (1 - t_mul**restarts) / (1 - t_mul)) / t_mul**restarts
    cosine = 0.5 * m_mul**restarts * (1 + math.cos(math.pi * done))
    return initial_learning_rate * ((1 - alpha) * cosine + alpha)


class Callback:
    def __init__(self):
        self.model = None

    def set_model(self, model):
        self.model = model

    def nothing(self, *_, **__):
        pass

    on_train_begin = on_train_batch_begin = on_train_batch_end = on_epoch_begin = on_epoch_end = nothing


class ReduceLROnPlateau(Callback):
    def __init__(self, monitor, factor, patience, mode, min_delta, cooldown, min_lr):
        super().__init__()
        if factor >= 1.0:
            raise ValueError("factor")
        self.__dict__.update(monitor=monitor, factor=factor, patience=patience, cooldown=cooldown, min_lr=min_lr)
        self.sign = 1 if mode == "max" else -1
        self.min_delta = min_delta
        self.best, self.wait, self.left = -math.inf, 0, 0

    def on_epoch_end(self, epoch, logs=None):
        current = self.sign * logs[self.monitor]
        if self.left > 0:
            self.left -= 1
            self.wait = 0
        if current > self.best + self.min_delta:
            self.best, self.wait = current, 0
        elif self.left == 0:
            self.wait += 1
            if self.wait >= self.patience:
                old = self.model.optimizer.learning_rate
                if old > self.min_lr:
                    self.model.optimizer.learning_rate = max(old * self.factor, self.min_lr)
                    self.left, self.wait = self.cooldown, 0


class Optimizer(Anything):
    def __init__(self, learning_rate, **named):
        super().__init__(**named)
        self.learning_rate = learning_rate


class Sequential:
    def __init__(self, layers):
        self.layers = [layer for layer in layers if layer != "input"]
        self.stop_training = False
        self.restored = 0

    def compile(self, optimizer, **_):
        self.optimizer = optimizer

    def get_weights(self):
        return []

    def set_weights(self, _):
        self.restored += 1

    def reset_metrics(self):
        pass


def keras_stub():
    keras = types.ModuleType("keras")
    names = types.SimpleNamespace
    keras.Sequential = Sequential
    keras.Input = lambda shape: "input"
    layers = ["Dense", "Conv2D", "MaxPooling2D", "Dropout", "Flatten", "ReLU", "Activation", "Softmax"]
    keras.layers = names(**{name: type(name, (Anything,), {}) for name in layers})
    keras.losses = names(SparseCategoricalCrossentropy=Anything, MeanSquaredError=Anything)
    keras.callbacks = names(Callback=Callback, ReduceLROnPlateau=ReduceLROnPlateau)
    rules = ["SGD", "Adam", "AdamW", "RMSprop", "Nadam", "Adamax", "Adagrad", "Adadelta"]
    keras.optimizers = names(**{name: type(name, (Optimizer,), {}) for name in rules})
    decays = [ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay, CosineDecay, CosineDecayRestarts]
    keras.optimizers.schedules = names(**{function.__name__: decay(function) for function in decays})
    return keras


def run_keras(job, names):
    model, scheduler = names["model"], names.get("scheduler")
    rates = []
    isCallback = isinstance(scheduler, Callback)
    if isCallback:
        scheduler.set_model(model)
        scheduler.on_train_begin()
    for step in range(job["steps"]):
        if isCallback:
            scheduler.on_train_batch_begin(step % job["per_epoch"])
        rate = model.optimizer.learning_rate
        rates.append(rate(step) if callable(rate) else rate)
        if isCallback:
            loss = math.nan if step in job.get("divergences", []) else 1.0
            scheduler.on_train_batch_end(step % job["per_epoch"], {"loss": loss})
            if (step + 1) % job["per_epoch"] == 0:
                epoch = step // job["per_epoch"]
                figures = {key: values[epoch] for key, values in job.get("figures", {}).items()}
                figures["loss"] = figures.get("train_loss")
                scheduler.on_epoch_end(epoch, figures)
    name = type(scheduler).__name__
    return {"rates": [numbers(rates)], "scheduler": name, "optimizer": type(model.optimizer).__name__}


# ---- Formulas alone


def run_formula(job, names):
    return {"rates": [numbers(names["value"](*arguments) for arguments in job["arguments"])]}


def run(job):
    """What the job comes to; the snippet's own warnings are faults, but for those that PyTorch owes to itself."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        names = {"__name__": "snippet"}
        with open(job["file"], encoding="utf-8") as file:
            text = file.read()
        exec(compile(text, job["name"], "exec"), names)
        kinds = {"torch": run_torch, "keras": run_keras, "formula": run_formula}
        result = kinds[job["kind"]](job, names)
        if "batches" in job:
            result["batches"] = [names["batch_size"](step) for step in range(job["steps"])]
    known = ("epoch parameter", "Lazy modules")
    remarks = [str(one.message) for one in caught if not any(words in str(one.message) for words in known)]
    if remarks:
        raise AssertionError("warns: " + remarks[0])
    return result


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        jobs = json.load(file)
    hasTorch = importlib.util.find_spec("torch") is not None
    sys.modules["keras"] = keras_stub()
    results = {"torch": hasTorch, "jobs": {}}
    for job in jobs:
        if job["kind"] == "torch" and not hasTorch:
            continue
        try:
            result = run(job)
        except BaseException as error:  # whatever it is, it is the job's
            result = {"error": f"{type(error).__name__}: {error}"}
        results["jobs"][job["name"]] = result
    json.dump(results, sys.stdout)


main()
