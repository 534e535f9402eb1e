// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/schedule_picture.h"

#include <QAbstractButton>

namespace ratescope {

/// Shows the family of a schedule, with a small picture of it, and opens the gallery.
class FamilyButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit FamilyButton(QWidget* parent = nullptr);

    using QWidget::show;
    void show(const ScheduleFamily& family, const SchedulePicture& picture);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Up or Down: the family before or behind.
    void stepped(int by);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    SchedulePicture m_picture;
};

} // namespace ratescope
