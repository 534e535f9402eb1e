// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/aligned_buffer.h"
#include "core/parameter_info.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// Which rule and with what parameters.
struct OptimizerSpec {
    std::string type = "sgd";
    ParameterValues values;
    bool operator==(const OptimizerSpec&) const = default;
};

/// A stretch of the parameters that one call moves.
struct UpdateSlice {
    float* weights = nullptr;         ///< `count` floats
    const float* gradients = nullptr; ///< `count` floats, of the mean loss
    std::size_t offset = 0;           ///< of the first one among all parameters: its place in the rule's own buffers
    std::size_t count = 0;
    double multiplier = 1.0;          ///< of the rate, as a layer's own
};

/// Everything an update rule remembers, so that another of the same kind goes on with the same bits.
struct OptimizerState {
    std::uint64_t steps = 0;
    std::vector<double> scalars;
    std::vector<std::vector<float>> buffers;
    bool operator==(const OptimizerState&) const = default;
};

/// An update rule with its state. A step is beginStep(), then update() for slices that cover the parameters once; slices
/// that do not overlap may be updated by several threads at once. All rules work on each weight by itself, so that
/// the cut into slices makes no difference to the bits.
class Optimizer {
public:
    virtual ~Optimizer() = default;
    Optimizer(const Optimizer&) = delete;
    Optimizer& operator=(const Optimizer&) = delete;

    /// Counts a step and fixes the numbers that all its slices share. rate: the schedule's.
    void beginStep(double rate);

    /// Moves the weights of the slice once. Allocates nothing.
    virtual void update(const UpdateSlice& slice) = 0;

    OptimizerState state() const;
    /// Throws ratescope::Error where `state` does not fit this rule and its number of parameters.
    void restore(const OptimizerState& state);

protected:
    /// parameters: floats in all; initial: what each buffer is filled with; scalars: their values at first.
    Optimizer(std::size_t parameters, const std::vector<float>& initial, std::vector<double> scalars = {});

    /// Called by beginStep() once steps() and rate() are those of the new step.
    virtual void prepareStep() {}

    std::uint64_t steps() const { return m_steps; } ///< steps begun: 1 in the first
    double rate() const { return m_rate; }
    double scalar(std::size_t index) const { return m_scalars[index]; }
    void setScalar(std::size_t index, double value) { m_scalars[index] = value; }
    /// Where the buffer's floats for `slice` begin.
    float* buffer(std::size_t index, const UpdateSlice& slice) { return m_buffers[index].data() + slice.offset; }

private:
    std::uint64_t m_steps = 0;
    double m_rate = 0.0;
    std::vector<double> m_scalars;
    std::vector<AlignedBuffer> m_buffers;
};

/// A rule as the table knows it.
struct OptimizerInfo {
    std::string type;
    std::string label;
    std::string meaning; ///< a sentence on what it does and when it helps
    std::string source;  ///< the paper or lecture that it comes from
    std::vector<ParameterInfo> parameters;
    /// parameters: number of floats that update() will be called with.
    std::unique_ptr<Optimizer> (*make)(const ParameterValues&, std::size_t parameters) = nullptr;
    /// What is wrong between parameters that are fine each for itself; may be null.
    Problems (*check)(const ParameterValues&) = nullptr;
    /// A rate to start an experiment from, in an editor.
    double suggestedRate = 0.01;
};

/// All rules there are, in the order in which a person should meet them.
const std::vector<OptimizerInfo>& optimizerTable();
const OptimizerInfo* findOptimizer(std::string_view type);

/// Every fault of `spec`, placed as `momentum`.
Problems validateOptimizer(const OptimizerSpec& spec);

/// Throws ratescope::Error for a type that is not in the table.
std::unique_ptr<Optimizer> makeOptimizer(const OptimizerSpec& spec, std::size_t parameters);

} // namespace ratescope
