// SPDX-License-Identifier: GPL-3.0-or-later
// How soon a rate that somebody drags is used: steps and microseconds between the call and the first update with that
// rate, while `mlp` trains at full speed; and what keeping the state after every epoch costs.
#include "core/data/dataset_store.h"
#include "core/training/trainer.h"
#include "tests/this_build.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

using namespace ratescope;

namespace {

using Clock = std::chrono::steady_clock;

class Watcher : public RunObserver {
public:
    explicit Watcher(bool keepsStates)
        : m_keepsStates(keepsStates) {}
    void rateChanged(const RateChange& change) override {
        taken = Clock::now();
        step = change.step;
        gesture.store(change.gesture, std::memory_order_release);
    }
    bool wantsCheckpoint(std::uint64_t) override { return m_keepsStates; }
    void checkpointMade(std::shared_ptr<const Checkpoint> made) override { m_last = std::move(made); }

    Clock::time_point taken;
    std::uint64_t step = 0;
    std::atomic<std::uint64_t> gesture{0};

private:
    bool m_keepsStates;
    std::shared_ptr<const Checkpoint> m_last;
};

RunConfig mlp() {
    RunConfig config;
    config.optimizer.type = "adam";
    config.schedule = RunConfig::constantSchedule(0.001);
    return config;
}

void steer(const std::shared_ptr<const Dataset>& data) {
    RunConfig config = mlp();
    config.duration.epochs = 1000;
    TrainingControl control;
    MetricsChannel channel;
    Watcher watcher(false);
    std::jthread thread([&] { Trainer(config, data).run(control, channel, watcher); });
    std::vector<std::uint64_t> steps;
    std::vector<double> micros;
    std::vector<StepMetrics> made;
    for (std::uint64_t i = 1; i <= 400; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(7));
        channel.drain(made);
        const std::uint64_t next = made.empty() ? 0 : made.back().step + 1; // the update that is being made, or comes next
        made.clear();
        const Clock::time_point called = Clock::now();
        control.steer({RunConfig::constantSchedule(0.001 + 1e-6 * static_cast<double>(i)), i});
        while (watcher.gesture.load(std::memory_order_acquire) != i) std::this_thread::yield();
        steps.push_back(watcher.step - next);
        micros.push_back(std::chrono::duration<double, std::micro>(watcher.taken - called).count());
    }
    control.stop();
    thread.join();
    std::ranges::sort(steps);
    std::ranges::sort(micros);
    std::printf("from the call to the used rate, 400 times: median %llu, 99 of 100 within %llu, all within %llu steps;"
                " median %.0f, 99 of 100 within %.0f microseconds\n",
                static_cast<unsigned long long>(steps[200]), static_cast<unsigned long long>(steps[395]),
                static_cast<unsigned long long>(steps.back()), micros[200], micros[395]);
}

double secondsOf(const std::shared_ptr<const Dataset>& data, bool keepsStates) {
    TrainingControl control;
    MetricsChannel channel;
    Watcher watcher(keepsStates);
    RunConfig config = mlp();
    config.duration.epochs = 10;
    const Clock::time_point start = Clock::now();
    Trainer(config, data).run(control, channel, watcher);
    return std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

int main() {
    DatasetStore store;
    const auto data = store.get(sourceDir("/resources/mnist"));
    steer(data);
    double with = 1e9;
    double without = 1e9;
    for (int i = 0; i < 5; ++i) {
        without = std::min(without, secondsOf(data, false));
        with = std::min(with, secondsOf(data, true));
    }
    std::printf("10 epochs of mlp with Adam: %.3f s, with the state kept after every epoch %.3f s (%+.1f %%)\n",
                without, with, 100.0 * (with / without - 1.0));
}
