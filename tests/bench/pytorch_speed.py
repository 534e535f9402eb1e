# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the networks of `ratescope bench` with PyTorch on 1 and 2 threads and prints samples a second, to compare with.

Debian's python3-torch needs a quick BLAS beside it (libopenblas0-pthread). The loss is read at every batch, as a live plot
reads it; the data is MNIST as floats in memory, shuffled, as a notebook has it. Run by hand:

    /usr/bin/python3 tests/bench/pytorch_speed.py [seconds]
"""
import gzip
import pathlib
import struct
import sys
import time

import torch

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "resources" / "mnist"


def read(name, header):
    path = FOLDER / name
    data = gzip.open(str(path) + ".gz").read() if not path.exists() else path.read_bytes()
    count = struct.unpack(">I", data[4:8])[0]
    return torch.frombuffer(bytearray(data[header:]), dtype=torch.uint8), count


def load():
    pixels, count = read("train-images-idx3-ubyte", 16)
    labels, _ = read("train-labels-idx1-ubyte", 8)
    return pixels.float().div(255).view(count, 1, 28, 28), labels.long()


def network(name):
    n = torch.nn
    if name == "softmax":
        return n.Sequential(n.Flatten(), n.Linear(784, 10)), 128, "sgd"
    if name == "mlp":
        return n.Sequential(n.Flatten(), n.Linear(784, 128), n.ReLU(), n.Linear(128, 10)), 64, "sgd"
    if name == "784-256-128-10":
        return n.Sequential(n.Flatten(), n.Linear(784, 256), n.ReLU(), n.Linear(256, 128), n.ReLU(), n.Linear(128, 10)), 128, "adam"
    return n.Sequential(n.Conv2d(1, 32, 3), n.ReLU(), n.MaxPool2d(2), n.Dropout(0.25), n.Conv2d(32, 64, 3), n.ReLU(), n.MaxPool2d(2),
                        n.Dropout(0.25), n.Flatten(), n.Linear(1600, 256), n.ReLU(), n.Linear(256, 10)), 250, "adam"


def speed(name, images, labels, seconds):
    net, batch, rule = network(name)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1) if rule == "sgd" else torch.optim.Adam(net.parameters(), lr=0.001)
    loss_of = torch.nn.CrossEntropyLoss()
    images, labels = images.clone(), labels.clone()

    def train(limit):
        start, done = time.perf_counter(), 0
        while True:
            # Shuffled once an epoch, so that a batch is a slice: kinder to PyTorch than gathering batch by batch.
            order = torch.randperm(len(images))
            x, y = images[order], labels[order]
            clock = time.perf_counter()
            shuffled = clock - start if done == 0 else shuffled + clock - last  # not counted
            for i in range(0, len(x) - batch + 1, batch):
                optimizer.zero_grad()
                loss = loss_of(net(x[i:i + batch]), y[i:i + batch])
                loss.backward()
                optimizer.step()
                loss.item()
                done += batch
                last = time.perf_counter()
                if last - start - shuffled > limit:
                    return done / (last - start - shuffled)

    train(0.5)
    return max(train(seconds / 3) for _ in range(3))


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    images, labels = load()
    for name in ("softmax", "mlp", "784-256-128-10", "cnn"):
        best = []
        for threads in (1, 2):
            torch.set_num_threads(threads)
            best.append(speed(name, images, labels, seconds))
        print(f"{name:16} 1 thread {best[0]:10.0f}   2 threads {best[1]:10.0f}   best {max(best):10.0f} samples/s", flush=True)


main()
