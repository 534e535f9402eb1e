// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QList>
#include <QObject>

class QMenu;
class QUndoStack;
class QWidget;

namespace ratescope {

/// What can be done to the runs of the list, each of it to be undone.
class RunListActions : public QObject {
    Q_OBJECT

public:
    /// `window`: whose dialogs these are.
    RunListActions(RunController& controller, QUndoStack& undo, QWidget& window);

    Problems rename(RunId id, const std::string& name);
    void show(const std::vector<RunId>& ids, bool visible);
    /// These, and no others.
    void showOnly(const QList<RunId>& ids);
    void showAll(bool visible);
    void invert();
    void setColor(const QList<RunId>& ids, const QString& color);
    void setDash(const QList<RunId>& ids, int dash);
    /// Asks for a colour.
    void chooseColor(const QList<RunId>& ids);

    /// Offers it for these runs; what concerns all runs as well.
    void addTo(QMenu& menu, const QList<RunId>& ids);

Q_SIGNALS:
    /// The plots are to show what the others' losses differ by from this run's.
    void differenceRequested(RunId reference);

private:
    void change(const QString& text, const std::vector<RunLook>& looks);
    void addDashes(QMenu& menu, const QList<RunId>& ids);
    void addDifference(QMenu& menu, RunId id);

    RunController& m_controller;
    QUndoStack& m_undo;
    QWidget& m_window;
};

} // namespace ratescope
