// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/data_catalog.h"
#include "app/study/log_preview.h"
#include "app/study/process_lock.h"
#include "app/study/run_file.h"
#include "app/study/study_store.h"

#include <QList>
#include <QObject>
#include <QPair>
#include <QString>

#include <functional>
#include <map>
#include <memory>

namespace ratescope {

/// Which study the window works in. Work without a name goes into a study of its own in the user's state folder, from the
/// first run on, until it is saved somewhere. Everything that touches a disk happens on another thread.
class StudySession : public QObject {
    Q_OBJECT

public:
    /// `stateFolder`: where unnamed work is kept; made if need be.
    StudySession(std::shared_ptr<DataCatalog> catalog, QString stateFolder, QObject* parent = nullptr);

    static QString defaultStateFolder();
    /// A path for unnamed work, which findUnsavedWork() finds as long as no window has claimed it. Makes the folder.
    static QString newUntitledPath(const QString& stateFolder);

    StudyStore& store() { return m_store; }
    /// The study's file; of unnamed work, the one in the state folder.
    const QString& path() const { return m_path; }
    bool isUntitled() const { return m_untitled; }

    /// Starts an unnamed study.
    void startUntitled();

    /// Reads an experiment, a study or, as `mapping` has it, a log, and then calls one of both, on this object's thread;
    /// neither if it is gone by then.
    void read(const QString& path, const LogMapping& mapping, std::function<void(RunFile)> done,
              std::function<void(QString)> failed);
    /// The same of a look at a log.
    void preview(const QString& path, std::function<void(LogPreview)> done, std::function<void(QString)> failed);

    /// Goes on in a study whose runs have just been adopted; as StudyStore::attach.
    void attach(const QString& path, std::map<RunId, StudyFile::Row> rows, std::vector<RunPointer> runs);

    /// Title and notes of the study, kept in its file.
    void setNotes(const QString& title, const QString& notes);

    /// How the window shows the study, as JSON.
    void setLayout(const QString& layout);

    /// A copy of everything, in which it then goes on. The store's `saved` or `failed` tells how that ended.
    void saveAs(const QString& path);

    /// Unnamed work whose program has ended without saving or discarding it: path, and what to call it, the newest first.
    /// Calls back on this object's thread.
    void findUnsavedWork(std::function<void(QList<QPair<QString, QString>>)> found);

    /// Takes unnamed work that was found, so that no other window does. Returns whether it is this one's now.
    bool claim(const QString& path);
    /// Removes unnamed work that was found, unless another window has taken it meanwhile.
    void discard(const QStringList& paths);

    /// Writes what is left and closes; `discard` removes unnamed work. Blocks for as long as that takes.
    /// Not closed where that fails, unless everything was to be discarded.
    bool close(bool discard, QString* problem = nullptr);

Q_SIGNALS:
    void pathChanged();

private:
    void setPath(const QString& path);
    template <typename Value>
    void fetch(std::function<Value()> read, std::function<void(Value)> done, std::function<void(QString)> failed);
    void inBackground(std::function<std::function<void()>()> work);

    std::shared_ptr<DataCatalog> m_catalog;
    QString m_stateFolder;
    StudyStore m_store;
    QString m_path;
    bool m_untitled = true;
    bool m_open = false;
    int m_attaching = 0; ///< how often the store was sent to another file, and has not told yet
    std::map<QString, ProcessLock> m_locks; ///< of unnamed work that is this window's
};

} // namespace ratescope
