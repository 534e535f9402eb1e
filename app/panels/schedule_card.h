// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/schedule_picture.h"
#include "core/schedule/schedule.h"

#include <QAbstractButton>

namespace ratescope {

/// A family in the gallery: its picture and its name.
class ScheduleCard : public QAbstractButton {
    Q_OBJECT

public:
    ScheduleCard(const ScheduleFamily& family, double rate, const RunLength& length, QWidget* parent);

    const ScheduleFamily& family() const { return m_family; }
    /// The one that is chosen so far.
    void setCurrent(bool current);
    QSize sizeHint() const override;

Q_SIGNALS:
    /// The mouse is over it, or it has the focus.
    void lookedAt();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    const ScheduleFamily& m_family;
    SchedulePicture m_picture;
    bool m_current = false;
};

} // namespace ratescope
