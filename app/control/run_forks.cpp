// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's runs while they go on: steered by hand, and forked.
#include "app/control/run_controller.h"

#include "app/study/palette.h"

#include <algorithm>
#include <utility>

namespace ratescope {

namespace {

/// A run's newest state goes to the study about so often, and at its end.
constexpr std::chrono::seconds storeStatesEvery{10};

/// How much of a run's epochs are its fork's as well: those that were over when the fork's first update was made.
std::vector<EpochMetrics> sharedEpochs(const RunRecord& parent, std::uint64_t step, const Checkpoint* state) {
    // The figures of an epoch that the state has still to tell come again; so do those of the last one that was cut short.
    const auto& stored = parent.storedState;
    const bool pending = state ? state->epochPending : stored && stored->step == step && stored->epochPending;
    std::vector<EpochMetrics> shared;
    for (const EpochMetrics& epoch : parent.epochs) {
        const bool whole = parent.length.epochOf(epoch.step) != parent.length.epochOf(epoch.step - 1);
        if (epoch.step < step || (epoch.step == step && !pending && whole)) shared.push_back(epoch);
    }
    return shared;
}

} // namespace

Problems RunController::steer(RunId id, const ScheduleSpec& schedule, std::uint64_t gesture) {
    const Record run = record(id);
    const auto worker = m_workers.find(id);
    if (!run || worker == m_workers.end()) return {{"schedule", "cannot be changed: the run does not go on"}};
    if (run->isRangeTest()) return {{"schedule", "cannot be changed: a range test has a sweep of its own"}};
    if (run->config.schedule.batchGrowth || schedule.batchGrowth)
        return {{"schedule", "cannot be changed while the run goes on: its batches grow by it"}};
    Problems problems;
    for (const Problem& problem : validateSchedule(schedule))
        problems.push_back({"schedule." + problem.place, problem.message});
    if (problems.empty() && containsFamily(schedule, FamilyKind::Halving) && schedule != run->config.schedule)
        problems.push_back({"schedule.type", "is halving, which begins with the run"});
    if (!problems.empty()) return problems;
    worker->second.control->steer({schedule, gesture});
    worker->second.ordered = schedule;
    Q_EMIT steered(id);
    return {};
}

const ScheduleSpec& RunController::ordered(const RunRecord& run) const {
    const auto worker = m_workers.find(run.id);
    return worker != m_workers.end() && worker->second.ordered ? *worker->second.ordered : run.followed();
}

bool RunController::isReached(const RunRecord& run) const {
    if (!run.config.fork) return false;
    const Record parent = recordNamed(run.config.fork->run);
    const std::uint64_t step = run.config.fork->step;
    if (!parent) return false;
    if (m_shelf.find(parent->id, step)) return true;
    // Of a parent that goes on: only what a later step has followed, and the epoch's figures and the changes with it.
    const auto worker = m_workers.find(parent->id);
    return worker == m_workers.end() ? parent->stepCount() >= step : worker->second.settledSteps > step;
}

void RunController::fork(RunId id, std::optional<std::uint64_t> step) {
    const Record parent = record(id);
    if (!parent) return;
    const auto refuseFork = [&](const QString& reason) { Q_EMIT forkRefused(id, reason); };
    if (parent->isRangeTest()) return refuseFork(tr("A range test cannot be forked: it ends where it began."));
    if (parent->config.schedule.batchGrowth) return refuseFork(tr("A run whose batch grows cannot be forked."));
    const auto worker = m_workers.find(id);
    if (!step && worker != m_workers.end()) {
        ++worker->second.forksWanted;
        worker->second.control->requestCheckpoint();
        return;
    }
    const std::uint64_t at = std::min(step.value_or(parent->stepCount()), parent->stepCount());
    makeFork(*parent, at, m_shelf.find(id, at));
}

void RunController::takeCheckpoint(RunRecord& run, Worker& worker, CheckpointPointer checkpoint) {
    const bool forStudyAlone = !m_options.checkpoints && worker.forksWanted == 0 &&
                               !std::ranges::binary_search(statesWantedOf(run), checkpoint->weights.step);
    for (; worker.forksWanted > 0; --worker.forksWanted) m_forksToMake.emplace_back(run.id, checkpoint);
    if (forStudyAlone || std::chrono::steady_clock::now() - worker.stateStored >= storeStatesEvery) {
        worker.stateStored = std::chrono::steady_clock::now();
        storeState(run, checkpoint);
    }
    if (!forStudyAlone) m_shelf.add(run.id, std::move(checkpoint));
}

void RunController::storeState(RunRecord& run, const CheckpointPointer& state) {
    // What is trained again sooner than anybody could miss it is not worth its room.
    if (!m_store || !state || state->trainSeconds < m_options.leastStateSeconds) return;
    if (state->bytes() > StudyFile::largestCheckpoint || state->weights.step > run.stepCount()) return;
    if (run.storedState && run.storedState->step >= state->weights.step) return;
    m_store->setCheckpoint(run.id, state);
    run.storedState = RunHeader::StoredState{state->weights.step, state->epochPending};
}

bool RunController::keepsState(RunId id, std::uint64_t step) const {
    const Record run = record(id);
    return run && (m_shelf.find(id, step) || (run->storedState && run->storedState->step == step));
}

std::vector<std::uint64_t> RunController::keptStates(RunId id) const {
    std::vector<std::uint64_t> steps = m_shelf.stepsOf(id);
    const Record run = record(id);
    if (run && run->storedState && !m_shelf.find(id, run->storedState->step))
        steps.insert(std::ranges::lower_bound(steps, run->storedState->step), run->storedState->step);
    return steps;
}

void RunController::makeWantedForks() {
    for (auto& [id, state] : std::exchange(m_forksToMake, {}))
        if (const Record parent = record(id)) makeFork(*parent, state->weights.step, state);
}

void RunController::makeFork(const RunRecord& parent, std::uint64_t step, CheckpointPointer state) {
    auto child = std::make_shared<RunRecord>();
    RunConfig& config = child->config;
    config = parent.config;
    config.name = freeRunName(fittedName(tr("%1, fork").arg(QString::fromStdString(parent.config.name)).toStdString()));
    config.color = nextPaletteColor([this](std::string_view color) { return runsOfColor(color); });
    config.fork = ForkSpec{parent.config.name, step};
    config.startFrom.reset();
    if (step >= parent.length.steps) { // from the end on as long again
        if (config.duration.steps)
            config.duration.steps = std::min(2 * *config.duration.steps, maximumSteps);
        else
            config.duration.epochs = std::min(2 * config.duration.epochs, maximumSteps);
    }
    // Also where the data are not at hand, of which the length would be told.
    child->length = parent.length;
    if (step >= parent.length.steps) child->length.steps = std::min(2 * parent.length.steps, maximumSteps);
    try {
        if (const Problems problems = config.validate(m_catalog.infoSoon(config.data)); !problems.empty()) {
            Q_EMIT forkRefused(parent.id, QString::fromStdString(problems[0].place + ": " + problems[0].message));
            return;
        }
    } catch (const Error&) { // told when it is started
    }
    child->id = ++m_lastId;
    child->dash = runsOfColor(config.color) % dashPatternCount;
    measureLength(*child);
    if (m_store) m_store->addRun(*child);
    if (state) m_forkStates[child->id] = state;
    shareTrunk(*child, parent);
    insert(child, indexOf(parent.id) + 1);
    Q_EMIT forked(parent.id, child->id);
}

void RunController::shareTrunk(RunRecord& child, const RunRecord& parent) {
    if (child.stepCount() > 0 || child.isRangeTest() || parent.isImported()) return;
    const std::uint64_t step = std::min(child.config.fork->step, parent.stepCount());
    const auto state = m_forkStates.find(child.id);
    const auto end = static_cast<std::ptrdiff_t>(step);
    child.rates.assign(parent.rates.begin(), parent.rates.begin() + end);
    child.losses.assign(parent.losses.begin(), parent.losses.begin() + end);
    child.epochs = sharedEpochs(parent, step, state == m_forkStates.end() ? nullptr : state->second.get());
    if (parent.stepCount() > 0)
        child.trainSeconds = parent.trainSeconds * static_cast<double>(step) / static_cast<double>(parent.stepCount());
    // What was done to the parent by hand goes on in a child that follows the same schedule, and in no other.
    for (const RateChange& change : parent.changes)
        if (change.lastStep < step) {
            child.changes.push_back(change);
            child.changes.back().gesture = 0; // no later drag goes on with it
        }
    storeTrunk(child);
}

void RunController::storeTrunk(const RunRecord& child) {
    if (!m_store || child.stepCount() == 0) return;
    auto steps = std::make_shared<std::vector<StepMetrics>>();
    steps->reserve(child.stepCount());
    for (std::size_t i = 0; i < child.stepCount(); ++i) steps->push_back({i, child.rates[i], child.losses[i]});
    m_store->appendSteps(child.id, std::move(steps));
    m_store->appendEpochs(child.id, child.epochs);
    for (std::size_t i = 0; i < child.changes.size(); ++i) m_store->setChange(child.id, i, child.changes[i]);
}

void RunController::alignTrunk(RunRecord& child, const RunRecord& parent) {
    const bool same = child.config.schedule == parent.config.schedule;
    for (std::size_t i = 0; i < std::min(child.changes.size(), parent.changes.size()); ++i)
        if (child.changes[i].step < child.sharedSteps() && child.changes[i].cause == RateCause::Hand)
            child.changes[i].schedule = same ? parent.changes[i].schedule : child.config.schedule;
}

std::vector<std::uint64_t> RunController::statesWantedOf(const RunRecord& run) const {
    std::vector<std::uint64_t> steps;
    for (const Record& one : m_records)
        if (one->config.fork && one->config.fork->run == run.config.name && !m_forkStates.contains(one->id))
            steps.push_back(one->config.fork->step);
    std::ranges::sort(steps);
    return steps;
}

ForkSource RunController::forkSourceOf(const RunRecord& run) const {
    ForkSource source;
    if (const auto state = m_forkStates.find(run.id);
        state != m_forkStates.end() && state->second->weights.step == run.config.fork->step) {
        source.state = state->second;
        return source;
    }
    std::uint64_t until = run.config.fork->step;
    std::string name = run.config.fork->run;
    for (std::size_t depth = 0;; ++depth) {
        const Record ancestor = recordNamed(name);
        // Another run may have got the name: then it has other losses.
        const bool known = ancestor && !ancestor->isImported() && ancestor->stepCount() >= until && depth < m_records.size() &&
                           std::equal(run.losses.begin(),
                                      run.losses.begin() +
                                          static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(until, run.stepCount())),
                                      ancestor->losses.begin());
        if (!known) {
            source.fault = "“" + name + "”, whose steps it begins with, is not among the runs any more, or not the same";
            return source;
        }
        source.state = m_shelf.find(ancestor->id, until);
        if (const auto state = m_forkStates.find(ancestor->id);
            !source.state && state != m_forkStates.end() && state->second->weights.step == until)
            source.state = state->second;
        if (source.state) return source;
        // A fork within what its parent shares is one of the grandparent's.
        if (!ancestor->config.fork || until > ancestor->config.fork->step) {
            ForkSource::Link link{ancestor->config, startWeightsOf(*ancestor), ancestor->rates, ancestor->changes, until};
            link.kept = m_shelf.findUpTo(ancestor->id, until);
            if (m_store && ancestor->storedState && ancestor->storedState->step <= until) link.store = m_store;
            link.run = ancestor->id;
            source.links.insert(source.links.begin(), std::move(link));
            if (source.links.front().kept) return source;
        }
        if (!ancestor->config.fork) return source;
        until = std::min(until, ancestor->config.fork->step);
        name = ancestor->config.fork->run;
    }
}

} // namespace ratescope
