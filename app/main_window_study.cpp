// SPDX-License-Identifier: GPL-3.0-or-later
// What a study keeps beside its runs: title, notes, layout; and unnamed work that an earlier start left behind.
#include "app/main_window.h"
#include "app/panels/notes_panel.h"
#include "app/panels/problem_text.h"
#include "app/panels/recovery_dialog.h"
#include "app/panels/start_page.h"
#include "app/plots/plot_page.h"
#include "app/plots/plot_view_json.h"
#include "app/plots/view_bar.h"
#include "app/study/strict_json.h"
#include "core/error.h"

#include <QDockWidget>
#include <QFileInfo>
#include <QStatusBar>

namespace ratescope {

namespace {

constexpr int layoutDelay = 400; // ms: a zoom by the wheel is many changes

} // namespace

void MainWindow::connectStudy() {
    connect(m_notes, &NotesPanel::edited, &m_session, &StudySession::setNotes);
    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(layoutDelay);
    connect(&m_layoutTimer, &QTimer::timeout, this, &MainWindow::keepLayout);
    const auto later = [this] {
        if (!m_layoutTimer.isActive()) m_layoutTimer.start();
    };
    connect(m_plots, &PlotPage::viewChanged, this, later);
    for (const auto& [name, dock] : studyDocks()) connect(dock, &QDockWidget::visibilityChanged, this, later);

    m_session.findUnsavedWork([this](const QList<QPair<QString, QString>>& work) {
        m_unsaved = work;
        m_start->setUnsavedWork(work);
        if (!work.isEmpty()) offerUnsavedWork();
    });
}

void MainWindow::offerUnsavedWork() {
    auto* dialog = new RecoveryDialog(m_unsaved, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RecoveryDialog::openRequested, this, [this](const QStringList& paths) {
        for (const QString& path : paths) openFile(path, true);
    });
    connect(dialog, &RecoveryDialog::discardRequested, this, [this](const QStringList& paths) {
        m_session.discard(paths);
        for (const QString& path : paths) forgetUnsavedWork(path);
    });
    dialog->open();
}

void MainWindow::forgetUnsavedWork(const QString& path) {
    m_unsaved.removeIf([&](const auto& work) { return work.first == path; });
    m_start->setUnsavedWork(m_unsaved);
}

void MainWindow::showNotes(const QString& title, const QString& notes) {
    if (title.isEmpty() && notes.isEmpty()) return;
    m_notes->setNotes(title, notes);
    m_notesDock->show();
}

QList<QPair<QString, QDockWidget*>> MainWindow::studyDocks() const {
    return {{QStringLiteral("runs"), m_runsDock},     {QStringLiteral("inspector"), m_inspectorDock},
            {QStringLiteral("notes"), m_notesDock},   {QStringLiteral("values"), m_valuesDock},
            {QStringLiteral("suggestions"), m_suggestionsDock}};
}

std::string MainWindow::layoutText() const {
    Json json;
    json["view"] = viewToJson(m_plots->view(), [this](RunId id) {
        const RunPointer run = m_controller.find(id);
        return run ? run->config.name : std::string();
    });
    for (const auto& [name, dock] : studyDocks()) json["docks"][name.toStdString()] = !dock->isHidden();
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void MainWindow::keepLayout() {
    m_layoutTimer.stop();
    if (m_controller.runs().empty() || m_presenting) return;
    const std::string text = layoutText();
    if (text == m_layout) return;
    m_layout = text;
    m_session.setLayout(QString::fromStdString(text));
}

/// A layout comes from a file, which may be anybody's: what makes no sense changes nothing.
void MainWindow::applyLayout(const std::string& text) {
    constexpr std::size_t most = std::size_t(1) << 20; // bytes: far more than a window writes
    if (text.empty() || text.size() > most) return;
    Json json;
    try {
        json = parseStrictJson(text, "layout");
    } catch (const Error&) {
        return;
    }
    if (!json.is_object()) return;
    if (const auto view = json.find("view"); view != json.end()) {
        m_plots->setView(viewFromJson(*view, m_plots->view(), [this](const std::string& name) {
            const RunPointer run = m_controller.find(name);
            return run ? run->id : RunId(0);
        }));
        m_viewBar->setView(m_plots->view());
    }
    const auto docks = json.find("docks");
    if (docks == json.end() || !docks->is_object()) return;
    for (const auto& [name, dock] : studyDocks())
        if (const auto shown = docks->find(name.toStdString()); shown != docks->end() && shown->is_boolean())
            dock->setVisible(shown->get<bool>());
}

/// Nothing claims to be saved that is not: what cannot be written stays said until it is.
void MainWindow::showSaveProblem(const QString& problem) {
    if (problem == m_saveProblem) return;
    m_saveProblem = problem;
    updateTitle();
}

} // namespace ratescope
