// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"

#include <QToolBar>

class QAction;
class QComboBox;
class QLabel;
class QMenu;
class QSlider;

namespace ratescope {

/// The thin bar above the plots: what the axes count, smoothing, logarithmic axes, what is drawn and how the plots lie. What
/// has no room goes into the bar's menu.
class ViewBar : public QToolBar {
    Q_OBJECT

public:
    explicit ViewBar(QWidget* parent = nullptr);

    /// Shows that view; emits nothing.
    void setView(const PlotView& view);
    /// `view` with what the bar holds.
    PlotView applyTo(PlotView view) const;
    /// The runs among which a reference can be chosen: those of them that share their beginning with another.
    void setRuns(const std::vector<RunPointer>& runs);
    /// What a menu can offer as well: logarithmic axes, spread, validation, marks, legend, zones.
    const QList<QAction*>& toggles() const { return m_toggles; }
    QAction* logLoss() const { return m_logLoss; }

Q_SIGNALS:
    void changed();
    void followRequested(bool follow);

private:
    QComboBox* addChoice(const QString& label, const QString& tip, const QStringList& items);
    QAction* addToggle(const QString& text, const QString& tip, const QKeySequence& key = {});
    void addSmoothing();
    void showSmoothing();
    void showReferences();

    QComboBox* m_unit;
    QComboBox* m_quantity;
    QComboBox* m_reference;
    QAction* m_referenceShown; ///< with its label
    QComboBox* m_seeds;
    QComboBox* m_arrangement;
    QSlider* m_smoothing;
    QLabel* m_smoothingText;
    QAction* m_logLoss;
    QAction* m_logRate;
    QAction* m_logSteps;
    QAction* m_band;
    QAction* m_validation;
    QAction* m_marks;
    QAction* m_legend;
    QAction* m_zones;
    QAction* m_accuracy; ///< of range tests, in place of their slope
    QAction* m_follow;
    QMenu* m_shown = nullptr; ///< while the bar is built: where toggles go
    QList<QAction*> m_toggles;
    std::vector<RunPointer> m_runs;
    RunId m_chosen = 0; ///< as reference, whether the box can show it or not
};

} // namespace ratescope
