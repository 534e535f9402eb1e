// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <cstddef>
#include <memory>
#include <string>

namespace ratescope {

/// What a formula may speak of.
struct FormulaVariables {
    double t = 0.0;     ///< in the schedule's unit
    double T = 0.0;     ///< how long the run is, in that unit; in a part of a sequence: the part
    double epoch = 0.0; ///< index of the epoch
    double lr = 0.0;    ///< the schedule's `lr`
};

/// What is wrong with a formula, and at which of its bytes, from 0; its length: at its end.
class FormulaError : public Error {
public:
    FormulaError(const std::string& message, std::size_t position)
        : Error(message)
        , m_position(position) {}
    std::size_t position() const { return m_position; }

private:
    std::size_t m_position;
};

/// An expression of t, T, epoch and lr, as muParser reads it. Any number of threads may evaluate one.
class Formula {
public:
    /// Throws FormulaError.
    explicit Formula(const std::string& expression);
    ~Formula();
    Formula(const Formula&) = delete;
    Formula& operator=(const Formula&) = delete;

    /// Its value; NaN where it has none.
    double operator()(const FormulaVariables& variables) const;
    /// Whether the expression speaks of `lr`.
    bool usesRate() const;

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace ratescope
