// SPDX-License-Identifier: GPL-3.0-or-later
// The window's files: opening, saving, exporting, closing.
#include "app/main_window.h"
#include "app/panels/lesson_text.h"
#include "app/panels/plain_message.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_list_panel.h"
#include "app/panels/start_page.h"
#include "app/plots/export_dialog.h"
#include "app/plots/plot_page.h"
#include "app/study/file_output.h"
#include "core/error.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QEventLoop>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QThreadPool>
#include <QUndoStack>

#include <algorithm>
#include <chrono>
#include <functional>

namespace ratescope {

namespace {

constexpr int mostRecentFiles = 8;

} // namespace

void MainWindow::openFiles(const QStringList& paths) {
    // One after the other: the first study is the one that is gone on in.
    for (const QString& path : paths) m_toOpen.enqueue({.path = path});
    openNext();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    openFiles(paths);
    event->acceptProposedAction();
}

void MainWindow::openDialog() {
    openFiles(QFileDialog::getOpenFileNames(
        this, tr("Open"), QString(),
        tr("Experiments, studies, exported figures, curves and logs (*.json *.ratescope *.png *.svg *.pdf *.csv *.tsv *.txt "
           "*tfevents*)")
            + QStringLiteral(";;") + tr("All files (*)")));
}

void MainWindow::openFile(const QString& path, bool unsavedWork) {
    m_toOpen.enqueue({.path = path, .isUnsavedWork = unsavedWork});
    openNext();
}

void MainWindow::openNext() {
    if (m_reading) return;
    if (m_toOpen.isEmpty()) {
        askAboutLogs(); // once all are known that belong together
        return;
    }
    const ToOpen next = m_toOpen.dequeue();
    const QString name = QFileInfo(next.path).fileName();
    if (next.isUnsavedWork && !m_session.claim(next.path)) {
        statusBar()->showMessage(tr("This work is open in another window"), 6000);
        forgetUnsavedWork(next.path);
        openNext();
        return;
    }
    if (QFileInfo(next.path) == QFileInfo(m_session.path())) {
        statusBar()->showMessage(tr("%1 is open already").arg(name), 6000);
        openNext();
        return;
    }
    statusBar()->showMessage(tr("Reading %1 …").arg(name));
    next.isAskedAbout ? lookAtLog(next.path, {}) : readNext(next);
}

void MainWindow::readNext(const ToOpen& next) {
    m_reading = true;
    m_session.read(
        next.path, next.mapping,
        [this, next](RunFile content) {
            m_reading = false;
            statusBar()->clearMessage();
            adoptFile(next.path, std::move(content), next.isUnsavedWork);
            openNext();
        },
        [this, next](const QString& message) {
            if (next.mapping == LogMapping{}) {
                lookAtLog(next.path, message); // its columns may want a word
                return;
            }
            m_reading = false;
            statusBar()->clearMessage();
            tell(tr("This file cannot be opened"), problemText(message));
            openNext();
        });
}

void MainWindow::adoptFile(const QString& path, RunFile file, bool unsavedWork) {
    if (unsavedWork) forgetUnsavedWork(path);
    else remember(path);
    if (file.isImported()) { // beside whatever is there, as runs that are over
        RunId first = 0;
        for (RunRecord& run : file.runs) {
            const RunId id = m_controller.adopt(std::move(run), false);
            if (first == 0) first = id;
        }
        m_runs->select(first);
        return;
    }
    if (!file.isStudy) {
        Experiment experiment{file.title, file.notes, {}};
        for (RunRecord& run : file.runs) experiment.runs.push_back(std::move(run.config));
        addExperiment(experiment);
        return;
    }
    // The first study is gone on in; a further one is overlaid as a copy, and so is one that may not be written.
    const bool goOn =
        m_controller.runs().empty() && QFileInfo(path).isWritable() && QFileInfo(QFileInfo(path).path()).isWritable();
    std::map<RunId, StudyFile::Row> rows;
    std::vector<RunId> ids;
    std::map<std::string, std::string> names;
    for (RunRecord& run : file.runs) {
        const StudyFile::Row row = run.id;
        const std::string name = run.config.name;
        ids.push_back(m_controller.adopt(std::move(run), goOn));
        names[name] = m_controller.find(ids.back())->config.name;
        rows[ids.back()] = row;
    }
    m_controller.renameSources(ids, names);
    if (goOn) {
        m_undo->clear(); // what could be brought back belongs to the study that is left
        m_session.attach(path, std::move(rows), m_controller.runs());
        m_layout = file.layout;
        applyLayout(file.layout);
    } else if (unsavedWork) {
        m_session.store().removeOnceWritten(path.toStdString()); // it lives on in this study
    }
    showNotes(QString::fromStdString(file.title), QString::fromStdString(file.notes));
    if (!m_controller.runs().empty() && m_runs->current() == 0) m_runs->select(m_controller.runs().front()->id);
}

void MainWindow::openLesson(const QString& resource) {
    QFile file(resource);
    if (!file.open(QIODevice::ReadOnly)) return;
    try {
        Experiment lesson = parseExperiment(file.readAll().toStdString(), resource.toStdString(), {}, *m_catalog);
        lesson.title = lessonText(QString::fromStdString(lesson.title)).toStdString();
        lesson.notes = lessonText(QString::fromStdString(lesson.notes)).toStdString();
        addExperiment(lesson);
        m_controller.startAll();
    } catch (const Error& error) {
        tell(tr("This lesson cannot be opened"), problemText(std::string(error.what())));
    }
}

void MainWindow::addExperiment(const Experiment& experiment) {
    std::vector<RunId> ids;
    std::map<std::string, std::string> names;
    for (const RunConfig& config : experiment.runs) {
        ids.push_back(m_controller.add(config));
        names[config.name] = m_controller.find(ids.back())->config.name;
    }
    m_controller.renameSources(ids, names);
    m_runs->select(ids.front());
    const QString title = QString::fromStdString(experiment.title);
    const QString notes = QString::fromStdString(experiment.notes);
    if (!title.isEmpty() || !notes.isEmpty()) m_session.setNotes(title, notes);
    showNotes(title, notes);
}

void MainWindow::tell(const QString& title, const QString& message) {
    auto* box = new QMessageBox(QMessageBox::Warning, title, {}, QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    showPlainly(*box, message);
    box->open();
}

void MainWindow::remember(const QString& path) {
    QSettings settings;
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = settings.value(QStringLiteral("recentFiles")).toStringList();
    files.removeAll(absolute);
    files.prepend(absolute);
    files = files.mid(0, mostRecentFiles);
    settings.setValue(QStringLiteral("recentFiles"), files);
    m_start->setRecentFiles(files);
}

void MainWindow::save() {
    if (m_session.isUntitled())
        saveAs();
    else if (!m_saveProblem.isEmpty())
        tell(tr("The study could not be saved"), problemText(m_saveProblem));
    else
        statusBar()->showMessage(tr("Everything is kept in %1 as it happens").arg(m_session.path()), 4000);
}

bool MainWindow::saveAs() {
    QFileDialog dialog(this, tr("Save study as"), QString(), tr("Studies (*.ratescope)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("ratescope")); // before it asks about replacing
    dialog.selectFile(QStringLiteral("study.ratescope"));
    if (dialog.exec() != QDialog::Accepted) return false;
    const QString path = dialog.selectedFiles().value(0);
    if (path.isEmpty() || QFileInfo(path) == QFileInfo(m_session.path())) return false;
    m_session.saveAs(path);
    return true;
}

/// What the page shows, for a file: fitted anew where it follows, so that the same study gives the same figure.
PlotView MainWindow::viewForFiles() const { return m_plots->isFollowing() ? m_plots->view() : m_plots->currentView(); }

void MainWindow::exportPicture() {
    auto* dialog =
        new ExportDialog(m_controller.runs(), viewForFiles(), isDark(), m_language, m_plots->curves(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { writeFigure(dialog->path(), dialog->format(), dialog->request()); });
    connect(dialog, &ExportDialog::copyRequested, this, [this, dialog] { copyFigure(dialog->request()); });
    dialog->open();
}

void MainWindow::writeFigure(const QString& path, FigureFormat format, const FigureRequest& request) {
    const QString experiment = experimentJson(m_controller.runs(), request.view);
    std::function<QByteArray()> encode;
    switch (format) {
    case FigureFormat::Png:
    case FigureFormat::Svg:
    case FigureFormat::Pdf:
        encode = [drawing = recordFigure(m_controller.runs(), request, format, m_plots->curves()), format, experiment] {
            return encodeDrawing(drawing, format, experiment);
        };
        break;
    case FigureFormat::Csv: {
        std::vector<RunPointer> runs; // as they are now
        for (const RunPointer& run : m_controller.runs())
            if (run->visible || run->id == request.view.reference)
                runs.push_back(std::make_shared<const RunRecord>(*run));
        encode = [runs = std::move(runs), request] { return figureCsv(runs, request); };
        break;
    }
    }
    const QPointer<MainWindow> window(this);
    QThreadPool::globalInstance()->start([window, path, encode = std::move(encode)] {
        QString problem;
        try {
            writeFile(path, encode());
        } catch (const Error& error) {
            problem = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(qApp, [window, path, problem] {
            if (!window) return;
            if (problem.isEmpty())
                window->statusBar()->showMessage(tr("Figure written to %1").arg(path), 6000);
            else
                window->tell(tr("The figure could not be written"), problemText(problem));
        });
    });
}

void MainWindow::copyFigure(const FigureRequest& request) {
    const QPointer<MainWindow> window(this);
    const FigureDrawing drawing = recordFigure(m_controller.runs(), request, FigureFormat::Png, m_plots->curves());
    QThreadPool::globalInstance()->start([window, drawing] {
        QMetaObject::invokeMethod(qApp, [window, image = drawing.toImage()] {
            if (!window) return;
            QApplication::clipboard()->setImage(image);
            window->statusBar()->showMessage(tr("The picture is on the clipboard"), 4000);
        });
    });
}

void MainWindow::copyPicture() {
    FigureRequest request;
    request.size = m_plots->size();
    request.theme = m_plots->theme();
    request.view = viewForFiles();
    request.language = m_language;
    copyFigure(request);
}

bool MainWindow::saveAndWait() {
    QEventLoop loop;
    bool good = false;
    QString problem;
    const auto saved = connect(&m_session.store(), &StudyStore::saved, &loop, [&] {
        good = true;
        loop.quit();
    });
    const auto failed = connect(&m_session.store(), &StudyStore::failed, &loop, [&](const QString& message) {
        problem = message;
        loop.quit();
    });
    if (!saveAs()) return false;
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    if (!problem.isEmpty()) {
        QMessageBox box(QMessageBox::Warning, tr("The study could not be saved"), {}, QMessageBox::Ok, this);
        showPlainly(box, problemText(problem));
        box.exec();
    }
    return good;
}

bool MainWindow::mayClose(bool* discard) {
    const bool active = m_controller.anyActive();
    const bool unsaved = m_session.isUntitled() && !m_controller.runs().empty();
    if (!active && !unsaved) return true;
    QMessageBox box(QMessageBox::Question, tr("Close Ratescope"),
                    unsaved ? tr("Save the runs before closing?") : tr("Runs are still training."),
                    QMessageBox::NoButton, this);
    if (active) box.setInformativeText(tr("Runs that are still training will be stopped; what they did so far is kept."));
    if (!unsaved) {
        box.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
        box.addButton(QMessageBox::Cancel);
        box.exec();
        return box.buttonRole(box.clickedButton()) == QMessageBox::AcceptRole;
    }
    box.setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box.setDefaultButton(QMessageBox::Save);
    const int answer = box.exec();
    if (answer == QMessageBox::Discard) *discard = true;
    if (answer == QMessageBox::Save) return saveAndWait();
    return answer == QMessageBox::Discard;
}

void MainWindow::leave() {
    if (m_presenting) setPresenting(false);
    saveWindow();
    keepLayout();
    hide();
    m_controller.stopAll();
    m_controller.joinAll();
    QString problem;
    if (!m_session.close(m_controller.runs().empty(), &problem)) qWarning("%s", qUtf8Printable(problemText(problem)));
    QCoreApplication::exit(); // not quit(), which would have every window asked
}

void MainWindow::expectEnd() {
    constexpr std::chrono::minutes patience{1};
    m_endExpected = true;
    QTimer::singleShot(patience, this, [this] { m_endExpected = false; }); // somebody has called it off
}

void MainWindow::closeEvent(QCloseEvent* event) {
    bool discard = m_controller.runs().empty();
    if (!m_endExpected && !mayClose(&discard)) {
        event->ignore();
        return;
    }
    if (m_presenting) setPresenting(false);
    saveWindow();
    keepLayout();
    hide(); // what follows takes a moment, and asks nothing unless something goes wrong
    m_controller.stopAll();
    m_controller.joinAll();
    QString problem;
    while (!m_session.close(discard, &problem)) {
        if (m_endExpected) break; // nobody is there to answer
        show();
        QMessageBox box(QMessageBox::Warning, tr("Not everything could be saved"), {}, QMessageBox::NoButton, this);
        showPlainly(box, problemText(problem));
        box.setInformativeText(
            tr("The runs are still in memory. Save them somewhere else, or close and lose what is not on disk."));
        const QPushButton* elsewhere = box.addButton(tr("Save elsewhere…"), QMessageBox::AcceptRole);
        box.addButton(tr("Close anyway"), QMessageBox::DestructiveRole);
        const QPushButton* cancel = box.addButton(QMessageBox::Cancel);
        box.exec();
        if (box.clickedButton() == elsewhere) {
            saveAndWait();
        } else if (box.clickedButton() == cancel) {
            event->ignore();
            return;
        } else {
            discard = true;
        }
    }
    event->accept();
}

} // namespace ratescope
