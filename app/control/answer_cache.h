// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/range_answers.h"

#include <QObject>
#include <QThreadPool>

#include <map>
#include <memory>
#include <optional>

namespace ratescope {

/// What the rules make of range tests, and their zones, each worked out once: of long ones beside the GUI thread, which
/// asks.
class AnswerCache : public QObject {
    Q_OBJECT

public:
    struct Known {
        RangeAnswers answers;
        std::optional<RateZones> zones;
    };
    using Pointer = std::shared_ptr<const Known>;

    explicit AnswerCache(QObject* parent = nullptr);
    ~AnswerCache() override;

    /// The answers for the test as far as it has come; of a long one those so far, until `ready` tells of others. Null
    /// where there are none yet. A long test that goes on is not looked at before it ends.
    Pointer get(const RunPointer& test);
    void forget(RunId test) { m_entries.erase(test); }

Q_SIGNALS:
    void ready();

private:
    /// What the answers depend on.
    struct Key {
        std::uint64_t steps = 0;
        RunState state = RunState::Ready;
        RangeTestSpec test;
        bool operator==(const Key&) const = default;
    };
    struct Entry {
        Key key;
        Pointer known;
    };

    static constexpr std::uint64_t quickSteps = 1'000; ///< well under a millisecond

    std::map<RunId, Entry> m_entries;
    QThreadPool m_pool;
};

} // namespace ratescope
