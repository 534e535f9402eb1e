// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <unordered_map>
#include <vector>

namespace ratescope {

/// The runs' configurations as dotted keys with plain values: `schedule.lr` = 0.1, `optimizer.type` = "sgd". Name and colour
/// are left out. Each configuration is taken apart once, and again only after invalidate().
class RunConfigTable {
public:
    /// The run's configuration may have become another.
    void invalidate(RunId run);
    void forget(RunId run) { m_entries.erase(run); }

    /// A double or a text; invalid where the run has no such key.
    QVariant value(const RunRecord& run, const QString& key);
    /// Whether `matches(key, value)` for any key of the run.
    bool anyOf(const RunRecord& run, const std::function<bool(const QString&, const QVariant&)>& matches);
    /// The same text for all runs that differ in seed, name and colour alone.
    QString allButSeed(const RunRecord& run);
    /// The keys, in the files' order, whose values are not the same in all of `runs`. What a run leaves to its default
    /// counts as that; what belongs to a kind that it is not (another optimizer's setting, a range test's) counts as
    /// missing, and makes no difference where those that have it leave it to its default.
    QStringList differingKeys(const std::vector<RunPointer>& runs);

private:
    struct Value {
        QVariant value;        ///< invalid: not there
        bool given = false;    ///< rather than a default
    };
    struct Entry {
        RunConfig config;
        bool stale = true;
        std::vector<Value> values; ///< by the number of the key
        QString allButSeed; ///< empty: not asked for yet
    };

    Entry& entryOf(const RunRecord& run);
    void takeApart(const RunConfig& config, Entry& entry);
    int numberOf(const QString& key, int after);

    QHash<QString, int> m_numbers;
    QStringList m_keys;        ///< by number
    std::vector<int> m_order;  ///< numbers as the files would have them
    std::unordered_map<RunId, Entry> m_entries;
};

/// A value as an experiment file would have it, without quotes.
QString configText(const QVariant& value);

} // namespace ratescope
