// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/inspector_panel.h"

#include "app/panels/number_edit.h"
#include "app/panels/parameter_form.h"
#include "app/panels/schedule_preview.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <cmath>
#include <limits>

namespace ratescope {

namespace {

constexpr int customNetwork = -1; // data of the combo box's last entry

QComboBox* makeCombo(QWidget* parent, const QString& name) {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

/// A spin box that leaves the wheel to the scroll area it stands in, unless it has the focus.
template <typename Box>
class CalmSpinBox : public Box {
public:
    CalmSpinBox(QWidget* parent, const QString& name)
        : Box(parent) {
        this->setFocusPolicy(Qt::StrongFocus);
        this->setAccessibleName(name);
        this->setKeyboardTracking(true);
    }

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (this->hasFocus())
            Box::wheelEvent(event);
        else
            event->ignore();
    }
};

/// 0.2 rather than 0.200000, with room for 0.125.
class CalmDoubleSpinBox : public CalmSpinBox<QDoubleSpinBox> {
public:
    using CalmSpinBox::CalmSpinBox;
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 6); }
};

} // namespace

InspectorPanel::InspectorPanel(RunController& controller, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_empty = new QLabel(tr("Choose a run to see what it is made of."), this);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setMargin(24);
    outer->addWidget(m_empty);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = scroll;
    outer->addWidget(scroll);
    auto* content = new QWidget(scroll);
    m_sections = new QVBoxLayout(content);
    m_sections->setContentsMargins(12, 10, 12, 12);
    m_sections->setSpacing(6);
    scroll->setWidget(content);

    buildGeneral();
    m_editable = new QWidget(content);
    m_editableSections = new QVBoxLayout(m_editable);
    m_editableSections->setContentsMargins(0, 0, 0, 0);
    m_editableSections->setSpacing(6);
    m_sections->addWidget(m_editable);
    buildSchedule();
    buildRangeTest();
    buildDuration();
    buildNetwork();
    buildOptimizer();
    m_sections->addStretch(1);
    m_problem = new QLabel(this);
    m_problem->setWordWrap(true);
    m_problem->setMargin(10);
    m_problem->setStyleSheet(QStringLiteral("QLabel { background: #b42318; color: white; }"));
    m_problem->setAccessibleName(tr("What is wrong with the configuration"));
    m_problem->hide();
    outer->addWidget(m_problem);

    connect(&m_controller, &RunController::runChanged, this, [this](RunId id) {
        if (id == m_run && !m_loading) showRun(id);
    });
    connect(&m_controller, &RunController::runRemoved, this, [this](RunId id) {
        if (id == m_run) showRun(0);
    });
    showRun(0);
}

QFormLayout* InspectorPanel::addSection(const QString& title, QWidget** section) {
    auto* box = new QWidget(m_editable);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    auto* heading = new QLabel(title, box);
    QFont font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    layout->addWidget(heading);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addLayout(form);
    m_editableSections->addWidget(box);
    if (section) *section = box;
    return form;
}

void InspectorPanel::buildGeneral() {
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_name = new QLineEdit(this);
    m_name->setAccessibleName(tr("Name of the run"));
    form->addRow(tr("Name"), m_name);
    connect(m_name, &QLineEdit::editingFinished, this, &InspectorPanel::apply);
    m_sections->addLayout(form);

    m_begun = new QWidget(this);
    auto* begun = new QVBoxLayout(m_begun);
    begun->setContentsMargins(0, 4, 0, 0);
    auto* text = new QLabel(tr("This run has begun: its configuration is fixed. A duplicate starts from the same weights and "
                               "batches; what you change in it is the whole difference."), m_begun);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto* button = new QPushButton(tr("Duplicate"), m_begun);
    connect(button, &QPushButton::clicked, this, [this] { Q_EMIT duplicateRequested(m_run); });
    begun->addWidget(text);
    begun->addWidget(button);
    m_sections->addWidget(m_begun);
}

void InspectorPanel::buildSchedule() {
    QFormLayout* form = addSection(tr("Learning rate"));
    m_kind = makeCombo(this, tr("Training or range test"));
    m_kind->addItems({tr("Training with a schedule"), tr("Range test")});
    form->addRow(tr("Kind"), m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        updateMode();
        apply();
    });
    m_scheduleSection = new QWidget(this);
    auto* inner = new QFormLayout(m_scheduleSection);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_family = makeCombo(this, tr("Schedule"));
    for (const ScheduleFamily& family : scheduleTable()) {
        m_family->addItem(QString::fromStdString(family.label));
        m_family->setItemData(m_family->count() - 1, QString::fromStdString(family.meaning), Qt::ToolTipRole);
    }
    inner->addRow(tr("Schedule"), m_family);
    m_familyText = new QLabel(this);
    m_familyText->setWordWrap(true);
    m_familyText->setForegroundRole(QPalette::PlaceholderText);
    inner->addRow(m_familyText);
    m_scheduleForm = new ParameterForm(this);
    inner->addRow(m_scheduleForm);
    m_unit = makeCombo(this, tr("Unit of time"));
    m_unit->addItems({tr("steps"), tr("epochs, whole"), tr("epochs, fractional")});
    inner->addRow(tr("Time in"), m_unit);
    form->addRow(m_scheduleSection);
    m_preview = new SchedulePreview(this);
    form->addRow(m_preview);
    connect(m_family, &QComboBox::currentIndexChanged, this, &InspectorPanel::changeFamily);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &InspectorPanel::apply);
    connect(m_scheduleForm, &ParameterForm::edited, this, &InspectorPanel::apply);
}

void InspectorPanel::buildRangeTest() {
    QFormLayout* form = addSection(tr("Range test"), &m_rangeSection);
    m_from = new NumberEdit(this);
    m_to = new NumberEdit(this);
    m_from->setAccessibleName(tr("First rate"));
    m_to->setAccessibleName(tr("Last rate"));
    m_testSteps = new CalmSpinBox<QSpinBox>(this, tr("Steps of the range test"));
    m_testSteps->setRange(2, 1'000'000);
    m_scale = makeCombo(this, tr("Spacing of the rates"));
    m_scale->addItems({tr("exponential"), tr("linear")});
    m_smoothing = new CalmDoubleSpinBox(this, tr("Smoothing of the range test"));
    m_smoothing->setRange(0.0, 0.9999);
    m_smoothing->setDecimals(4);
    m_smoothing->setSingleStep(0.01);
    m_stopFactor = new NumberEdit(this);
    m_stopFactor->setAccessibleName(tr("Stop factor"));
    m_stopFactor->setToolTip(tr("The test ends where the smoothed loss exceeds this times its best"));
    form->addRow(tr("From"), m_from);
    form->addRow(tr("To"), m_to);
    form->addRow(tr("Steps"), m_testSteps);
    form->addRow(tr("Spacing"), m_scale);
    form->addRow(tr("Smoothing"), m_smoothing);
    form->addRow(tr("Stop at"), m_stopFactor);
    for (const NumberEdit* line : {m_from, m_to, m_stopFactor}) connect(line, &NumberEdit::edited, this, &InspectorPanel::apply);
    connect(m_testSteps, &QSpinBox::valueChanged, this, &InspectorPanel::apply);
    connect(m_scale, &QComboBox::currentIndexChanged, this, &InspectorPanel::apply);
    connect(m_smoothing, &QDoubleSpinBox::valueChanged, this, &InspectorPanel::apply);
}

void InspectorPanel::buildDuration() {
    QFormLayout* form = addSection(tr("Training"));
    m_durationRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_durationRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_length = new CalmSpinBox<QSpinBox>(this, tr("How long it trains"));
    m_length->setRange(1, static_cast<int>(maximumSteps));
    m_lengthUnit = makeCombo(this, tr("Epochs or steps"));
    m_lengthUnit->addItems({tr("epochs"), tr("steps")});
    row->addWidget(m_length, 1);
    row->addWidget(m_lengthUnit, 1);
    form->addRow(tr("Length"), m_durationRow);
    m_batch = new CalmSpinBox<QSpinBox>(this, tr("Batch size"));
    m_batch->setRange(1, 1'000'000);
    form->addRow(tr("Batch size"), m_batch);
    m_seed = new QLineEdit(this);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("One number for initial weights and batch order: runs that share it differ in nothing but what you change"));
    form->addRow(tr("Seed"), m_seed);
    m_validation = new CalmDoubleSpinBox(this, tr("Held out for validation"));
    m_validation->setRange(0.0, 0.9);
    m_validation->setDecimals(6);
    m_validation->setSingleStep(0.05);
    m_validation->setToolTip(tr("The last fraction of the training set is held out"));
    form->addRow(tr("Validation"), m_validation);
    m_trainSamples = new CalmSpinBox<QSpinBox>(this, tr("Training samples"));
    m_trainSamples->setRange(0, 1'000'000);
    m_trainSamples->setSpecialValueText(tr("all"));
    m_trainSamples->setToolTip(tr("Only the first so many of the samples that are not held out"));
    form->addRow(tr("Samples"), m_trainSamples);
    for (const QSpinBox* box : {m_length, m_batch, m_trainSamples}) connect(box, &QSpinBox::valueChanged, this, &InspectorPanel::apply);
    connect(m_lengthUnit, &QComboBox::currentIndexChanged, this, &InspectorPanel::apply);
    connect(m_validation, &QDoubleSpinBox::valueChanged, this, &InspectorPanel::apply);
    connect(m_seed, &QLineEdit::textEdited, this, &InspectorPanel::apply);
}

void InspectorPanel::buildNetwork() {
    QFormLayout* form = addSection(tr("Network"));
    m_network = makeCombo(this, tr("Network"));
    for (const NetworkSpec& preset : networkPresets()) m_network->addItem(QString::fromStdString(preset.preset), m_network->count());
    m_network->addItem(tr("own layers"), customNetwork);
    form->addRow(tr("Preset"), m_network);
    m_layers = new QLineEdit(this);
    m_layers->setAccessibleName(tr("Layers"));
    m_layers->setToolTip(tr("Layers, input side first: dense N, relu, tanh, sigmoid. The last is dense 10."));
    form->addRow(tr("Layers"), m_layers);
    m_init = makeCombo(this, tr("Initial weights"));
    m_init->addItems({QStringLiteral("Glorot"), QStringLiteral("He")});
    form->addRow(tr("Init"), m_init);
    connect(m_network, &QComboBox::currentIndexChanged, this, [this] {
        const int preset = m_network->currentData().toInt();
        if (preset != customNetwork && !m_loading)
            m_layers->setText(QString::fromStdString(layerListText(networkPresets()[static_cast<std::size_t>(preset)])));
        apply();
    });
    connect(m_layers, &QLineEdit::textEdited, this, [this] {
        const QSignalBlocker blocker(m_network);
        m_network->setCurrentIndex(m_network->findData(customNetwork));
        apply();
    });
    connect(m_init, &QComboBox::currentIndexChanged, this, &InspectorPanel::apply);
}

void InspectorPanel::buildOptimizer() {
    QFormLayout* form = addSection(tr("Optimizer"));
    m_optimizer = makeCombo(this, tr("Optimizer"));
    for (const OptimizerInfo& info : optimizerTable()) m_optimizer->addItem(QString::fromStdString(info.label));
    form->addRow(tr("Rule"), m_optimizer);
    m_optimizerForm = new ParameterForm(this);
    m_optimizerForm->setTable(optimizerTable().front().parameters);
    form->addRow(m_optimizerForm);
    connect(m_optimizer, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_optimizerForm->setTable(optimizerTable()[static_cast<std::size_t>(index)].parameters);
        m_optimizerForm->setValues({});
        apply();
    });
    connect(m_optimizerForm, &ParameterForm::edited, this, &InspectorPanel::apply);
}

void InspectorPanel::showRun(RunId id) {
    const RunPointer run = m_controller.find(id);
    const bool another = id != m_run;
    m_run = run ? id : 0;
    m_body->setVisible(run != nullptr);
    m_empty->setVisible(run == nullptr);
    if (!run) {
        m_problem->hide();
        return;
    }
    setEditable(run->state == RunState::Ready);
    Problems problems;
    // What is on the way to becoming a number again must not be taken from under the typist's hands.
    if (another || read(problems) != run->config || !problems.empty()) load(*run, another);
    updateMode();
    updatePreview();
    m_problem->hide();
}

void InspectorPanel::setEditable(bool editable) {
    m_editable->setEnabled(editable);
    m_begun->setVisible(!editable);
}

void InspectorPanel::load(const RunRecord& run, bool another) {
    m_loading = true;
    const RunConfig& config = run.config;
    if (another || !m_name->hasFocus()) m_name->setText(QString::fromStdString(config.name)); // not from under somebody's hands
    m_kind->setCurrentIndex(config.rangeTest ? 1 : 0);
    loadSchedule(config.schedule);
    const RangeTestSpec test = config.rangeTest.value_or(RangeTestSpec{});
    m_from->setValue(test.from);
    m_to->setValue(test.to);
    m_testSteps->setValue(static_cast<int>(test.steps));
    m_scale->setCurrentIndex(test.exponential ? 0 : 1);
    m_smoothing->setValue(test.smoothing);
    m_stopFactor->setValue(test.stopFactor);
    m_lengthUnit->setCurrentIndex(config.duration.steps ? 1 : 0);
    m_length->setValue(static_cast<int>(config.duration.steps.value_or(config.duration.epochs)));
    m_batch->setValue(static_cast<int>(config.batchSize));
    m_seed->setText(QString::number(config.seed));
    m_validation->setValue(config.validation);
    m_trainSamples->setValue(static_cast<int>(config.trainSamples));
    loadNetwork(config.network);
    m_init->setCurrentIndex(config.init == Init::Glorot ? 0 : 1);
    for (std::size_t i = 0; i < optimizerTable().size(); ++i)
        if (optimizerTable()[i].type == config.optimizer.type) m_optimizer->setCurrentIndex(static_cast<int>(i));
    m_optimizerForm->setValues(config.optimizer.values);
    m_loading = false;
}

void InspectorPanel::loadNetwork(const NetworkSpec& network) {
    const auto& presets = networkPresets();
    int index = m_network->findData(customNetwork);
    for (std::size_t i = 0; i < presets.size(); ++i)
        if (presets[i].preset == network.preset) index = static_cast<int>(i);
    m_network->setCurrentIndex(index);
    m_layers->setText(QString::fromStdString(layerListText(network)));
}

void InspectorPanel::loadSchedule(const ScheduleSpec& schedule) {
    const ScheduleFamily* family = findScheduleFamily(schedule.type);
    if (!family) return;
    m_family->setCurrentIndex(static_cast<int>(family - scheduleTable().data()));
    m_familyText->setText(QString::fromStdString(family->meaning) + QStringLiteral("\nlr(t) = ") + QString::fromStdString(family->formula));
    m_scheduleForm->setTable(family->parameters);
    m_scheduleForm->setValues(schedule.values);
    m_unit->setCurrentIndex(static_cast<int>(schedule.unit));
}

void InspectorPanel::changeFamily() {
    if (m_loading) return;
    const RunPointer run = m_controller.find(m_run);
    const ScheduleFamily& family = scheduleTable()[static_cast<std::size_t>(m_family->currentIndex())];
    // What both families have is kept; the rest starts from what fits this run's length.
    ScheduleSpec spec;
    spec.type = family.type;
    spec.unit = static_cast<TimeUnit>(m_unit->currentIndex());
    const ParameterValues before = m_scheduleForm->values();
    const double rate = before.find("max_lr").value_or(before.get("lr", 0.1));
    const double length = spec.unit == TimeUnit::Step ? static_cast<double>(run->length.steps)
                                                      : static_cast<double>(run->length.steps) / static_cast<double>(run->length.stepsPerEpoch);
    for (const ParameterInfo& info : family.parameters) {
        if (!info.required) continue;
        double value = before.get(info.name, info.suggestion);
        if (info.name == "lr") value = findParameter(family.parameters, "max_lr") ? rate / 10.0 : rate;
        if (info.name == "max_lr") value = rate;
        if (info.name == "period" && !before.contains("period")) value = std::max(1.0, std::round(length / 4.0));
        if (info.name == "half_period" && !before.contains("half_period")) value = std::max(1.0, std::round(length / 8.0));
        spec.values.set(info.name, value);
    }
    if (family.type == "exponential") spec.values.set("period", std::max(1.0, std::round(length / 4.0)));
    if (family.type == "time") spec.values.set("decay", 3.0 / std::max(1.0, length));
    m_loading = true;
    loadSchedule(spec);
    m_loading = false;
    apply();
}

void InspectorPanel::updateMode() {
    const bool test = m_kind->currentIndex() == 1;
    m_scheduleSection->setVisible(!test);
    m_rangeSection->setVisible(test);
    m_durationRow->setEnabled(!test);
}

void InspectorPanel::updatePreview() {
    const RunPointer run = m_controller.find(m_run);
    if (!run) return;
    m_preview->show(scheduleOf(run->config, run->length), run->length, QColor(QString::fromStdString(run->config.color)));
}

RunConfig InspectorPanel::read(Problems& problems) const {
    const RunPointer run = m_controller.find(m_run);
    RunConfig config = run->config;
    constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
    config.name = m_name->text().trimmed().toStdString();
    config.validation = m_validation->value();
    config.trainSamples = static_cast<std::uint32_t>(m_trainSamples->value());
    if (const int preset = m_network->currentData().toInt(); preset != customNetwork) {
        config.network = networkPresets()[static_cast<std::size_t>(preset)];
    } else {
        try {
            config.network = parseLayerList(m_layers->text().toStdString());
        } catch (const Error& error) {
            problems.push_back({"layers", error.what()});
        }
    }
    config.init = m_init->currentIndex() == 0 ? Init::Glorot : Init::He;
    config.optimizer.type = optimizerTable()[static_cast<std::size_t>(m_optimizer->currentIndex())].type;
    config.optimizer.values = m_optimizerForm->values();
    config.schedule.type = scheduleTable()[static_cast<std::size_t>(m_family->currentIndex())].type;
    config.schedule.unit = static_cast<TimeUnit>(m_unit->currentIndex());
    config.schedule.values = m_scheduleForm->values();
    config.batchSize = static_cast<std::uint32_t>(m_batch->value());
    const auto length = static_cast<std::uint64_t>(m_length->value());
    config.duration = m_lengthUnit->currentIndex() == 0 ? RunDuration{length, std::nullopt} : RunDuration{RunDuration{}.epochs, length};
    bool seedGood = false;
    config.seed = m_seed->text().trimmed().toULongLong(&seedGood);
    if (!seedGood) problems.push_back({"seed", "is no whole number from 0 on"});
    config.rangeTest.reset();
    if (m_kind->currentIndex() == 1)
        config.rangeTest = RangeTestSpec{m_from->value().value_or(notANumber), m_to->value().value_or(notANumber),
                                         static_cast<std::uint64_t>(m_testSteps->value()), m_scale->currentIndex() == 0,
                                         m_smoothing->value(), m_stopFactor->value().value_or(notANumber)};
    return config;
}

void InspectorPanel::apply() {
    const RunPointer run = m_controller.find(m_run);
    if (m_loading || !run) return;
    Problems problems;
    const RunConfig config = read(problems);
    if (problems.empty() && config == run->config) {
        m_problem->hide();
        return;
    }
    m_loading = true; // what comes back from the controller is what is here already
    if (problems.empty()) problems = m_controller.setConfig(m_run, config);
    m_loading = false;
    showProblems(problems);
    if (problems.empty()) updatePreview();
}

void InspectorPanel::showProblems(const Problems& problems) {
    m_problem->setVisible(!problems.empty());
    if (problems.empty()) return;
    const auto number = [](QString text) { return text.replace(QStringLiteral("is nan;"), InspectorPanel::tr("is no number;")); };
    m_problem->setText(tr("%1 %2").arg(QString::fromStdString(problems.front().place), number(QString::fromStdString(problems.front().message))));
}

} // namespace ratescope
