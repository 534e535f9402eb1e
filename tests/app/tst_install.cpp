// SPDX-License-Identifier: GPL-3.0-or-later
// What “cmake --install” puts where, and whether desktops understand it.
#include "tests/app/app_helpers.h"
#include "tests/this_build.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QMimeDatabase>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace ratescope;

namespace {

const QString applicationId = QStringLiteral("io.github.ratescope.Ratescope");
const QString studyType = QStringLiteral("application/x-ratescope-study");

/// The status of a program that has ended in time, and all that it said.
std::pair<int, QByteArray> ended(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(120'000)) return {-1, process.errorString().toUtf8()};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
}

} // namespace

class TestInstall : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void files_data();
    void files();
    void trainsWithoutItsSources();
    void icons_data();
    void icons();
    void desktopEntry();
    void metainfo();
    void validators_data();
    void validators();
    void mimeType_data();
    void mimeType();

private:
    QString at(const QString& path) const { return qtText(m_folder.path("usr")) + QLatin1Char('/') + path; }

    TestFolder m_folder;
    bool m_usualTypes = false;
};

void TestInstall::initTestCase() {
    const auto [status, said] = ended(QStringLiteral(RATESCOPE_CMAKE), {"--install", QStringLiteral(RATESCOPE_BUILD),
                                                                        "--prefix", qtText(m_folder.path("usr"))});
    QVERIFY2(status == 0, said.constData());
    // The usual types beside ours, as under /usr; before QMimeDatabase looks.
    m_usualTypes =
        QFile::copy("/usr/share/mime/packages/freedesktop.org.xml", at("share/mime/packages/freedesktop.org.xml"));
    qputenv("XDG_DATA_DIRS", at("share").toUtf8());
    qputenv("XDG_DATA_HOME", QFile::encodeName(qtText(m_folder.path("home"))));
}

void TestInstall::files_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("source"); // the same bytes; empty: made by the build
    const auto row = [](const QString& path, const QString& source = {}) {
        QTest::newRow(qPrintable(path)) << path << source;
    };
    row("bin/ratescope");
    row("share/applications/" + applicationId + ".desktop", "desktop/" + applicationId + ".desktop");
    row("share/metainfo/" + applicationId + ".metainfo.xml");
    row("share/mime/packages/ratescope.xml", "desktop/ratescope.xml");
    row("share/icons/hicolor/scalable/apps/" + applicationId + ".svg", "icons/ratescope.svg");
    row("share/icons/hicolor/scalable/mimetypes/application-x-ratescope-study.svg", "icons/study.svg");
    row("share/doc/ratescope/copyright", "package/copyright");
    for (const char* name : {"train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"})
        row(QStringLiteral("share/ratescope/mnist/%1-ubyte.gz").arg(name),
            QStringLiteral("mnist/%1-ubyte.gz").arg(name));
    for (const QString& name : QDir(QString::fromStdString(sourceDir("/resources/lessons"))).entryList({"*.json"}))
        row("share/doc/ratescope/examples/" + name, "lessons/" + name);
}

void TestInstall::files() {
    QFETCH(const QString, path);
    QFETCH(const QString, source);
    const std::string installed = readText(at(path).toStdString());
    QVERIFY(!installed.empty());
    if (!source.isEmpty()) QVERIFY(installed == readText(sourceDir("/resources/" + source.toStdString())));
}

/// The installed program takes MNIST from beside itself.
void TestInstall::trainsWithoutItsSources() {
    const QString data = at("share/ratescope/mnist/train-labels-idx1-ubyte.gz");
    writeText(m_folder.path("x.json"),
              R"({"ratescope":1,"runs":[{"name":"a","network":"softmax","train_samples":500,"steps":5}]})");
    const QStringList train = {"train", qtText(m_folder.path("x.json")), "--out", qtText(m_folder.path("a.ratescope")),
                               "--quiet"};
    const auto [status, said] = ended(at("bin/ratescope"), train);
    QVERIFY2(status == 0, said.constData());
    QVERIFY(QFile::rename(data, data + ".away"));
    const auto [without, complaint] = ended(at("bin/ratescope"), train);
    QVERIFY(QFile::rename(data + ".away", data));
    QCOMPARE(without, 3);
    QVERIFY2(complaint.contains("share/ratescope/mnist"), complaint.constData());
}

void TestInstall::icons_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("size");
    for (const QString& name : {"apps/" + applicationId, QStringLiteral("mimetypes/application-x-ratescope-study")})
        for (const int size : {16, 24, 32, 48, 64, 128, 256, 512})
            QTest::addRow("%s %d", qPrintable(name.section('/', 0, 0)), size) << name << size;
}

/// Of the right size, drawn in its colours, clear at the corners.
void TestInstall::icons() {
    QFETCH(const QString, name);
    QFETCH(const int, size);
    const QImage picture(at(QStringLiteral("share/icons/hicolor/%1x%1/%2.png").arg(size).arg(name)));
    QCOMPARE(picture.size(), QSize(size, size));
    QCOMPARE(qAlpha(picture.pixel(size - 1, size - 1)), 0);
    const bool program = name.startsWith(QLatin1String("apps"));
    const QRgb tile = picture.pixel(size * 3 / 4, size * 7 / 8);
    const QRgb paper = picture.pixel(size / 2, size * 3 / 8);
    QCOMPARE(QColor(program ? tile : paper).name(), QString(program ? "#17324d" : "#f7f9fb"));
}

void TestInstall::desktopEntry() {
    QSettings entry(at("share/applications/" + applicationId + ".desktop"), QSettings::IniFormat);
    entry.beginGroup("Desktop Entry");
    QCOMPARE(entry.value("Exec").toString(), QStringLiteral("ratescope %F"));
    QCOMPARE(entry.value("Icon").toString(), applicationId);
    QCOMPARE(entry.value("MimeType").toString(), studyType); // what follows its semicolon QSettings takes for a comment
}

void TestInstall::metainfo() {
    const std::string text = readText(at("share/metainfo/" + applicationId + ".metainfo.xml").toStdString());
    QVERIFY(hasText(text, "<id>" + applicationId.toStdString() + "</id>"));
    QVERIFY(hasText(text, ">" + applicationId.toStdString() + ".desktop</launchable>"));
    QVERIFY(hasText(text, "<release version=\"" RATESCOPE_VERSION "\" date=\"20"));
    QVERIFY(!hasText(text, "@"));
}

void TestInstall::validators_data() {
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("path");
    QTest::newRow("desktop entry") << "desktop-file-validate" << QStringList{"--no-hints"}
                                   << "share/applications/" + applicationId + ".desktop";
    QTest::newRow("metainfo") << "appstreamcli" << QStringList{"validate", "--no-net", "--no-color"}
                              << "share/metainfo/" + applicationId + ".metainfo.xml";
    QTest::newRow("MIME type") << "xmllint" << QStringList{"--noout"} << "share/mime/packages/ratescope.xml";
}

void TestInstall::validators() {
    QFETCH(const QString, program);
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, path);
    if (QStandardPaths::findExecutable(program).isEmpty())
        QSKIP(qPrintable(QStringLiteral("%1 is not on this machine").arg(program)));
    const auto [status, said] = ended(program, arguments + QStringList{at(path)});
    QVERIFY2(status == 0, said.constData());
}

void TestInstall::mimeType_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("type");
    const std::string path = m_folder.path("study").string();
    StudyFile(path, StudyFile::Access::Write).settle();
    const QByteArray study = QByteArray::fromStdString(readText(path));
    QByteArray other = study;
    other[68] = static_cast<char>(other[68] + 1);
    QTest::newRow("by its name") << "a.ratescope" << QByteArray() << studyType;
    QTest::newRow("by its content") << "a" << study << studyType;
    QTest::newRow("another program's database") << "a" << other << "application/vnd.sqlite3";
    QTest::newRow("an experiment") << "a.json" << QByteArray(R"({"ratescope":1})") << "application/json";
}

void TestInstall::mimeType() {
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    QFETCH(const QString, type);
    if (!m_usualTypes) QSKIP("the package shared-mime-info is not on this machine");
    QCOMPARE(QMimeDatabase().mimeTypeForFileNameAndData(name, content).name(), type);
}

QTEST_GUILESS_MAIN(TestInstall)
#include "tst_install.moc"
