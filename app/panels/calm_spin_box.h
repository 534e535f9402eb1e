// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
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

/// The same for a box to choose from: what stands under a scrolling wheel must not change on the way.
class CalmComboBox : public QComboBox {
public:
    explicit CalmComboBox(QWidget* parent)
        : QComboBox(parent) {
        setFocusPolicy(Qt::StrongFocus);
    }

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (hasFocus())
            QComboBox::wheelEvent(event);
        else
            event->ignore();
    }
};

} // namespace ratescope
