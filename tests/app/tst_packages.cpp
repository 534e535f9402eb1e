// SPDX-License-Identifier: GPL-3.0-or-later
// app/packages, which app/run and tests/run install what is missing with: on a machine that is made up.
#include "tests/app/app_helpers.h"
#include "tests/this_build.h"

#include <QProcess>
#include <QTest>

class TestPackages : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void installs_data();
    void installs();

private:
    /// A program of the machine.
    void make(const char* name, const std::string& lines);

    TestFolder m_folder;
};

void TestPackages::make(const char* name, const std::string& lines) {
    const auto path = m_folder.path(name);
    writeText(path, "#!/bin/sh\n" + lines + '\n');
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

void TestPackages::initTestCase() {
    make("dpkg-query", "[ \"$3\" = here ] && echo 'install ok installed'");
    make("id", "echo 0");
    make("apt-cache", "case $2 in new|newer|stubborn) exit 0;; esac; exit 1"); // what can be had
    make("apt-get", "echo \"$@\" >>\"$LOG\"\ncase $* in *stubborn*) echo 'E: it will not' >&2; exit 100;; esac");
}

void TestPackages::installs_data() {
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("how");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("installed"); // in turn
    QTest::addColumn<QByteArray>("errors");
    const auto row = [](const char* name, const char* wanted, const char* how, int status, const char* installed,
                        const char* errors) {
        QTest::newRow(name) << QString::fromLatin1(wanted) << QString::fromLatin1(how) << status
                            << QString::fromLatin1(installed) << QByteArray(errors);
    };
    row("nothing is missing", "here none|here", "", 0, "", "");
    row("all can be had", "here new none|newer", "", 0, "new newer", "");
    row("not all can be had", "new none|never newer", "", 1, "", "Package not available here: none|never\n");
    row("most", "new none|never newer nowhere", "most", 1, "new newer",
        "Package not available here: none|never\nPackage not available here: nowhere\n");
    row("most of none", "none", "most", 1, "", "Package not available here: none\n");
    row("one does not go with the others", "new stubborn newer", "", 1, "new stubborn newer; new; stubborn; newer",
        "Package could not be installed: stubborn (E: it will not)\n");
}

void TestPackages::installs() {
    QFETCH(const QString, wanted);
    QFETCH(const QString, how);
    const auto log = m_folder.path("log");
    writeText(log, "");
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PATH", qtText(m_folder.path()) + ":/usr/bin:/bin");
    environment.insert("LOG", qtText(log));
    process.setProcessEnvironment(environment);
    process.start("bash", {"-c", "set -euo pipefail; root=/; source \"$0\"; ratescope_packages=$1 ensure_packages $2",
                           QString::fromStdString(sourceDir("/app/packages")), wanted, how});
    QVERIFY(process.waitForFinished(60'000));
    QTEST(process.readAllStandardError(), "errors");
    QTEST(process.exitCode(), "status");
    QStringList installed;
    for (const QString& line : QString::fromStdString(readText(log)).split('\n', Qt::SkipEmptyParts))
        if (line.startsWith("install ")) installed << line.section("--no-install-recommends ", 1);
    QTEST(installed.join("; "), "installed");
}

QTEST_GUILESS_MAIN(TestPackages)
#include "tst_packages.moc"
