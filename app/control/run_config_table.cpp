// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_config_table.h"

#include "app/study/run_config_json.h"

#include <algorithm>

namespace ratescope {

namespace {

struct Leaf {
    QString key;
    QVariant value;
    bool given = true;
};

/// Parts of a configuration that a run has or has not.
constexpr const char* optionalParts[] = {"early_stopping", "start_from", "fork", "range_test"};

QVariant plainValue(const Json& json) {
    if (json.is_number()) return json.get<double>();
    if (json.is_boolean()) return json.get<bool>() ? QStringLiteral("true") : QStringLiteral("false");
    if (json.is_string()) return QString::fromStdString(json.get<std::string>());
    if (!json.is_array()) return QString::fromStdString(json.dump());
    QStringList parts;
    for (const Json& one : json) parts << configText(plainValue(one));
    return parts.join(QStringLiteral(", "));
}

QVariant fallbackOf(const ParameterInfo& info) {
    if (!info.fallback) return {};
    if (info.kind == ParameterKind::Flag) return *info.fallback != 0.0 ? QStringLiteral("true") : QStringLiteral("false");
    if (info.kind == ParameterKind::Choice)
        return QString::fromStdString(info.choices.at(static_cast<std::size_t>(*info.fallback)));
    return *info.fallback;
}

/// What an optimizer or a schedule is made of, defaults as well, in the order of its table.
void addParameters(std::vector<Leaf>& leaves, const std::string& part, const Json& json,
                   const std::vector<ParameterInfo>* table) {
    const auto keyOf = [&](const std::string& key) { return QString::fromStdString(part + '.' + key); };
    for (const auto& [key, value] : json.items())
        if (!table || !findParameter(*table, key)) leaves.push_back({keyOf(key), plainValue(value)});
    if (!table) return;
    for (const ParameterInfo& info : *table) {
        const bool given = json.contains(info.name);
        leaves.push_back({keyOf(info.name), given ? plainValue(json[info.name]) : fallbackOf(info), given});
    }
}

void addOptionalPart(std::vector<Leaf>& leaves, const char* part, const Json& json) {
    const bool there = json.contains(part);
    const QString name = QString::fromLatin1(part);
    leaves.push_back({name, there ? QStringLiteral("on") : QStringLiteral("off")});
    if (!there) return;
    for (const auto& [key, value] : json[part].items())
        leaves.push_back({name + QLatin1Char('.') + QString::fromStdString(key), plainValue(value), false});
}

std::vector<Leaf> leavesOf(const RunConfig& config) {
    const Json json = toJson(config);
    std::vector<Leaf> leaves;
    for (const std::string& key : runKeys()) {
        if (key == "name" || key == "color") continue;
        if (std::ranges::find(optionalParts, key) != std::end(optionalParts)) {
            addOptionalPart(leaves, key.c_str(), json);
        } else if (key == "snapshots" && !json.contains(key)) {
            leaves.push_back({QStringLiteral("snapshots"), QStringLiteral("off"), false});
        } else if (!json.contains(key)) {
            continue;
        } else if (key == "network") {
            leaves.push_back({QStringLiteral("network"), json[key].is_string()
                                                             ? plainValue(json[key])
                                                             : QString::fromStdString(layerListText(config.network))});
        } else if (key == "optimizer") {
            const OptimizerInfo* info = findOptimizer(config.optimizer.type);
            addParameters(leaves, key, json[key], info ? &info->parameters : nullptr);
        } else if (key == "schedule") {
            const ScheduleFamily* family = findScheduleFamily(config.schedule.type);
            addParameters(leaves, key, json[key], family ? &family->parameters : nullptr);
        } else {
            leaves.push_back({QString::fromStdString(key), plainValue(json[key])});
        }
    }
    return leaves;
}

} // namespace

QString configText(const QVariant& value) {
    return value.typeId() == QMetaType::Double ? QString::fromStdString(shortest(value.toDouble())) : value.toString();
}

void RunConfigTable::invalidate(RunId run) {
    if (const auto it = m_entries.find(run); it != m_entries.end()) it->second.stale = true;
}

RunConfigTable::Entry& RunConfigTable::entryOf(const RunRecord& run) {
    const auto [it, made] = m_entries.try_emplace(run.id);
    Entry& entry = it->second;
    if (made || (entry.stale && entry.config != run.config)) takeApart(run.config, entry);
    if (run.isImported()) entry.values.clear(); // its configuration says nothing
    entry.stale = false;
    return entry;
}

int RunConfigTable::numberOf(const QString& key, int after) {
    if (const auto it = m_numbers.constFind(key); it != m_numbers.cend()) return *it;
    const int number = static_cast<int>(m_keys.size());
    m_numbers.insert(key, number);
    m_keys << key;
    const auto place = after < 0 ? m_order.begin() : std::ranges::find(m_order, after) + 1;
    m_order.insert(place, number);
    return number;
}

void RunConfigTable::takeApart(const RunConfig& config, Entry& entry) {
    entry.config = config;
    entry.values.clear();
    entry.allButSeed.clear();
    int before = -1;
    for (Leaf& leaf : leavesOf(config)) {
        before = numberOf(leaf.key, before);
        if (!leaf.value.isValid()) continue;
        if (entry.values.size() <= static_cast<std::size_t>(before))
            entry.values.resize(static_cast<std::size_t>(before) + 1);
        entry.values[static_cast<std::size_t>(before)] = {std::move(leaf.value), leaf.given};
    }
}

QVariant RunConfigTable::value(const RunRecord& run, const QString& key) {
    const Entry& entry = entryOf(run);
    const auto it = m_numbers.constFind(key);
    if (it == m_numbers.cend() || static_cast<std::size_t>(*it) >= entry.values.size()) return {};
    return entry.values[static_cast<std::size_t>(*it)].value;
}

bool RunConfigTable::anyOf(const RunRecord& run, const std::function<bool(const QString&, const QVariant&)>& matches) {
    const Entry& entry = entryOf(run);
    for (std::size_t i = 0; i < entry.values.size(); ++i)
        if (entry.values[i].value.isValid() && matches(m_keys[static_cast<int>(i)], entry.values[i].value)) return true;
    return false;
}

QString RunConfigTable::allButSeed(const RunRecord& run) {
    Entry& entry = entryOf(run);
    if (entry.allButSeed.isEmpty())
        entry.allButSeed = run.isImported() ? QString::number(run.id)
                                            : QString::fromStdString(ratescope::allButSeed(entry.config));
    return entry.allButSeed;
}

QStringList RunConfigTable::differingKeys(const std::vector<RunPointer>& runs) {
    std::vector<const Entry*> entries;
    for (const RunPointer& run : runs) entryOf(*run);
    for (const RunPointer& run : runs) entries.push_back(&m_entries.at(run->id));
    const auto differs = [&](int number) {
        const auto index = static_cast<std::size_t>(number);
        const QVariant* first = nullptr;
        bool missing = false;
        bool given = false;
        for (const Entry* entry : entries) {
            const Value* value = index < entry->values.size() ? &entry->values[index] : nullptr;
            if (!value || !value->value.isValid()) {
                missing = true;
                continue;
            }
            given |= value->given;
            if (first && *first != value->value) return true;
            first = &value->value;
        }
        return missing && given;
    };
    QStringList keys;
    for (const int number : m_order)
        if (differs(number)) keys << m_keys[number];
    return keys;
}

} // namespace ratescope
