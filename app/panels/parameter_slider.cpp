// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/parameter_slider.h"

#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ratescope {

namespace {

constexpr int positions = 700; ///< of a slider: a hundredth of a decade where a rate has seven

double toDigits(double value, int digits) {
    if (value == 0.0 || !std::isfinite(value)) return 0.0;
    const double decade = std::floor(std::log10(std::abs(value))) - (digits - 1);
    // Divided where it is small: 0.03 is 3/100, not 3·0.01.
    return decade < 0.0 ? std::round(value * std::pow(10.0, -decade)) / std::pow(10.0, -decade)
                        : std::round(value / std::pow(10.0, decade)) * std::pow(10.0, decade);
}

struct Named {
    std::string_view name;
    SliderScale scale;
};

constexpr SliderScale rates{1e-6, 10.0, true};

constexpr std::array namedScales = {
    Named{"lr", rates},
    Named{"max_lr", rates},
    Named{"end", rates},
    Named{"min_lr", rates},
    Named{"decay", SliderScale{1e-7, 10.0, true}},
    Named{"start_div", SliderScale{1.0, 1e3, true}},
    Named{"end_div", SliderScale{1.0, 1e8, true}},
    Named{"threshold", SliderScale{1e-6, 1e-1, true}},
    Named{"factor", SliderScale{0.0, 1.0}},
    Named{"gamma", SliderScale{0.0, 1.0}},
    Named{"rise", SliderScale{0.0, 1.0}},
    Named{"power", SliderScale{0.0, 5.0}},
    Named{"period_factor", SliderScale{1.0, 4.0}},
    Named{"peak_factor", SliderScale{0.0, 2.0}},
    Named{"raise_factor", SliderScale{1.0, 10.0}},
    Named{"cooldown", SliderScale{0.0, 20.0, false, false, true}},
};

} // namespace

double SliderScale::valueAt(double share) const {
    share = std::clamp(share, 0.0, 1.0);
    if (logarithmic) return zero && share == 0.0 ? 0.0 : toDigits(low * std::pow(high / low, share), 2);
    const double value = low + (high - low) * share;
    if (whole) return std::max(open ? low + 1.0 : low, std::round(high - low > 200.0 ? toDigits(value, 3) : value));
    // A hundredth of the way, rounded down to a power of ten, is what people would write.
    const double unit = std::pow(10.0, std::floor(std::log10((high - low) / 99.0)));
    const double number = toDigits(std::round(value / unit) * unit, 6);
    return open && number <= low ? toDigits(value, 1) : number;
}

double SliderScale::shareOf(double value) const {
    if (!logarithmic) return std::clamp((value - low) / (high - low), 0.0, 1.0);
    return value > 0.0 ? std::clamp(std::log(value / low) / std::log(high / low), 0.0, 1.0) : 0.0;
}

std::optional<SliderScale> scaleOf(const ParameterInfo& info, double span, bool whole) {
    const bool time = info.name == "decay" && !info.logarithmic;
    const auto* named = std::ranges::find(namedScales, std::string_view(info.name), &Named::name);
    SliderScale scale{0.0, span, false, false, whole};
    if (named != namedScales.end() && !time) scale = named->scale;
    if (info.name == "patience")
        scale = {info.minimum, info.minimum > 0.0 ? std::max(span, 2.0) : 50.0, false, false, true};
    if (info.kind != ParameterKind::Number && info.kind != ParameterKind::Integer) return std::nullopt;
    scale.open = !scale.logarithmic && info.aboveMinimum && scale.low <= info.minimum;
    if (scale.logarithmic) scale.zero = info.minimum == 0.0 && !info.aboveMinimum;
    return scale.high > scale.low ? std::optional(scale) : std::nullopt;
}

ParameterSlider::ParameterSlider(QWidget* parent)
    : QSlider(Qt::Horizontal, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setRange(0, positions);
    setSingleStep(positions / 70);
    setPageStep(positions / 7);
    connect(this, &QSlider::valueChanged, this, [this] {
        if (!m_following) Q_EMIT moved(number());
    });
}

void ParameterSlider::setScale(const SliderScale& scale) {
    m_scale = scale;
    // A whole number a step, where there are not too many.
    const bool few = scale.whole && scale.high - scale.low <= positions;
    m_following = true;
    setRange(0, few ? static_cast<int>(scale.high - scale.low) : positions);
    m_following = false;
    setSingleStep(few ? 1 : positions / 70);
    setPageStep(std::max(1, maximum() / 7));
}

double ParameterSlider::number() const {
    const int position = m_scale.open ? std::max(value(), 1) : value();
    return m_scale.valueAt(maximum() > 0 ? static_cast<double>(position) / maximum() : 0.0);
}

void ParameterSlider::follow(std::optional<double> number) {
    if (!number || !std::isfinite(*number)) return;
    m_following = true;
    setValue(static_cast<int>(std::lround(m_scale.shareOf(*number) * maximum())));
    m_following = false;
}

void ParameterSlider::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QSlider::wheelEvent(event);
    else
        event->ignore(); // what stands under a scrolling wheel must not change on the way
}

} // namespace ratescope
