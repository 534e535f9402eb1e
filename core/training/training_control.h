// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace ratescope {

/// What the window asks of a trainer. Any thread may ask; the trainer looks between batches, in evaluation as well.
class TrainingControl {
public:
    enum class State { Run, Pause, Stop };

    void pause() { request(State::Pause); }
    void resume() { request(State::Run); }

    /// For good: neither pause nor resume undoes it.
    void stop() {
        m_state.store(State::Stop);
        m_state.notify_all();
    }

    State state() const { return m_state.load(std::memory_order_relaxed); }
    bool stopped() const { return state() == State::Stop; }

    /// For the trainer: sleeps while paused. Returns whether to go on.
    bool proceed() const {
        while (true) {
            const State now = m_state.load();
            if (now != State::Pause) return now == State::Run;
            m_state.wait(State::Pause);
        }
    }

private:
    void request(State wanted) {
        State now = m_state.load();
        while (now != State::Stop && !m_state.compare_exchange_weak(now, wanted)) {
        }
        m_state.notify_all();
    }

    std::atomic<State> m_state{State::Run};
};

} // namespace ratescope
