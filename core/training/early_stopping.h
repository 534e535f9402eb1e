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

    /// What it has seen.
    struct Figures {
        double best = std::numeric_limits<double>::infinity();
        std::uint64_t bestEpoch = 0;
        std::uint64_t waited = 0;
        bool operator==(const Figures&) const = default;
    };
    EarlyStopping(const EarlyStoppingSpec& spec, const Figures& seen)
        : m_spec(spec)
        , m_seen(seen) {}
    const Figures& figures() const { return m_seen; }

    /// Looks at an epoch's figures. Returns whether it is the best so far.
    bool isBest(const EpochMetrics& epoch) {
        const double cost = costOf(epoch);
        const bool better = cost < m_seen.best - m_spec.minimumDelta;
        m_seen.waited = better ? 0 : m_seen.waited + 1;
        if (!better) return false;
        m_seen.best = cost;
        m_seen.bestEpoch = epoch.epoch;
        return true;
    }

    /// Whether it watches what `spec` says.
    bool isOf(const EarlyStoppingSpec& spec) const { return m_spec == spec; }

    bool exhausted() const { return m_seen.waited >= m_spec.patience; }
    std::uint64_t bestEpoch() const { return m_seen.bestEpoch; }
    bool operator==(const EarlyStopping&) const = default;

private:
    /// The figure as something that should be small.
    double costOf(const EpochMetrics& epoch) const {
        if (m_spec.monitor == Monitor::TrainingLoss || !epoch.validation) return epoch.train.loss;
        return m_spec.monitor == Monitor::ValidationLoss ? epoch.validation->loss : epoch.validation->error;
    }

    EarlyStoppingSpec m_spec;
    Figures m_seen;
};

} // namespace ratescope
