// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/fork_source.h"

#include "core/error.h"

namespace ratescope {

CheckpointPointer ForkSource::Link::beginning(const std::shared_ptr<const Dataset>& data,
                                              const TrainerResources& resources) const {
    if (!store) return kept;
    try {
        const CheckpointPointer stored = store->checkpointOf(run, config);
        if (!stored || stored->weights.step > until || (kept && stored->weights.step <= kept->weights.step)) return kept;
        Trainer(config, data, resources).restore(*stored); // it comes from a file
        return stored;
    } catch (const Error&) { // damaged, or the disk is: there is another way
        return kept;
    }
}

namespace {

/// Keeps the last epoch that was told.
class LastEpoch final : public RunObserver {
public:
    void epochDone(const EpochMetrics& epoch) override { told = epoch; }
    std::optional<EpochMetrics> told;
};

} // namespace

ForkSource::Reached ForkSource::fetch(const std::shared_ptr<const Dataset>& data, const TrainerResources& resources,
                                      const TrainingControl& control) const {
    if (!fault.empty()) throw Error("fork: " + fault);
    CheckpointPointer reached = state;
    std::optional<EpochMetrics> epoch;
    // From the last link that something is kept of.
    std::size_t first = links.size();
    while (first > 0 && !(reached = links[first - 1].beginning(data, resources))) --first;
    first = first > 0 ? first - 1 : 0;
    if (!reached) reached = state;
    for (std::size_t i = first; i < links.size(); ++i) {
        const Link& link = links[i];
        if (reached && reached->weights.step == link.until) continue;
        Trainer trainer(link.config, data, resources);
        if (reached)
            trainer.restore(*reached);
        else if (link.start.wanted() && !link.start.apply(trainer, control))
            return {};
        trainer.replay(link.rates, link.changes);
        trainer.stopAfter(link.until);
        MetricsChannel unread;
        LastEpoch observer;
        const RunResult result = trainer.run(control, unread, observer);
        if (control.stopped()) return {};
        if (result.steps != link.until)
            throw Error("fork: “" + link.config.name + "” ended at step " + std::to_string(result.steps) +
                        " when it was trained again up to " + std::to_string(link.until));
        reached = std::make_shared<const Checkpoint>(trainer.checkpoint());
        epoch = observer.told && observer.told->step == link.until ? observer.told : std::nullopt;
    }
    return {reached, epoch};
}

} // namespace ratescope
