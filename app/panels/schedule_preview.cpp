// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_preview.h"

#include "app/panels/schedule_plot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace ratescope {

SchedulePreview::SchedulePreview(QWidget* parent)
    : QWidget(parent)
    , m_plot(new SchedulePlot(this))
    , m_scale(new QToolButton(this))
    , m_note(new QLabel(this))
    , m_warnings(new QLabel(this)) {
    setAccessibleName(tr("Preview of the schedule"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_plot);
    layout->addWidget(m_warnings);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_note, 1);
    foot->addWidget(m_scale, 0, Qt::AlignTop | Qt::AlignRight);
    layout->addLayout(foot);
    m_plot->setAccessibleName(tr("Plot of the schedule"));
    m_scale->setText(tr("log"));
    m_scale->setToolTip(tr("The rate on a logarithmic axis"));
    m_scale->setAccessibleName(tr("Logarithmic rate axis"));
    m_scale->setCheckable(true);
    connect(m_scale, &QToolButton::toggled, m_plot, &SchedulePlot::setLogarithmic);
    for (QLabel* label : {m_note, m_warnings}) label->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_warnings->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setAccessibleName(tr("About the schedule"));
    m_warnings->setStyleSheet(QStringLiteral("QLabel { background: #fff3d6; color: #5c3d00; border: 1px solid #e3b341; "
                                             "border-radius: 4px; padding: 5px 7px; }"));
    m_warnings->setAccessibleName(tr("What is questionable about the schedule"));
    m_warnings->hide();
}

void SchedulePreview::show(const Schedule& schedule, const RunLength& length, const QColor& color) {
    const double first = schedule.at(0);
    const double last = schedule.at(length.steps - 1);
    setAccessibleDescription(tr("From %1 at the first step to %2 at the last").arg(first).arg(last));
    m_plot->setSchedules({{.name = QString(), .color = color, .schedule = schedule, .length = length}});
    // Where the data decide this is said; else where it begins and ends, which a thin line at the bottom does not tell.
    const QString note = m_plot->note();
    m_note->setText(!note.isEmpty() ? note
                    : first == last ? numberText(first)
                                    : QStringLiteral("%1 → %2").arg(numberText(first), numberText(last)));
    QStringList lines;
    for (const ScheduleWarning& warning : warningsOf(schedule, length.steps)) lines << warningText(warning);
    m_warnings->setText(lines.join(QLatin1Char('\n')));
    m_warnings->setVisible(!lines.isEmpty());
}

} // namespace ratescope
