// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"
#include "tests/app/app_helpers.h"
#include "tests/this_build.h"

#include <QObject>

#include <memory>
#include <string>

/// A controller with runs that need not train to have figures.
class RunListFixture : public QObject {
protected:
    RunListFixture()
        : m_data(writeTinyData(m_folder)) {}

    void restart() {
        m_controller =
            std::make_unique<ratescope::RunController>(m_catalog, m_datasets, nullptr, ratescope::RunController::Options{});
    }

    template <typename Change> ratescope::RunId add(const std::string& name, Change change) {
        ratescope::RunConfig config = tinyConfig(m_data, name);
        change(config);
        return m_controller->add(config);
    }
    ratescope::RunId add(const std::string& name, double rate = 0.1) {
        return m_controller->add(tinyConfig(m_data, name, rate));
    }

    /// A finished run that ended with this loss and, if not negative, this validation accuracy.
    ratescope::RunId addFinished(const std::string& name, float loss, double accuracy = -1.0) {
        ratescope::RunRecord record;
        record.config = tinyConfig(m_data, name);
        record.config.color = "#0072b2";
        record.length = {20, 10};
        record.state = ratescope::RunState::Finished;
        for (int i = 0; i < 20; ++i) {
            record.rates.push_back(0.1);
            record.losses.push_back(loss);
        }
        if (accuracy >= 0.0) {
            ratescope::EpochMetrics epoch;
            epoch.validation.emplace();
            epoch.validation->error = 1.0 - accuracy;
            record.epochs.push_back(epoch);
        }
        return m_controller->adopt(record, false);
    }

    void end() { m_controller.reset(); }

    ratescope::RunPointer run(ratescope::RunId id) const { return m_controller->find(id); }

    TestFolder m_folder;
    std::string m_data;
    ratescope::DataCatalog m_catalog{sourceDir("/resources")};
    ratescope::DatasetStore m_datasets;
    std::unique_ptr<ratescope::RunController> m_controller;
};
