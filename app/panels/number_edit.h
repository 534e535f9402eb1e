// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <optional>

namespace ratescope {

/// A line for a number, from 1e-12 to 1e12, written as people write rates: 0.001, 1e-3, 3e-4. Up and Down change it by a
/// tenth of a decade. Empty stands for "left open".
class NumberEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit NumberEdit(QWidget* parent = nullptr);

    void setValue(std::optional<double> value);
    /// The number; none if the line is empty or no number.
    std::optional<double> value() const;
    bool isEmpty() const { return text().trimmed().isEmpty(); }

Q_SIGNALS:
    /// Changed by a person, at every keystroke.
    void edited();
    /// Changed by Up or Down: what stands there now is meant, and not half typed.
    void stepped();

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace ratescope
