// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/stopping_form.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/number_edit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>

#include <limits>

namespace ratescope {

StoppingForm::StoppingForm(QWidget* parent)
    : QWidget(parent)
    , m_early(new QCheckBox(tr("Stop early"), this))
    , m_monitor(new CalmComboBox(this))
    , m_patience(new CalmSpinBox<QSpinBox>(this, tr("Patience in epochs")))
    , m_minimumDelta(new NumberEdit(this))
    , m_restoreBest(new QCheckBox(tr("End with the best weights"), this))
    , m_snapshots(new QCheckBox(tr("Snapshot at each cycle's end"), this)) {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_early->setToolTip(tr("End the run once the watched figure has become no better for some epochs"));
    m_monitor->addItems({tr("validation loss"), tr("validation accuracy"), tr("training loss")});
    m_monitor->setAccessibleName(tr("Watched figure"));
    m_patience->setRange(1, 1'000'000);
    m_patience->setToolTip(tr("So many epochs in a row may be no better"));
    m_minimumDelta->setAccessibleName(tr("Least improvement"));
    m_minimumDelta->setToolTip(tr("Better means by more than this"));
    m_restoreBest->setToolTip(tr("The weights of the best epoch are what is tested and kept"));
    m_snapshots->setToolTip(tr("Keep the weights at the end of each cycle; at the end the test set is asked of each and of all together"));
    form->addRow(m_early);
    form->addRow(tr("Watch"), m_monitor);
    form->addRow(tr("Patience"), m_patience);
    form->addRow(tr("At least"), m_minimumDelta);
    form->addRow(m_restoreBest);
    form->addRow(m_snapshots);
    for (const QCheckBox* box : {m_early, m_restoreBest, m_snapshots}) connect(box, &QCheckBox::toggled, this, &StoppingForm::edited);
    connect(m_early, &QCheckBox::toggled, this, &StoppingForm::updateEnabled);
    connect(m_monitor, &QComboBox::currentIndexChanged, this, &StoppingForm::edited);
    connect(m_patience, &QSpinBox::valueChanged, this, &StoppingForm::edited);
    connect(m_minimumDelta, &NumberEdit::edited, this, &StoppingForm::edited);
    updateEnabled();
}

void StoppingForm::updateEnabled() {
    for (QWidget* editor : std::initializer_list<QWidget*>{m_monitor, m_patience, m_minimumDelta, m_restoreBest}) {
        editor->setVisible(m_early->isChecked());
        if (QWidget* label = static_cast<QFormLayout*>(layout())->labelForField(editor)) label->setVisible(m_early->isChecked());
    }
}

void StoppingForm::load(const RunConfig& config) {
    const QSignalBlocker blocker(this);
    const EarlyStoppingSpec stop = config.earlyStopping.value_or(EarlyStoppingSpec{});
    m_early->setChecked(config.earlyStopping.has_value());
    m_monitor->setCurrentIndex(static_cast<int>(stop.monitor));
    m_patience->setValue(static_cast<int>(std::min<std::uint64_t>(stop.patience, 1'000'000)));
    m_minimumDelta->setValue(stop.minimumDelta);
    m_restoreBest->setChecked(stop.restoreBest);
    m_snapshots->setChecked(config.snapshots);
    updateEnabled();
}

void StoppingForm::read(RunConfig& config) const {
    config.earlyStopping.reset();
    if (m_early->isChecked())
        config.earlyStopping = EarlyStoppingSpec{static_cast<Monitor>(m_monitor->currentIndex()), static_cast<std::uint64_t>(m_patience->value()),
                                                 m_minimumDelta->value().value_or(std::numeric_limits<double>::quiet_NaN()),
                                                 m_restoreBest->isChecked()};
    config.snapshots = m_snapshots->isChecked() && m_snapshots->isEnabled();
}

void StoppingForm::setCyclic(bool cyclic) { m_snapshots->setEnabled(cyclic); }

} // namespace ratescope
