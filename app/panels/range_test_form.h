// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/run_config.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace ratescope {

class NumberEdit;

/// Editors for what a range test does: its kind with a sentence on it, and of the rest what that kind uses.
class RangeTestForm : public QWidget {
    Q_OBJECT

public:
    explicit RangeTestForm(QWidget* parent = nullptr);

    void load(const RangeTestSpec& test);
    /// What the editors hold; what the kind does not use is as it was loaded. A rate that is no number is NaN.
    RangeTestSpec read() const;
    /// As somebody who chooses it: what has been left at the old kind's default gets the new one's; the rates' range stays.
    void chooseKind(RangeTestKind kind);
    /// Whether any samples are held out that could be asked.
    void setValidationOffered(bool offered);
    /// Whether smoothing and stop factor are offered, where the kind has them.
    void setTuningShown(bool shown);

    /// For whoever has more to ask below, in the same columns.
    QFormLayout* form() const { return m_form; }

    /// Whether the kind begins with the same weights at each rate.
    static bool beginsAnew(RangeTestKind kind) { return kind != RangeTestKind::Sweep; }
    static QString kindText(RangeTestKind kind);

Q_SIGNALS:
    void edited();

private:
    void build();
    void updateShown();
    void showCount();
    void tell();

    RangeTestSpec m_loaded;
    bool m_loading = false;
    bool m_tuningShown = true;
    bool m_validationOffered = true;
    QFormLayout* m_form;
    QComboBox* m_kind;
    QLabel* m_meaning;
    NumberEdit* m_from;
    NumberEdit* m_to;
    QSpinBox* m_rates;
    QLabel* m_count;
    QComboBox* m_scale;
    QSpinBox* m_stepsPerRate;
    QSpinBox* m_validation;
    QDoubleSpinBox* m_smoothing;
    NumberEdit* m_stopFactor;
};

} // namespace ratescope
