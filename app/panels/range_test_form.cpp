// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/range_test_form.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/number_edit.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>

#include <algorithm>
#include <limits>

namespace ratescope {

namespace {

constexpr int mostRates = 1'000'000;
constexpr RangeTestKind kinds[] = {RangeTestKind::Sweep, RangeTestKind::FreshStart, RangeTestKind::Halving,
                                   RangeTestKind::Sensitivity};

QString meaningOf(RangeTestKind kind) {
    switch (kind) {
    case RangeTestKind::Sweep: return RangeTestForm::tr("One training in which the rate rises with every step.");
    case RangeTestKind::FreshStart:
        return RangeTestForm::tr(
            "Each rate trains a few steps from the same weights: none inherits what smaller rates have learned.");
    case RangeTestKind::Halving:
        return RangeTestForm::tr(
            "From the largest rate down by halves, each from the same weights, until one does not diverge.");
    case RangeTestKind::Sensitivity:
        return RangeTestForm::tr(
            "Each rate trains for as long as you choose, from the same weights: what it ends with is the curve.");
    }
    return {};
}

/// 0.98 rather than 0.9800.
class ShortDoubleSpinBox : public CalmSpinBox<QDoubleSpinBox> {
public:
    using CalmSpinBox::CalmSpinBox;
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 6); }
};

int asInt(std::uint64_t value) { return static_cast<int>(std::min<std::uint64_t>(value, std::numeric_limits<int>::max())); }

bool hasScale(RangeTestKind kind) { return kind != RangeTestKind::Halving; }
bool hasStopFactor(RangeTestKind kind) { return RangeTestSpec{.kind = kind}.stops(); }

} // namespace

QString RangeTestForm::kindText(RangeTestKind kind) {
    switch (kind) {
    case RangeTestKind::Sweep: return tr("Sweep");
    case RangeTestKind::FreshStart: return tr("Fresh start at each rate");
    case RangeTestKind::Halving: return tr("Halving");
    case RangeTestKind::Sensitivity: return tr("Sensitivity sweep");
    }
    return {};
}

RangeTestForm::RangeTestForm(QWidget* parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_kind(new CalmComboBox(this))
    , m_meaning(new QLabel(this))
    , m_from(new NumberEdit(this))
    , m_to(new NumberEdit(this))
    , m_rates(new CalmSpinBox<QSpinBox>(this, tr("Number of rates")))
    , m_count(new QLabel(this))
    , m_scale(new CalmComboBox(this))
    , m_stepsPerRate(new CalmSpinBox<QSpinBox>(this, tr("Steps per rate")))
    , m_validation(new CalmSpinBox<QSpinBox>(this, tr("Validation samples of the range test")))
    , m_smoothing(new ShortDoubleSpinBox(this, tr("Smoothing of the range test")))
    , m_stopFactor(new NumberEdit(this)) {
    build();
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (!m_loading) chooseKind(kinds[index]);
    });
    for (const NumberEdit* line : {m_from, m_to, m_stopFactor})
        connect(line, &NumberEdit::edited, this, &RangeTestForm::tell);
    for (const QSpinBox* box : {m_rates, m_stepsPerRate, m_validation})
        connect(box, &QSpinBox::valueChanged, this, &RangeTestForm::tell);
    connect(m_scale, &QComboBox::currentIndexChanged, this, &RangeTestForm::tell);
    connect(m_smoothing, &QDoubleSpinBox::valueChanged, this, &RangeTestForm::tell);
    load({});
}

void RangeTestForm::build() {
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const RangeTestKind kind : kinds) m_kind->addItem(kindText(kind));
    m_kind->setAccessibleName(tr("Kind of range test"));
    for (auto* box : {m_kind, m_scale}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
    }
    m_meaning->setWordWrap(true);
    m_meaning->setForegroundRole(QPalette::PlaceholderText);
    m_from->setAccessibleName(tr("First rate"));
    m_to->setAccessibleName(tr("Last rate"));
    m_rates->setRange(2, mostRates);
    m_count->setAccessibleName(tr("Number of rates, at most"));
    m_scale->setAccessibleName(tr("Spacing of the rates"));
    m_scale->addItems({tr("exponential"), tr("linear")});
    m_stepsPerRate->setRange(0, mostRates);
    m_stepsPerRate->setSpecialValueText(tr("an epoch"));
    m_stepsPerRate->setToolTip(tr("So many updates at each rate; 0: an epoch's"));
    m_validation->setRange(0, mostRates);
    m_validation->setSingleStep(1000);
    m_validation->setSpecialValueText(tr("off"));
    m_validation->setToolTip(tr("So many of the samples that are held out are asked after each rate; 0: none"));
    m_smoothing->setRange(0.0, 0.9999);
    m_smoothing->setDecimals(4);
    m_smoothing->setSingleStep(0.01);
    m_stopFactor->setAccessibleName(tr("Stop factor"));
    m_stopFactor->setToolTip(tr("The test ends where the smoothed loss exceeds this times its best"));
    m_form->addRow(tr("Method"), m_kind);
    m_form->addRow(m_meaning);
    m_form->addRow(tr("From"), m_from);
    m_form->addRow(tr("To"), m_to);
    m_form->addRow(tr("Rates"), m_rates);
    m_form->addRow(tr("Rates"), m_count);
    m_form->addRow(tr("Spacing"), m_scale);
    m_form->addRow(tr("Steps per rate"), m_stepsPerRate);
    m_form->addRow(tr("Validation samples"), m_validation);
    m_form->addRow(tr("Smoothing"), m_smoothing);
    m_form->addRow(tr("Stop at"), m_stopFactor);
}

void RangeTestForm::updateShown() {
    const auto show = [this](QWidget* editor, bool shown) {
        editor->setVisible(shown);
        if (QWidget* label = m_form->labelForField(editor)) label->setVisible(shown);
    };
    const bool halving = m_loaded.kind == RangeTestKind::Halving;
    show(m_rates, !halving);
    show(m_count, halving);
    show(m_scale, hasScale(m_loaded.kind));
    show(m_stepsPerRate, beginsAnew(m_loaded.kind));
    show(m_validation, !halving);
    show(m_smoothing, m_tuningShown && m_loaded.kind == RangeTestKind::Sweep);
    show(m_stopFactor, m_tuningShown && hasStopFactor(m_loaded.kind));
    m_meaning->setText(meaningOf(m_loaded.kind));
    showCount();
}

void RangeTestForm::setTuningShown(bool shown) {
    m_tuningShown = shown;
    updateShown();
}

void RangeTestForm::setValidationOffered(bool offered) {
    m_validationOffered = offered;
    m_validation->setEnabled(offered);
    if (QWidget* label = m_form->labelForField(m_validation)) label->setEnabled(offered);
}

void RangeTestForm::showCount() {
    const RangeTestSpec test = read();
    const bool halves = test.kind == RangeTestKind::Halving && test.from > 0.0 && test.to > test.from;
    m_count->setText(halves ? tr("at most %n", nullptr, asInt(test.rateCount())) : QStringLiteral("–"));
}

void RangeTestForm::tell() {
    if (m_loading) return;
    showCount();
    Q_EMIT edited();
}

void RangeTestForm::load(const RangeTestSpec& test) {
    m_loading = true;
    m_loaded = test;
    m_kind->setCurrentIndex(static_cast<int>(test.kind));
    m_from->setValue(test.from);
    m_to->setValue(test.to);
    m_rates->setValue(asInt(test.steps));
    m_scale->setCurrentIndex(test.exponential ? 0 : 1);
    m_stepsPerRate->setValue(asInt(test.stepsPerRate));
    m_validation->setValue(asInt(test.validation));
    m_smoothing->setValue(test.smoothing);
    m_stopFactor->setValue(test.stopFactor);
    m_loading = false;
    updateShown();
}

RangeTestSpec RangeTestForm::read() const {
    constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
    RangeTestSpec test = m_loaded;
    test.from = m_from->value().value_or(notANumber);
    test.to = m_to->value().value_or(notANumber);
    if (m_loaded.kind != RangeTestKind::Halving) test.steps = static_cast<std::uint64_t>(m_rates->value());
    else if (test.from > 0.0 && test.to > test.from && test != m_loaded) test.steps = test.rateCount();
    if (hasScale(m_loaded.kind)) test.exponential = m_scale->currentIndex() == 0;
    if (beginsAnew(m_loaded.kind)) test.stepsPerRate = static_cast<std::uint64_t>(m_stepsPerRate->value());
    test.validation = m_loaded.kind == RangeTestKind::Halving ? 0 : static_cast<std::uint32_t>(m_validation->value());
    if (m_loaded.kind == RangeTestKind::Sweep) test.smoothing = m_smoothing->value();
    if (hasStopFactor(m_loaded.kind)) test.stopFactor = m_stopFactor->value().value_or(notANumber);
    return test;
}

void RangeTestForm::chooseKind(RangeTestKind kind) {
    const RangeTestSpec before = read();
    const RangeTestKind former = m_loaded.kind;
    const RangeTestSpec left = RangeTestSpec::of(former);
    RangeTestSpec after = RangeTestSpec::of(kind);
    after.from = before.from;
    after.to = before.to;
    const auto keep = [&](auto RangeTestSpec::*which, bool used) {
        if (used && before.*which != left.*which) after.*which = before.*which;
    };
    keep(&RangeTestSpec::steps, former != RangeTestKind::Halving);
    keep(&RangeTestSpec::exponential, hasScale(former));
    keep(&RangeTestSpec::stepsPerRate, beginsAnew(former));
    keep(&RangeTestSpec::validation, true);
    keep(&RangeTestSpec::stopFactor, hasStopFactor(former) && hasStopFactor(kind));
    if (!m_validationOffered || kind == RangeTestKind::Halving) after.validation = 0;
    if (kind == RangeTestKind::Halving && after.from > 0.0 && after.to > after.from) after.steps = after.rateCount();
    const bool changed = kind != former;
    // What somebody is typing stays as it is.
    const QString from = m_from->text();
    const QString to = m_to->text();
    load(after);
    m_from->setText(from);
    m_to->setText(to);
    showCount();
    if (changed) Q_EMIT edited();
}

} // namespace ratescope
