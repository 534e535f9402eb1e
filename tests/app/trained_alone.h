// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_weights.h"
#include "core/data/dataset_store.h"
#include "core/training/metrics_channel.h"
#include "core/training/trainer.h"
#include "core/training/training_control.h"

#include <cstring>
#include <string>
#include <vector>

/// What the trainer makes of a configuration by itself, on one thread: what a controller has to come to as well.
struct TrainedAlone {
    ratescope::RunResult result;
    std::vector<float> losses;
    std::vector<ratescope::EpochMetrics> epochs;
    ratescope::RunWeights weights;
};

inline TrainedAlone trainAlone(const ratescope::RunConfig& config, const std::vector<ratescope::Tensor>& start = {}) {
    class Observer : public ratescope::RunObserver {
    public:
        void epochDone(const ratescope::EpochMetrics& epoch) override { epochs.push_back(epoch); }
        std::vector<ratescope::EpochMetrics> epochs;
    } observer;
    ratescope::DatasetStore datasets;
    ratescope::Trainer trainer(config, datasets.get(config.data));
    if (!start.empty()) trainer.startFrom(start, config.startFrom && config.startFrom->newHead, "test");
    const ratescope::TrainingControl control;
    ratescope::MetricsChannel channel;
    TrainedAlone alone;
    alone.result = trainer.run(control, channel, observer);
    std::vector<ratescope::StepMetrics> steps;
    channel.drain(steps);
    for (const ratescope::StepMetrics& step : steps) alone.losses.push_back(step.loss);
    alone.epochs = observer.epochs;
    alone.weights = {trainer.weights(), trainer.snapshots()};
    return alone;
}

/// To the last bit, −0 told from 0.
inline bool sameBits(const std::vector<ratescope::Tensor>& a, const std::vector<ratescope::Tensor>& b) {
    const auto same = [](const ratescope::Tensor& x, const ratescope::Tensor& y) {
        return x.name == y.name && x.shape == y.shape && x.values.size() == y.values.size() &&
               std::memcmp(x.values.data(), y.values.data(), x.values.size() * sizeof(float)) == 0;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

inline bool sameBits(const ratescope::RunWeights& a, const ratescope::RunWeights& b) {
    const auto same = [](const ratescope::Trainer::Snapshot& x, const ratescope::Trainer::Snapshot& y) {
        return x.step == y.step && sameBits(x.weights, y.weights);
    };
    return sameBits(a.last, b.last) &&
           std::equal(a.snapshots.begin(), a.snapshots.end(), b.snapshots.begin(), b.snapshots.end(), same);
}
