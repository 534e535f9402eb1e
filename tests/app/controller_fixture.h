// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"
#include "tests/app/app_helpers.h"
#include "tests/this_build.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <string>

constexpr int patience = 60'000; // ms
constexpr std::uint64_t endless = 1'000'000'000;

/// A controller over the tiny data, and what tests of it do all the time.
class ControllerFixture : public QObject {
protected:
    ControllerFixture()
        : m_data(writeTinyData(m_folder)) {}

    void restart(int maximumActive, ratescope::StudyStore* store = nullptr) {
        m_controller = std::make_unique<ratescope::RunController>(
            m_catalog, m_datasets, store, ratescope::RunController::Options{.maximumActive = maximumActive});
    }

    ratescope::RunId add(const std::string& name, double rate = 0.1) {
        return m_controller->add(tinyConfig(m_data, name, rate));
    }

    ratescope::RunId addEndless(const std::string& name) {
        ratescope::RunConfig config = tinyConfig(m_data, name, 0.001);
        config.duration.steps = endless;
        config.network = ratescope::parseLayerList("dense 64, relu, dense 10");
        config.validation = 0.0;
        return m_controller->add(config);
    }

    ratescope::RunPointer run(ratescope::RunId id) const { return m_controller->find(id); }

    bool waitIdle() {
        QSignalSpy idle(m_controller.get(), &ratescope::RunController::idle);
        while (m_controller->anyActive())
            if (!idle.wait(patience)) return false;
        return true;
    }

    /// Adds the run and trains it to its end; 0: it has none.
    ratescope::RunId trained(const ratescope::RunConfig& config) {
        const ratescope::RunId id = m_controller->add(config);
        m_controller->start(id);
        return waitIdle() ? id : 0;
    }

    /// Until the run has made a step.
    bool waitForSteps(ratescope::RunId id) {
        QSignalSpy steps(m_controller.get(), &ratescope::RunController::stepsAppended);
        while (run(id)->stepCount() == 0)
            if (!steps.wait(patience)) return false;
        return true;
    }

    TestFolder m_folder;
    std::string m_data;
    ratescope::DataCatalog m_catalog{sourceDir("/resources")};
    ratescope::DatasetStore m_datasets;
    std::unique_ptr<ratescope::RunController> m_controller;
};
