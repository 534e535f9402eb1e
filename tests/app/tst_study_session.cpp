// SPDX-License-Identifier: GPL-3.0-or-later
// Where a session's study is, while its store moves from one file to another on a thread of its own.
#include "app/control/study_session.h"
#include "tests/app/study_fixture.h"
#include "tests/this_build.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ratescope;

namespace {

constexpr int patience = 60'000; // ms

} // namespace

class TestStudySession : public StudyFixture {
    Q_OBJECT

private:
    QTemporaryDir m_state;
    std::shared_ptr<DataCatalog> m_catalog = std::make_shared<DataCatalog>(sourceDir("/resources"));

private slots:
    /// What the store still tells of the unnamed file that it leaves does not make the work unnamed again.
    void theFileThatIsLeftIsNoMoreSpokenOf() {
        const QString path = QString::fromStdString(filled().string());
        StudySession session(m_catalog, m_state.path());
        session.startUntitled(); // its file is made later, on the store's thread
        QVERIFY(session.isUntitled());
        session.attach(path, {}, {});
        QVERIFY(!session.isUntitled());
        QSignalSpy moved(&session, &StudySession::pathChanged);
        QSignalSpy attached(&session.store(), &StudyStore::attached);
        while (attached.size() < 2) QVERIFY(attached.wait(patience));
        QCOMPARE(session.path(), path);
        QCOMPARE(moved.size(), 0);
        QVERIFY(session.close(false));
    }

    void whereTheStudyCannotBeOpenedItStaysUnnamed() {
        const QString path = QString::fromStdString(m_folder.path("no study.ratescope"));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly) && file.write("nothing of the kind") > 0);
        file.close();
        StudySession session(m_catalog, m_state.path());
        session.startUntitled();
        const QString unnamed = session.path();
        QSignalSpy failed(&session.store(), &StudyStore::failed);
        QSignalSpy attached(&session.store(), &StudyStore::attached);
        session.attach(path, {}, {});
        while (attached.size() < 2) QVERIFY(attached.wait(patience));
        QCOMPARE(failed.size(), 1);
        QCOMPARE(session.path(), unnamed);
        QVERIFY(session.isUntitled());
        QVERIFY(session.close(true));
        QVERIFY(!QFile::exists(unnamed));
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("nothing of the kind"));
    }
};

QTEST_GUILESS_MAIN(TestStudySession)
#include "tst_study_session.moc"
