// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ratescope {

/// Asks whether what goes on shall be given up: a function that belongs to the caller for the time of a call. Asked by any
/// of a team's workers, several at once; once it has said yes it says nothing else. None: never.
class StopRef {
public:
    StopRef() = default;
    template <typename Function>
    StopRef(const Function& function) // NOLINT(google-explicit-constructor): a lambda at the place of the call
        : m_object(&function)
        , m_call([](const void* object) -> bool { return (*static_cast<const Function*>(object))(); }) {}
    bool operator()() const { return m_call && m_call(m_object); }

private:
    const void* m_object = nullptr;
    bool (*m_call)(const void*) = nullptr;
};

} // namespace ratescope
