// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_controller.h"

#include "app/study/palette.h"
#include "core/error.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace ratescope {

RunController::RunController(DataCatalog& catalog, DatasetStore& datasets, StudyStore* store, Options options,
                             QObject* parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_datasets(datasets)
    , m_store(store)
    , m_options(options)
    , m_cores(0) {
    m_drainTimer.setInterval(drainInterval);
    connect(&m_drainTimer, &QTimer::timeout, this, &RunController::drainAll);
}

RunController::~RunController() {
    stopAll();
    joinAll();
}

RunController::Record RunController::record(RunId id) const {
    const int row = indexOf(id);
    return row < 0 ? nullptr : m_records[static_cast<std::size_t>(row)];
}

RunPointer RunController::find(RunId id) const { return record(id); }

RunController::Record RunController::recordNamed(const std::string& name) const {
    const auto it = m_named.find(name);
    return it == m_named.end() ? nullptr : it->second;
}

RunPointer RunController::find(const std::string& name) const { return recordNamed(name); }

void RunController::renameSources(const std::vector<RunId>& runs, const std::map<std::string, std::string>& names) {
    for (const RunId id : runs) {
        const Record run = record(id);
        if (!run || run->config.sourceRun().empty()) continue;
        const auto renamed = names.find(run->config.sourceRun());
        if (renamed == names.end() || renamed->second == renamed->first) continue;
        (run->config.fork ? run->config.fork->run : run->config.startFrom->run) = renamed->second;
        if (m_store) m_store->updateRun(*run);
        Q_EMIT runChanged(id);
    }
}

int RunController::indexOf(RunId id) const {
    const auto it = m_rows.find(id);
    return it == m_rows.end() ? -1 : it->second;
}

bool RunController::anyActive() const {
    return std::ranges::any_of(m_records, [](const Record& one) { return isActive(one->state); });
}

void RunController::renumber(std::size_t from) {
    for (std::size_t row = from; row < m_records.size(); ++row) m_rows[m_records[row]->id] = static_cast<int>(row);
}

void RunController::countIn(const RunRecord& run) { ++m_colors[run.config.color]; }

void RunController::countOut(const RunRecord& run) {
    if (const auto it = m_colors.find(run.config.color); it != m_colors.end() && --it->second == 0) m_colors.erase(it);
}

int RunController::runsOfColor(std::string_view color) const {
    const auto it = m_colors.find(color);
    return it == m_colors.end() ? 0 : it->second;
}

void RunController::insert(Record record, int index) {
    const RunId id = record->id;
    index = std::clamp(index, 0, static_cast<int>(m_records.size()));
    Q_EMIT runAboutToBeAdded(index);
    countIn(*record);
    m_named[record->config.name] = record;
    m_view.insert(m_view.begin() + index, record);
    m_records.insert(m_records.begin() + index, std::move(record));
    renumber(static_cast<std::size_t>(index));
    Q_EMIT runAdded(id);
}

void RunController::measureLength(RunRecord& record) {
    try {
        const DatasetInfo info = m_catalog.infoSoon(record.config.data);
        if (record.config.validate(info).empty()) record.length = lengthOf(record.config, info);
    } catch (const Error&) { // told when it is started
    }
}

std::string RunController::freeRunName(const std::string& name) {
    const std::string fitted = fittedName(name);
    const auto taken = [this](const std::string& wanted) { return m_named.contains(wanted); };
    return taken(fitted) ? freeName(fitted, taken, &m_triedNumbers[fitted]) : fitted;
}

RunId RunController::add(RunConfig config) {
    const auto runsWith = [this](std::string_view color) { return runsOfColor(color); };
    config.name = freeRunName(config.name);
    if (config.color.empty()) config.color = nextPaletteColor(runsWith);
    auto record = std::make_shared<RunRecord>();
    record->id = ++m_lastId;
    record->dash = runsOfColor(config.color) % dashPatternCount;
    record->config = std::move(config);
    measureLength(*record);
    if (m_store) m_store->addRun(*record);
    insert(record, static_cast<int>(m_records.size()));
    keepForkState(*record);
    return record->id;
}

/// What a fork goes on from stays at hand until it begins, whatever becomes of the others.
void RunController::keepForkState(const RunRecord& run) {
    const Record parent = run.config.fork ? recordNamed(run.config.fork->run) : nullptr;
    if (!parent) return;
    if (const CheckpointPointer state = m_shelf.find(parent->id, run.config.fork->step)) m_forkStates[run.id] = state;
}

RunId RunController::adopt(RunRecord loaded, bool stored) {
    auto record = std::make_shared<RunRecord>(std::move(loaded));
    record->id = ++m_lastId;
    record->config.name = freeRunName(record->config.name);
    if (record->config.color.empty())
        record->config.color = nextPaletteColor([this](std::string_view color) { return runsOfColor(color); });
    if (!stored) record->dash = runsOfColor(record->config.color) % dashPatternCount;
    if (!stored && m_store) {
        if (isOver(record->state)) {
            m_store->addFinishedRun(record);
        } else {
            m_store->addRun(*record);
            storeTrunk(*record);
        }
    }
    insert(record, static_cast<int>(m_records.size()));
    return record->id;
}

void RunController::setState(RunRecord& record, RunState state) {
    record.state = state;
    if (m_store) m_store->updateRun(record);
    Q_EMIT runChanged(record.id);
}

void RunController::start(RunId id) {
    const Record run = record(id);
    if (!run || run->state != RunState::Ready || run->isImported()) return;
    const std::vector<Record> chain = chainOf(run);
    if (chain.size() > m_records.size()) {
        refuse(*run, tr("Runs start from each other in a circle"));
        return;
    }
    // From the first of all sources on: each finds its own begun.
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
        if ((*link)->state != RunState::Ready || waitsForSource(**link)) continue;
        if (static_cast<int>(m_workers.size()) < m_options.maximumActive)
            launch(**link);
        else
            setState(**link, RunState::Waiting);
    }
}

std::vector<RunController::Record> RunController::chainOf(const Record& run) const {
    std::vector<Record> chain = {run};
    while (chain.size() <= m_records.size()) {
        const Record source = isReached(*chain.back()) ? nullptr : recordNamed(chain.back()->config.sourceRun());
        if (!source || isOver(source->state)) break;
        chain.push_back(source);
    }
    return chain;
}

bool RunController::waitsForSource(RunRecord& run) {
    const bool hasState = m_forkStates.contains(run.id) && run.stepCount() >= run.sharedSteps();
    if (run.config.sourceRun().empty() || hasState) return false;
    const bool reached = isReached(run);
    const Record source = recordNamed(run.config.sourceRun());
    if (source && source->state == RunState::Ready && !reached) start(source->id); // which may fail at once
    if (const QString problem = startProblem(run, source.get()); !problem.isEmpty()) {
        refuse(run, problem);
        return true;
    }
    if (reached || isOver(source->state)) return false;
    m_forkWaits |= run.config.fork.has_value();
    if (run.state != RunState::Waiting) setState(run, RunState::Waiting);
    return true;
}

void RunController::refuse(RunRecord& run, const QString& message) {
    run.message = message;
    setState(run, RunState::Failed);
}

void RunController::startAll() {
    for (const RunPointer& run : runs()) {
        start(run->id);
        resume(run->id);
    }
}

void RunController::pause(RunId id) {
    const Record run = record(id);
    if (!run) return;
    if (run->state == RunState::Waiting) setState(*run, RunState::Ready);
    if (run->state != RunState::Running) return;
    m_workers.at(id).control->pause();
    setState(*run, RunState::Paused);
}

void RunController::resume(RunId id) {
    const Record run = record(id);
    if (!run || run->state != RunState::Paused) return;
    m_workers.at(id).control->resume();
    setState(*run, RunState::Running);
}

void RunController::stop(RunId id) {
    const Record run = record(id);
    if (!run) return;
    if (run->state == RunState::Waiting) setState(*run, RunState::Ready);
    if (const auto it = m_workers.find(id); it != m_workers.end()) it->second.control->stop();
}

void RunController::pauseAll() {
    for (const RunPointer& run : runs()) pause(run->id);
}

void RunController::stopAll() {
    for (const RunPointer& run : runs()) stop(run->id);
}

void RunController::joinAll() {
    while (!m_workers.empty()) {
        for (auto& [id, worker] : m_workers)
            if (worker.thread.joinable()) worker.thread.join();
        // Every thread has said by now how its run ended; finished() and failed() do the rest, as they always do.
        m_mail.deliver();
    }
}

Problems RunController::setConfig(RunId id, RunConfig config) {
    const Record run = record(id);
    if (!run) return {};
    Problems problems = config.validate();
    if (const Record other = recordNamed(config.name); other && other != run)
        problems.push_back({"name", "is taken by another run"});
    if (config.fork && run->state == RunState::Ready)
        if (const Record parent = recordNamed(config.fork->run))
            for (const Problem& problem : validateFork(config, parent->config)) problems.push_back(problem);
    if (problems.empty() && run->state == RunState::Ready) {
        try {
            problems = config.validate(m_catalog.infoSoon(config.data));
        } catch (const Error& error) {
            problems.push_back({"data", error.what()});
        }
    }
    if (!problems.empty()) return problems;
    changeName(run, config.name);
    countOut(*run);
    if (run->state == RunState::Ready) {
        run->config = std::move(config);
        measureLength(*run);
        if (const Record parent = run->config.fork ? recordNamed(run->config.fork->run) : nullptr) alignTrunk(*run, *parent);
    } else {
        run->config.color = config.color;
    }
    countIn(*run);
    if (m_store) m_store->updateRun(*run);
    Q_EMIT runChanged(id);
    return {};
}

void RunController::changeName(const Record& run, const std::string& name) {
    const std::string before = run->config.name;
    if (name == before) return;
    std::vector<RunId> others; // what starts from it knows it by its name
    for (const Record& one : m_records) others.push_back(one->id);
    renameSources(others, {{before, name}});
    m_named.erase(before);
    m_triedNumbers.clear();
    run->config.name = name;
    m_named[name] = run;
}

Problems RunController::setName(RunId id, const std::string& name) {
    const Record run = record(id);
    if (!run || run->config.name == name) return {};
    RunConfig probe; // sound, but for the name perhaps
    probe.name = name;
    Problems problems = probe.validate();
    if (recordNamed(name)) problems.push_back({"name", "is taken by another run"});
    if (!problems.empty()) return problems;
    changeName(run, name);
    if (m_store) m_store->updateRun(*run);
    Q_EMIT runChanged(id);
    return {};
}

void RunController::setVisible(RunId id, bool visible) {
    const Record run = record(id);
    if (!run || run->visible == visible) return;
    run->visible = visible;
    if (m_store) m_store->updateRun(*run);
    Q_EMIT runChanged(id);
}

void RunController::setVisible(const std::vector<RunId>& ids, bool visible) {
    std::vector<RunLook> looks;
    for (const RunId id : ids) looks.push_back({.id = id, .visible = visible});
    setLooks(looks);
}

void RunController::setLooks(const std::vector<RunLook>& looks) {
    bool any = false;
    for (const RunLook& look : looks) {
        const Record run = record(look.id);
        if (!run) continue;
        const RunLook before{look.id, run->config.color, run->dash, run->visible};
        countOut(*run);
        run->config.color = look.color.value_or(run->config.color);
        run->dash = look.dash.value_or(run->dash);
        run->visible = look.visible.value_or(run->visible);
        countIn(*run);
        if (before == RunLook{look.id, run->config.color, run->dash, run->visible}) continue;
        any = true;
        if (m_store) m_store->updateRun(*run);
    }
    if (any) Q_EMIT looksChanged();
}

std::shared_ptr<RunRecord> RunController::remove(RunId id) {
    const Record run = record(id);
    if (!run || isActive(run->state)) return nullptr;
    const int index = indexOf(id);
    Q_EMIT runAboutToBeRemoved(index);
    m_records.erase(m_records.begin() + index);
    m_view.erase(m_view.begin() + index);
    m_rows.erase(id);
    renumber(static_cast<std::size_t>(index));
    m_named.erase(run->config.name);
    m_triedNumbers.clear();
    countOut(*run);
    if (m_store) m_store->setRemoved(id, true);
    m_shelf.drop(id); // whoever brings it back can still have it trained again
    m_forkStates.erase(id);
    Q_EMIT runRemoved(id);
    return run;
}

void RunController::restore(std::shared_ptr<RunRecord> run, int index) {
    const RunId id = run->id;
    run->config.name = freeRunName(run->config.name); // another may have taken it meanwhile
    if (m_store) {
        m_store->setRemoved(id, false);
        m_store->updateRun(*run);
    }
    keepForkState(*run);
    insert(std::move(run), index);
}

} // namespace ratescope
