// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/run_difference.h"

#include "core/training/shared_beginning.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace ratescope {

namespace {

std::size_t commonSteps(const RunRecord& a, const RunRecord& b) { return std::min(a.losses.size(), b.losses.size()); }

} // namespace

RunPointer referenceOf(const std::vector<RunPointer>& runs, const PlotView& view) {
    if (view.quantity != Quantity::Difference) return nullptr;
    const auto chosen = std::ranges::find_if(
        runs, [&](const RunPointer& run) { return view.reference != 0 && run->id == view.reference; });
    if (chosen != runs.end()) return *chosen;
    std::vector<RunPointer> visible;
    std::ranges::copy_if(runs, std::back_inserter(visible), [](const RunPointer& run) { return run->visible; });
    const std::vector<RunPointer> comparable = comparableRuns(visible);
    return comparable.empty() ? nullptr : comparable.front();
}

std::vector<RunPointer> comparableRuns(const std::vector<RunPointer>& runs) {
    // By seed first: a thousand runs of as many seeds are a thousand looks, not a million.
    std::unordered_map<std::uint64_t, std::vector<const RunRecord*>> bySeed;
    for (const RunPointer& run : runs) bySeed[run->config.seed].push_back(run.get());
    std::vector<RunPointer> comparable;
    for (const RunPointer& run : runs) {
        const auto isOther = [&](const RunRecord* other) { return isCompared(*other, run.get()); };
        if (std::ranges::any_of(bySeed[run->config.seed], isOther)) comparable.push_back(run);
    }
    return comparable;
}

bool isCompared(const RunRecord& run, const RunRecord* reference) {
    return reference && &run != reference && !run.isImported() && !reference->isImported() &&
           sharesBeginning(run.config, reference->config);
}

RunDifference::RunDifference(RunPointer run, RunPointer reference)
    : m_run(std::move(run))
    , m_reference(std::move(reference)) {}

bool RunDifference::update(double smoothing, WorkBudget& budget) {
    const std::size_t common = commonSteps(*m_run, *m_reference);
    // No more than can be taken in with them: subtracting is little beside that.
    const std::size_t fresh = std::min(common - m_values.size(), budget.left());
    for (std::size_t step = m_values.size(), end = step + fresh; step < end; ++step)
        m_values.push_back(differenceOf(m_run->losses[step], m_reference->losses[step]));
    const auto expected = static_cast<std::size_t>(std::min(m_run->length.steps, m_reference->length.steps));
    return m_series.update(m_values, smoothing, budget, expected) && m_values.size() == common;
}

std::optional<double> RunDifference::validation(const EpochMetrics& epoch) const {
    const auto& epochs = m_reference->epochs;
    const auto other = std::ranges::lower_bound(epochs, epoch.step, {}, &EpochMetrics::step);
    if (other == epochs.end() || other->step != epoch.step || !other->validation || !epoch.validation) return std::nullopt;
    return epoch.validation->loss - other->validation->loss;
}

ValueExtent RunDifference::extent() const {
    ValueExtent extent = m_series.extent(m_values);
    for (const EpochMetrics& epoch : m_run->epochs)
        if (const auto value = validation(epoch)) extent.add(*value);
    return extent;
}

QString differenceName(const RunRecord& run, const RunRecord& reference) {
    return QString::fromStdString(run.config.name) + QStringLiteral(" − ") +
           QString::fromStdString(reference.config.name);
}

} // namespace ratescope
