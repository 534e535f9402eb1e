// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/milestones_edit.h"

#include "core/parameter_info.h"

#include <QRegularExpression>

#include <cmath>
#include <limits>

namespace ratescope {

MilestonesEdit::MilestonesEdit(QWidget* parent)
    : QLineEdit(parent) {
    setPlaceholderText(tr("such as 30, 60, 80"));
    setAccessibleName(tr("Milestones"));
    connect(this, &QLineEdit::textEdited, this, &MilestonesEdit::edited);
}

void MilestonesEdit::setTimes(const std::vector<double>& times) {
    if (times == this->times()) return;
    QStringList words;
    for (const double time : times) words << QString::fromStdString(shortest(time));
    setText(words.join(QStringLiteral(", ")));
    setCursorPosition(0);
}

std::vector<double> MilestonesEdit::times() const {
    static const QRegularExpression separators(QStringLiteral("[\\s,;]+"));
    std::vector<double> times;
    for (const QString& word : text().split(separators, Qt::SkipEmptyParts)) {
        bool good = false;
        const double time = word.toDouble(&good);
        times.push_back(good && std::isfinite(time) ? time : std::numeric_limits<double>::quiet_NaN());
    }
    return times;
}

} // namespace ratescope
