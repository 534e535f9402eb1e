// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_undo_commands.h"

#include "app/control/run_config_table.h"
#include "app/study/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace ratescope {

namespace {

struct UndoTexts {
    Q_DECLARE_TR_FUNCTIONS(RunUndoCommands)
};

const QString nameKey = QStringLiteral("name");
const QString colorKey = QStringLiteral("color");

enum CommandId { LooksId = 1, ConfigId = 2, SteerId = 3 };

using Removed = std::vector<std::pair<int, std::shared_ptr<RunRecord>>>;

void takeOut(RunController& controller, const QList<RunId>& ids, Removed& removed) {
    for (const RunId id : ids) {
        const int index = controller.indexOf(id);
        if (auto record = controller.remove(id)) removed.emplace_back(index, std::move(record));
    }
}

void putBack(RunController& controller, Removed& removed) {
    while (!removed.empty()) {
        auto [index, record] = std::move(removed.back());
        removed.pop_back();
        controller.restore(std::move(record), index);
    }
}

/// The keys of an experiment file in which the two differ; a default that is spelled out is no difference.
QStringList changedKeys(const RunConfig& before, const RunConfig& after) {
    std::vector<RunPointer> runs;
    for (const RunConfig* config : {&before, &after}) {
        auto record = std::make_shared<RunRecord>();
        record->id = static_cast<RunId>(runs.size()) + 1;
        record->config = *config;
        runs.push_back(std::move(record));
    }
    QStringList keys = RunConfigTable().differingKeys(runs);
    if (before.name != after.name) keys << nameKey;
    if (before.color != after.color) keys << colorKey;
    return keys;
}

} // namespace

DeleteRunsCommand::DeleteRunsCommand(RunController& controller, QList<RunId> ids)
    : m_controller(controller)
    , m_ids(std::move(ids)) {
    setText(m_ids.size() == 1 ? UndoTexts::tr("deletion of a run")
                              : UndoTexts::tr("deletion of %n run(s)", nullptr, static_cast<int>(m_ids.size())));
}

void DeleteRunsCommand::redo() { takeOut(m_controller, m_ids, m_removed); }

void DeleteRunsCommand::undo() { putBack(m_controller, m_removed); }

AddRunsCommand::AddRunsCommand(RunController& controller, QList<RunId> ids)
    : m_controller(controller)
    , m_ids(std::move(ids)) {
    setText(m_ids.size() == 1 ? UndoTexts::tr("new run")
                              : UndoTexts::tr("%n new run(s)", nullptr, static_cast<int>(m_ids.size())));
}

void AddRunsCommand::redo() { putBack(m_controller, m_removed); }

void AddRunsCommand::undo() { takeOut(m_controller, m_ids, m_removed); }

RenameRunCommand::RenameRunCommand(RunController& controller, RunId id, std::string before, std::string after)
    : m_controller(controller)
    , m_id(id)
    , m_before(std::move(before))
    , m_after(std::move(after)) {
    setText(UndoTexts::tr("renaming of “%1”").arg(menuText(QString::fromStdString(m_before))));
}

ChangeLooksCommand::ChangeLooksCommand(RunController& controller, const QString& text, const std::vector<RunLook>& looks)
    : QUndoCommand(text)
    , m_controller(controller) {
    for (const RunLook& look : looks) {
        const RunPointer run = controller.find(look.id);
        if (!run) continue;
        RunLook before{.id = look.id};
        if (look.color) before.color = run->config.color;
        if (look.dash) before.dash = run->dash;
        if (look.visible) before.visible = run->visible;
        if (before == look) continue;
        m_before.push_back(std::move(before));
        m_after.push_back(look);
    }
    for (auto* list : {&m_before, &m_after}) std::ranges::sort(*list, {}, &RunLook::id);
}

int ChangeLooksCommand::id() const {
    const bool visibility =
        std::ranges::all_of(m_after, [](const RunLook& look) { return look.visible && !look.color && !look.dash; });
    return visibility ? LooksId : -1;
}

bool ChangeLooksCommand::mergeWith(const QUndoCommand* other) {
    const auto* next = dynamic_cast<const ChangeLooksCommand*>(other);
    if (!next || !std::ranges::equal(m_after, next->m_after, {}, &RunLook::id, &RunLook::id)) return false;
    m_after = next->m_after;
    setObsolete(m_after == m_before);
    return true;
}

SteerCommand::SteerCommand(RunController& controller, RunId id, ScheduleSpec before, ScheduleSpec after,
                           std::uint64_t gesture)
    : m_controller(controller)
    , m_id(id)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_gesture(gesture) {
    setText(UndoTexts::tr("change of the rate by hand"));
}

int SteerCommand::id() const { return SteerId; }

bool SteerCommand::mergeWith(const QUndoCommand* other) {
    const auto* next = dynamic_cast<const SteerCommand*>(other);
    if (!next || next->m_id != m_id || m_gesture == 0 || next->m_gesture != m_gesture) return false;
    m_after = next->m_after;
    return true;
}

ChangeConfigCommand::ChangeConfigCommand(RunController& controller, RunId id, RunConfig before, RunConfig after, int editing)
    : m_controller(controller)
    , m_id(id)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_keys(changedKeys(m_before, m_after))
    , m_editing(editing) {
    setText(m_keys.size() == 1 ? UndoTexts::tr("change of %1").arg(m_keys.front())
                               : UndoTexts::tr("change of the configuration"));
}

int ChangeConfigCommand::id() const { return ConfigId; }

bool ChangeConfigCommand::mergeWith(const QUndoCommand* other) {
    const auto* next = dynamic_cast<const ChangeConfigCommand*>(other);
    if (!next || next->m_id != m_id || next->m_editing != m_editing || next->m_keys != m_keys) return false;
    m_after = next->m_after;
    setObsolete(m_after == m_before);
    return true;
}

void ChangeConfigCommand::apply(const RunConfig& config) {
    const RunPointer run = m_controller.find(m_id);
    if (!run || run->config == config) return;
    // Of a run that has begun only name and colour can change; the rest would be half a change.
    const auto isLook = [](const QString& key) { return key == nameKey || key == colorKey; };
    if (run->state != RunState::Ready && !std::ranges::all_of(m_keys, isLook)) return;
    m_controller.setConfig(m_id, config);
}

} // namespace ratescope
