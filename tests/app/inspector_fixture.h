// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/schedule_editor.h"
#include "tests/app/app_helpers.h"
#include "tests/this_build.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>

/// The panel over runs of tiny data, and hands to work it with.
class InspectorFixture : public QObject {
protected:
    InspectorFixture()
        : m_data(writeTinyData(m_folder)) {}

    void restart() {
        m_panel.reset();
        m_controller = std::make_unique<ratescope::RunController>(m_catalog, m_datasets, nullptr,
                                                                  ratescope::RunController::Options{});
        m_panel = std::make_unique<ratescope::InspectorPanel>(*m_controller);
    }

    void end() {
        m_panel.reset();
        m_controller.reset();
    }

    ratescope::RunConfig tiny(const std::string& name = "run") const {
        ratescope::RunConfig config = tinyConfig(m_data, name);
        config.network = ratescope::parseLayerList("dense 8, relu, dense 10");
        config.color = "#0072b2";
        return config;
    }

    /// A new run of that configuration, shown.
    ratescope::RunId show(const ratescope::RunConfig& config) {
        const ratescope::RunId id = m_controller->add(config);
        m_panel->showRun(id);
        m_panel->show();
        return id;
    }

    const ratescope::RunConfig& config(ratescope::RunId id) const { return m_controller->find(id)->config; }

    template <typename Editor> Editor* editor(const char* name) const {
        for (Editor* one : m_panel->findChildren<Editor*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }

    QAbstractButton* box(const char* text) const {
        for (QAbstractButton* one : m_panel->findChildren<QAbstractButton*>())
            if (one->text() == QLatin1String(text)) return one;
        return nullptr;
    }

    /// As somebody who picks the entry from the list.
    void pick(const char* name, int index) const {
        auto* list = editor<QComboBox>(name);
        list->setCurrentIndex(index);
        Q_EMIT list->activated(index);
    }
    void pick(const char* name, const QString& text) const { pick(name, editor<QComboBox>(name)->findText(text)); }

    void type(const char* name, const QString& text) const {
        auto* line = editor<QLineEdit>(name);
        line->clear();
        QTest::keyClicks(line, text);
        if (text.isEmpty()) Q_EMIT line->textEdited(text);
    }

    void type(const char* name, const char* text) const { type(name, QString::fromUtf8(text)); }

    void pickFamily(const char* type) const { m_panel->findChild<ratescope::ScheduleEditor*>()->chooseFamily(type); }
    void pickKind(bool rangeTest) const {
        editor<QComboBox>("Training or range test")->setCurrentIndex(rangeTest ? 1 : 0);
    }

    /// What the panel says is wrong; empty: nothing.
    QString problem() const {
        const auto* label = editor<QLabel>("What is wrong with the configuration");
        return label->isVisible() ? label->text() : QString();
    }

    /// Does that with the file dialog that opens meanwhile.
    template <typename Act>
    static bool withFileDialog(const Act& act, const std::function<void(QFileDialog&)>& answer) {
        bool answered = false;
        QTimer look;
        connect(&look, &QTimer::timeout, &look, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog) return;
            look.stop();
            answered = true;
            answer(*dialog);
        });
        look.start(5);
        act();
        return answered;
    }

    /// Types the path and agrees: selectFile() leaves the line alone where it has the focus, which is a matter of time.
    static void accept(QFileDialog& dialog, const QString& path) {
        dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(path);
        QMetaObject::invokeMethod(&dialog, "accept");
    }

    TestFolder m_folder;
    std::string m_data;
    ratescope::DataCatalog m_catalog{sourceDir("/resources")};
    ratescope::DatasetStore m_datasets;
    std::unique_ptr<ratescope::RunController> m_controller;
    std::unique_ptr<ratescope::InspectorPanel> m_panel;
};
