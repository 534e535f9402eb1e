// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_axis.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr double mostDecades = 8.0;

/// 10⁻³, as in the plots of runs.
QString powerText(int exponent) {
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text = QStringLiteral("10");
    if (exponent < 0) text += QChar(0x207B);
    for (const QChar digit : QString::number(std::abs(exponent))) text += digits[digit.digitValue()];
    return text;
}

double niceStep(double span, int count) {
    const double rough = span / std::max(count, 1);
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * decade >= rough * 0.999) return factor * decade;
    return 10.0 * decade;
}

} // namespace

ScheduleAxis ScheduleAxis::linear(double low, double high) {
    low = std::min(low, 0.0);
    if (!(high > low)) high = low + 1.0;
    const double air = (high - low) * 0.06;
    return {low < 0.0 ? low - air : 0.0, high + air, false};
}

ScheduleAxis ScheduleAxis::decades(double low, double high) {
    double top = std::ceil(std::log10(high) - 1e-9);
    double bottom = std::floor(std::log10(low) + 1e-9);
    bottom = std::max(bottom, top - mostDecades);
    if (bottom >= top) (std::log10(high) > top - 1e-6 ? top : bottom) += std::log10(high) > top - 1e-6 ? 1.0 : -1.0;
    return {std::pow(10.0, bottom), std::pow(10.0, top), true};
}

double ScheduleAxis::shareOf(double value) const {
    if (!logarithmic) return (value - low) / (high - low);
    return value > 0.0 ? std::log(value / low) / std::log(high / low) : -1.0;
}

double ScheduleAxis::valueAt(double share) const {
    return logarithmic ? low * std::pow(high / low, share) : low + (high - low) * share;
}

std::vector<AxisMark> ScheduleAxis::marks(int count) const {
    std::vector<AxisMark> marks;
    if (logarithmic) {
        const int first = static_cast<int>(std::lround(std::log10(low)));
        const int last = static_cast<int>(std::lround(std::log10(high)));
        const int every = std::max(1, (last - first + count) / std::max(count, 1));
        for (int exponent = first; exponent <= last; ++exponent)
            marks.push_back(
                {std::pow(10.0, exponent), (last - exponent) % every == 0 ? powerText(exponent) : QString()});
        return marks;
    }
    const double step = niceStep(high - low, count);
    for (double i = std::ceil(low / step - 1e-9); i * step <= high * (1.0 + 1e-12); i += 1.0) {
        const double value = i * step;
        marks.push_back({value, std::abs(value) >= 1e6 ? QLocale::c().toString(value, 'g', 3)
                                : std::abs(value) >= 1e4
                                    ? QStringLiteral("%1k").arg(QLocale::c().toString(value / 1e3, 'g', 6))
                                    : QLocale::c().toString(value, 'g', 6)});
    }
    return marks;
}

} // namespace ratescope
