// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/random.h"
#include "core/training/trainer.h"

#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// Noisy images with a bright spot where their label says: small enough for a test, and something can be learned from
/// them. With `background`, two pixels of three are 0 and listed as the loaded data's are.
inline ratescope::SampleSet makeSamples(std::uint32_t count, std::uint32_t rows, std::uint32_t columns, std::uint64_t seed,
                                        bool background = false) {
    ratescope::SampleSet set{rows, columns, {}, {}, {}};
    ratescope::RandomStream stream(seed, "test samples");
    const std::uint32_t features = rows * columns;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t label = stream.below(10);
        for (std::uint32_t k = 0; k < features; ++k) {
            const std::uint32_t noise = stream.below(100);
            const bool bright = k * 10 / features == label;
            set.pixels.push_back(static_cast<std::uint8_t>(bright ? noise + 150 : background && noise < 67 ? 0 : noise));
        }
        set.labels.push_back(static_cast<std::uint8_t>(label));
    }
    if (background) set.sparse = ratescope::SparsePixels(set.pixels, rows, columns);
    return set;
}

inline std::shared_ptr<const ratescope::Dataset> makeDataset(std::uint32_t train, std::uint32_t test, std::uint32_t rows = 4,
                                                             std::uint32_t columns = 5, bool background = false) {
    return std::make_shared<const ratescope::Dataset>(ratescope::Dataset{makeSamples(train, rows, columns, 1, background),
                                                                         makeSamples(test, rows, columns, 2, background)});
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

/// A schedule with these parameters.
inline ratescope::ScheduleSpec scheduleSpec(const std::string& type,
                                            const std::vector<std::pair<const char*, double>>& parameters,
                                            ratescope::TimeUnit unit = ratescope::TimeUnit::Step) {
    ratescope::ScheduleSpec spec{type, unit, {}};
    for (const auto& [name, value] : parameters) spec.values.set(name, value);
    return spec;
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
    std::vector<ratescope::Tensor> weights;
};

inline RunRecord runToEnd(ratescope::Trainer& trainer) {
    const ratescope::TrainingControl control;
    ratescope::MetricsChannel channel;
    RecordingObserver observer;
    RunRecord record;
    record.result = trainer.run(control, channel, observer);
    channel.drain(record.steps);
    record.epochs = observer.epochs;
    record.weights = trainer.weights();
    return record;
}

inline RunRecord runToEnd(const ratescope::RunConfig& config, std::shared_ptr<const ratescope::Dataset> data,
                          ratescope::TrainerResources resources = {}) {
    ratescope::Trainer trainer(config, std::move(data), resources);
    return runToEnd(trainer);
}

/// To the last bit: unlike ==, it takes NaN for itself and tells -0 from 0.
inline bool sameBits(const std::vector<ratescope::Tensor>& a, const std::vector<ratescope::Tensor>& b) {
    const auto same = [](const ratescope::Tensor& x, const ratescope::Tensor& y) {
        return x.name == y.name && x.shape == y.shape && x.values.size() == y.values.size() &&
               std::memcmp(x.values.data(), y.values.data(), x.values.size() * sizeof(float)) == 0;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

/// What two runs differ in, the clock left aside; empty: in nothing.
inline std::string differenceOf(RunRecord a, RunRecord b) {
    for (RunRecord* record : {&a, &b}) {
        record->result.trainSeconds = 0;
        for (ratescope::EpochMetrics& epoch : record->epochs) epoch.seconds = 0;
    }
    std::string text;
    if (a.steps.size() != b.steps.size())
        text += std::to_string(a.steps.size()) + " steps against " + std::to_string(b.steps.size()) + "; ";
    for (std::size_t i = 0; i < std::min(a.steps.size(), b.steps.size()); ++i) {
        if (a.steps[i] == b.steps[i]) continue;
        text += "step " + std::to_string(i) + ": loss " + std::to_string(a.steps[i].loss) + " against " +
                std::to_string(b.steps[i].loss) + "; ";
        break;
    }
    if (a.epochs != b.epochs) text += "epochs' figures; ";
    if (a.result != b.result) text += "result; ";
    if (!sameBits(a.weights, b.weights)) text += "weights; ";
    return text;
}

#define VERIFY_SAME_RUN(found, expected)                                                                               \
    do {                                                                                                               \
        const std::string difference = differenceOf((found), (expected));                                              \
        QVERIFY2(difference.empty(), difference.c_str());                                                              \
    } while (false)
