// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ratescope {

/// Where initial weights come from; biases start at 0.
enum class Init {
    Glorot, ///< uniform in ±√(6/(inputs + units)) (Glorot and Bengio 2010)
    He,     ///< uniform in ±√(6/inputs) (He et al. 2015)
};

} // namespace ratescope
