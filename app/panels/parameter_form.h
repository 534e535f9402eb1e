// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parameter_info.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QFormLayout;

namespace ratescope {

/// Editors for the parameters of an optimizer or a schedule, made from its table.
class ParameterForm : public QWidget {
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);

    /// Editors for other parameters. What was typed for one of the same name stays in values().
    void setTable(const std::vector<ParameterInfo>& table);
    void setValues(const ParameterValues& values);
    /// What the editors hold. A line that is no number is given as NaN, which validation refuses with its place.
    ParameterValues values() const;

Q_SIGNALS:
    void edited();

private:
    QWidget* makeEditor(const ParameterInfo& info);

    QFormLayout* m_layout;
    std::vector<ParameterInfo> m_table;
    std::map<std::string, QWidget*> m_editors;
};

} // namespace ratescope
