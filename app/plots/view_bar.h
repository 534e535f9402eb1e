// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"

#include <QWidget>

class QAction;
class QLabel;
class QSlider;
class QToolButton;

namespace ratescope {

/// The thin bar above the plots: smoothing, logarithmic axes, the spread, fit.
class ViewBar : public QWidget {
    Q_OBJECT

public:
    explicit ViewBar(QWidget* parent = nullptr);

    /// Shows that view; emits nothing.
    void setView(const PlotView& view);
    /// `view` with what the bar holds.
    PlotView applyTo(PlotView view) const;
    void toggleLogLoss();

Q_SIGNALS:
    void changed();
    void fitRequested();

private:
    QToolButton* addToggle(const QString& text, const QString& tip);
    void showSmoothing();

    QSlider* m_smoothing;
    QLabel* m_smoothingText;
    QToolButton* m_logLoss;
    QToolButton* m_logRate;
    QToolButton* m_logSteps;
    QToolButton* m_band;
    QToolButton* m_validation;
    QToolButton* m_fit;
};

} // namespace ratescope
