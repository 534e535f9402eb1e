// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/rate_change.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace ratescope {

/// What the window asks of a trainer. Any thread may ask; the trainer looks between batches, in evaluation as well, and for a
/// stop every few hundredths of a second within a batch, which then counts as not begun.
class TrainingControl {
public:
    enum class State { Run, Pause, Stop };

    void pause() { request(State::Pause); }
    void resume() { request(State::Run); }

    /// For good: neither pause nor resume undoes it.
    void stop() {
        m_state.store(State::Stop);
        wake();
    }

    /// From the next batch on the run follows another schedule. Of several that come between two batches the last counts.
    void steer(ScheduleOrder order) {
        {
            const std::lock_guard lock(m_mutex);
            m_orders.schedule = std::move(order);
        }
        announce();
    }

    /// The trainer shall hand its state between two batches to its observer, even while it is paused.
    void requestCheckpoint() {
        {
            const std::lock_guard lock(m_mutex);
            m_orders.checkpoint = true;
        }
        announce();
    }

    State state() const { return m_state.load(std::memory_order_relaxed); }
    bool stopped() const { return state() == State::Stop; }

    /// What was asked for besides the state.
    struct Orders {
        std::optional<ScheduleOrder> schedule = {};
        bool checkpoint = false;
    };
    /// For the trainer: whether there is any. Costs nothing.
    bool hasOrders() const { return m_ordered.load(std::memory_order_acquire); }
    Orders takeOrders() const {
        const std::lock_guard lock(m_mutex);
        m_ordered.store(false, std::memory_order_release);
        return std::exchange(m_orders, {});
    }

    /// For the trainer: sleeps while paused, until there are orders. Pause is returned for orders alone.
    State await() const {
        while (true) {
            const std::uint32_t turn = m_turn.load();
            const State now = m_state.load();
            if (now != State::Pause || hasOrders()) return now;
            m_turn.wait(turn);
        }
    }

    /// For the trainer: sleeps while paused. Returns whether to go on.
    bool proceed() const {
        while (true) {
            const std::uint32_t turn = m_turn.load();
            const State now = m_state.load();
            if (now != State::Pause) return now == State::Run;
            m_turn.wait(turn);
        }
    }

private:
    void request(State wanted) {
        State now = m_state.load();
        while (now != State::Stop && !m_state.compare_exchange_weak(now, wanted)) {
        }
        wake();
    }

    void announce() {
        m_ordered.store(true, std::memory_order_release);
        wake();
    }

    void wake() {
        m_turn.fetch_add(1);
        m_turn.notify_all();
    }

    std::atomic<State> m_state{State::Run};
    std::atomic<std::uint32_t> m_turn{0}; ///< goes up with every request
    mutable std::atomic<bool> m_ordered{false};
    mutable std::mutex m_mutex;
    mutable Orders m_orders; ///< guarded by m_mutex
};

} // namespace ratescope
