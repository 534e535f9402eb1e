// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/logged_run.h"

#include "app/study/plain_text.h"
#include "app/study/run_record.h"

#include <QString>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace ratescope {

namespace {

/// `version_3` of Lightning's, `run-2`, `7`.
bool isNumbered(std::string_view name) {
    for (const std::string_view word : {"version", "run", "trial", "job"})
        if (name.starts_with(word)) {
            name.remove_prefix(word.size());
            if (name.starts_with('_') || name.starts_with('-')) name.remove_prefix(1);
            break;
        }
    return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Where programs put logs whatever they are of.
bool saysNothing(std::string_view name) {
    for (const char* plain : {"lightning_logs", "logs", "log", "csv_logs", "tb_logs", "tensorboard", "metrics", "events"})
        if (name == plain) return true;
    return false;
}

} // namespace

void addPoint(LoggedSeries& series, const LoggedPoint& point) {
    constexpr std::size_t large = 1'000'000;
    if (series.size() == series.capacity() && series.size() >= large) series.reserve(series.size() + series.size() / 4);
    series.push_back(point);
}

void settle(LoggedSeries& series) {
    if (!std::ranges::is_sorted(series, {}, &LoggedPoint::step))
        std::ranges::stable_sort(series, {}, &LoggedPoint::step);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < series.size(); ++i)
        if (i + 1 == series.size() || series[i + 1].step != series[i].step) series[kept++] = series[i];
    series.resize(kept);
}

void settleShares(LoggedSeries& series) {
    std::erase_if(series, [](const LoggedPoint& point) { return std::isnan(point.value); });
    double largest = 0.0;
    for (const LoggedPoint& point : series) {
        if (!(point.value >= 0.0 && point.value <= 100.0)) return series.clear();
        largest = std::max(largest, point.value);
    }
    if (largest <= 1.0) return;
    for (LoggedPoint& point : series) point.value /= 100.0;
}

std::string runNameOfFolder(const std::filesystem::path& folder) {
    std::error_code error;
    const std::filesystem::path whole = (std::filesystem::absolute(folder, error) / "").lexically_normal().parent_path();
    const std::string name = whole.filename().string();
    if (name.empty()) return {};
    if (!isNumbered(name)) return plainRunName(name);
    // Whose it is stands further up: Lightning has resnet/version_3, or resnet/lightning_logs/version_3.
    constexpr int highest = 3;
    std::filesystem::path above = whole.parent_path();
    for (int i = 0; i < highest && saysNothing(above.filename().string()); ++i) above = above.parent_path();
    const std::string owner = above.filename().string();
    if (owner.empty() || saysNothing(owner)) return plainRunName(name);
    return plainRunName(owner + '/' + name);
}

std::string plainRunName(const std::string& text) {
    std::string name = plainLine(QString::fromStdString(text).trimmed().toStdString());
    return name.empty() ? "log" : fittedName(std::move(name));
}

} // namespace ratescope
