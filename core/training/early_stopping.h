// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/run_config.h"
#include "core/training/run_observer.h"

#include <cstdint>
#include <limits>

namespace ratescope {

/// Watches one figure from epoch to epoch: better means by more than `minimumDelta`, and `patience` epochs in a row that
/// are no better end the run. A plain value, so that a checkpoint can hold it.
class EarlyStopping {
public:
    EarlyStopping() = default;
    explicit EarlyStopping(const EarlyStoppingSpec& spec)
        : m_spec(spec) {}

    /// Looks at an epoch's figures. Returns whether it is the best so far.
    bool isBest(const EpochMetrics& epoch) {
        const double cost = costOf(epoch);
        const bool better = cost < m_best - m_spec.minimumDelta;
        m_waited = better ? 0 : m_waited + 1;
        if (!better) return false;
        m_best = cost;
        m_bestEpoch = epoch.epoch;
        return true;
    }

    /// Whether it watches what `spec` says.
    bool isOf(const EarlyStoppingSpec& spec) const { return m_spec == spec; }

    bool exhausted() const { return m_waited >= m_spec.patience; }
    std::uint64_t bestEpoch() const { return m_bestEpoch; }
    bool operator==(const EarlyStopping&) const = default;

private:
    /// The figure as something that should be small.
    double costOf(const EpochMetrics& epoch) const {
        if (m_spec.monitor == Monitor::TrainingLoss || !epoch.validation) return epoch.train.loss;
        return m_spec.monitor == Monitor::ValidationLoss ? epoch.validation->loss : epoch.validation->error;
    }

    EarlyStoppingSpec m_spec;
    double m_best = std::numeric_limits<double>::infinity();
    std::uint64_t m_bestEpoch = 0;
    std::uint64_t m_waited = 0;
};

} // namespace ratescope
