// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/inspector_panel.h"

#include "app/panels/core_text.h"
#include "app/panels/parameter_form.h"
#include "app/panels/problem_text.h"
#include "app/panels/range_test_form.h"
#include "app/panels/run_result_text.h"
#include "app/panels/run_undo_commands.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_preview.h"
#include "app/panels/start_form.h"
#include "app/panels/stopping_form.h"
#include "app/panels/zone_note.h"

#include <QApplication>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMetaMethod>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStyle>
#include <QUndoStack>
#include <QVBoxLayout>


namespace ratescope {

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
    scroll->setAccessibleName(tr("Configuration of the run"));
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = scroll;
    outer->addWidget(scroll);
    auto* content = new QWidget(scroll);
    m_sections = new QVBoxLayout(content);
    m_sections->setContentsMargins(12, 10, 12, 12);
    m_sections->setSpacing(6);
    scroll->setWidget(content);

    buildGeneral();
    buildOrigin();
    buildDriving();
    buildSchedule();
    m_editable = new QWidget(content);
    m_editableSections = new QVBoxLayout(m_editable);
    m_editableSections->setContentsMargins(0, 0, 0, 0);
    m_editableSections->setSpacing(6);
    m_sections->addWidget(m_editable);
    buildRangeTest();
    buildDuration();
    buildStopping();
    buildOptimizer();
    buildNetwork();
    buildFineTuning();
    buildData();
    m_sections->addStretch(1);
    m_problem = new QLabel(this);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMargin(10);
    m_problem->setStyleSheet(QStringLiteral("QLabel { background: #b42318; color: white; }"));
    m_problem->setAccessibleName(tr("What is wrong with the configuration"));
    m_problem->hide();
    outer->addWidget(m_problem);

    // Wide enough for every editor: there is no scrolling sideways.
    scroll->setMinimumWidth(content->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2);

    connect(&m_controller, &RunController::runChanged, this, [this](RunId id) {
        if (id == m_run && !m_loading) showRun(id);
    });
    connect(&m_controller, &RunController::looksChanged, this, [this] {
        updatePreview();
        if (const RunPointer run = m_controller.find(m_run)) showOrigin(*run);
    });
    connect(&m_controller, &RunController::runRemoved, this, [this](RunId id) {
        if (id == m_run) showRun(0);
    });
    connect(qApp, &QApplication::focusChanged, this, [this] { ++m_editing; });
    showRun(0);
}

InspectorPanel::~InspectorPanel() {
    disconnect(qApp, nullptr, this, nullptr); // its boxes lose the focus while nothing is left of this but a widget
}

void InspectorPanel::showRun(RunId id) {
    const RunPointer run = m_controller.find(id);
    const bool another = id != m_run;
    m_run = run ? id : 0;
    m_body->setVisible(run != nullptr);
    m_empty->setVisible(run == nullptr);
    if (!run) {
        m_zones->showRun(0);
        m_problem->hide();
        return;
    }
    setEditable(*run);
    showOrigin(*run);
    m_results->setText(resultText(*run));
    m_results->setVisible(!m_results->text().isEmpty());
    Problems problems;
    // What is on the way to becoming a number again must not be taken from under the typist's hands.
    const bool stale = read(problems) != run->config || !problems.empty() || isOverruled(*run);
    if (another || stale) load(*run, another);
    updateMode();
    updateDriving();
    updatePreview();
    m_zones->showRun(m_run);
    m_problem->hide();
}

void InspectorPanel::setEditable(const RunRecord& run) {
    const bool editable = run.state == RunState::Ready;
    m_editable->setEnabled(editable);
    m_kind->setEnabled(editable);
    m_schedule->setEditable(editable || canBeSteered(run));
    m_begunText->setText(
        canBeSteered(run)
            ? tr("While this run goes on its rate can be changed, from the next batch on. Everything else is "
                 "fixed: change it in a duplicate or a fork.")
            : tr("This run has begun: its configuration is fixed. A duplicate starts from the same weights and "
                 "batches; what you change in it is the whole difference."));
    m_schedule->setPlotOffered(isSignalConnected(QMetaMethod::fromSignal(&InspectorPanel::handlesRequested)));
    m_begun->setVisible(!editable);
}

void InspectorPanel::load(const RunRecord& run, bool another) {
    m_loading = true;
    const RunConfig& config = run.config;
    if (another || !m_name->hasFocus())
        m_name->setText(QString::fromStdString(config.name)); // not from under somebody's hands
    m_kind->setCurrentIndex(config.rangeTest ? 1 : 0);
    m_schedule->setSpec(run.state == RunState::Ready ? config.schedule : m_controller.ordered(run), run.length);
    m_rangeForm->setValidationOffered(config.validation > 0.0);
    m_rangeForm->load(config.rangeTest.value_or(RangeTestSpec{}));
    m_lengthUnit->setCurrentIndex(config.duration.steps ? 1 : 0);
    m_length->setValue(static_cast<int>(config.duration.steps.value_or(config.duration.epochs)));
    m_batch->setValue(static_cast<int>(config.batchSize));
    m_seed->setText(QString::number(config.seed));
    m_validation->setValue(config.validation);
    m_trainSamples->setValue(static_cast<int>(config.trainSamples));
    loadNetwork(config.network);
    m_init->setCurrentIndex(config.init == Init::Glorot ? 0 : 1);
    m_loss->setCurrentIndex(config.loss == Loss::CrossEntropy ? 0 : 1);
    showData(QString::fromStdString(config.data));
    m_stopping->load(config);
    m_start->load(config, possibleSources(), another);
    for (std::size_t i = 0; i < optimizerTable().size(); ++i)
        if (optimizerTable()[i].type == config.optimizer.type) m_optimizer->setCurrentIndex(static_cast<int>(i));
    m_optimizerForm->setValues(config.optimizer.values);
    m_loading = false;
}

QStringList InspectorPanel::possibleSources() const {
    QStringList names;
    for (const RunPointer& run : m_controller.runs())
        if (run->id != m_run && !run->isRangeTest() && run->state != RunState::Diverged && run->state != RunState::Failed)
            names << QString::fromStdString(run->config.name);
    return names;
}

void InspectorPanel::loadNetwork(const NetworkSpec& network) {
    const auto& presets = networkPresets();
    int index = m_network->findData(customNetwork);
    for (std::size_t i = 0; i < presets.size(); ++i)
        if (presets[i].preset == network.preset) index = static_cast<int>(i);
    m_network->setCurrentIndex(index);
    m_layers->setText(QString::fromStdString(layerListText(network)));
}

void InspectorPanel::updateMode() {
    const bool test = m_kind->currentIndex() == 1;
    m_schedule->setVisible(!test);
    m_rangeSection->setVisible(test);
    m_code->setVisible(!test || m_rangeForm->read().kind == RangeTestKind::Sweep);
    m_durationRow->setEnabled(!test);
    m_stoppingSection->setVisible(!test);
    m_stopping->setCyclic(!test && goesInCycles(m_schedule->spec()));
}

void InspectorPanel::updatePreview() {
    const RunPointer run = m_controller.find(m_run);
    if (!run) return;
    m_schedule->setRunLength(run->length);
    const ScheduleSpec& followed = m_controller.ordered(*run);
    const bool own = followed == run->config.schedule;
    m_preview->show(own ? scheduleOf(run->config, run->length) : Schedule(followed, run->length), run->length,
                    QColor(QString::fromStdString(run->config.color)));
}

RunConfig InspectorPanel::read(Problems& problems) const {
    const RunPointer run = m_controller.find(m_run);
    RunConfig config = run->config;
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
    config.loss = m_loss->currentIndex() == 0 ? Loss::CrossEntropy : Loss::Mse;
    if (const QString set = m_data->currentData().toString(); !set.isEmpty()) config.data = set.toStdString();
    m_start->read(config, problems);
    m_stopping->read(config);
    config.optimizer.type = optimizerTable()[static_cast<std::size_t>(m_optimizer->currentIndex())].type;
    config.optimizer.values = m_optimizerForm->values();
    if (run->state == RunState::Ready) config.schedule = m_schedule->spec(); // else it is steered
    const bool test = m_kind->currentIndex() == 1;
    if (test) { // a range test has batches of one size
        config.schedule.batchGrowth = false;
        config.schedule.maxBatch = 0;
    }
    if (test) config.earlyStopping.reset(); // what belongs to epochs has no place in a range test
    config.batchSize = static_cast<std::uint32_t>(m_batch->value());
    const auto length = static_cast<std::uint64_t>(m_length->value());
    config.duration = m_lengthUnit->currentIndex() == 0 ? RunDuration{length, std::nullopt}
                                                        : RunDuration{RunDuration{}.epochs, length};
    bool seedGood = false;
    config.seed = m_seed->text().trimmed().toULongLong(&seedGood);
    if (!seedGood) problems.push_back({"seed", "is no whole number from 0 on"});
    config.rangeTest.reset();
    if (test) config.rangeTest = m_rangeForm->read();
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
    const RunConfig before = run->config;
    if (problems.empty()) problems = m_controller.setConfig(m_run, config);
    if (problems.empty()) noteChange(before);
    m_loading = false;
    showProblems(problems);
    if (problems.empty()) updatePreview();
}

void InspectorPanel::noteChange(const RunConfig& before) {
    if (!m_undo) return;
    const RunPointer run = m_controller.find(m_run);
    auto command = std::make_unique<ChangeConfigCommand>(m_controller, m_run, before, run->config, m_editing);
    if (!command->changesNothing()) m_undo->push(command.release());
}

void InspectorPanel::showProblems(const Problems& problems) {
    m_problem->setVisible(!problems.empty());
    if (problems.empty()) return;
    QString message = QString::fromStdString(problems.front().message);
    message.replace(QStringLiteral("is nan;"), QStringLiteral("is no number;")); // what was typed is none
    m_problem->setText(tr("%1 %2").arg(QString::fromStdString(problems.front().place), problemText(message)));
}

} // namespace ratescope
