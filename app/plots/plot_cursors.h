// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure.h"

#include <QCoreApplication>

#include <array>
#include <optional>

namespace ratescope {

/// Two places A and B on the x axis of loss and rate, and a box with the differences between them.
class PlotCursors {
    Q_DECLARE_TR_FUNCTIONS(PlotCursors)

public:
    /// `which`: 0 for A, 1 for B; x in the view's unit.
    void set(int which, double x) { m_x[static_cast<std::size_t>(which)] = x; }
    void clear() { m_x = {}; }
    bool isAny() const { return m_x[0] || m_x[1]; }
    std::optional<double> x(int which) const { return m_x[static_cast<std::size_t>(which)]; }
    /// The cursor within reach of that point, to be dragged.
    std::optional<int> at(const Figure& figure, const QPointF& position) const;

    void paint(QPainter& painter, const Figure& figure) const;

private:
    void paintDifferences(QPainter& painter, const Figure& figure) const;

    std::array<std::optional<double>, 2> m_x;
};

} // namespace ratescope
