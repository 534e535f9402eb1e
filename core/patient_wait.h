// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stop_ref.h"

#include <chrono>
#include <future>
#include <thread>
#include <type_traits>
#include <utility>

namespace ratescope {

/// What `read()` returns or throws, from a thread that nobody joins: a disk that does not answer holds nobody up who has
/// stopped waiting for it, not even the program's end. So `read` may use nothing but what it owns.
template <typename Read>
auto onItsOwn(Read read) -> std::shared_future<std::invoke_result_t<Read&>> {
    std::packaged_task<std::invoke_result_t<Read&>()> task(std::move(read));
    auto result = task.get_future().share();
    std::thread(std::move(task)).detach();
    return result;
}

/// Returns whether it is there; false if `stopped` said so first.
template <typename Value>
bool waitFor(const std::shared_future<Value>& result, const StopRef& stopped) {
    constexpr std::chrono::milliseconds betweenLooks{20};
    while (result.wait_for(betweenLooks) != std::future_status::ready)
        if (stopped()) return false;
    return true;
}

/// Whether it is over, and nothing came of it.
template <typename Value>
bool hasFailed(const std::shared_future<Value>& result) {
    if (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
    try {
        result.get();
        return false;
    } catch (...) {
        return true;
    }
}

} // namespace ratescope
