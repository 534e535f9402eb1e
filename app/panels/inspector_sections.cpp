// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector's editors, a section each.
#include "app/panels/inspector_panel.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/core_text.h"
#include "app/panels/problem_text.h"
#include "app/panels/parameter_form.h"
#include "app/panels/range_test_form.h"
#include "app/panels/run_list_delegate.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_preview.h"
#include "app/panels/start_form.h"
#include "app/panels/stopping_form.h"
#include "app/panels/zone_note.h"
#include "app/study/palette.h"
#include "app/study/plain_text.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ratescope {

namespace {

constexpr qsizetype mostShown = 80; ///< characters of a folder's name

QComboBox* makeCombo(QWidget* parent, const QString& name) {
    auto* box = new CalmComboBox(parent);
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

/// 0.2 rather than 0.200000, with room for 0.125.
class CalmDoubleSpinBox : public CalmSpinBox<QDoubleSpinBox> {
public:
    using CalmSpinBox::CalmSpinBox;
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 6); }
};

} // namespace

QFormLayout* InspectorPanel::addSection(const QString& title, QWidget** section, QVBoxLayout* place) {
    // What can be changed while a run goes on stands in front of what is fixed.
    if (!place) place = m_editable ? m_editableSections : m_sections;
    auto* box = new QWidget(place->parentWidget());
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
    place->addWidget(box);
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
    m_begunText = new QLabel(m_begun);
    m_begunText->setTextFormat(Qt::PlainText);
    m_begunText->setWordWrap(true);
    m_begunText->setForegroundRole(QPalette::PlaceholderText);
    auto* button = new QPushButton(tr("Duplicate"), m_begun);
    connect(button, &QPushButton::clicked, this, [this] { Q_EMIT duplicateRequested(m_run); });
    m_results = new QLabel(m_begun);
    m_results->setTextFormat(Qt::PlainText);
    m_results->setWordWrap(true);
    m_results->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_results->setAccessibleName(tr("Results"));
    begun->addWidget(m_results);
    begun->addWidget(m_begunText);
    begun->addWidget(button);
    m_sections->addWidget(m_begun);
}

void InspectorPanel::buildOrigin() {
    m_origin = new QWidget(this);
    auto* layout = new QVBoxLayout(m_origin);
    layout->setContentsMargins(0, 8, 0, 0);
    auto* row = new QHBoxLayout;
    m_originChip = new QLabel(m_origin);
    m_originChip->setAccessibleName(tr("Colour of the run"));
    m_originText = new QLabel(m_origin);
    m_originText->setTextFormat(Qt::PlainText);
    m_originText->setWordWrap(true);
    m_originText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_originText->setAccessibleName(tr("Where the curve comes from"));
    row->addWidget(m_originChip);
    row->addWidget(m_originText, 1);
    layout->addLayout(row);
    auto* words =
        new QLabel(tr("This curve was measured elsewhere: there is no network behind it to be trained."), m_origin);
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(words);
    m_sections->addWidget(m_origin);
}

void InspectorPanel::showOrigin(const RunRecord& run) {
    m_origin->setVisible(run.isImported());
    for (QWidget* section : std::initializer_list<QWidget*>{m_scheduleSection, m_editable})
        section->setHidden(run.isImported());
    if (!run.isImported()) return;
    m_begun->hide();
    m_originText->setText(problemText(run.origin));
    const std::string seen = colorOn(run.config.color, palette().color(QPalette::Window).lightness());
    m_originChip->setPixmap(runChip(QColor(QString::fromStdString(seen)), run.dash, {28, 14}, devicePixelRatioF()));
}

void InspectorPanel::buildSchedule() {
    QFormLayout* form = addSection(tr("Learning rate"), &m_scheduleSection);
    m_kind = makeCombo(this, tr("Training or range test"));
    m_kind->addItems({tr("Training with a schedule"), tr("Range test")});
    form->addRow(tr("Kind"), m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        updateMode();
        apply();
    });
    m_schedule = new ScheduleEditor(this);
    m_preview = new SchedulePreview(this);
    QLayout* section = form->parentWidget()->layout();
    section->addWidget(m_schedule);
    section->addWidget(m_preview);
    m_zones = new ZoneNote(m_controller, this);
    section->addWidget(m_zones);
    m_code = new QPushButton(tr("As code…"), this);
    m_code->setToolTip(tr("Optimizer and schedule as a snippet for PyTorch or Keras that gives the same rates"));
    section->addWidget(m_code);
    connect(m_code, &QPushButton::clicked, this, [this] { Q_EMIT codeRequested(m_run); });
    connect(m_schedule, &ScheduleEditor::edited, this, &InspectorPanel::scheduleEdited);
    connect(m_schedule, &ScheduleEditor::handlesRequested, this, [this] { Q_EMIT handlesRequested(m_run); });
    connect(m_schedule, &ScheduleEditor::compareRequested, this, &InspectorPanel::compareRequested);
}

void InspectorPanel::buildRangeTest() {
    QFormLayout* form = addSection(tr("Range test"), &m_rangeSection);
    m_rangeForm = new RangeTestForm(this);
    form->addRow(m_rangeForm);
    connect(m_rangeForm, &RangeTestForm::edited, this, &InspectorPanel::apply);
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
    m_seed->setToolTip(
        tr("One number for initial weights and batch order: runs that share it differ in nothing but what you change"));
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
    for (const QSpinBox* box : {m_length, m_batch, m_trainSamples})
        connect(box, &QSpinBox::valueChanged, this, &InspectorPanel::apply);
    connect(m_lengthUnit, &QComboBox::currentIndexChanged, this, &InspectorPanel::apply);
    connect(m_validation, &QDoubleSpinBox::valueChanged, this, [this](double share) {
        m_rangeForm->setValidationOffered(share > 0.0);
        apply();
    });
    connect(m_seed, &QLineEdit::textEdited, this, &InspectorPanel::apply);
}

void InspectorPanel::buildNetwork() {
    QFormLayout* form = addSection(tr("Network"));
    m_network = makeCombo(this, tr("Network"));
    for (const NetworkSpec& preset : networkPresets())
        m_network->addItem(QString::fromStdString(preset.preset), m_network->count());
    m_network->addItem(tr("own layers"), customNetwork);
    form->addRow(tr("Preset"), m_network);
    m_layers = new QLineEdit(this);
    m_layers->setAccessibleName(tr("Layers"));
    m_layers->setToolTip(tr("Layers, input side first: dense 128, conv2d 32 3 (filters, kernel), maxpool 2, dropout "
                            "0.25, flatten, relu, tanh, "
                            "sigmoid. The last is dense 10."));
    form->addRow(tr("Layers"), m_layers);
    m_init = makeCombo(this, tr("Initial weights"));
    m_init->addItems({QStringLiteral("Glorot"), QStringLiteral("He")});
    form->addRow(tr("Init"), m_init);
    m_loss = makeCombo(this, tr("Loss"));
    m_loss->addItems({tr("cross-entropy"), tr("mean squared error")});
    m_loss->setItemData(1, tr("Between the softmax outputs and the one-hot label, mean over samples and classes"),
                        Qt::ToolTipRole);
    form->addRow(tr("Loss"), m_loss);
    connect(m_loss, &QComboBox::currentIndexChanged, this, &InspectorPanel::apply);
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
    for (const OptimizerInfo& info : optimizerTable()) m_optimizer->addItem(coreText(info.label));
    form->addRow(tr("Rule"), m_optimizer);
    m_optimizerText = new QLabel(this);
    m_optimizerText->setWordWrap(true);
    m_optimizerText->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(m_optimizerText);
    m_optimizerForm = new ParameterForm(this);
    m_optimizerForm->setTable(optimizerTable().front().parameters);
    form->addRow(m_optimizerForm);
    connect(m_optimizer, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_optimizerForm->setTable(optimizerTable()[static_cast<std::size_t>(index)].parameters);
        m_optimizerForm->setValues({});
        describeOptimizer();
        apply();
    });
    connect(m_optimizerForm, &ParameterForm::edited, this, &InspectorPanel::apply);
    describeOptimizer();
}

void InspectorPanel::describeOptimizer() {
    const OptimizerInfo& info = optimizerTable()[static_cast<std::size_t>(m_optimizer->currentIndex())];
    m_optimizerText->setText(tr("%1 A rate to begin with: %2.")
                                 .arg(coreText(info.meaning), QString::fromStdString(shortest(info.suggestedRate))));
    m_optimizerText->setToolTip(coreText(info.source));
}

void InspectorPanel::buildData() {
    QFormLayout* form = addSection(tr("Data"));
    m_data = makeCombo(this, tr("Data"));
    m_data->addItem(QStringLiteral("MNIST"), QStringLiteral("mnist"));
    m_data->addItem(QStringLiteral("Fashion-MNIST"), QStringLiteral("fashion-mnist"));
    m_data->addItem(tr("a folder…"), QString());
    m_data->setToolTip(tr("A folder holds four IDX files, as MNIST comes, raw or .gz"));
    form->addRow(tr("Images"), m_data);
    connect(m_data, &QComboBox::activated, this, [this](int index) {
        if (m_data->itemData(index).toString().isEmpty()) chooseFolder();
        apply();
    });
}

void InspectorPanel::chooseFolder() {
    const RunPointer run = m_controller.find(m_run);
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder with four IDX files"));
    showData(folder.isEmpty() && run ? QString::fromStdString(run->config.data) : folder);
}

void InspectorPanel::showData(const QString& set) {
    int index = m_data->findData(set);
    if (index < 0) { // a folder: in front of the entry that asks for one
        index = m_data->count() - 1;
        m_data->insertItem(index, cutText(QDir(set).dirName(), mostShown), set);
        m_data->setItemData(index, plainToolTip(set), Qt::ToolTipRole);
    }
    m_data->setCurrentIndex(index);
}

void InspectorPanel::buildFineTuning() {
    QFormLayout* form = addSection(tr("Fine-tuning"));
    m_start = new StartForm(this);
    form->addRow(m_start);
    connect(m_start, &StartForm::edited, this, &InspectorPanel::apply);
}

void InspectorPanel::buildStopping() {
    QFormLayout* form = addSection(tr("Stopping"), &m_stoppingSection);
    m_stopping = new StoppingForm(this);
    form->addRow(m_stopping);
    connect(m_stopping, &StoppingForm::edited, this, &InspectorPanel::apply);
}

} // namespace ratescope
