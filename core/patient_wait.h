// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/stop_ref.h"

#include <chrono>
#include <future>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

namespace ratescope {

/// What a read has come to. A message, and no exception, crosses threads: the standard library counts who still holds an
/// exception where the thread sanitizer cannot see it.
template <typename Value>
struct Answer {
    std::optional<Value> value = {};
    bool outOfMemory = false;
    std::string problem = {};

    /// The value. Throws ratescope::Error or std::bad_alloc where there is none.
    const Value& get() const {
        if (outOfMemory) throw std::bad_alloc();
        if (!value) throw Error(problem);
        return *value;
    }

    /// The same, for whoever is its last reader.
    Value take() {
        get();
        return std::move(*value);
    }
};

/// What `read()` returns or throws.
template <typename Read>
auto answerOf(Read&& read) {
    Answer<std::invoke_result_t<Read&>> answer;
    try {
        answer.value = read();
    } catch (const std::bad_alloc&) {
        answer.outOfMemory = true;
    } catch (const std::exception& error) {
        answer.problem = error.what();
    }
    return answer;
}

/// What `read()` returns or throws, from a thread that nobody joins: a disk that does not answer holds nobody up who has
/// stopped waiting for it, not even the program's end. So `read` may use nothing but what it owns.
template <typename Read>
auto onItsOwn(Read read) {
    using Value = std::invoke_result_t<Read&>;
    std::promise<Answer<Value>> promise;
    std::shared_future<Answer<Value>> result = promise.get_future().share();
    std::thread([read = std::move(read), promise = std::move(promise)]() mutable {
        promise.set_value(answerOf(read));
    }).detach();
    return result;
}

/// Returns whether it is there; false if `stopped` said so first.
template <typename Value>
bool waitFor(const std::shared_future<Answer<Value>>& result, const StopRef& stopped) {
    constexpr std::chrono::milliseconds betweenLooks{20};
    while (result.wait_for(betweenLooks) != std::future_status::ready)
        if (stopped()) return false;
    return true;
}

/// Whether it is over, and nothing came of it.
template <typename Value>
bool hasFailed(const std::shared_future<Answer<Value>>& result) {
    return result.wait_for(std::chrono::seconds(0)) == std::future_status::ready && !result.get().value;
}

} // namespace ratescope
