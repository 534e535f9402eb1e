// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/number_edit.h"

#include "core/parameter_info.h"

#include <QKeyEvent>

#include <cmath>

namespace ratescope {

NumberEdit::NumberEdit(QWidget* parent)
    : QLineEdit(parent) {
    connect(this, &QLineEdit::textEdited, this, &NumberEdit::edited);
    setToolTip(tr("Up and Down change it by a tenth of a decade"));
}

void NumberEdit::setValue(std::optional<double> number) {
    if (number == value() && (number.has_value() || isEmpty())) return; // “1e-3” stays as it was typed
    setText(number ? QString::fromStdString(shortest(*number)) : QString());
}

std::optional<double> NumberEdit::value() const {
    // A comma from a German keyboard is a point.
    bool good = false;
    const double number = text().trimmed().replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&good);
    return good && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

void NumberEdit::keyPressEvent(QKeyEvent* event) {
    const bool up = event->key() == Qt::Key_Up;
    const auto number = value();
    if ((!up && event->key() != Qt::Key_Down) || !number || *number <= 0.0) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    // On the grid of tenths of a decade, rounded to what people would write.
    const double tenths = std::round(std::log10(*number) * 10.0) + (up ? 1.0 : -1.0);
    setText(QString::number(std::pow(10.0, tenths / 10.0), 'g', 3));
    Q_EMIT edited();
    Q_EMIT stepped();
}

} // namespace ratescope
