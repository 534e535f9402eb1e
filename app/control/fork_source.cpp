// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/fork_source.h"

#include "core/error.h"

namespace ratescope {

CheckpointPointer ForkSource::fetch(const std::shared_ptr<const Dataset>& data, const TrainerResources& resources,
                                    const TrainingControl& control) const {
    if (!fault.empty()) throw Error("fork: " + fault);
    CheckpointPointer reached = state;
    for (const Link& link : links) {
        Trainer trainer(link.config, data, resources);
        if (reached)
            trainer.restore(*reached);
        else if (link.start.wanted() && !link.start.apply(trainer, control))
            return nullptr;
        trainer.replay(link.rates, link.changes);
        trainer.stopAfter(link.until);
        MetricsChannel unread;
        RunObserver nobody;
        const RunResult result = trainer.run(control, unread, nobody);
        if (control.stopped()) return nullptr;
        if (result.steps != link.until)
            throw Error("fork: “" + link.config.name + "” ended at step " + std::to_string(result.steps) +
                        " when it was trained again up to " + std::to_string(link.until));
        reached = std::make_shared<const Checkpoint>(trainer.checkpoint());
    }
    return reached;
}

} // namespace ratescope
