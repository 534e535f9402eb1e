// SPDX-License-Identifier: GPL-3.0-or-later
// The window's plots: what is shown how, and what is kept of it.
#include "app/main_window.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_columns.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/start_page.h"
#include "app/plots/plot_page.h"
#include "app/plots/value_table.h"
#include "app/plots/view_bar.h"
#include "app/plots/view_command.h"

#include <QAction>
#include <QScreen>
#include <QDockWidget>
#include <QMenu>
#include <QChildEvent>
#include <QSettings>
#include <QTabBar>
#include <QUndoStack>

#include <algorithm>

namespace ratescope {

void MainWindow::connectView() {
    m_plots->setCoreWords([](const QString& sentence) { return problemText(sentence); });
    connect(m_viewBar, &ViewBar::changed, this, [this] { changeView(m_viewBar->applyTo(m_plots->view())); });
    connect(m_viewBar, &ViewBar::followRequested, m_plots, &PlotPage::setFollowing);
    connect(m_plots, &PlotPage::viewChanged, this, [this] { m_viewBar->setView(m_plots->view()); });
    connect(m_plots, &PlotPage::viewEdited, this,
            [this](const PlotView& before) { m_undo->push(new ViewCommand(*m_plots, before, m_plots->view())); });
    connect(m_plots, &PlotPage::legendClicked, this, [this](const QList<RunId>& runs, bool only) {
        if (only) showOnly(runs);
        else m_runs->actions().show({runs.begin(), runs.end()}, false);
    });
    connect(m_plots, &PlotPage::menuRequested, this,
            [this](QMenu& menu, std::optional<double> x, std::optional<double> rate) {
                addPlotActions(menu, x);
                if (rate) addRateActions(menu, *rate);
                menu.addSeparator();
                for (QAction* toggle : m_viewBar->toggles()) menu.addAction(toggle);
                menu.addSeparator();
                menu.addActions({m_valuesDock->toggleViewAction(), m_suggestionsDock->toggleViewAction(),
                                 m_actions.copyPicture, m_actions.exportPicture, m_actions.present});
            });
}

void MainWindow::showDifferences(RunId reference) {
    PlotView view = m_plots->view();
    view.quantity = Quantity::Difference;
    view.reference = reference;
    view.loss = std::nullopt;
    changeView(view);
}

void MainWindow::changeView(const PlotView& view) {
    const PlotView before = m_plots->view();
    if (view == before) return;
    m_plots->setView(view);
    m_viewBar->setView(view);
    m_undo->push(new ViewCommand(*m_plots, before, view));
    saveView();
}

/// Nothing but these; everything again, where that is so already.
void MainWindow::showOnly(const QList<RunId>& runs) {
    const auto chosen = [&](const RunPointer& run) { return runs.contains(run->id); };
    const auto& all = m_controller.runs();
    const bool already = std::ranges::all_of(all, [&](const RunPointer& run) { return run->visible == chosen(run); });
    if (already) m_runs->actions().showAll(true);
    else m_runs->actions().showOnly(runs);
}

void MainWindow::saveView() const {
    const PlotView& view = m_plots->view();
    QSettings settings;
    settings.beginGroup(QStringLiteral("view"));
    settings.setValue(QStringLiteral("smoothing"), view.smoothing);
    settings.setValue(QStringLiteral("stepUnit"), static_cast<int>(view.stepUnit));
    settings.setValue(QStringLiteral("quantity"), static_cast<int>(view.quantity));
    // The reference is not kept: runs have other numbers the next time.
    settings.setValue(QStringLiteral("seeds"), static_cast<int>(view.seeds));
    settings.setValue(QStringLiteral("testLower"), static_cast<int>(view.testLower));
    settings.setValue(QStringLiteral("arrangement"), static_cast<int>(view.arrangement));
    settings.setValue(QStringLiteral("large"), static_cast<int>(view.large));
    for (const auto& [name, value] : viewFlags(view)) settings.setValue(name, value);
}

QList<QPair<QString, bool>> MainWindow::viewFlags(const PlotView& view) {
    return {{QStringLiteral("logSteps"), view.logSteps},     {QStringLiteral("logLoss"), view.logLoss},
            {QStringLiteral("logRate"), view.logRate},       {QStringLiteral("band"), view.band},
            {QStringLiteral("validation"), view.validation}, {QStringLiteral("marks"), view.marks},
            {QStringLiteral("legend"), view.legend},         {QStringLiteral("zones"), view.zones}};
}

void MainWindow::restoreView() {
    QSettings settings;
    settings.beginGroup(QStringLiteral("view"));
    PlotView view = m_plots->view();
    // A file that somebody has edited cannot make the window strange: what does not fit is left as it is by default.
    const auto choice = [&](const char* name, int most, int fallback) {
        bool good = false;
        const int value = settings.value(QLatin1String(name), fallback).toInt(&good);
        return good && value >= 0 && value <= most ? value : fallback;
    };
    const double smoothing = settings.value(QStringLiteral("smoothing"), view.smoothing).toDouble();
    if (smoothing >= 0.0 && smoothing <= 0.999) view.smoothing = smoothing;
    view.stepUnit = static_cast<StepUnit>(choice("stepUnit", 3, 0));
    view.quantity = static_cast<Quantity>(choice("quantity", 3, 0));
    view.seeds = static_cast<SeedDrawing>(choice("seeds", 2, 0));
    view.testLower = static_cast<TestLower>(choice("testLower", 1, 0));
    view.arrangement = static_cast<Arrangement>(choice("arrangement", 2, 0));
    view.large = static_cast<PlotPart>(std::max(1, choice("large", 3, 1)));
    const auto flag = [&](const char* name, bool& value) { value = settings.value(QLatin1String(name), value).toBool(); };
    flag("logSteps", view.logSteps);
    flag("logLoss", view.logLoss);
    flag("logRate", view.logRate);
    flag("band", view.band);
    flag("validation", view.validation);
    flag("marks", view.marks);
    flag("legend", view.legend);
    flag("zones", view.zones);
    m_plots->setView(view);
    m_viewBar->setView(view);
}

/// In a narrow window, or with large type, list and inspector share one side, so that the plots keep their room.
void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const int plots = 40 * m_plots->theme().fontPixels;
    const int inspector = std::max(m_inspector->minimumSizeHint().width(), 45 * fontMetrics().averageCharWidth());
    const bool narrow = width() < m_runs->minimumWidth() + inspector + plots;
    if (narrow == m_docksTogether) return;
    m_docksTogether = narrow;
    if (narrow) {
        tabifyDockWidget(m_runsDock, m_inspectorDock);
        m_runsDock->raise();
    } else {
        const bool visible = m_inspectorDock->isVisible();
        removeDockWidget(m_inspectorDock);
        addDockWidget(Qt::RightDockWidgetArea, m_inspectorDock);
        m_inspectorDock->setVisible(visible);
    }
}

/// Docks that share a place get a bar of tabs from Qt, without a name.
void MainWindow::childEvent(QChildEvent* event) {
    QMainWindow::childEvent(event);
    if (event->type() != QEvent::ChildPolished) return;
    if (auto* tabs = qobject_cast<QTabBar*>(event->child())) tabs->setAccessibleName(tr("Panels on this side"));
}

void MainWindow::saveWindow() const {
    QSettings settings;
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    if (!m_controller.runs().empty()) settings.setValue(QStringLiteral("windowState"), saveState());
    settings.setValue(QStringLiteral("theme"), static_cast<int>(m_theme));
    settings.setValue(QStringLiteral("docksTogether"), m_docksTogether);
    settings.setValue(QStringLiteral("runColumns"), m_runs->columns().choices());
    saveView();
}

void MainWindow::restoreWindow() {
    const QSettings settings;
    resize(QSize(1600, 900).boundedTo(screen()->availableSize() * 0.95));
    if (settings.contains(QStringLiteral("geometry")))
        restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
    m_docksSized = settings.contains(QStringLiteral("windowState"));
    m_docksTogether = m_docksSized && settings.value(QStringLiteral("docksTogether"), false).toBool();
    if (m_docksSized) restoreState(settings.value(QStringLiteral("windowState")).toByteArray());
    if (settings.contains(QStringLiteral("runColumns")))
        m_runs->columns().setChoices(settings.value(QStringLiteral("runColumns")).toMap());
    m_notesDock->hide();
    m_valuesDock->hide();
    m_suggestionsDock->hide();
    m_start->setRecentFiles(settings.value(QStringLiteral("recentFiles")).toStringList());
    restoreView();
}

} // namespace ratescope
