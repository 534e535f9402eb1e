// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/app_helpers.h"
#include "tests/this_build.h"

#include <QProcess>
#include <QStringList>

#include <map>

/// What a command ended with. `status` is −1 for one that crashed, −2 for one that did not end in time.
struct Outcome {
    int status = -2;
    QByteArray output;
    QByteArray errors;
};

/// Runs the program without a display and with a home of its own.
class Program {
public:
    QProcessEnvironment environment() const {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        for (const char* name :
             {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "LANG", "LANGUAGE"})
            all.remove(QLatin1String(name));
        for (const char* name :
             {"HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            all.insert(QLatin1String(name), qtText(m_home.path()));
        all.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        return all;
    }

    void start(QProcess& process, const QStringList& arguments,
               const std::map<QString, QString>& variables = {}) const {
        QProcessEnvironment all = environment();
        for (const auto& [name, value] : variables) all.insert(name, value);
        process.setProcessEnvironment(all);
        process.setWorkingDirectory(qtText(m_home.path()));
        process.start(programPath(), arguments);
    }

    Outcome run(const QStringList& arguments, const std::map<QString, QString>& variables = {}) const {
        QProcess process;
        start(process, arguments, variables);
        return ended(process);
    }

    static Outcome ended(QProcess& process) {
        constexpr int patience = 120'000; // ms
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(patience)) return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

private:
    TestFolder m_home;
};

/// The command has to end like that; says what it wrote if it does not.
#define COMPARE_STATUS(outcome, expected)                                                                              \
    do {                                                                                                               \
        const Outcome ended = (outcome); /* once: it may be a call that runs the program */                            \
        QVERIFY2(ended.status == (expected),                                                                           \
                 qPrintable(QStringLiteral("status %1: ").arg(ended.status) + QString::fromUtf8(ended.errors)));       \
    } while (false)

/// An experiment of runs over the tiny data beside it; `runs` without the brackets.
inline QString writeExperiment(const TestFolder& folder, const std::string& name, const std::string& runs) {
    if (!std::filesystem::exists(folder.path("data"))) writeTinyData(folder);
    writeText(
        folder.path(name),
        R"({"ratescope":1,"title":"Große Raten","notes":"“Notes”\n","defaults":{"data":"data","network":"softmax","batch_size":16,"epochs":2},"runs":[)" +
            runs + "]}");
    return qtText(folder.path(name));
}
