// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/event_writer.h"

#include "app/study/event_records.h"
#include "events.pb.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

/// As near as a float comes.
float asFloat(double value) {
    constexpr auto most = static_cast<double>(std::numeric_limits<float>::max());
    if (std::abs(value) > most)
        return std::copysign(std::numeric_limits<float>::infinity(), value > 0.0 ? 1.0F : -1.0F);
    return static_cast<float>(value);
}

/// When a number of updates had been made, by what is known of the ends of epochs and of the whole.
class Clock {
public:
    Clock(const RunRecord& run, double started)
        : m_run(run)
        , m_started(started)
        , m_before(started) {}

    /// For updates that do not become fewer.
    double at(std::uint64_t updates) {
        while (m_next < m_run.epochs.size() && m_run.epochs[m_next].step <= updates) {
            pass(m_run.epochs[m_next].step, m_run.epochs[m_next].seconds);
            ++m_next;
        }
        const bool isLast = m_next == m_run.epochs.size();
        const std::uint64_t end = isLast ? lastEnd() : m_run.epochs[m_next].step;
        const double seconds = m_started + (isLast ? m_run.trainSeconds : m_run.epochs[m_next].seconds);
        if (end <= m_step || !(seconds > m_before)) return m_before;
        const double share = static_cast<double>(updates - m_step) / static_cast<double>(end - m_step);
        return std::lerp(m_before, seconds, std::min(share, 1.0));
    }

private:
    std::uint64_t lastEnd() const { return m_run.losses.empty() ? 0 : m_run.stepNumber(m_run.losses.size() - 1) + 1; }
    void pass(std::uint64_t step, double seconds) {
        m_step = step;
        m_before = std::max(m_before, m_started + seconds); // time does not go back
    }

    const RunRecord& m_run;
    double m_started;
    double m_before;
    std::uint64_t m_step = 0;
    std::size_t m_next = 0;
};

class EventWriter {
public:
    EventWriter(const RunRecord& run, double started, FileOutput& out)
        : m_run(run)
        , m_clock(run, started)
        , m_out(out) {
        events::Event version;
        version.set_wall_time(started);
        version.set_file_version("brain.Event:2");
        write(version);
        addValue(m_update, "train/loss");
        if (!m_run.rates.empty()) addValue(m_update, "lr");
    }

    void write() {
        auto epoch = m_run.epochs.begin();
        const auto writeEpochs = [&](std::uint64_t updates) {
            for (; epoch != m_run.epochs.end() && epoch->step <= updates; ++epoch) writeEpoch(*epoch);
        };
        for (std::size_t point = 0; point < m_run.losses.size(); ++point) {
            writeEpochs(m_run.stepNumber(point));
            writeUpdate(point);
        }
        writeEpochs(std::numeric_limits<std::uint64_t>::max());
    }

private:
    static void addValue(events::Event& event, const char* tag, float value = 0.0F) {
        events::Summary_Value& added = *event.mutable_summary()->add_value();
        added.set_tag(tag);
        added.set_simple_value(value);
    }

    void writeUpdate(std::size_t point) {
        const std::uint64_t step = m_run.stepNumber(point);
        auto& values = *m_update.mutable_summary();
        values.mutable_value(0)->set_simple_value(m_run.losses[point]);
        if (const auto rate = m_run.rateAt(point)) values.mutable_value(1)->set_simple_value(asFloat(*rate));
        m_update.set_step(static_cast<std::int64_t>(step));
        m_update.set_wall_time(m_clock.at(step + 1));
        write(m_update);
        if (m_run.isRangeTest() && point < m_run.validations.size()) {
            events::Event event;
            addScore(event, m_run.validations[point]);
            event.set_step(m_update.step());
            event.set_wall_time(m_update.wall_time());
            write(event);
        }
    }

    void writeEpoch(const EpochMetrics& epoch) {
        events::Event event;
        addValue(event, "epoch", asFloat(static_cast<double>(epoch.epoch)));
        if (epoch.validation) addScore(event, *epoch.validation);
        event.set_step(static_cast<std::int64_t>(epoch.step));
        event.set_wall_time(m_clock.at(epoch.step));
        write(event);
    }

    /// Of a log one of the two may be unknown.
    void addScore(events::Event& event, const Score& score) const {
        const auto add = [&](const char* tag, double value) {
            if (!m_run.isLog() || std::isfinite(value)) addValue(event, tag, asFloat(value));
        };
        add("val/loss", score.loss);
        add("val/accuracy", 1.0 - score.error);
    }

    void write(const events::Event& event) {
        event.SerializeToString(&m_bytes);
        m_record.clear();
        appendEventRecord(m_record, m_bytes);
        m_out.write(m_record);
    }

    const RunRecord& m_run;
    Clock m_clock;
    FileOutput& m_out;
    events::Event m_update; ///< made once: a run has many
    std::string m_bytes;
    std::string m_record;
};

} // namespace

std::string eventFileName(std::int64_t started) {
    std::string seconds = std::to_string(std::max<std::int64_t>(started, 0));
    seconds.insert(0, 10 - std::min<std::size_t>(seconds.size(), 10), '0'); // so that names sort as times
    return "events.out.tfevents." + seconds + ".ratescope";
}

void writeEvents(const RunRecord& run, double started, FileOutput& out) {
    EventWriter(run, started, out).write();
}

} // namespace ratescope
