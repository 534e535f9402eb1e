// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"
#include "app/control/run_list_model.h"

#include <QList>
#include <QWidget>

class QAction;
class QSortFilterProxyModel;
class QTreeView;

namespace ratescope {

/// The list of runs: shown or hidden, name, state with progress, and their figures.
class RunListPanel : public QWidget {
    Q_OBJECT

public:
    explicit RunListPanel(RunController& controller, QWidget* parent = nullptr);

    /// The runs that are selected, in the order of the list.
    QList<RunId> selected() const;
    /// The one that the inspector shows; 0: none.
    RunId current() const;
    void select(RunId id);
    /// What the context menu offers, beside renaming and colours.
    void setMenuActions(const QList<QAction*>& actions) { m_menuActions = actions; }
    QTreeView* view() const { return m_view; }

Q_SIGNALS:
    void currentChanged(RunId id);
    void selectionChanged();
    void refused(const QString& reason);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showMenu(const QPoint& position);
    void chooseColor();

    RunController& m_controller;
    RunListModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTreeView* m_view;
    QList<QAction*> m_menuActions;
};

} // namespace ratescope
