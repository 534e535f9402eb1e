// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/drive_form.h"

#include "app/panels/number_edit.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr int perDecade = 100;
constexpr int lowest = -7 * perDecade; // 1e-7 …
constexpr int highest = 2 * perDecade; // … 100

int positionOf(double rate) {
    return rate > 0.0 ? std::clamp(static_cast<int>(std::lround(std::log10(rate) * perDecade)), lowest, highest) : lowest;
}

double rateAt(int position) {
    return QString::number(std::pow(10.0, static_cast<double>(position) / perDecade), 'g', 3).toDouble();
}

/// What stands under a wheel that scrolls the inspector must not change the rate on the way.
class CalmSlider : public QSlider {
public:
    using QSlider::QSlider;

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (hasFocus())
            QSlider::wheelEvent(event);
        else
            event->ignore();
    }
};

} // namespace

DriveForm::DriveForm(QWidget* parent)
    : QWidget(parent)
    , m_slider(new CalmSlider(Qt::Horizontal, this))
    , m_number(new NumberEdit(this))
    , m_back(new QPushButton(tr("Back to the schedule"), this))
    , m_keep(new QPushButton(tr("Keep as a schedule"), this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_slider->setRange(lowest, highest);
    m_slider->setSingleStep(5);
    m_slider->setPageStep(30);
    m_slider->setTickInterval(perDecade);
    m_slider->setTickPosition(QSlider::TicksBelow);
    m_slider->setAccessibleName(tr("Rate by hand"));
    m_slider->setToolTip(tr("From 1e-7 to 100, a tick a decade; it takes hold with the next batch"));
    m_number->setAccessibleName(tr("Rate by hand, as a number"));
    m_number->setMaximumWidth(110);
    auto* row = new QHBoxLayout;
    row->addWidget(m_slider, 1);
    row->addWidget(m_number);
    layout->addLayout(row);
    auto* buttons = new QHBoxLayout;
    m_back->setToolTip(tr("From the next batch on the run follows its schedule again"));
    m_keep->setToolTip(tr("A new run whose schedule is what this one has used so far"));
    buttons->addWidget(m_back);
    buttons->addWidget(m_keep);
    layout->addLayout(buttons);
    connect(m_slider, &QSlider::sliderPressed, this, [this] { ++m_gesture; });
    connect(m_slider, &QSlider::valueChanged, this, &DriveForm::slide);
    // Not at every keystroke: “1e-3” begins with a 1, and the run would have made steps with that.
    connect(m_number, &NumberEdit::stepped, this, &DriveForm::takeNumber);
    connect(m_number, &QLineEdit::editingFinished, this, [this] {
        if (m_number->isModified()) takeNumber();
    });
    connect(m_back, &QPushButton::clicked, this, &DriveForm::backRequested);
    connect(m_keep, &QPushButton::clicked, this, &DriveForm::keepRequested);
}

void DriveForm::takeNumber() {
    m_number->setModified(false);
    const auto rate = m_number->value();
    if (!rate || *rate <= 0.0 || *rate > 1e6) return;
    m_showing = true;
    m_slider->setValue(positionOf(*rate));
    m_showing = false;
    Q_EMIT driven(*rate, ++m_gesture);
}

void DriveForm::slide(int position) {
    if (m_showing) return;
    if (!m_slider->isSliderDown()) ++m_gesture; // a key or a click beside the handle
    const double rate = rateAt(position);
    m_number->setValue(rate);
    Q_EMIT driven(rate, m_gesture);
}

void DriveForm::showRate(double rate) {
    m_showing = true;
    m_slider->setValue(positionOf(rate));
    if (!m_number->hasFocus()) m_number->setValue(QString::number(rate, 'g', 4).toDouble());
    m_showing = false;
}

void DriveForm::showRun(const RunRecord& run, const ScheduleSpec& followed) {
    const bool steered = !(followed == run.config.schedule);
    m_back->setEnabled(steered);
    m_keep->setEnabled(run.stepCount() > 0);
    if (m_slider->isSliderDown() || m_number->hasFocus()) return;
    // What a hand has set is what the hand finds again, whatever batch is on its way.
    if (steered && followed.type == "constant") showRate(followed.values.get("lr", 0.0));
    else if (run.stepCount() > 0) showRate(run.rates.back());
}

} // namespace ratescope
