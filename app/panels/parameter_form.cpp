// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/parameter_form.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/core_text.h"
#include "app/panels/number_edit.h"
#include "app/panels/parameter_slider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <limits>

namespace ratescope {

namespace {

/// What it means that nothing is given.
QString meaningOfOpen(const ParameterInfo& info) {
    if (info.name == "raise_factor") return ParameterForm::tr("off");
    return info.name == "length" ? ParameterForm::tr("to the end") : ParameterForm::tr("none");
}

} // namespace

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
    if (!info.required && !info.fallback) line->setPlaceholderText(meaningOfOpen(info));
    connect(line, &NumberEdit::edited, this, [this, info] {
        updateSlider(info);
        Q_EMIT edited();
    });
    return line;
}

void ParameterForm::setTable(const std::vector<ParameterInfo>& table) {
    while (m_layout->rowCount() > 0) m_layout->removeRow(0);
    m_editors.clear();
    m_sliders.clear();
    m_table.clear();
    for (const ParameterInfo& info : table)
        if (info.isValue()) m_table.push_back(info);
    for (const ParameterInfo& info : m_table) {
        QWidget* editor = makeEditor(info);
        const QString meaning = coreText(info.meaning);
        editor->setToolTip(meaning);
        editor->setAccessibleName(coreText(info.label));
        editor->setAccessibleDescription(meaning);
        m_editors[info.name] = editor;
        addRow(info, editor);
    }
}

void ParameterForm::addRow(const ParameterInfo& info, QWidget* editor) {
    QWidget* field = editor;
    auto* line = qobject_cast<NumberEdit*>(editor);
    if (line && m_span > 0.0) {
        field = new QWidget(this);
        auto* row = new QHBoxLayout(field);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(6);
        auto* slider = new ParameterSlider(field);
        slider->setAccessibleName(tr("%1, slider").arg(coreText(info.label)));
        slider->setAccessibleDescription(coreText(info.meaning));
        slider->setToolTip(coreText(info.meaning));
        slider->setMinimumWidth(48);
        line->setMinimumWidth(line->fontMetrics().horizontalAdvance(QStringLiteral("0.000000")) + 10);
        row->addWidget(line, 2);
        row->addWidget(slider, 3);
        m_sliders[info.name] = slider;
        connect(slider, &ParameterSlider::moved, this, [this, line](double number) {
            line->setValue(number);
            Q_EMIT edited();
        });
        updateSlider(info);
    }
    auto* label = new QLabel(coreText(info.label), this);
    label->setToolTip(coreText(info.meaning));
    label->setBuddy(editor);
    m_layout->addRow(label, field);
}

void ParameterForm::setTimeSpan(double span, bool whole) {
    const bool other = (m_span > 0.0) != (span > 0.0);
    m_span = span;
    m_wholeTimes = whole;
    if (other) {
        const ParameterValues before = values();
        setTable(std::vector(m_table));
        setValues(before);
        return;
    }
    for (const ParameterInfo& info : m_table) updateSlider(info);
}

void ParameterForm::updateSlider(const ParameterInfo& info) {
    const auto it = m_sliders.find(info.name);
    if (it == m_sliders.end()) return;
    const auto scale = scaleOf(info, m_span, m_wholeTimes);
    it->second->setVisible(scale.has_value());
    if (!scale) return;
    if (!(*scale == it->second->scale())) it->second->setScale(*scale);
    const auto* line = static_cast<NumberEdit*>(m_editors.at(info.name));
    const bool open = line->isEmpty() && !info.required;
    // Left open, a length goes to the end; a factor that is off is at its low end.
    it->second->follow(!open ? line->value() : info.name == "length" ? m_span : it->second->scale().low);
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
        updateSlider(info);
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
