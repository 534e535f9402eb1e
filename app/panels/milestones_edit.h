// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <vector>

namespace ratescope {

/// A line for times, such as “30, 60, 80”.
class MilestonesEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit MilestonesEdit(QWidget* parent = nullptr);

    /// What is written so already stays as it was typed.
    void setTimes(const std::vector<double>& times);
    /// What is no number is given as NaN, which validation refuses with its place.
    std::vector<double> times() const;

Q_SIGNALS:
    void edited();
};

} // namespace ratescope
