// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QCoreApplication>
#include <QList>
#include <QUndoCommand>

#include <memory>
#include <utility>
#include <vector>

namespace ratescope {

/// Takes runs out of the study; undoing puts them back where they were, curves and all.
class DeleteRunsCommand : public QUndoCommand {
    Q_DECLARE_TR_FUNCTIONS(DeleteRunsCommand)

public:
    DeleteRunsCommand(RunController& controller, QList<RunId> ids)
        : m_controller(controller)
        , m_ids(std::move(ids)) {
        setText(m_ids.size() == 1 ? tr("delete a run") : tr("delete %1 runs").arg(m_ids.size()));
    }

    void redo() override {
        for (const RunId id : std::as_const(m_ids)) {
            const int index = m_controller.indexOf(id);
            if (auto record = m_controller.remove(id)) m_removed.emplace_back(index, std::move(record));
        }
    }

    void undo() override {
        while (!m_removed.empty()) {
            auto [index, record] = std::move(m_removed.back());
            m_removed.pop_back();
            m_controller.restore(std::move(record), index);
        }
    }

private:
    RunController& m_controller;
    QList<RunId> m_ids;
    std::vector<std::pair<int, std::shared_ptr<RunRecord>>> m_removed;
};

} // namespace ratescope
