// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_table.h"
#include "app/study/run_config_json.h"
#include "core/network/network_spec.h"
#include "core/optimizer/optimizer_reference.h"
#include "core/schedule/schedule.h"
#include "tests/this_build.h"

#include <QFile>
#include <QTest>

using namespace ratescope;

/// README is for users and kept true: what it lists is what the program knows.
class TestReadme : public QObject {
    Q_OBJECT

private:
    QByteArray m_text;

private Q_SLOTS:
    void initTestCase() {
        QFile file(QString::fromStdString(sourceDir("/README.md")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_text = file.readAll();
    }

    void optimizersAreThoseOfTheTable() { QVERIFY(m_text.contains(QByteArray::fromStdString(optimizerReference()))); }

    void everyKeyIsThere() {
        for (const std::string& key : runKeys())
            QVERIFY2(m_text.contains('`' + QByteArray::fromStdString(key) + '`'), key.c_str());
    }

    void everyCommandIsThere() {
        QVERIFY(commandTable().size() >= 8);
        for (const CommandInfo& command : commandTable()) {
            const QByteArray name = QByteArray::fromStdString(command.name);
            const qsizetype at = m_text.indexOf("\nratescope " + name + ' ');
            QVERIFY2(at >= 0, name.constData());
            const QByteArray rest = m_text.mid(at + 1, m_text.indexOf("```", at) - at);
            const QByteArray lines = rest.mid(0, rest.indexOf("\nratescope ")); // up to the next command's
            for (const OptionInfo& option : command.options)
                QVERIFY2(lines.contains("--" + QByteArray::fromStdString(option.name)), (name + option.name.c_str()).constData());
        }
    }

    void everyScheduleAndLayerIsThere() {
        for (const ScheduleFamily& family : scheduleTable())
            QVERIFY2(m_text.contains("| `" + QByteArray::fromStdString(family.type) + "` |"), family.type.c_str());
        for (const LayerInfo& layer : layerTable())
            QVERIFY2(m_text.contains(QByteArray(layer.name.data(), static_cast<qsizetype>(layer.name.size()))),
                     std::string(layer.name).c_str());
    }
};

QTEST_APPLESS_MAIN(TestReadme)
#include "tst_readme.moc"
