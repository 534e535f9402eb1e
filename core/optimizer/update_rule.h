// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optimizer/optimizer.h"

#include <cmath>

// What several update rules share; for their .cpp files alone.
//
// Each rule's arithmetic is PyTorch's: what is the same for all weights (bias corrections, step sizes) in double and rounded
// to float once, the rest in float in torch.optim's order. The loops are plain ones over restricted pointers, with selects
// in place of branches, so that the compiler turns them into vector code.

namespace ratescope::rule {

/// a·b + c, in one rounding where the processor has an instruction for that. Left to itself the compiler may choose in
/// a·b + c·d which of the products to fuse, and choose differently in a loop's vector body and in its rest; then the bits
/// would depend on the cut into slices. Written out, there is no choice.
inline float multiplyAdd(float a, float b, float c) {
#ifdef FP_FAST_FMAF
    return std::fma(a, b, c);
#else
    return a * b + c;
#endif
}

inline float larger(float a, float b) { return a < b ? b : a; }
inline float smaller(float a, float b) { return b < a ? b : a; }
inline float within(float value, float least, float most) { return smaller(larger(value, least), most); }

/// The coefficients of a moving average, old ← kept·old + fresh·value. fresh is 1 − kept taken in double.
struct Average {
    explicit Average(double share)
        : kept(static_cast<float>(share))
        , fresh(static_cast<float>(1.0 - share)) {}

    float of(float old, float value) const { return multiplyAdd(fresh, value, kept * old); }
    float ofSquare(float old, float value) const { return multiplyAdd(fresh * value, value, kept * old); }

    float kept;
    float fresh;
};

/// Reads parameters, with the table's default for those that are not given.
class Reader {
public:
    Reader(const std::vector<ParameterInfo>& table, const ParameterValues& values)
        : m_table(table)
        , m_values(values) {}

    double number(std::string_view name) const { return valueOf(m_table, m_values, name); }
    float single(std::string_view name) const { return static_cast<float>(number(name)); }
    bool flag(std::string_view name) const { return number(name) != 0.0; }

private:
    const std::vector<ParameterInfo>& m_table;
    const ParameterValues& m_values;
};

/// The table's `make` for a rule with the constructor Rule(const ParameterValues&, std::size_t parameters).
template <typename Rule> std::unique_ptr<Optimizer> make(const ParameterValues& values, std::size_t parameters) {
    return std::make_unique<Rule>(values, parameters);
}

/// The most that a share kept from step to step may be: at 1 nothing new would ever come in, and from here on float has
/// too few digits left for 1 − share.
inline constexpr double mostKept = 0.999999;

inline ParameterInfo share(std::string name, std::string label, double fallback, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .fallback = fallback, .minimum = 0.0, .maximum = mostKept,
            .suggestion = fallback, .meaning = std::move(meaning)};
}

inline ParameterInfo beta1() {
    return share("beta1", "Beta 1", 0.9, "Share of the gradients' running mean that is kept at each step: the momentum.");
}

inline ParameterInfo beta2(std::string meaning = "Share of the squared gradients' running mean that is kept at each step.") {
    return share("beta2", "Beta 2", 0.999, std::move(meaning));
}

/// 0 is allowed as in PyTorch, though it lets a weight whose gradients have all been 0 become 0/0. More than 1 would drown
/// what it is added to.
inline ParameterInfo epsilon(double fallback) {
    return {.name = "eps", .label = "Epsilon", .fallback = fallback, .minimum = 0.0, .maximum = 1.0, .logarithmic = true,
            .suggestion = fallback,
            .meaning = "Added to the denominator, so that small gradients do not make huge steps; 0 risks a division by 0."};
}

/// More than 10 would turn the weights' sign at any rate above 0.1.
inline ParameterInfo weightDecay(double fallback = 0.0,
                                 std::string meaning = "L2 penalty: this times the weight is added to its gradient.") {
    return {.name = "weight_decay", .label = "Weight decay", .fallback = fallback, .minimum = 0.0, .maximum = 10.0,
            .logarithmic = true, .suggestion = fallback, .meaning = std::move(meaning)};
}

inline ParameterInfo flag(std::string name, std::string label, std::string meaning) {
    return {.name = std::move(name), .label = std::move(label), .kind = ParameterKind::Flag, .fallback = 0.0, .minimum = 0.0,
            .maximum = 1.0, .meaning = std::move(meaning)};
}

inline ParameterInfo amsgrad() {
    return flag("amsgrad", "AMSGrad", "Divide by the largest second moment so far, so that no step size grows again.");
}

/// `name` of a number that must not be above that of `other`.
inline Problems checkOrder(const Reader& read, const char* name, const char* other, const char* otherLabel) {
    const double value = read.number(name);
    const double most = read.number(other);
    if (value <= most) return {};
    return {{name, "is " + shortest(value) + ", above the " + otherLabel + " of " + shortest(most)}};
}

} // namespace ratescope::rule
