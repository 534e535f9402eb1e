// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameter_info.h"

#include <QSlider>

#include <optional>

namespace ratescope {

/// How a slider's way maps to a number.
struct SliderScale {
    double low = 0.0;
    double high = 1.0;
    bool logarithmic = false;
    bool zero = false;  ///< logarithmic: its left end is 0
    bool whole = false; ///< whole numbers alone
    bool open = false;  ///< its left end itself is not allowed
    bool operator==(const SliderScale&) const = default;

    /// The number at that share of the way, 0 … 1, as people would write it.
    double valueAt(double share) const;
    double shareOf(double value) const;
};

/// The scale that suits a parameter of a schedule; none where no span is natural. `span`: the run's length in the
/// schedule's unit; `whole`: that counts in whole numbers.
std::optional<SliderScale> scaleOf(const ParameterInfo& info, double span, bool whole);

/// A slider for a number. It follows without a word where the number is set, and tells where a person moves it.
class ParameterSlider : public QSlider {
    Q_OBJECT

public:
    explicit ParameterSlider(QWidget* parent = nullptr);

    void setScale(const SliderScale& scale);
    const SliderScale& scale() const { return m_scale; }
    /// A number beyond the scale is at its end; none leaves it where it is.
    void follow(std::optional<double> number);
    double number() const;

Q_SIGNALS:
    void moved(double number);

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    SliderScale m_scale;
    bool m_following = false;
};

} // namespace ratescope
