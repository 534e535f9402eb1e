// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/experiment.h"
#include "tests/app/app_helpers.h"
#include "tests/core/problems.h"
#include "tests/this_build.h"

#include <QTest>

/// A file of one run with those keys beside its name.
inline std::string oneRun(const std::string& keys, const std::string& defaults = {}) {
    return R"({"ratescope":1,"defaults":{"data":"data")" + (defaults.empty() ? "" : ',' + defaults) +
           R"(},"runs":[{"name":"a")" + (keys.empty() ? "" : ',' + keys) + "}]}";
}

/// A file of those runs, written without the brackets.
inline std::string fileOf(const std::string& runs, const std::string& defaults = {}) {
    return R"({"ratescope":1,"defaults":{"data":"data")" + (defaults.empty() ? "" : ',' + defaults) + R"(},"runs":[)" +
           runs + "]}";
}

inline QByteArray bytesOf(const std::string& text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// A row of a faulty file and of what the message has to say.
inline void row(const char* name, const std::string& text, const std::string& part) {
    QTest::newRow(name) << bytesOf(text) << bytesOf(part);
}

/// Experiments in a folder beside tiny data.
class ExperimentFixture : public QObject {
protected:
    ExperimentFixture() { writeTinyData(m_folder); }

    ratescope::Experiment parse(const std::string& text) {
        return ratescope::parseExperiment(text, "x.json", m_folder.path(), m_catalog);
    }

    void faultColumns() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
    }

    void checkFault() {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, part);
        const std::string error = errorOf([&] { parse(text.toStdString()); });
        QVERIFY2(error.starts_with("x.json: "), error.c_str());
        QVERIFY2(hasText(error, part.toStdString()), error.c_str());
    }

    TestFolder m_folder;
    ratescope::DataCatalog m_catalog{sourceDir("/resources")};
};
