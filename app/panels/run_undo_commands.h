// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUndoCommand>

#include <memory>
#include <utility>
#include <vector>

namespace ratescope {

// What people do to runs, to be undone. All of it goes through the controller alone, and a run that has gone meanwhile, or
// has begun and cannot be changed any more, is left as it is.

/// Takes runs out of the study; undoing puts them back where they were, curves and all.
class DeleteRunsCommand : public QUndoCommand {
public:
    DeleteRunsCommand(RunController& controller, QList<RunId> ids);
    void redo() override;
    void undo() override;

private:
    RunController& m_controller;
    QList<RunId> m_ids;
    std::vector<std::pair<int, std::shared_ptr<RunRecord>>> m_removed;
};

/// Runs that have just been added: undoing takes them out again, unless they are training.
class AddRunsCommand : public QUndoCommand {
public:
    AddRunsCommand(RunController& controller, QList<RunId> ids);
    void redo() override;
    void undo() override;

private:
    RunController& m_controller;
    QList<RunId> m_ids;
    std::vector<std::pair<int, std::shared_ptr<RunRecord>>> m_removed;
};

/// Another name. The run may have it already: whoever asked has seen whether it was refused.
class RenameRunCommand : public QUndoCommand {
public:
    RenameRunCommand(RunController& controller, RunId id, std::string before, std::string after);
    void redo() override { m_controller.setName(m_id, m_after); }
    void undo() override { m_controller.setName(m_id, m_before); }

private:
    RunController& m_controller;
    RunId m_id;
    std::string m_before;
    std::string m_after;
};

/// Colours, dash patterns or visibility of any number of runs, at one stroke. Showing and hiding the same runs again and
/// again is one command, and none where it comes back to how it was.
class ChangeLooksCommand : public QUndoCommand {
public:
    /// `text`: what it is, for the menu. Runs that look as asked for are left out.
    ChangeLooksCommand(RunController& controller, const QString& text, const std::vector<RunLook>& looks);
    void redo() override { m_controller.setLooks(m_after); }
    void undo() override { m_controller.setLooks(m_before); }
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;
    bool changesNothing() const { return m_after.empty(); }

private:
    RunController& m_controller;
    std::vector<RunLook> m_before;
    std::vector<RunLook> m_after;
};

/// Another schedule for a run that goes on; undoing brings back the one before, from then on. What was trained
/// meanwhile stays.
class SteerCommand : public QUndoCommand {
public:
    SteerCommand(RunController& controller, RunId id, ScheduleSpec before, ScheduleSpec after, std::uint64_t gesture);
    void redo() override { m_controller.steer(m_id, m_after, m_gesture); }
    void undo() override { m_controller.steer(m_id, m_before); }
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    RunController& m_controller;
    RunId m_id;
    ScheduleSpec m_before;
    ScheduleSpec m_after;
    std::uint64_t m_gesture;
};

/// Another configuration. Edits of the same keys of one run within one `editing`, such as the keystrokes in one box, are one
/// command. The run may be configured so already.
class ChangeConfigCommand : public QUndoCommand {
public:
    ChangeConfigCommand(RunController& controller, RunId id, RunConfig before, RunConfig after, int editing = 0);
    void redo() override { apply(m_after); }
    void undo() override { apply(m_before); }
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;
    /// Whether the two differ in nothing but defaults spelled out.
    bool changesNothing() const { return m_keys.isEmpty(); }

private:
    void apply(const RunConfig& config);

    RunController& m_controller;
    RunId m_id;
    RunConfig m_before;
    RunConfig m_after;
    QStringList m_keys; ///< of an experiment file, that differ
    int m_editing;
};

} // namespace ratescope
