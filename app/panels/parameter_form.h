// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameter_info.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QFormLayout;

namespace ratescope {

class ParameterSlider;

/// Editors for the parameters of an optimizer or a schedule, made from its table.
class ParameterForm : public QWidget {
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);

    /// Editors for other parameters. What was typed for one of the same name stays in values().
    void setTable(const std::vector<ParameterInfo>& table);
    /// A slider beside each number for which there is a natural span. `span`: the run's length in the schedule's unit;
    /// `whole`: that counts in whole numbers.
    void setTimeSpan(double span, bool whole);
    void setValues(const ParameterValues& values);
    /// What the editors hold. A line that is no number is given as NaN, which validation refuses with its place.
    ParameterValues values() const;

Q_SIGNALS:
    void edited();

private:
    QWidget* makeEditor(const ParameterInfo& info);
    void addRow(const ParameterInfo& info, QWidget* editor);
    void updateSlider(const ParameterInfo& info);

    QFormLayout* m_layout;
    std::vector<ParameterInfo> m_table;
    std::map<std::string, QWidget*> m_editors;
    std::map<std::string, ParameterSlider*> m_sliders;
    double m_span = 0.0; ///< 0: no sliders
    bool m_wholeTimes = false;
};

} // namespace ratescope
