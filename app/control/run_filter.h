// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_config_table.h"

#include <QString>

#include <optional>
#include <vector>

namespace ratescope {

/// What somebody has typed to find runs by: words that all have to match. A word is part of the name or of the state's text,
/// or it holds a key of the configuration against a value: `optimizer=adam`, `lr>=0.01`, `batch_size!=64`. A key may be
/// given by its last parts (`lr` is `schedule.lr`); `optimizer` and `schedule` alone mean their type.
class RunFilter {
public:
    RunFilter() = default;
    explicit RunFilter(const QString& text);

    bool isEmpty() const { return m_words.empty(); }
    bool matches(const RunRecord& run, const QString& stateText, RunConfigTable& configs) const;

private:
    enum class Relation { Equal, Unequal, Below, AtMost, Above, AtLeast };
    struct Word {
        QString text;
        QString key = {}; ///< empty: text alone
        Relation relation = Relation::Equal;
        QString value = {};
        std::optional<double> number = {};
    };

    static Word parse(const QString& text);
    static bool holds(const Word& word, const QString& key, const QVariant& value);

    std::vector<Word> m_words;
};

} // namespace ratescope
