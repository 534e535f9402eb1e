// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/study_file.h"
#include "tests/app/app_helpers.h"

#include <QObject>

/// A record with everything that a study keeps of it.
inline ratescope::RunRecord fullRecord(const std::string& name, ratescope::RunState state) {
    ratescope::RunRecord record;
    static_cast<ratescope::RunHeader&>(record) = tinyHeader(0, name);
    record.config.schedule = {"cosine", ratescope::TimeUnit::FractionalEpoch, {}};
    record.config.schedule.values.set("lr", 1.0 / 3.0);
    record.length = {20'000, 37};
    record.state = state;
    record.message = QStringLiteral("größer — “𝄞”\n2");
    record.visible = false;
    record.dash = 3;
    record.trainSeconds = 1.0 / 7.0;
    record.result = {
        .outcome = state == ratescope::RunState::Diverged       ? ratescope::RunOutcome::Diverged
                   : state == ratescope::RunState::Cancelled    ? ratescope::RunOutcome::Cancelled
                   : state == ratescope::RunState::StoppedEarly ? ratescope::RunOutcome::StoppedEarly
                                                                : ratescope::RunOutcome::Finished,
        .steps = 90,
        .samples = 1430,
        .epochs = 90.0 / 37.0,
        .trainSeconds = 1.0 / 7.0,
        .divergedAt = state == ratescope::RunState::Diverged ? std::optional<std::uint64_t>(90) : std::nullopt,
        .test = ratescope::isComplete(state) ? std::optional(ratescope::Score{0.1 + 0.2, 1.0 / 9.0}) : std::nullopt};
    record.append(someSteps(90));
    record.rates[0] = 5e-324;
    record.rates[1] = 1e6;
    record.losses[0] = 1e-45F;
    record.losses[1] = 3.4028235e38F;
    record.epochs = {{1, 37, 0.1, {1.0 / 3.0, 0.25}, ratescope::Score{2.0 / 3.0, 0.5}, 0.3},
                     {2, 74, 0.2, {1e-300, 0.0}, std::nullopt, 0.6}};
    return record;
}

inline ratescope::StudyFile::Row put(ratescope::StudyFile& file, const ratescope::RunRecord& record) {
    const ratescope::StudyFile::Row row = file.addRun(record);
    std::vector<ratescope::StepMetrics> steps;
    for (std::size_t i = 0; i < record.losses.size(); ++i) steps.push_back({i, record.rates[i], record.losses[i]});
    file.appendSteps(row, steps);
    for (const ratescope::EpochMetrics& epoch : record.epochs) file.appendEpoch(row, epoch);
    file.appendValidations(row, 0, record.validations);
    return row;
}

/// Any SQLite tool.
inline ratescope::SqliteDatabase tool(const std::filesystem::path& path) {
    return {path, ratescope::SqliteDatabase::Mode::ReadWrite};
}

/// Studies in a folder of their own.
class StudyFixture : public QObject {
protected:
    std::filesystem::path fresh() { return m_folder.path("s" + std::to_string(++m_count) + ".ratescope"); }

    /// A study with two runs, settled.
    std::filesystem::path filled() {
        const auto path = fresh();
        ratescope::StudyFile file(path, ratescope::StudyFile::Access::Write);
        file.begin();
        put(file, fullRecord("a", ratescope::RunState::Finished));
        put(file, fullRecord("b", ratescope::RunState::Diverged));
        file.commit();
        file.settle();
        return path;
    }

    TestFolder m_folder;
    int m_count = 0;
};
