// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/logged_run.h"

#include "app/study/run_record.h"

#include <QString>

#include <algorithm>
#include <cmath>

namespace ratescope {

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

std::string plainRunName(const std::string& text) {
    std::string name = QString::fromStdString(text).trimmed().toStdString(); // what is not UTF-8 is replaced
    for (char& c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '_';
    return name.empty() ? "log" : fittedName(std::move(name));
}

} // namespace ratescope
