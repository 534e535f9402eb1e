// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/view_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace ratescope {

namespace {

/// The slider's positions are even in log(1 − β): every few of them double the length of what is averaged.
constexpr int positions = 300; // 10^−3 at the end: β = 0.999

double smoothingAt(int position) { return position == 0 ? 0.0 : 1.0 - std::pow(10.0, -3.0 * position / positions); }

int positionOf(double smoothing) { return smoothing <= 0.0 ? 0 : static_cast<int>(std::lround(-std::log10(1.0 - smoothing) / 3.0 * positions)); }

} // namespace

ViewBar::ViewBar(QWidget* parent)
    : QWidget(parent)
    , m_smoothing(new QSlider(Qt::Horizontal, this))
    , m_smoothingText(new QLabel(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 12, 5);
    layout->setSpacing(6);
    auto* label = new QLabel(tr("Smoothing"), this);
    label->setBuddy(m_smoothing);
    m_smoothing->setRange(0, positions);
    m_smoothing->setFixedWidth(150);
    m_smoothing->setPageStep(10);
    m_smoothing->setAccessibleName(tr("Smoothing of the loss"));
    m_smoothing->setToolTip(tr("Exponential moving average of the loss, without the bias towards its start. The rate is never smoothed."));
    m_smoothingText->setMinimumWidth(m_smoothingText->fontMetrics().horizontalAdvance(QStringLiteral("0.9990")));
    layout->addWidget(label);
    layout->addWidget(m_smoothing);
    layout->addWidget(m_smoothingText);
    layout->addSpacing(10);
    m_logLoss = addToggle(tr("log loss"), tr("Logarithmic axis for the loss (L)"));
    m_logRate = addToggle(tr("log rate"), tr("Logarithmic axis for the learning rate"));
    m_logSteps = addToggle(tr("log steps"), tr("Logarithmic axis for the steps"));
    layout->addSpacing(10);
    m_band = addToggle(tr("spread"), tr("The range of the raw losses behind the smoothed line"));
    m_validation = addToggle(tr("validation"), tr("The validation loss at the end of each epoch, as circles"));
    layout->addStretch(1);
    m_fit = new QToolButton(this);
    m_fit->setText(tr("Fit"));
    m_fit->setAutoRaise(true);
    m_fit->setToolTip(tr("Show everything and follow what comes (F, or a double click on a plot)"));
    m_fit->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(m_fit);
    connect(m_fit, &QToolButton::clicked, this, &ViewBar::fitRequested);
    connect(m_smoothing, &QSlider::valueChanged, this, [this] {
        showSmoothing();
        Q_EMIT changed();
    });
    showSmoothing();
}

QToolButton* ViewBar::addToggle(const QString& text, const QString& tip) {
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleDescription(tip);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    connect(button, &QToolButton::toggled, this, &ViewBar::changed);
    return button;
}

void ViewBar::showSmoothing() {
    m_smoothingText->setText(QLocale::c().toString(smoothingAt(m_smoothing->value()), 'f', m_smoothing->value() > 200 ? 4 : 2).left(5));
}

void ViewBar::setView(const PlotView& view) {
    const QSignalBlocker blocker(this);
    m_smoothing->setValue(positionOf(view.smoothing));
    m_logLoss->setChecked(view.logLoss);
    m_logRate->setChecked(view.logRate);
    m_logSteps->setChecked(view.logSteps);
    m_band->setChecked(view.band);
    m_validation->setChecked(view.validation);
    m_fit->setEnabled(!view.isFitted());
    showSmoothing();
}

PlotView ViewBar::applyTo(PlotView view) const {
    // What the slider's grid cannot hold stays, until the slider is moved.
    if (positionOf(view.smoothing) != m_smoothing->value()) view.smoothing = smoothingAt(m_smoothing->value());
    // A range that was zoomed to on one scale means nothing on another.
    if (view.logLoss != m_logLoss->isChecked()) view.loss = view.testLoss = std::nullopt;
    if (view.logRate != m_logRate->isChecked()) view.rate = std::nullopt;
    if (view.logSteps != m_logSteps->isChecked()) view.steps = std::nullopt;
    view.logLoss = m_logLoss->isChecked();
    view.logRate = m_logRate->isChecked();
    view.logSteps = m_logSteps->isChecked();
    view.band = m_band->isChecked();
    view.validation = m_validation->isChecked();
    return view;
}

void ViewBar::toggleLogLoss() { m_logLoss->toggle(); }

} // namespace ratescope
