// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/log_names.h"
#include "app/study/logged_run.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ratescope {

namespace events {
class Event;
class Summary_Value;
} // namespace events

/// What all that is read at once may still hold.
struct EventBounds {
    std::size_t points = maximumLoggedPoints;
    std::size_t values = 20'000'000; ///< whatever they are of
};

/// What a folder of event files says of a run.
enum class EventRole {
    Whole,
    Validation, ///< its losses are of validation
    Scalars,    ///< one series of SummaryWriter.add_scalars, which the folder is called after
};

/// Brings the scalars of one run's event files together by their tags, and makes a run of those that have a meaning.
class EventLog {
public:
    EventLog(const LogMapping& mapping, EventBounds& bounds);
    ~EventLog();
    EventLog(const EventLog&) = delete;
    EventLog& operator=(const EventLog&) = delete;

    /// Adds a file, later ones last. `part`: the name of its folder, where that is not the run's. Throws
    /// ratescope::Error.
    void add(const std::filesystem::path& file, EventRole role, const std::string& part = {});

    /// `each(tag, number)` hears of every number that files which are added from now on hold.
    void watch(std::function<void(const std::string& tag, double number)> each) { m_watch = std::move(each); }

    /// The run, whose loss is empty where there is none. Once.
    LoggedRun take();
    /// Tags of what was read, as many as a message may name and one.
    const std::vector<std::string>& tags() const { return m_tags; }
    /// Whether a tag that the mapping names was there.
    bool has(LogField field) const { return m_found[static_cast<std::size_t>(field)]; }

private:
    struct Series {
        KnownLogName meaning;
        LoggedSeries points; ///< seconds since 1970
    };
    static constexpr std::size_t unknown = static_cast<std::size_t>(-1);

    void addValue(const events::Event& event, const events::Summary_Value& value);
    std::size_t seriesOf(const std::string& tag);
    std::string nameOf(const std::string& tag) const;
    bool mayBe(LogField field) const;
    std::optional<KnownLogName> meaningOf(const std::string& tag);
    void forget(std::uint64_t step);
    Series* best(LogField field, std::optional<bool> countsEpochs);

    const LogMapping& m_mapping;
    EventBounds& m_bounds;
    std::unique_ptr<events::Event> m_event; ///< one for all: it keeps its memory
    std::vector<Series> m_series;
    std::unordered_map<std::string, std::size_t> m_byTag; ///< of this file
    std::unordered_map<std::string, std::size_t> m_byName;
    std::vector<std::string> m_tags;
    std::array<bool, logFieldCount> m_found{};
    std::optional<double> m_begin;
    EventRole m_role = EventRole::Whole;
    std::string m_part;
    std::string m_source;
    std::function<void(const std::string&, double)> m_watch;
};

} // namespace ratescope
