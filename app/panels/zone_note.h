// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/answer_cache.h"
#include "app/control/run_controller.h"
#include "core/schedule/rate_counter.h"

#include <QLabel>
#include <QTimer>

#include <optional>

namespace ratescope {

/// A line on how a run's rates lie in the zones of the range test that speaks for it: how many of its steps go beyond the
/// edge. Hidden where there is no such test. Long runs are counted in pieces, between which the window goes on.
class ZoneNote : public QLabel {
    Q_OBJECT

public:
    explicit ZoneNote(RunController& controller, QWidget* parent = nullptr);

    /// 0: none. What it says follows a moment later.
    void showRun(RunId id);

private:
    /// What the line depends on.
    struct Subject {
        RunId run = 0;
        RunId test = 0;
        QString name; ///< of the test
        bool good = false; ///< the zones are those of a sensitivity sweep
        bool over = false; ///< then all of its rates are those that it has used
        std::uint64_t steps = 0;
        std::optional<RateZones> zones = {};
        ScheduleSpec schedule = {};
        RunLength length = {};
        bool operator==(const Subject&) const = default;
    };

    std::optional<Subject> subjectOf(const RunRecord& run);
    void look();
    void begin(const RunRecord& run);
    void goOn();
    void say();

    RunController& m_controller;
    AnswerCache m_answers;
    RunId m_run = 0;
    std::optional<Subject> m_subject;
    std::optional<RateCounter> m_counter;
    QTimer m_look; ///< a file may bring a thousand runs: what looks at all of them waits for the last
    QTimer m_next;
};

} // namespace ratescope
