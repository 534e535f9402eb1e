// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/formula.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace ratescope {

/// A formula, read as muParser reads it (`^` to the right and above the sign, comparisons from left to right), to be
/// written as Python.
class PythonExpression {
public:
    /// `expression` as Formula takes it. Throws ratescope::Error for what has no translation.
    explicit PythonExpression(std::string_view expression);
    ~PythonExpression();
    PythonExpression(const PythonExpression&) = delete;
    PythonExpression& operator=(const PythonExpression&) = delete;

    /// Its value. Also notes which operations go where Python raises an exception and C's floating point has an
    /// infinity or no number: a division by 0, the logarithm of 0, an overflow. text() has them done by a function that
    /// does as C does.
    double operator()(const FormulaVariables& variables);

    /// The expression as Python, of `t`, `T`, `epoch`, `lr` and the module `math`.
    std::string text() const;
    /// Names of the functions that the text calls and that Python lacks; see pythonHelper().
    const std::set<std::string>& helpers() const { return m_helpers; }
    bool uses(std::string_view variable) const { return m_variables.contains(variable); }

    struct Node;

private:
    std::unique_ptr<Node> m_root;
    std::set<std::string, std::less<>> m_variables;
    mutable std::set<std::string> m_helpers;
};

/// The definition of one of these functions.
std::string_view pythonHelper(std::string_view name);

} // namespace ratescope
