// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/study_session.h"

#include "core/error.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <QThreadPool>

namespace ratescope {

namespace {

const QString untitledPrefix = QStringLiteral("untitled-");
const QString studySuffix = QStringLiteral(".ratescope");

/// Held by the window that the work belongs to.
std::filesystem::path lockOf(const QString& study) { return (study + QStringLiteral(".lock")).toStdString(); }

} // namespace

StudySession::StudySession(std::shared_ptr<DataCatalog> catalog, QString stateFolder, QObject* parent)
    : QObject(parent)
    , m_catalog(std::move(catalog))
    , m_stateFolder(std::move(stateFolder)) {
    // Where the store writes is where the study is, whatever was asked for; but until it has come to where it was sent, what
    // it tells is of a file that is left.
    const auto follow = [this](const QString& path) {
        if (m_attaching == 0 && !path.isEmpty()) setPath(path);
    };
    connect(&m_store, &StudyStore::written, this, follow);
    connect(&m_store, &StudyStore::saved, this, follow);
    connect(&m_store, &StudyStore::attached, this, [this, follow](const QString& path) {
        --m_attaching;
        follow(path);
    });
}

void StudySession::setPath(const QString& path) {
    if (path == m_path) return;
    m_path = path;
    m_untitled = QFileInfo(path).absolutePath() == QDir(m_stateFolder).absolutePath();
    Q_EMIT pathChanged();
}

QString StudySession::defaultStateFolder() {
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    return (state.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : state) + QStringLiteral("/ratescope");
}

QString StudySession::newUntitledPath(const QString& stateFolder) {
    QDir().mkpath(stateFolder);
    return QDir(stateFolder).filePath(untitledPrefix + QString::number(QCoreApplication::applicationPid()) + QLatin1Char('-') +
                                      QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddThhmmsszzz")) + studySuffix);
}

void StudySession::startUntitled() {
    m_path = newUntitledPath(m_stateFolder);
    m_untitled = true;
    m_open = true;
    claim(m_path); // before there is anything that another window could find
    ++m_attaching;
    m_store.open(m_path.toStdString());
    Q_EMIT pathChanged();
}

void StudySession::inBackground(std::function<std::function<void()>()> work) {
    // The work itself uses nothing of this object's, which may be gone before it ends; what follows is looked at here.
    QThreadPool::globalInstance()->start([guard = QPointer(this), work = std::move(work)] {
        std::function<void()> end = work();
        QMetaObject::invokeMethod(
            qApp, [guard, end = std::move(end)] { if (guard) end(); }, Qt::QueuedConnection);
    });
}

template <typename Value>
void StudySession::fetch(std::function<Value()> read, std::function<void(Value)> done, std::function<void(QString)> failed) {
    inBackground([read = std::move(read), done = std::move(done), failed = std::move(failed)]() -> std::function<void()> {
        try {
            auto value = std::make_shared<Value>(read());
            return [value, done] { done(std::move(*value)); };
        } catch (const std::exception& error) {
            return [message = QString::fromUtf8(error.what()), failed] { failed(message); };
        }
    });
}

void StudySession::read(const QString& path, const LogMapping& mapping, std::function<void(RunFile)> done,
                        std::function<void(QString)> failed) {
    fetch<RunFile>(
        [catalog = m_catalog, path, mapping] {
            return readRunFile(path.toStdString(), *catalog, StudyFile::Content::Everything, mapping);
        },
        std::move(done), std::move(failed));
}

void StudySession::preview(const QString& path, std::function<void(LogPreview)> done, std::function<void(QString)> failed) {
    fetch<LogPreview>([path] { return previewLog(path.toStdString()); }, std::move(done), std::move(failed));
}

void StudySession::attach(const QString& path, std::map<RunId, StudyFile::Row> rows, std::vector<RunPointer> runs) {
    m_store.attach(path.toStdString(), std::move(rows), std::move(runs), m_untitled ? m_path.toStdString() : std::string());
    setPath(path); // until the store says otherwise
    ++m_attaching;
}

void StudySession::setNotes(const QString& title, const QString& notes) {
    m_store.setText("title", title.toStdString());
    m_store.setText("notes", notes.toStdString());
}

void StudySession::setLayout(const QString& layout) { m_store.setText("layout", layout.toStdString()); }

void StudySession::saveAs(const QString& path) {
    m_store.saveAs(path.toStdString(), m_untitled ? m_path.toStdString() : std::string());
}

void StudySession::findUnsavedWork(std::function<void(QList<QPair<QString, QString>>)> found) {
    inBackground([stateFolder = m_stateFolder, own = QFileInfo(m_path).fileName(), found = std::move(found)]() -> std::function<void()> {
        QList<QPair<QString, QString>> work;
        const QDir folder(stateFolder);
        for (const QFileInfo& info : folder.entryInfoList({untitledPrefix + QLatin1Char('*') + studySuffix}, QDir::Files, QDir::Time)) {
            if (info.fileName() == own) continue;
            const ProcessLock lock(lockOf(info.filePath()));
            if (!lock.isHeld()) continue; // a living window's
            try {
                const auto runs = StudyFile(info.filePath().toStdString(), StudyFile::Access::Read).readRuns(StudyFile::Content::Headers).size();
                if (runs == 0) {
                    StudyStore::removeStudy(info.filePath().toStdString());
                    continue;
                }
                const QString when = QLocale().toString(info.lastModified(), QLocale::ShortFormat);
                work << qMakePair(info.filePath(), runs == 1 ? tr("1 run, %1").arg(when) : tr("%1 runs, %2").arg(runs).arg(when));
            } catch (const std::exception&) { // it stays where it is, for somebody who can mend it
            }
        }
        return [work, found] { found(work); };
    });
}

bool StudySession::claim(const QString& path) {
    if (const auto it = m_locks.find(path); it != m_locks.end()) return it->second.isHeld();
    ProcessLock lock(lockOf(path));
    if (!lock.isHeld()) return false;
    m_locks.emplace(path, std::move(lock));
    return true;
}

void StudySession::discard(const QStringList& paths) {
    inBackground([paths]() -> std::function<void()> {
        for (const QString& path : paths)
            if (const ProcessLock lock(lockOf(path)); lock.isHeld()) StudyStore::removeStudy(path.toStdString());
        return [] {};
    });
}

bool StudySession::close(bool discard, QString* problem) {
    if (!m_open) return true;
    const bool good = m_store.close(problem) || discard;
    if (m_untitled && discard) StudyStore::removeStudy(m_path.toStdString());
    m_open = !good;
    if (good) m_locks.clear();
    return good;
}

} // namespace ratescope
