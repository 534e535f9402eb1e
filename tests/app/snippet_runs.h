// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/app_helpers.h"
#include "tests/this_build.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>

#include <cstdlib>

/// Snippets of Python and what they come to, all in one process: PyTorch takes two seconds to come up.
class SnippetRuns {
public:
    /// Of a job that lacks its text alone.
    void add(const std::string& name, const std::string& text, QJsonObject job) {
        const std::string file = std::to_string(m_jobs.size()) + ".py";
        writeText(m_folder.path(file), text);
        job[QLatin1String("name")] = QString::fromStdString(name);
        job[QLatin1String("file")] = qtText(m_folder.path(file));
        m_jobs.append(job);
    }

    /// Runs them; says what went wrong, or nothing.
    QString run() {
        writeText(m_folder.path("jobs.json"), QJsonDocument(m_jobs).toJson(QJsonDocument::Compact).toStdString());
        QProcess python;
        python.start(program(), {QString::fromStdString(sourceDir("/tests/app/run_snippets.py")),
                                 qtText(m_folder.path("jobs.json"))});
        if (!python.waitForFinished(240'000)) return QStringLiteral("Python has not ended");
        const QByteArray output = python.readAllStandardOutput();
        const QJsonObject all = QJsonDocument::fromJson(output).object();
        m_hasTorch = all.value(QLatin1String("torch")).toBool();
        m_results = all.value(QLatin1String("jobs")).toObject();
        return all.isEmpty() ? QString::fromUtf8(python.readAllStandardError()) : QString();
    }

    /// Debian's own first: it is the one that has PyTorch.
    static QString program() {
        const QString debian = QStringLiteral("/usr/bin/python3");
        return QFile::exists(debian) ? debian : QStandardPaths::findExecutable(QStringLiteral("python3"));
    }

    bool hasTorch() const { return m_hasTorch; }
    QJsonObject result(const std::string& name) const {
        return m_results.value(QString::fromStdString(name)).toObject();
    }
    /// Rates of a parameter group, step by step.
    static std::vector<double> rates(const QJsonObject& result, qsizetype group = 0) {
        std::vector<double> rates;
        for (const QJsonValue& one : result.value(QLatin1String("rates")).toArray().at(group).toArray())
            rates.push_back(std::strtod(one.toString().toUtf8().constData(), nullptr));
        return rates;
    }

private:
    TestFolder m_folder;
    QJsonArray m_jobs;
    QJsonObject m_results;
    bool m_hasTorch = false;
};
