// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/run_curves.h"
#include "app/plots/run_difference.h"

#include <map>
#include <memory>
#include <vector>

namespace ratescope {

/// What is derived from the runs, shared by the page and the previews of its pictures, so that it is computed once.
class CurveStore {
public:
    /// The run's curves, made when they are asked for first.
    std::shared_ptr<RunCurves> get(const RunPointer& run) {
        auto& curves = m_curves[run->id];
        if (!curves || curves->pointer() != run) curves = std::make_shared<RunCurves>(run);
        return curves;
    }
    /// The run's difference from the reference: the same for all who ask for it while one of them holds it.
    std::shared_ptr<RunDifference> difference(const RunPointer& run, const RunPointer& reference) {
        auto& known = m_differences[{run->id, reference->id}];
        auto difference = known.lock();
        if (difference && difference->run() == run && difference->reference() == reference) return difference;
        difference = std::make_shared<RunDifference>(run, reference);
        known = difference;
        return difference;
    }
    /// Forgets the runs that are not among these.
    void keepOnly(const std::vector<RunPointer>& runs) {
        std::map<RunId, std::shared_ptr<RunCurves>> kept;
        for (const RunPointer& run : runs)
            if (const auto it = m_curves.find(run->id); it != m_curves.end() && it->second->pointer() == run)
                kept.insert(*it);
        m_curves = std::move(kept);
        std::erase_if(m_differences, [](const auto& known) { return known.second.expired(); });
    }

private:
    std::map<RunId, std::shared_ptr<RunCurves>> m_curves;
    std::map<std::pair<RunId, RunId>, std::weak_ptr<RunDifference>> m_differences;
};

} // namespace ratescope
