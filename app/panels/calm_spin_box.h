// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QWheelEvent>

namespace ratescope {

/// A spin box that leaves the wheel to the scroll area it stands in, unless it has the focus.
template <typename Box>
class CalmSpinBox : public Box {
public:
    CalmSpinBox(QWidget* parent, const QString& name)
        : Box(parent) {
        this->setFocusPolicy(Qt::StrongFocus);
        this->setAccessibleName(name);
        this->setKeyboardTracking(true);
    }

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (this->hasFocus())
            Box::wheelEvent(event);
        else
            event->ignore();
    }
};

} // namespace ratescope
