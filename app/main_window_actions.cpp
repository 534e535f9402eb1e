// SPDX-License-Identifier: GPL-3.0-or-later
// The window's actions, menus, keys, theme and status: what of it is mostly one table.
#include "app/main_window.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/system_theme.h"
#include "app/plots/plot_page.h"
#include "app/plots/view_bar.h"
#include "app/study/plain_text.h"
#include "app/study/schedule_code.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QDockWidget>
#include <QLabel>
#include <QLocale>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QTreeView>
#include <QUndoStack>

#include <algorithm>

namespace ratescope {

namespace {

constexpr int presentFontPixels = 24; // 18 points
constexpr int largestFontPixels = 17; // frames need the rest
constexpr double presentLineWidth = 3.0;

} // namespace

void MainWindow::buildActions() {
    const auto make = [this](const QString& text, const QString& icon, const QKeySequence& keys, const QString& tip,
                             auto slot) {
        auto* action = new QAction(text, this);
        action->setData(icon);
        action->setShortcut(keys);
        action->setToolTip(
            keys.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText)));
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    Actions& a = m_actions;
    a.newRun = make(tr("New run"), QStringLiteral("new-run"), QKeySequence::New,
                    tr("Make a run, like the chosen one if there is one"), &MainWindow::newRun);
    a.start = make(tr("Start"), QStringLiteral("start"), {},
                   tr("Start what is ready, or pause what is running (Space)"), &MainWindow::startOrPause);
    a.stop = make(tr("Stop"), QStringLiteral("stop"), {}, tr("End the runs for good; their curves stay (Esc)"),
                  &MainWindow::stopRuns);
    a.rangeTest =
        make(tr("Range test"), QStringLiteral("range-test"), Qt::CTRL | Qt::Key_R,
             tr("Sweep the rate of the chosen run's network from tiny to huge"), &MainWindow::findALearningRate);
    a.exportPicture = make(tr("Export"), QStringLiteral("export"), Qt::CTRL | Qt::Key_E,
                           tr("Write the page or one plot as a picture"), &MainWindow::exportPicture);
    a.copyPicture = make(tr("Copy picture"), QString(), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                         tr("The page as a picture on the clipboard"), &MainWindow::copyPicture);
    a.present = make(tr("Present"), QStringLiteral("present"), Qt::Key_F11,
                     tr("Large type, thick lines, only the plots"), &MainWindow::setPresenting);
    a.present->setCheckable(true);
    a.duplicate = make(tr("Duplicate"), QStringLiteral("duplicate"), Qt::CTRL | Qt::Key_D,
                       tr("A run that starts the same and differs in what you change"),
                       [this] { duplicateRun(m_runs->current()); });
    a.fork = make(tr("Fork"), QStringLiteral("fork"), Qt::CTRL | Qt::Key_B,
                  tr("A run that goes on from where this one is, or was, with a rate of its own"), &MainWindow::forkRun);
    a.draw = make(tr("Draw the rate"), QStringLiteral("draw"), Qt::Key_D,
                  tr("Handles on the rate plot: the chosen run's schedule by hand, also while it goes on"),
                  &MainWindow::drawSchedule);
    a.draw->setCheckable(true);
    a.keepRates = make(tr("New run with the rates used"), QString(), {},
                       tr("What this run has used, drawn by hand or not, as the schedule of another"),
                       [this] { keepRates(m_runs->current()); });
    a.code = make(tr("Schedule as code…"), QString(), Qt::CTRL | Qt::SHIFT | Qt::Key_P,
                  tr("The chosen run's optimizer and schedule for PyTorch or Keras"),
                  [this] { showCode(m_runs->current()); });
    a.remove = make(tr("Delete"), QStringLiteral("delete"), QKeySequence::Delete,
                    tr("Take the selected runs out of the study"), &MainWindow::deleteRuns);
    a.open = make(tr("Open…"), QStringLiteral("open"), QKeySequence::Open, tr("An experiment or a study"),
                  &MainWindow::openDialog);
    a.import = make(tr("Import with columns…"), QString(), {},
                    tr("Another program's log, of which you say what its columns mean"), &MainWindow::importDialog);
    a.save = make(tr("Save"), QStringLiteral("save"), QKeySequence::Save, tr("Give the study a place of its own"),
                  &MainWindow::save);
    a.saveAs = make(tr("Save as…"), QString(), QKeySequence::SaveAs,
                    tr("A copy of the study, in which it then goes on"), &MainWindow::saveAs);
    a.compare = make(tr("Compare schedules…"), QString(), Qt::CTRL | Qt::SHIFT | Qt::Key_R,
                     tr("Any number of schedules over each other, before anything is trained"),
                     &MainWindow::compareSchedules);
    a.fit = make(tr("Fit"), QStringLiteral("fit"), Qt::Key_A, tr("Show everything"), [this] { m_plots->fit(); });

    m_toolBar = addToolBar(tr("Tools"));
    m_toolBar->setObjectName(QStringLiteral("tools"));
    m_toolBar->setMovable(false);
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->setIconSize({20, 20});
    m_toolBar->addActions({a.newRun, a.start, a.stop});
    m_toolBar->addSeparator();
    m_toolBar->addActions({a.rangeTest, a.fork, a.draw});
    m_toolBar->addSeparator();
    m_toolBar->addActions({a.exportPicture, a.present});
    buildRangeTests();
    m_runs->setMenuActions({a.start, a.stop, a.duplicate, a.fork, a.keepRates, a.code, a.rangeTest, a.remove});
    buildKeys();
}

void MainWindow::buildKeys() {
    const auto key = [this](const QKeySequence& keys, auto slot) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
    };
    addActions(m_viewBar->toggles()); // their keys work while the bar is hidden
    m_valuesDock->toggleViewAction()->setShortcut(Qt::CTRL | Qt::Key_T);
    key(Qt::Key_F, [this] { m_plots->setFollowing(!m_plots->isFollowing()); });
    key(Qt::Key_Backspace, [this] { m_plots->goBack(); });
    key(Qt::Key_C, [this] { m_plots->setCursor(0); });
    key(Qt::SHIFT | Qt::Key_C, [this] { m_plots->setCursor(1); });
    key(Qt::CTRL | Qt::Key_Backspace, [this] { m_plots->clearCursors(); });
    key(Qt::Key_F1, [this] { showKeys(); });
    key(Qt::Key_H, [this] { toggleSelected(); });
    key(Qt::Key_Escape, [this] { m_presenting ? m_actions.present->trigger() : stopRuns(); });
    for (int digit = 0; digit < 9; ++digit) key(QKeySequence(Qt::Key_1 + digit), [this, digit] { toggleRun(digit); });
    // Space belongs to the focused button elsewhere; over plots and list it starts and pauses.
    for (QWidget* place :
         {static_cast<QWidget*>(m_plots), static_cast<QWidget*>(m_runs->view()), static_cast<QWidget*>(m_toolBar)})
        connect(new QShortcut(Qt::Key_Space, place, nullptr, nullptr, Qt::WidgetWithChildrenShortcut),
                &QShortcut::activated, this, &MainWindow::startOrPause);
    m_plots->setFocusPolicy(Qt::StrongFocus);
}

void MainWindow::buildMenus() {
    const Actions& a = m_actions;
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addActions({a.newRun, a.open, a.import});
    file->addSeparator();
    file->addActions({a.save, a.saveAs, a.exportPicture});
    file->addSeparator();
    file->addAction(tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = m_undo->createUndoAction(this);
    QAction* redo = m_undo->createRedoAction(this);
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence::Redo);
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions({a.duplicate, a.remove});
    edit->addSeparator();
    edit->addAction(a.copyPicture);
    QMenu* run = menuBar()->addMenu(tr("&Run"));
    run->addActions({a.start, a.stop, a.rangeTest});
    run->addMenu(m_rangeMenu);
    run->addSeparator();
    run->addActions({a.fork, a.draw, a.keepRates, a.compare, a.code});
    QMenu* view = menuBar()->addMenu(tr("&View"));
    view->addActions({a.fit, a.present});
    view->addSeparator();
    view->addActions(m_viewBar->toggles());
    view->addSeparator();
    view->addActions({m_runsDock->toggleViewAction(), m_inspectorDock->toggleViewAction(),
                      m_notesDock->toggleViewAction(), m_valuesDock->toggleViewAction(),
                      m_suggestionsDock->toggleViewAction()});
    QMenu* theme = view->addMenu(tr("Theme"));
    auto* themes = new QActionGroup(this);
    for (const auto& [choice, text] :
         {std::pair(ThemeChoice::System, tr("As the desktop")), std::pair(ThemeChoice::Light, tr("Light")),
          std::pair(ThemeChoice::Dark, tr("Dark"))}) {
        QAction* action = theme->addAction(text, this, [this, choice = choice] { applyTheme(choice); });
        action->setCheckable(true);
        action->setChecked(choice == m_theme);
        themes->addAction(action);
    }
    QMenu* language = view->addMenu(tr("Language"));
    auto* tongues = new QActionGroup(this);
    const QString chosen = QSettings().value(QStringLiteral("language")).toString();
    for (const auto& [code, text] :
         {std::pair(QString(), tr("As the desktop")), std::pair(QStringLiteral("en"), QStringLiteral("English")),
          std::pair(QStringLiteral("de"), QStringLiteral("Deutsch"))}) {
        QAction* action = language->addAction(text, this, [this, code = code] {
            QSettings().setValue(QStringLiteral("language"), code);
            statusBar()->showMessage(tr("The language changes when Ratescope is started again"), 6000);
        });
        action->setCheckable(true);
        action->setChecked(code == chosen);
        tongues->addAction(action);
    }
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("Keys"), this, &MainWindow::showKeys);
    help->addAction(tr("About Ratescope"), this, &MainWindow::showAbout);
}

bool MainWindow::isDark() const {
    return m_theme == ThemeChoice::System ? m_systemTheme->isDark() : m_theme == ThemeChoice::Dark;
}

void MainWindow::applyTheme(ThemeChoice choice) {
    m_theme = choice;
    const bool dark = isDark();
    applyWindowTheme(dark);
    PlotTheme plots = dark ? PlotTheme::dark() : PlotTheme::light();
    // Who has set larger type for the desktop wants to read the plots as well.
    plots.fontPixels = std::clamp(qRound(1.05 * QFontInfo(font()).pixelSize()), plots.fontPixels, largestFontPixels);
    if (m_presenting) {
        plots.fontPixels = std::max(plots.fontPixels, presentFontPixels);
        plots.lineWidth = presentLineWidth;
    }
    m_plots->setTheme(plots);
    for (QAction* action : actions())
        if (const QString icon = action->data().toString(); !icon.isEmpty())
            action->setIcon(themedIcon(icon, QApplication::palette()));
    updateActions();
}

void MainWindow::setPresenting(bool presenting) {
    if (presenting == m_presenting) return;
    if (presenting) {
        m_stateBeforePresenting = saveState();
        m_wasMaximized = isMaximized();
    }
    m_presenting = presenting;
    m_actions.present->setChecked(presenting);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_toolBar, m_viewBar, menuBar(), statusBar()})
        widget->setVisible(!presenting);
    if (presenting) {
        for (QDockWidget* dock : {m_runsDock, m_inspectorDock, m_notesDock, m_suggestionsDock}) dock->hide();
        showFullScreen();
    } else {
        m_wasMaximized ? showMaximized() : showNormal();
        restoreState(m_stateBeforePresenting);
    }
    applyTheme(m_theme);
}

void MainWindow::updateActions() {
    if (!m_actions.start) return;
    const auto& runs = m_controller.runs();
    const auto any = [&](auto wanted) {
        return std::ranges::any_of(runs, [&](const RunPointer& run) { return wanted(run->state); });
    };
    const StartPlan plan = startPlan();
    m_actions.start->setEnabled(!plan.runs.empty() || runs.empty());
    m_actions.start->setText(plan.pause ? tr("Pause") : tr("Start"));
    m_actions.start->setIcon(
        themedIcon(plan.pause ? QStringLiteral("pause") : QStringLiteral("start"), QApplication::palette()));
    m_actions.stop->setEnabled(any([](RunState state) { return isActive(state); }));
    const RunPointer current = currentRun();
    const bool own = current && !current->isImported(); // of what was measured elsewhere there is nothing to train
    m_actions.duplicate->setEnabled(own);
    const bool trains = current && !current->isRangeTest() && !current->config.schedule.batchGrowth;
    const bool begun = trains && (current->stepCount() > 0 || current->state == RunState::Running ||
                                  current->state == RunState::Paused);
    m_actions.fork->setEnabled(begun);
    m_actions.draw->setEnabled((trains && !isOver(current->state) && current->state != RunState::Waiting) ||
                               m_actions.draw->isChecked());
    m_actions.keepRates->setEnabled(begun);
    m_actions.code->setEnabled(own && hasScheduleCode(current->config));
    updateHandles();
    m_actions.remove->setEnabled(!m_runs->selected().isEmpty());
    m_actions.exportPicture->setEnabled(!runs.empty());
    m_actions.saveAs->setEnabled(!runs.empty());
    updateComparison();
}

void MainWindow::updateStatus() {
    int running = 0;
    int waiting = 0;
    for (const RunPointer& run : m_controller.runs()) {
        running += run->state == RunState::Running;
        waiting += run->state == RunState::Waiting;
    }
    QString text = running == 0   ? tr("Nothing is training")
                   : running == 1 ? tr("1 run is training")
                                  : tr("%1 runs are training").arg(running);
    if (waiting > 0) text += tr(", %1 waiting").arg(waiting);
    if (running > 0) text += tr(" · %1 steps/s").arg(QLocale().toString(m_controller.stepsPerSecond(), 'f', 0));
    if (m_speedText->text() != text) m_speedText->setText(text);
}

void MainWindow::updateTitle() {
    const bool untitled = m_session.isUntitled();
    const QString name = untitled ? tr("Unsaved study") : QFileInfo(m_session.path()).completeBaseName();
    setWindowTitle(m_controller.runs().empty() && untitled ? tr("Ratescope") : tr("%1 — Ratescope").arg(titleText(name)));
    if (!m_saveProblem.isEmpty()) {
        const QString text = tr("NOT SAVED: %1").arg(problemText(m_saveProblem));
        m_savedText->setText(m_savedText->fontMetrics().elidedText(text, Qt::ElideRight, width() / 2));
        m_savedText->setStyleSheet(QStringLiteral("color: #c2410c; font-weight: bold;"));
        m_savedText->setToolTip(plainToolTip(
            text + QLatin1Char('\n') +
            tr("Everything is still in memory, and writing is tried again. “Save as” puts it somewhere else.")));
        return;
    }
    const QString home = QDir::homePath();
    QString place = QDir::toNativeSeparators(m_session.path());
    if (place.startsWith(home + QLatin1Char('/'))) place.replace(0, home.size(), QStringLiteral("~"));
    m_savedText->setStyleSheet(QString());
    const QString text = m_controller.runs().empty() ? QString()
                         : untitled                  ? tr("Not saved yet (Ctrl+S); a working copy is kept")
                                                     : tr("Saved in %1").arg(place);
    m_savedText->setText(m_savedText->fontMetrics().elidedText(text, Qt::ElideMiddle, width() / 2));
    m_savedText->setToolTip(plainToolTip(place));
}

void MainWindow::showKeys() {
    const QList<QPair<QString, QString>> keys = {
        {tr("Space"), tr("start or pause")},
        {tr("Esc"), tr("stop; leave Present")},
        {tr("Ctrl+N, Ctrl+D"), tr("new run, duplicate")},
        {tr("Ctrl+B"), tr("fork")},
        {tr("D"), tr("draw the rate by hand: handles on the rate plot")},
        {tr("[ and ], arrows, Insert, Delete"), tr("handles by keyboard: choose, move, add, delete")},
        {tr("Ctrl+R, Ctrl+Shift+R"), tr("range test, compare schedules")},
        {tr("Delete, F2"), tr("delete, rename")},
        {tr("Ctrl+Z, Ctrl+Shift+Z"), tr("undo, redo: runs and view")},
        {tr("1 – 9"), tr("show or hide a run")},
        {tr("H"), tr("show or hide the selected runs")},
        {tr("Ctrl+F"), tr("filter the list of runs")},
        {tr("Click, Ctrl+click in the legend"), tr("hide a run, show nothing else")},
        {tr("Wheel, Ctrl+wheel"), tr("zoom along x, along y")},
        {tr("Drag, Shift+drag"), tr("move a plot, zoom to a box")},
        {tr("A or double click, F"), tr("fit, follow or stay")},
        {tr("Backspace"), tr("back to the view before")},
        {tr("Arrows, + and −"), tr("move and zoom by keyboard, with Ctrl along y")},
        {tr("Comma, full stop"), tr("move the crosshair by keyboard")},
        {tr("C, Shift+C, Ctrl+Backspace"), tr("cursor A, cursor B, no cursors")},
        {tr("L, Shift+L, Ctrl+Shift+L"), tr("logarithmic loss, rate, steps")},
        {tr("Ctrl+T"), tr("values as a table")},
        {tr("F11"), tr("present")},
        {tr("Ctrl+E, Ctrl+Shift+C"), tr("export, copy the picture")},
        {tr("Ctrl+S, Ctrl+O"), tr("save, open")}};
    QString text = QStringLiteral("<table cellspacing='6'>");
    for (const auto& [key, meaning] : keys)
        text += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>").arg(key, meaning);
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Keys"), text + QStringLiteral("</table>"), QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::showAbout() {
    QMessageBox::about(this, tr("About Ratescope"),
                       tr("<b>Ratescope %1</b><p>See what a learning rate does.</p><p>Free software under the GNU "
                          "General Public License, "
                          "version 3 or later. It draws with QCustomPlot and computes with Eigen; MNIST is by Y. "
                          "LeCun, C. Cortes and C. J. C. Burges.</p>")
                           .arg(QCoreApplication::applicationVersion()));
}

} // namespace ratescope
