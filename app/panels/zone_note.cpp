// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/zone_note.h"

#include "app/control/run_figures.h"

#include <QElapsedTimer>
#include <QLocale>

#include <limits>

namespace ratescope {

namespace {

constexpr int pause = 12;              // ms between two pieces
constexpr qint64 budget = 3'000'000;   // ns of a piece
constexpr std::uint64_t gulp = 512;    ///< steps between two looks at the clock

QString number(std::uint64_t value) { return QLocale().toString(static_cast<qulonglong>(value)); }

} // namespace

ZoneNote::ZoneNote(RunController& controller, QWidget* parent)
    : QLabel(parent)
    , m_controller(controller) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setForegroundRole(QPalette::PlaceholderText);
    setAccessibleName(tr("How the rates lie in the zones of the range test"));
    m_next.setSingleShot(true);
    m_next.setInterval(pause);
    m_look.setSingleShot(true);
    m_look.setInterval(0);
    connect(&m_look, &QTimer::timeout, this, &ZoneNote::look);
    connect(&m_next, &QTimer::timeout, this, &ZoneNote::goOn);
    const auto again = [this] { m_look.start(); };
    connect(&m_answers, &AnswerCache::ready, this, again);
    for (const auto signal : {&RunController::runAdded, &RunController::runRemoved, &RunController::runChanged,
                              &RunController::steered, &RunController::rateChanged})
        connect(&m_controller, signal, this, again);
    connect(&m_controller, &RunController::looksChanged, this, again);
    connect(&m_controller, &RunController::runRemoved, this, [this](RunId id) { m_answers.forget(id); });
    hide();
}

std::optional<ZoneNote::Subject> ZoneNote::subjectOf(const RunRecord& run) {
    const RunPointer test = testFor(run, m_controller.runs());
    const AnswerCache::Pointer known = m_answers.get(test);
    if (!known || !known->zones) return std::nullopt;
    Subject subject{.run = run.id, .test = test->id, .name = QString::fromStdString(test->config.name)};
    subject.good = test->config.rangeTest->kind == RangeTestKind::Sensitivity;
    subject.zones = known->zones;
    subject.schedule = m_controller.ordered(run);
    subject.length = run.length;
    subject.over = isOver(run.state);
    // What the data will make of the rates is not known before the run is over.
    if (!subject.over && Schedule(subject.schedule, run.length).needsFeedback()) return std::nullopt;
    subject.steps = subject.over ? run.stepCount() : run.length.steps;
    return subject;
}

void ZoneNote::showRun(RunId id) {
    if (id != m_run) hide();
    m_run = id;
    m_look.start();
}

void ZoneNote::look() {
    const RunPointer run = m_controller.find(m_run);
    const auto subject = run ? subjectOf(*run) : std::nullopt;
    if (!subject || subject->steps == 0) {
        m_subject.reset();
        m_counter.reset();
        m_next.stop();
        hide();
        return;
    }
    if (subject == m_subject) {
        setHidden(!m_counter->isDone());
        return;
    }
    m_subject = subject;
    begin(*run);
}

void ZoneNote::begin(const RunRecord& run) {
    constexpr double never = std::numeric_limits<double>::infinity();
    const RateZones& zones = *m_subject->zones;
    const bool own = m_subject->schedule == run.config.schedule;
    m_counter.emplace(own ? scheduleOf(run.config, run.length) : Schedule(m_subject->schedule, run.length),
                      m_subject->steps,
                      std::vector{zones.fastFrom.value_or(-never), zones.edgeFrom.value_or(never),
                                  zones.divergingFrom.value_or(never)});
    goOn();
}

void ZoneNote::goOn() {
    const RunPointer run = m_controller.find(m_run);
    if (!m_counter || !run) return;
    QElapsedTimer clock;
    clock.start();
    while (!m_counter->advance(gulp, run->rates) && clock.nsecsElapsed() < budget) {}
    if (m_counter->isDone()) say();
    else m_next.start();
}

void ZoneNote::say() {
    const std::uint64_t steps = m_counter->steps();
    const std::uint64_t fast = m_counter->beyond(0) - m_counter->beyond(1);
    const std::uint64_t beyond = m_counter->beyond(2);
    const std::uint64_t edge = m_counter->beyond(1) - beyond;
    const QString& test = m_subject->name;
    const bool good = m_subject->good;
    if (beyond > 0)
        setText(tr("%1 of %2 steps lie beyond the edge (%3) of “%4”.")
                    .arg(number(beyond), number(steps), figureText(*m_subject->zones->divergingFrom), test));
    else if (edge > 0)
        setText(tr("%1 of %2 steps lie at the edge (from %3 on) of “%4”, none beyond it.")
                    .arg(number(edge), number(steps), figureText(*m_subject->zones->edgeFrom), test));
    else if (fast == steps)
        setText(good ? tr("All steps lie in the good zone of “%1”.").arg(test)
                     : tr("All steps lie in the fast zone of “%1”.").arg(test));
    else
        setText((good ? tr("%1 of %2 steps lie in the good zone of “%3”, none beyond its edge.")
                      : tr("%1 of %2 steps lie in the fast zone of “%3”, none beyond its edge."))
                    .arg(number(fast), number(steps), test));
    show();
}

} // namespace ratescope
