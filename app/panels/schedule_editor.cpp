// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_editor.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/core_text.h"
#include "app/panels/expression_edit.h"
#include "app/panels/family_button.h"
#include "app/panels/handles_edit.h"
#include "app/panels/milestones_edit.h"
#include "app/panels/parameter_form.h"
#include "app/panels/parts_edit.h"
#include "app/panels/schedule_gallery.h"
#include "core/schedule/handles.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace ratescope {

namespace {

/// A label with its editor, to be shown and hidden as one.
QWidget* makeRow(QWidget* parent, const QString& text, QWidget* editor) {
    auto* row = new QWidget(parent);
    auto* form = new QFormLayout(row);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(text, editor);
    return row;
}

} // namespace

ScheduleEditor::ScheduleEditor(QWidget* parent)
    : QWidget(parent)
    , m_family(new FamilyButton(this))
    , m_text(new QLabel(this))
    , m_form(new ParameterForm(this)) {
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(6);
    m_text->setWordWrap(true);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_family, m_text, m_form}) m_rows->addWidget(widget);
    buildTime();
    buildLists();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_growth, m_batch}) m_rows->addWidget(widget);
    m_turn = new QToolButton(this);
    m_turn->setText(tr("Turn into handles"));
    m_turn->setToolTip(tr("The same curve, drawn by handles that can be moved one by one"));
    m_rows->addWidget(m_turn, 0, Qt::AlignRight);
    connect(m_family, &QAbstractButton::clicked, this, &ScheduleEditor::openGallery);
    connect(m_family, &FamilyButton::stepped, this, &ScheduleEditor::stepFamily);
    connect(m_form, &ParameterForm::edited, this, &ScheduleEditor::changed);
    connect(m_turn, &QToolButton::clicked, this, &ScheduleEditor::turnIntoHandles);
    setSpec(suggestedSchedule("constant", 0.1, 1.0, TimeUnit::Step), {});
}

void ScheduleEditor::buildLists() {
    m_milestones = new MilestonesEdit(this);
    m_drops = makeRow(this, tr("Drops at"), m_milestones);
    m_expression = new ExpressionEdit(this);
    m_handles = new HandlesEdit(this);
    m_lists = new QVBoxLayout;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_drops, m_expression, m_handles})
        m_lists->addWidget(widget);
    m_rows->addLayout(m_lists);
    connect(m_milestones, &MilestonesEdit::edited, this, &ScheduleEditor::changed);
    connect(m_expression, &ExpressionEdit::edited, this, &ScheduleEditor::changed);
    connect(m_handles, &HandlesEdit::edited, this, &ScheduleEditor::changed);
    connect(m_handles, &HandlesEdit::plotRequested, this, &ScheduleEditor::handlesRequested);
}

void ScheduleEditor::buildTime() {
    m_unit = new CalmComboBox(this);
    m_unit->setAccessibleName(tr("Unit of time"));
    m_unit->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_unit->setMinimumContentsLength(8);
    m_unit->addItems({tr("steps"), tr("epochs, whole"), tr("epochs, fractional")});
    m_time = makeRow(this, tr("Time in"), m_unit);
    m_growth = new QCheckBox(tr("Grow the batch instead"), this);
    m_growth->setToolTip(tr("The rate stays, and the batch grows as the rate would have fallen; at the largest batch "
                            "the rate falls after all"));
    m_maxBatch = new CalmSpinBox<QSpinBox>(this, tr("Largest batch"));
    m_maxBatch->setRange(0, 1'000'000);
    m_maxBatch->setSpecialValueText(tr("a tenth of the samples"));
    m_batch = makeRow(this, tr("Up to"), m_maxBatch);
    m_rows->addWidget(m_time); // above the lists, whose times are in it
    connect(m_unit, &QComboBox::currentIndexChanged, this, &ScheduleEditor::changeUnit);
    connect(m_maxBatch, &QSpinBox::valueChanged, this, &ScheduleEditor::changed);
    connect(m_growth, &QCheckBox::toggled, this, [this] {
        updateShown();
        changed();
    });
}

void ScheduleEditor::setSpec(const ScheduleSpec& spec, const RunLength& length) {
    if (!findScheduleFamily(spec.type)) return;
    m_length = length;
    m_loading = true;
    load(spec);
    m_growth->setChecked(spec.batchGrowth);
    m_maxBatch->setValue(static_cast<int>(spec.maxBatch));
    m_loading = false;
    updateShown();
    updatePicture();
}

/// All but the growing batch, which stays as it is from one family to the next.
void ScheduleEditor::load(const ScheduleSpec& spec) {
    const ScheduleFamily& family = *findScheduleFamily(spec.type);
    m_given = spec;
    m_shownUnit = spec.unit;
    m_form->setTimeSpan(lengthIn(spec.unit, m_length), spec.unit != TimeUnit::FractionalEpoch);
    m_handles->setSpan(lengthIn(spec.unit, m_length));
    if (spec.type != m_type) showFamily(family);
    m_unit->setCurrentIndex(static_cast<int>(spec.unit));
    m_form->setValues(spec.values);
    m_milestones->setTimes(spec.milestones);
    m_expression->setExpression(spec.expression);
    m_handles->setPoints(spec.points);
    if (!m_parts && family.kind == FamilyKind::Sequence) {
        m_parts = new PartsEdit(this);
        m_lists->addWidget(m_parts);
        connect(m_parts, &PartsEdit::edited, this, &ScheduleEditor::changed);
    }
    if (family.kind == FamilyKind::Sequence) m_parts->setParts(spec.parts, spec.unit, m_length);
}

void ScheduleEditor::showFamily(const ScheduleFamily& family) {
    m_type = family.type;
    const QString formula = coreText(family.formula); // of one's own it is words
    m_text->setText(coreText(family.meaning) +
                    (family.group == ScheduleGroup::Own ? QString() : QStringLiteral("\nlr(t) = ") + formula));
    m_form->setTable(family.parameters);
}

void ScheduleEditor::setRunLength(const RunLength& length) {
    if (length == m_length) return;
    m_length = length;
    updateSpans();
    updatePicture();
}

ScheduleSpec ScheduleEditor::spec() const {
    const ScheduleFamily& family = *findScheduleFamily(m_type);
    ScheduleSpec spec;
    spec.type = m_type;
    spec.unit = static_cast<TimeUnit>(m_unit->currentIndex());
    spec.values = m_form->values();
    for (const ParameterInfo& info : family.parameters)
        if (info.fallback && spec.values.find(info.name) == info.fallback && !m_given.values.contains(info.name))
            spec.values.clear(info.name);
    spec.batchGrowth = family.decays && !m_part && m_growth->isChecked();
    spec.maxBatch = spec.batchGrowth ? static_cast<std::uint32_t>(m_maxBatch->value()) : 0;
    for (const ParameterInfo& info : family.parameters) {
        if (info.kind == ParameterKind::Numbers) spec.milestones = m_milestones->times();
        if (info.kind == ParameterKind::Points) spec.points = m_handles->points();
        if (info.kind == ParameterKind::Text) spec.expression = m_expression->expression();
        if (info.kind == ParameterKind::Parts) spec.parts = m_parts->parts();
    }
    return spec;
}

void ScheduleEditor::updateShown() {
    const ScheduleFamily& family = *findScheduleFamily(m_type);
    const auto has = [&](ParameterKind kind) {
        return std::ranges::any_of(family.parameters, [&](const ParameterInfo& info) { return info.kind == kind; });
    };
    m_drops->setVisible(has(ParameterKind::Numbers));
    m_expression->setVisible(has(ParameterKind::Text));
    m_handles->setVisible(has(ParameterKind::Points));
    if (m_parts) m_parts->setVisible(has(ParameterKind::Parts));
    const bool grows = family.decays && !m_part;
    m_growth->setVisible(grows);
    m_batch->setVisible(grows && m_growth->isChecked());
    // These count no time in the schedule's unit.
    m_time->setVisible(family.group != ScheduleGroup::Constant && family.group != ScheduleGroup::ByData);
    // What the data decide cannot be drawn beforehand.
    m_turn->setVisible(!m_part && family.type != "piecewise" && family.group != ScheduleGroup::ByData);
}

void ScheduleEditor::updatePicture() {
    m_family->show(*findScheduleFamily(m_type), pictureOf(spec(), m_length, 60));
}

void ScheduleEditor::changed() {
    if (m_loading) return;
    updatePicture();
    Q_EMIT edited();
}

void ScheduleEditor::changeUnit() {
    if (m_loading) return;
    const auto unit = static_cast<TimeUnit>(m_unit->currentIndex());
    ScheduleSpec before = spec();
    before.unit = m_shownUnit;
    m_shownUnit = unit;
    if (before.type == "piecewise" && validateSchedule(before).empty()) // handles stay in their places
        m_handles->setPoints(inUnit(before, unit, m_length).points);
    updateSpans();
    changed();
}

/// How far times go in the unit that is shown.
void ScheduleEditor::updateSpans() {
    const double span = lengthIn(m_shownUnit, m_length);
    m_form->setTimeSpan(span, m_shownUnit != TimeUnit::FractionalEpoch);
    m_handles->setSpan(span);
    if (m_parts) m_parts->setFrame(m_shownUnit, m_length);
}

void ScheduleEditor::chooseFamily(const std::string& type) {
    if (!findScheduleFamily(type) || type == m_type) return;
    const ScheduleSpec before = spec();
    const auto unit = static_cast<TimeUnit>(m_unit->currentIndex());
    m_loading = true;
    load(suggestedSchedule(type, typicalRate(before), lengthIn(unit, m_length), unit, &before));
    m_loading = false;
    updateShown();
    changed();
}

void ScheduleEditor::stepFamily(int by) {
    const auto& table = scheduleTable();
    auto at = findScheduleFamily(m_type) - table.data() + by;
    const auto allowed = [&](std::ptrdiff_t index) {
        return !m_part || table[static_cast<std::size_t>(index)].kind != FamilyKind::Halving;
    };
    while (at >= 0 && at < std::ssize(table) && !allowed(at)) at += by;
    if (at >= 0 && at < std::ssize(table)) chooseFamily(table[static_cast<std::size_t>(at)].type);
}

void ScheduleEditor::openGallery() {
    auto* gallery = new ScheduleGallery(typicalRate(spec()), m_length, m_type, window());
    gallery->setAttribute(Qt::WA_DeleteOnClose);
    gallery->setForPart(m_part);
    gallery->setCompareOffered(m_compare);
    connect(gallery, &ScheduleGallery::familyChosen, this, &ScheduleEditor::chooseFamily);
    connect(gallery, &ScheduleGallery::compareRequested, this, &ScheduleEditor::compareRequested);
    gallery->open();
}

void ScheduleEditor::turnIntoHandles() {
    const ScheduleSpec before = spec();
    if (!validateSchedule(before).empty()) return; // it is said what is wrong with it
    m_loading = true;
    load(asHandles(Schedule(before, m_length), before.unit));
    m_loading = false;
    updateShown();
    changed();
}

void ScheduleEditor::setEditable(bool editable) {
    m_editable = editable;
    setEnabled(editable);
}

void ScheduleEditor::setForPart(bool part) {
    m_part = part;
    if (part) {
        setPlotOffered(false);
        setCompareOffered(false);
    }
    updateShown();
}

void ScheduleEditor::setPlotOffered(bool offered) {
    m_handles->setPlotOffered(offered);
}

} // namespace ratescope
