// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core's .cpp files: nothing outside of core sees Eigen.
#include "core/network/aligned_buffer.h"
#include "core/network/matrix_view.h"

#include <Eigen/Core>

namespace ratescope {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixMap = Eigen::Map<RowMatrix, Eigen::Aligned64>;
using ConstMatrixMap = Eigen::Map<const RowMatrix, Eigen::Aligned64>;
using RowMap = Eigen::Map<Eigen::RowVectorXf, Eigen::Aligned64>;
using ConstRowMap = Eigen::Map<const Eigen::RowVectorXf, Eigen::Aligned64>;
using ArrayMap = Eigen::Map<Eigen::ArrayXf, Eigen::Aligned64>;
using ConstArrayMap = Eigen::Map<const Eigen::ArrayXf, Eigen::Aligned64>;

inline MatrixMap matrix(MatrixView view) { return {view.data, view.rows, view.columns}; }
inline ConstMatrixMap matrix(ConstMatrixView view) { return {view.data, view.rows, view.columns}; }
inline ArrayMap array(MatrixView view) { return {view.data, view.rows * view.columns}; }
inline ConstArrayMap array(ConstMatrixView view) { return {view.data, view.rows * view.columns}; }

} // namespace ratescope
