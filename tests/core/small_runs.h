// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/random.h"
#include "core/training/trainer.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// Noisy images with a bright spot where their label says: small enough for a test, and something can be learned from
/// them.
inline ratescope::SampleSet makeSamples(std::uint32_t count, std::uint32_t rows, std::uint32_t columns,
                                        std::uint64_t seed) {
    ratescope::SampleSet set{rows, columns, {}, {}};
    ratescope::RandomStream stream(seed, "test samples");
    const std::uint32_t features = rows * columns;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t label = stream.below(10);
        for (std::uint32_t k = 0; k < features; ++k)
            set.pixels.push_back(static_cast<std::uint8_t>(stream.below(100) + (k * 10 / features == label ? 150 : 0)));
        set.labels.push_back(static_cast<std::uint8_t>(label));
    }
    return set;
}

inline std::shared_ptr<const ratescope::Dataset> makeDataset(std::uint32_t train, std::uint32_t test,
                                                             std::uint32_t rows = 4, std::uint32_t columns = 5) {
    return std::make_shared<const ratescope::Dataset>(
        ratescope::Dataset{makeSamples(train, rows, columns, 1), makeSamples(test, rows, columns, 2)});
}

/// A small run without validation.
inline ratescope::RunConfig smallConfig(const std::string& layers, double rate) {
    ratescope::RunConfig config;
    config.network = ratescope::parseLayerList(layers);
    config.schedule = ratescope::RunConfig::constantSchedule(rate);
    config.validation = 0.0;
    config.batchSize = 16;
    config.duration.epochs = 2;
    return config;
}

/// Keeps what it hears and does what the test wants at each epoch's end.
class RecordingObserver : public ratescope::RunObserver {
public:
    void epochDone(const ratescope::EpochMetrics& metrics) override {
        epochs.push_back(metrics);
        if (atEpoch) atEpoch(metrics);
    }
    std::vector<ratescope::EpochMetrics> epochs;
    std::function<void(const ratescope::EpochMetrics&)> atEpoch;
};

/// All that comes out of a run.
struct RunRecord {
    ratescope::RunResult result;
    std::vector<ratescope::StepMetrics> steps;
    std::vector<ratescope::EpochMetrics> epochs;
};

inline RunRecord runToEnd(ratescope::Trainer& trainer) {
    const ratescope::TrainingControl control;
    ratescope::MetricsChannel channel;
    RecordingObserver observer;
    RunRecord record;
    record.result = trainer.run(control, channel, observer);
    channel.drain(record.steps);
    record.epochs = observer.epochs;
    return record;
}

inline RunRecord runToEnd(const ratescope::RunConfig& config, std::shared_ptr<const ratescope::Dataset> data) {
    ratescope::Trainer trainer(config, std::move(data));
    return runToEnd(trainer);
}
