// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/parameter_form.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/core_text.h"
#include "app/panels/number_edit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>

#include <limits>

namespace ratescope {

ParameterForm::ParameterForm(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

QWidget* ParameterForm::makeEditor(const ParameterInfo& info) {
    switch (info.kind) {
    case ParameterKind::Flag: {
        auto* box = new QCheckBox(this);
        connect(box, &QCheckBox::toggled, this, &ParameterForm::edited);
        return box;
    }
    case ParameterKind::Choice: {
        auto* box = new CalmComboBox(this);
        for (const std::string& choice : info.choices) box->addItem(QString::fromStdString(choice));
        connect(box, &QComboBox::currentIndexChanged, this, &ParameterForm::edited);
        return box;
    }
    default: break;
    }
    auto* line = new NumberEdit(this);
    if (!info.required && !info.fallback) line->setPlaceholderText(tr("to the end"));
    connect(line, &NumberEdit::edited, this, &ParameterForm::edited);
    return line;
}

void ParameterForm::setTable(const std::vector<ParameterInfo>& table) {
    while (m_layout->rowCount() > 0) m_layout->removeRow(0);
    m_editors.clear();
    m_table.clear();
    for (const ParameterInfo& info : table)
        if (info.isValue()) m_table.push_back(info);
    for (const ParameterInfo& info : m_table) {
        QWidget* editor = makeEditor(info);
        const QString meaning = coreText(info.meaning);
        editor->setToolTip(meaning);
        editor->setAccessibleName(coreText(info.label));
        editor->setAccessibleDescription(meaning);
        m_layout->addRow(coreText(info.label), editor);
        m_layout->labelForField(editor)->setToolTip(meaning);
        m_editors[info.name] = editor;
    }
}

void ParameterForm::setValues(const ParameterValues& values) {
    const QSignalBlocker blocker(this);
    for (const ParameterInfo& info : m_table) {
        QWidget* editor = m_editors.at(info.name);
        const auto given = values.find(info.name);
        const std::optional<double> value = given ? given : info.fallback;
        if (auto* box = qobject_cast<QCheckBox*>(editor))
            box->setChecked(value.value_or(0.0) != 0.0);
        else if (auto* list = qobject_cast<QComboBox*>(editor))
            list->setCurrentIndex(static_cast<int>(value.value_or(0.0)));
        else if (auto* line = qobject_cast<NumberEdit*>(editor))
            line->setValue(value);
    }
}

ParameterValues ParameterForm::values() const {
    ParameterValues values;
    for (const ParameterInfo& info : m_table) {
        const QWidget* editor = m_editors.at(info.name);
        if (const auto* box = qobject_cast<const QCheckBox*>(editor)) {
            values.set(info.name, box->isChecked() ? 1.0 : 0.0);
        } else if (const auto* list = qobject_cast<const QComboBox*>(editor)) {
            values.set(info.name, list->currentIndex());
        } else if (const auto* line = qobject_cast<const NumberEdit*>(editor)) {
            const bool open = line->isEmpty() && !info.required;
            if (!open) values.set(info.name, line->value().value_or(std::numeric_limits<double>::quiet_NaN()));
        }
    }
    return values;
}

} // namespace ratescope
