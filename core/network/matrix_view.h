// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace ratescope {

/// Row-major floats that belong to somebody else: one row a sample, one column a feature.
struct MatrixView {
    float* data = nullptr;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
};

struct ConstMatrixView {
    const float* data = nullptr;
    std::int64_t rows = 0;
    std::int64_t columns = 0;

    ConstMatrixView() = default;
    ConstMatrixView(const float* values, std::int64_t rowCount, std::int64_t columnCount)
        : data(values)
        , rows(rowCount)
        , columns(columnCount) {}
    ConstMatrixView(const MatrixView& view) // NOLINT(google-explicit-constructor): a view that may less
        : ConstMatrixView(view.data, view.rows, view.columns) {}
};

} // namespace ratescope
