// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/python_expression.h"

#include <map>

namespace ratescope {

std::string_view pythonHelper(std::string_view name) {
    static const std::map<std::string, std::string, std::less<>> table = {{"divide", R"(def divide(a, b):
    """a / b, also where b is 0."""
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)
)"},
                                                                          {"guarded", R"(def guarded(function, x):
    """The function's value: infinite or not a number where Python refuses to give one."""
    try:
        return function(x)
    except OverflowError:
        return math.inf if x > 0 or function is math.cosh else -math.inf
    except ValueError:
        if x == 0 and function is not math.acosh:
            return -math.inf
        return math.copysign(math.inf, x) if function is math.atanh and abs(x) == 1 else math.nan
)"},
                                                                          {"mod", R"(def mod(x, y):
    """What is left of x by whole times y."""
    return x - y * math.floor(x / y) if y != 0 and math.isfinite(x) else math.nan
)"},
                                                                          {"power", R"(def power(a, b):
    """a to the power of b: infinite or not a number where Python refuses to give one."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:
        return math.inf if a == 0 else math.nan
)"},
                                                                          {"sign", R"(def sign(x):
    """-1, 0 or 1."""
    return (x > 0) - (x < 0)
)"}};
    const auto found = table.find(name);
    return found == table.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace ratescope
