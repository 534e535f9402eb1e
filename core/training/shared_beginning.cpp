// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/shared_beginning.h"

namespace ratescope {

bool sharesBeginning(const RunConfig& a, const RunConfig& b) {
    const auto isComparable = [](const RunConfig& run) { return !run.rangeTest && !run.schedule.batchGrowth; };
    if (!isComparable(a) || !isComparable(b)) return false;
    // Numbers before texts and lists: plots ask this of many pairs.
    const bool sameNumbers = a.seed == b.seed && a.batchSize == b.batchSize && a.trainSamples == b.trainSamples &&
                             a.validation == b.validation && a.init == b.init && a.loss == b.loss;
    // A fork begins as its parent does, whatever that starts from.
    const bool related = (a.fork && a.fork->run == b.name) || (b.fork && b.fork->run == a.name) ||
                         (a.fork && b.fork && a.fork->run == b.fork->run);
    // The layers are what is drawn weights for; whether they were written as a preset or one by one is not.
    return sameNumbers && a.data == b.data && a.network.layers == b.network.layers &&
           (related || a.startFrom == b.startFrom);
}

} // namespace ratescope
