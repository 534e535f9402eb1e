// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of other programs: what their columns mean is asked where their names do not say it, or somebody wants to.
#include "app/main_window.h"
#include "app/panels/log_choices.h"
#include "app/panels/log_dialog.h"
#include "app/panels/problem_text.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStatusBar>

#include <algorithm>
#include <utility>

namespace ratescope {

void MainWindow::importDialog() {
    importLogs(QFileDialog::getOpenFileNames(this, tr("Import with columns"), QString(),
                                             tr("Logs of training (*.csv *.tsv *.txt *.log *tfevents*)") +
                                                 QStringLiteral(";;") + tr("All files (*)")));
}

void MainWindow::importLogs(const QStringList& paths) {
    for (const QString& path : paths) m_toOpen.enqueue({.path = path, .isAskedAbout = true});
    openNext();
}

/// `problem`: why it could not be read without a question; empty: that was not tried.
void MainWindow::lookAtLog(const QString& path, const QString& problem) {
    m_reading = true;
    m_session.preview(
        path,
        [this, path, problem](LogPreview log) {
            m_reading = false;
            statusBar()->clearMessage();
            // Where the names are known there is something else wrong with it.
            if (log.isKnown && !problem.isEmpty()) tell(tr("This file cannot be opened"), problemText(problem));
            else m_askedLogs.push_back({path, std::move(log)});
            openNext();
        },
        [this, problem](const QString& noLog) {
            m_reading = false;
            statusBar()->clearMessage();
            tell(tr("This file cannot be opened"), problemText(problem.isEmpty() ? noLog : problem));
            openNext();
        });
}

/// One question for all logs with the same columns, and one after the other.
void MainWindow::askAboutLogs() {
    if (m_askedLogs.empty() || m_logDialog) return;
    const LogPreview log = m_askedLogs.front().preview;
    QStringList paths;
    std::erase_if(m_askedLogs, [&](const AskedLog& one) {
        const bool same = one.preview.identity() == log.identity();
        if (same) paths << one.path;
        return same;
    });
    const auto check = [this, path = paths.front()](const LogMapping& mapping, const auto& done) {
        m_session.read(
            path, mapping,
            [done](const RunFile& file) {
                LogReading reading;
                reading.runs = static_cast<int>(file.runs.size());
                for (const RunRecord& run : file.runs) reading.losses += run.losses.size();
                done(reading);
            },
            [done](const QString& problem) { done({.problem = problem}); });
    };
    m_logDialog = new LogDialog(paths, log, usualMapping(log), check, this);
    m_logDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_logDialog, &QDialog::finished, this, [this, log, paths](int result) {
        const LogMapping mapping = m_logDialog->mapping();
        m_logDialog = nullptr;
        if (result == QDialog::Accepted) {
            rememberMapping(log, mapping);
            for (const QString& path : paths) m_toOpen.enqueue({.path = path, .mapping = mapping});
        }
        openNext();
    });
    m_logDialog->open();
}

} // namespace ratescope
