// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/data_catalog.h"
#include "app/study/run_file.h"
#include "app/study/study_store.h"

#include <QList>
#include <QObject>
#include <QPair>
#include <QString>

#include <functional>
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

    StudyStore& store() { return m_store; }
    /// The study's file; of unnamed work, the one in the state folder.
    const QString& path() const { return m_path; }
    bool isUntitled() const { return m_untitled; }

    /// Starts an unnamed study.
    void startUntitled();

    /// Reads an experiment or a study and then calls one of both, on this object's thread; neither if it is gone by then.
    void read(const QString& path, std::function<void(RunFile)> done, std::function<void(QString)> failed);

    /// Goes on in a study whose runs have just been adopted; as StudyStore::attach.
    void attach(const QString& path, std::map<RunId, StudyFile::Row> rows, std::vector<RunPointer> runs);

    /// Title and notes of the study, kept in its file.
    void setNotes(const QString& title, const QString& notes);

    /// A copy of everything, in which it then goes on. The store's `saved` or `failed` tells how that ended.
    void saveAs(const QString& path);

    /// Unnamed work whose program has ended without saving or discarding it: path, and what to call it. Calls back on this
    /// object's thread.
    void findUnsavedWork(std::function<void(QList<QPair<QString, QString>>)> found);

    /// Writes what is left and closes; `discard` removes unnamed work. Blocks for as long as that takes.
    /// Not closed where that fails, unless everything was to be discarded.
    bool close(bool discard, QString* problem = nullptr);

Q_SIGNALS:
    void pathChanged();

private:
    void setPath(const QString& path);
    void inBackground(std::function<std::function<void()>()> work);

    std::shared_ptr<DataCatalog> m_catalog;
    QString m_stateFolder;
    StudyStore m_store;
    QString m_path;
    bool m_untitled = true;
    bool m_open = false;
};

} // namespace ratescope
