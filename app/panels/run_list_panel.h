// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"
#include "app/control/run_grouping.h"
#include "app/control/run_list_model.h"

#include <QList>
#include <QSet>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QTreeView;
class QUndoStack;

namespace ratescope {

class RunGroupModel;
class RunListActions;
class RunListColumns;
class RunOrderModel;
class RunTreeView;

/// The list of runs: shown or hidden, name, state with progress, their figures and in what they differ; to be sorted,
/// filtered and grouped. What is done to runs here goes through the undo stack, which has to outlive the panel.
class RunListPanel : public QWidget {
    Q_OBJECT

public:
    RunListPanel(RunController& controller, QUndoStack& undo, QWidget* parent = nullptr);

    /// The runs that are selected, those of selected groups as well, in the order of the list.
    QList<RunId> selected() const;
    /// The one that the inspector shows; 0: none.
    RunId current() const;
    /// Makes it the current one; a filter that hides it is cleared.
    void select(RunId id);
    /// What the context menu offers, beside what belongs to the list.
    void setMenuActions(const QList<QAction*>& actions) { m_menuActions = actions; }
    QTreeView* view() const;
    /// Renaming, colours and visibility, each to be undone.
    RunListActions& actions() { return *m_actions; }
    RunListColumns& columns() { return *m_columns; }

    void setFilter(const QString& text);
    void setGrouping(const RunGrouping& grouping);
    const RunGrouping& grouping() const { return m_grouping; }
    /// The selected rows with the columns that are seen, titles first, as tab-separated text.
    QString selectedText() const;
    /// The menu of the rows, made for the selection.
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    void currentChanged(RunId id);
    void selectionChanged();
    void refused(const QString& reason);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTop();
    void buildView();
    void buildKeys();
    void connectModels();
    void offerGroupings();
    void applyFilter();
    void showCount();
    void showMenu(const QPoint& globalPosition);
    void showColumnMenu(const QPoint& position);
    void renameCurrent();
    void copySelected() const;
    void tellCurrent();
    /// Around a reset of the models.
    void keepView();
    void restoreView();
    void restoreSelection();
    void restoreExpansion();
    QModelIndex indexOf(RunId id) const;
    /// The rows selected, each once, from top to bottom.
    QModelIndexList selectedRows() const;

    struct Kept {
        QList<RunId> runs;
        QSet<QString> groups;
        RunId current = 0;
    };

    RunController& m_controller;
    RunListActions* m_actions;
    RunListModel* m_model;
    RunOrderModel* m_order;
    RunGroupModel* m_groups;
    QLineEdit* m_filter;
    QComboBox* m_groupBy;
    QLabel* m_count;
    RunTreeView* m_view;
    RunListColumns* m_columns = nullptr;
    QList<QAction*> m_menuActions;
    QAction* m_rename = nullptr;
    QAction* m_copy = nullptr;
    RunGrouping m_grouping;
    std::vector<RunGrouping> m_groupings; ///< what the box offers
    QSet<QString> m_collapsed;            ///< groups, by identity
    Kept m_kept;
    RunId m_told = 0;
};

} // namespace ratescope
