// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QString>

#include <string>

namespace ratescope {

/// The shape that stands for a rule in the plots, of which each has its own: round `at`, about `radius` large.
QPainterPath ruleShape(const std::string& rule, const QPointF& at, double radius);

/// The same as a letter, for a line of text.
QString ruleLetter(const std::string& rule);

} // namespace ratescope
