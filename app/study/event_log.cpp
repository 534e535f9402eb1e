// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/event_log.h"

#include "app/study/event_records.h"
#include "core/error.h"
#include "events.pb.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <iterator>
#include <tuple>
#include <utility>

namespace ratescope {

namespace {

constexpr std::size_t mostTags = 10'000;     ///< of a file, or with a meaning
constexpr std::size_t mostTagBytes = 1'000;  ///< of a tag that is looked at
constexpr std::size_t mostNamedTags = 21;    ///< for a message
constexpr int floatType = 1, doubleType = 2; ///< TensorFlow's numbers for them
constexpr int startStatus = 1;

bool isPartOfRun(LogField field) {
    return field == LogField::Epoch || field == LogField::Loss || field == LogField::Rate ||
           field == LogField::ValidationLoss || field == LogField::ValidationAccuracy;
}

bool isOfValidation(LogField field) {
    return field == LogField::ValidationLoss || field == LogField::ValidationAccuracy;
}

template <typename Number> std::optional<double> numberIn(const std::string& bytes) {
    Number number = 0;
    if (bytes.size() != sizeof number) return std::nullopt;
    std::memcpy(&number, bytes.data(), sizeof number);
    return static_cast<double>(number);
}

/// The number of a tensor of one; TensorFlow 2 writes scalars so.
std::optional<double> numberOf(const events::Tensor& tensor) {
    if (tensor.dtype() == floatType)
        return tensor.float_val_size() == 1 ? tensor.float_val(0) : numberIn<float>(tensor.tensor_content());
    if (tensor.dtype() == doubleType)
        return tensor.double_val_size() == 1 ? tensor.double_val(0) : numberIn<double>(tensor.tensor_content());
    return std::nullopt;
}

/// As SummaryWriter.add_scalars makes a folder's name of a tag.
std::string flat(std::string tag) {
    std::ranges::replace(tag, '/', '_');
    return tag;
}

/// A rate that was kept as a float is what its shortest form says: 0.1, and not 0.10000000149.
double asWritten(double value) {
    const auto single = static_cast<float>(value);
    if (static_cast<double>(single) != value) return value;
    char buffer[40];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, single);
    std::from_chars(buffer, written.ptr, value);
    return value;
}

/// Series by epochs find their place among the steps by the time at which they were written. A rate belongs to the
/// beginning of its epoch, which is the end of the one before; everything else to its end.
void placeByTime(LoggedSeries& series, const LoggedSeries& steps, bool atBegin) {
    std::uint64_t before = steps.front().step;
    for (LoggedPoint& point : series) {
        const auto behind = std::ranges::upper_bound(steps, point.seconds, {}, &LoggedPoint::seconds);
        const std::uint64_t end = behind == steps.begin() ? steps.front().step : std::prev(behind)->step;
        point.step = atBegin ? before : end;
        before = behind == steps.end() ? end : behind->step;
    }
    settle(series);
}

} // namespace

EventLog::EventLog(const LogMapping& mapping, EventBounds& bounds)
    : m_mapping(mapping)
    , m_bounds(bounds)
    , m_event(std::make_unique<events::Event>()) {}

EventLog::~EventLog() = default;

void EventLog::add(const std::filesystem::path& file, EventRole role, const std::string& part) {
    m_role = role;
    m_part = part;
    m_source = file.string();
    m_byTag.clear();
    EventRecords records(file);
    bool isFirst = true;
    while (records.next()) {
        if (records.bytes().empty()) continue;
        if (!m_event->ParseFromArray(records.bytes().data(), static_cast<int>(records.bytes().size())))
            throw Error(m_source + ": the record at byte " + std::to_string(records.place()) +
                        " is no event of TensorBoard's");
        if (isFirst && std::isfinite(m_event->wall_time()))
            m_begin = std::min(m_begin.value_or(m_event->wall_time()), m_event->wall_time());
        isFirst = false;
        if (m_event->has_session_log() && m_event->session_log().status() == startStatus && m_event->step() >= 0)
            forget(static_cast<std::uint64_t>(m_event->step()));
        if (!m_event->has_summary() || m_event->step() < 0) continue;
        const auto count = static_cast<std::size_t>(m_event->summary().value_size());
        if (count > m_bounds.values) throw Error(m_source + ": holds too many values; allowed: 20 million");
        m_bounds.values -= count;
        for (const events::Summary_Value& value : m_event->summary().value()) addValue(*m_event, value);
    }
}

void EventLog::addValue(const events::Event& event, const events::Summary_Value& value) {
    std::optional<double> number;
    if (value.has_simple_value()) number = value.simple_value();
    if (value.has_tensor()) number = numberOf(value.tensor());
    if (!number || value.tag().size() > mostTagBytes) return;
    if (m_watch) m_watch(nameOf(value.tag()), *number);
    const std::size_t index = seriesOf(value.tag());
    if (index == unknown) return;
    Series& series = m_series[index];
    if (series.meaning.field != LogField::Loss && !isOfValidation(series.meaning.field) && !std::isfinite(*number))
        return;
    if (m_bounds.points == 0)
        throw Error(m_source + ": holds over " + std::to_string(maximumLoggedPoints) +
                    " points; allowed: at most as many");
    --m_bounds.points;
    addPoint(series.points, {static_cast<std::uint64_t>(event.step()), *number, event.wall_time()});
}

std::size_t EventLog::seriesOf(const std::string& tag) {
    if (const auto known = m_byTag.find(tag); known != m_byTag.end()) return known->second;
    if (m_byTag.size() == mostTags || m_series.size() == mostTags)
        throw Error(m_source + ": holds over " + std::to_string(mostTags) + " tags; allowed: at most as many");
    const std::string name = nameOf(tag);
    if (m_tags.size() < mostNamedTags && std::ranges::find(m_tags, name) == m_tags.end()) m_tags.push_back(name);
    std::size_t index = unknown;
    if (const std::optional<KnownLogName> meaning = meaningOf(tag)) {
        const auto [found, isNew] = m_byName.try_emplace(name, m_series.size());
        if (isNew) m_series.push_back({*meaning, {}});
        index = found->second;
    }
    return m_byTag[tag] = index;
}

std::string EventLog::nameOf(const std::string& tag) const {
    return m_part.empty() ? tag : m_part + '/' + tag;
}

/// In folders of training or of validation alone a tag without the folder's name is what belongs there.
bool EventLog::mayBe(LogField field) const {
    return m_part.empty() || isOfValidation(field) == (m_role == EventRole::Validation);
}

std::optional<KnownLogName> EventLog::meaningOf(const std::string& tag) {
    for (std::size_t i = 0; i < logFieldCount; ++i) {
        const auto field = static_cast<LogField>(i);
        const std::string& asked = m_mapping[field];
        if (asked.empty() || !(asked == nameOf(tag) || (asked == tag && mayBe(field)))) continue;
        m_found[i] = true;
        const std::optional<KnownLogName> known = findLogName(tag);
        return KnownLogName{field, 0, known && known->countsEpochs};
    }
    if (m_mapping.only) return std::nullopt;
    std::optional<KnownLogName> known;
    if (m_role == EventRole::Whole) known = findLogName(tag);
    if (m_role == EventRole::Validation) known = findValidationName(tag);
    if (m_role == EventRole::Scalars && m_part.starts_with(flat(tag) + '_')) known = findLogName(m_part);
    if (!known || !isPartOfRun(known->field) || !m_mapping[known->field].empty()) return std::nullopt;
    return known;
}

/// A job that starts again says from where on it does: what it had written beyond is not to count.
void EventLog::forget(std::uint64_t step) {
    for (Series& series : m_series)
        while (!series.points.empty() && series.points.back().step >= step) series.points.pop_back();
}

EventLog::Series* EventLog::best(LogField field, std::optional<bool> countsEpochs) {
    Series* best = nullptr;
    const auto order = [&](const Series& one) {
        return std::tuple(countsEpochs && one.meaning.countsEpochs != *countsEpochs, one.meaning.rank,
                          -static_cast<std::ptrdiff_t>(one.points.size()));
    };
    for (Series& one : m_series)
        if (one.meaning.field == field && !one.points.empty() && (!best || order(one) < order(*best))) best = &one;
    return best;
}

LoggedRun EventLog::take() {
    LoggedRun run;
    Series* const loss = best(LogField::Loss, std::nullopt);
    if (!loss) return run;
    run.stepsAreEpochs = loss->meaning.countsEpochs;
    run.loss = std::move(loss->points);
    settle(run.loss);
    const std::pair<LogField, LoggedSeries LoggedRun::*> others[] = {
        {LogField::Rate, &LoggedRun::rate},
        {LogField::ValidationLoss, &LoggedRun::validationLoss},
        {LogField::ValidationAccuracy, &LoggedRun::validationAccuracy},
        {LogField::Epoch, &LoggedRun::epoch}};
    for (const auto& [field, member] : others) {
        Series* const found = best(field, run.stepsAreEpochs);
        if (!found) continue;
        LoggedSeries& series = run.*member = std::move(found->points);
        settle(series);
        if (found->meaning.countsEpochs && !run.stepsAreEpochs)
            placeByTime(series, run.loss, field == LogField::Rate);
        else if (run.stepsAreEpochs && series.back().step > run.loss.back().step + 1)
            series.clear(); // these are steps, of which nobody knows the epochs
    }
    for (LoggedPoint& point : run.rate) point.value = asWritten(point.value);
    settleShares(run.validationAccuracy);
    for (LoggedSeries* series : {&run.loss, &run.rate, &run.validationLoss, &run.validationAccuracy, &run.epoch})
        for (LoggedPoint& point : *series) point.seconds -= m_begin.value_or(point.seconds);
    return run;
}

} // namespace ratescope
