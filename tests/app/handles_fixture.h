// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/step_scale.h"
#include "core/schedule/piecewise.h"
#include "tests/app/plot_page_fixture.h"

#include <algorithm>
#include <cmath>

using Record = std::shared_ptr<ratescope::RunRecord>;
using Points = std::vector<ratescope::SchedulePoint>;

inline ratescope::ScheduleSpec piecewiseOf(Points points, ratescope::TimeUnit unit = ratescope::TimeUnit::Step,
                                           ratescope::Interpolation interpolation = ratescope::Interpolation::Linear) {
    ratescope::ScheduleSpec spec;
    spec.type = "piecewise";
    spec.unit = unit;
    spec.values.set("interpolation", static_cast<double>(interpolation));
    spec.points = std::move(points);
    return spec;
}

/// A run of 1000 steps in 5 epochs that follows the schedule and has made `done` of them, a hundredth of a second each.
inline Record runOf(const ratescope::ScheduleSpec& schedule, std::size_t done = 0) {
    const Record run = finishedRun(1, 1000);
    run->config.schedule = schedule;
    run->state = done > 0 ? ratescope::RunState::Running : ratescope::RunState::Ready;
    run->trainSeconds = 0.01 * static_cast<double>(done);
    run->losses.resize(done);
    run->rates.clear();
    const ratescope::Schedule rates(schedule, run->length);
    for (std::size_t i = 0; i < done; ++i) run->rates.push_back(rates.at(i));
    return run;
}

inline void grow(ratescope::RunRecord& run, std::size_t done) {
    const ratescope::Schedule rates(run.config.schedule, run.length);
    while (run.stepCount() < done)
        run.append(std::vector{ratescope::StepMetrics{run.stepCount(), rates.at(run.stepCount()), 1.0F}});
    run.trainSeconds = 0.01 * static_cast<double>(done);
}

inline const Points hill = {{0.0, 0.02}, {500.0, 0.1}, {1000.0, 0.04}};

/// The page with the handles of one run, and what it told.
class Hands : public PageFixture {
public:
    explicit Hands(Record made, const ratescope::PlotView& view = {}, bool listens = false)
        : PageFixture({made}, view)
        , run(std::move(made)) {
        QObject::connect(&page, &ratescope::PlotPage::handlesEdited, &page,
                         [this, listens](ratescope::RunId id, const ratescope::ScheduleSpec& edit, quint64 gesture) {
                             ids.push_back(id);
                             edits.push_back(edit);
                             gestures.push_back(gesture);
                             if (!listens) return;
                             run->config.schedule = edit; // as the window does
                             page.showHandles(run, edit);
                             page.refresh();
                         });
        page.showHandles(run, run->config.schedule);
        settle();
    }

    ratescope::AxisMap xAxis() {
        const QRectF frame = page.frameOf(ratescope::PlotPart::Rate);
        const ratescope::PlotView view = page.currentView();
        return {*view.steps, view.logSteps, frame.left(), frame.left() + frame.width()};
    }
    ratescope::AxisMap yAxis() {
        const QRectF frame = page.frameOf(ratescope::PlotPart::Rate);
        const ratescope::PlotView view = page.currentView();
        return {*view.rate, view.logRate, frame.top() + frame.height() - 1.0, frame.top() - 1.0};
    }
    double stepsOf(double t) const {
        return run->config.schedule.unit == ratescope::TimeUnit::Step
                   ? t
                   : t * static_cast<double>(run->length.stepsPerEpoch);
    }
    /// Where that time and rate lie.
    QPointF at(double t, double rate) {
        return {xAxis().toPixel(ratescope::StepScale(*run, page.view().stepUnit).keyOf(stepsOf(t))),
                yAxis().toPixel(rate)};
    }
    QPointF at(const ratescope::SchedulePoint& point) { return at(point.t, point.rate); }
    /// What lies there.
    ratescope::SchedulePoint under(const QPointF& place) {
        const double steps = ratescope::StepScale(*run, page.view().stepUnit).stepOf(xAxis().toValue(place.x()));
        return {steps / stepsOf(1.0), yAxis().toValue(place.y())};
    }
    const Points& last() const { return edits.back().points; }

    Record run;
    std::vector<ratescope::RunId> ids;
    std::vector<ratescope::ScheduleSpec> edits;
    std::vector<quint64> gestures;
};

inline bool hasFewDigits(double value, int digits) {
    return QString::number(value, 'g', digits).toDouble() == value;
}

inline bool isRising(const Points& points) {
    return std::ranges::is_sorted(points, {}, &ratescope::SchedulePoint::t);
}
