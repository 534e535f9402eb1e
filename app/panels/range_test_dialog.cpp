// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/range_test_dialog.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/problem_text.h"
#include "app/panels/range_test_form.h"
#include "app/study/plain_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr std::uint32_t usualSeeds = 5;
constexpr int mostSeeds = 50;
constexpr std::uint32_t halvingSamples = 10'000; ///< a halving is after one rate: a part of the data tells it
constexpr int mostSamples = 1'000'000;

QString number(std::uint64_t value) { return QLocale().toString(static_cast<qulonglong>(value)); }

} // namespace

RangeTestOrder orderOverSeeds() {
    RangeTestOrder order;
    order.seeds = usualSeeds;
    return order;
}

RangeTestOrder orderWithFreshStart() {
    RangeTestOrder order;
    order.alsoFresh = true;
    return order;
}

RangeTestOrder orderOf(RangeTestKind kind) {
    RangeTestOrder order;
    if (kind != RangeTestKind::Sweep) order.test = RangeTestSpec::of(kind);
    if (kind == RangeTestKind::Halving) order.trainSamples = halvingSamples;
    return order;
}

RangeTestDialog::RangeTestDialog(RunController& controller, RunId run, const RangeTestOrder& order, Check check,
                                 QWidget* parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_base(controller.find(run))
    , m_check(std::move(check))
    , m_test(new RangeTestForm(this))
    , m_form(m_test->form())
    , m_fresh(new QCheckBox(tr("Also from a fresh start at each rate"), this))
    , m_freshSteps(new CalmSpinBox<QSpinBox>(this, tr("Steps per rate of the fresh start")))
    , m_seeds(new CalmSpinBox<QSpinBox>(this, tr("Number of seeds")))
    , m_samples(new CalmSpinBox<QSpinBox>(this, tr("Training samples of the range test")))
    , m_start(new CalmComboBox(this))
    , m_effort(new QLabel(this))
    , m_problem(new QLabel(this)) {
    if (m_base && m_base->isImported()) m_base = nullptr;
    setWindowTitle(m_base ? tr("Range test of “%1”").arg(titleText(QString::fromStdString(m_base->config.name)))
                          : tr("Range test"));
    build();
    load(order);
    connect(m_test, &RangeTestForm::edited, this, &RangeTestDialog::kindChosen);
    connect(m_fresh, &QCheckBox::toggled, this, &RangeTestDialog::refresh);
    for (const QSpinBox* box : {m_freshSteps, m_seeds, m_samples})
        connect(box, &QSpinBox::valueChanged, this, &RangeTestDialog::refresh);
    connect(m_start, &QComboBox::currentIndexChanged, this, &RangeTestDialog::refresh);
    connect(&m_controller, &RunController::runRemoved, this, [this](RunId id) {
        if (m_base && m_base->id == id) reject();
    });
    refresh();
}

void RangeTestDialog::build() {
    auto* layout = new QVBoxLayout(this);
    m_test->setTuningShown(false);
    layout->addWidget(m_test);
    m_fresh->setToolTip(tr("A second test of the same rates, in which none inherits what smaller ones have learned"));
    m_freshSteps->setRange(0, 1'000'000);
    m_freshSteps->setSpecialValueText(tr("an epoch"));
    m_seeds->setRange(1, mostSeeds);
    m_seeds->setToolTip(tr("The run's seed and those after it: how far the suggestions depend on chance"));
    m_samples->setRange(0, mostSamples);
    m_samples->setSingleStep(1000);
    m_samples->setSpecialValueText(tr("all"));
    m_samples->setToolTip(tr("Only the first so many of the samples that are not held out"));
    m_start->setAccessibleName(tr("Weights to begin with"));
    m_start->addItem(tr("new weights"));
    offerStart();
    m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_start->setMinimumContentsLength(18);
    m_form->addRow(m_fresh);
    m_form->addRow(tr("Its steps per rate"), m_freshSteps);
    m_form->addRow(tr("Seeds"), m_seeds);
    m_form->addRow(tr("Training samples"), m_samples);
    m_form->addRow(tr("Begin with"), m_start);
    m_effort->setTextFormat(Qt::PlainText);
    m_effort->setWordWrap(true);
    m_effort->setForegroundRole(QPalette::PlaceholderText);
    m_effort->setAccessibleName(tr("How much that is"));
    layout->addWidget(m_effort);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMargin(8);
    m_problem->setStyleSheet(QStringLiteral("QLabel { background: #b42318; color: white; }"));
    m_problem->setAccessibleName(tr("What is wrong with the range test"));
    layout->addWidget(m_problem);
    layout->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_go = buttons->button(QDialogButtonBox::Ok);
    m_go->setText(tr("Start"));
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &RangeTestDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &RangeTestDialog::reject);
    setMinimumWidth(fontMetrics().height() * 24);
}

/// Where a run has ended; of one that goes on the last state that is kept, so that nobody has to wait for it.
void RangeTestDialog::offerStart() {
    if (!m_base || !canGoOnFrom(*m_base)) return;
    const bool test = m_base->isRangeTest();
    const std::string& run = test ? m_base->config.fork->run : m_base->config.name;
    const QString name = QString::fromStdString(run);
    if (test) m_goesOnAfter = m_base->config.fork->step;
    else if (isOver(m_base->state)) m_goesOnAfter = m_base->stepCount();
    else
        for (const std::uint64_t step : m_controller.keptStates(m_base->id))
            if (step > 0 && step <= m_base->stepCount()) m_goesOnAfter = std::max(m_goesOnAfter.value_or(0), step);
    if (!m_goesOnAfter) return;
    m_start->addItem(!test && isOver(m_base->state) ? tr("“%1” where it has ended").arg(name)
                                                    : tr("“%1” after step %2").arg(name, number(*m_goesOnAfter)));
}

void RangeTestDialog::load(const RangeTestOrder& order) {
    RangeTestOrder wanted = order;
    // Another test of one that is there has its rates.
    if (m_base && m_base->isRangeTest() && m_base->config.rangeTest->kind == order.test.kind)
        wanted.test = *m_base->config.rangeTest;
    const bool goesOn = wanted.goesOnAfter || (m_base && m_base->isRangeTest());
    const bool heldOut = !m_base || m_base->config.validation > 0.0;
    if (!heldOut) wanted.test.validation = 0;
    m_test->setValidationOffered(heldOut);
    m_kind = wanted.test.kind;
    m_test->load(wanted.test);
    m_fresh->setChecked(wanted.alsoFresh);
    m_freshSteps->setValue(static_cast<int>(wanted.freshSteps));
    m_seeds->setValue(static_cast<int>(wanted.seeds));
    const std::uint32_t own = m_base ? m_base->config.trainSamples : 0;
    m_samples->setValue(static_cast<int>(own > 0 ? own : wanted.trainSamples));
    m_start->setCurrentIndex(goesOn && m_start->count() > 1 ? 1 : 0);
}

void RangeTestDialog::kindChosen() {
    const RangeTestKind kind = m_test->read().kind;
    if (kind != m_kind) {
        const std::uint32_t own = m_base ? m_base->config.trainSamples : 0;
        const QSignalBlocker blocker(m_samples);
        if (kind == RangeTestKind::Halving && m_samples->value() == 0) m_samples->setValue(halvingSamples);
        else if (m_kind == RangeTestKind::Halving && m_samples->value() == halvingSamples)
            m_samples->setValue(static_cast<int>(own));
        m_kind = kind;
    }
    refresh();
}

RangeTestOrder RangeTestDialog::order() const {
    RangeTestOrder order;
    order.test = m_test->read();
    order.seeds = static_cast<std::uint32_t>(m_seeds->value());
    order.alsoFresh = m_fresh->isChecked() && m_kind == RangeTestKind::Sweep;
    order.freshSteps = static_cast<std::uint64_t>(m_freshSteps->value());
    order.trainSamples = static_cast<std::uint32_t>(m_samples->value());
    if (m_start->currentIndex() > 0) order.goesOnAfter = m_goesOnAfter;
    return order;
}

std::vector<RunConfig> RangeTestDialog::tests() const { return rangeTestRuns(m_base.get(), order()); }

void RangeTestDialog::setRowShown(QWidget* editor, bool shown) {
    editor->setVisible(shown);
    if (QWidget* label = m_form->labelForField(editor)) label->setVisible(shown);
}

void RangeTestDialog::refresh() {
    setRowShown(m_fresh, m_kind == RangeTestKind::Sweep);
    setRowShown(m_freshSteps, m_kind == RangeTestKind::Sweep && m_fresh->isChecked());
    setRowShown(m_start, m_start->count() > 1);
    // What goes on has the seed and the batches of the run that it goes on from.
    for (QSpinBox* box : {m_seeds, m_samples}) {
        const bool goesOn = m_start->currentIndex() > 0;
        box->setEnabled(!goesOn);
        if (QWidget* label = m_form->labelForField(box)) label->setEnabled(!goesOn);
    }
    const std::vector<RunConfig> made = tests();
    Problems problems;
    for (const RunConfig& config : made) {
        problems = config.validate();
        if (problems.empty() && m_check) problems = m_check(config);
        if (!problems.empty()) break;
    }
    m_go->setEnabled(problems.empty());
    m_problem->setVisible(!problems.empty());
    m_effort->setVisible(problems.empty());
    if (problems.empty()) {
        showEffort(made);
        return;
    }
    QString message = QString::fromStdString(problems.front().message);
    message.replace(QStringLiteral("is nan;"), QStringLiteral("is no number;"));
    m_problem->setText(tr("%1 %2").arg(QString::fromStdString(problems.front().place), problemText(message)));
}

std::optional<double> RangeTestDialog::speed(const RunConfig& config) const {
    std::optional<double> found;
    for (const RunPointer& run : m_controller.runs())
        if (run->config.network.layers == config.network.layers && !run->isImported())
            if (const auto speed = run->samplesPerSecond(); speed && *speed > 0.0) found = speed;
    return found;
}

void RangeTestDialog::showEffort(const std::vector<RunConfig>& tests) {
    const RunConfig& first = tests.front();
    constexpr std::uint32_t usualSamples = 48'000; // of an epoch, where there is no run yet: MNIST without what is held out
    std::uint32_t all = m_base && m_base->length.epochSamples > 0 ? m_base->length.epochSamples : usualSamples;
    if (first.trainSamples > 0) all = first.trainSamples;
    const RangeTestEffort effort = effortOf(tests, lengthOf(first, all).stepsPerEpoch);
    QString text;
    if (order().alsoFresh) {
        text = tr("%1 rates, %2 tests: %3 steps in all")
                   .arg(number(effort.rates), number(effort.tests), number(effort.steps));
    } else {
        QStringList factors = {tr("%n rate(s)", nullptr, static_cast<int>(effort.rates))};
        if (RangeTestForm::beginsAnew(m_kind)) factors << tr("%n step(s)", nullptr, static_cast<int>(effort.stepsPerRate));
        if (tests.size() > 1) factors << tr("%n seed(s)", nullptr, static_cast<int>(tests.size()));
        text = factors.join(QStringLiteral(" × "));
        if (factors.size() > 1) text = tr("%1 = %2 steps").arg(text, number(effort.steps));
    }
    if (m_kind == RangeTestKind::Halving) text = tr("At most %1").arg(text);
    const auto perSecond = speed(first);
    if (perSecond) text += QStringLiteral(", ") + roughly(effort.samples / *perSecond);
    m_effort->setText(text);
}

void RangeTestDialog::accept() {
    if (!m_go->isEnabled()) return;
    Q_EMIT testsRequested(tests());
    QDialog::accept();
}

QString RangeTestDialog::roughly(double seconds) {
    constexpr double minute = 60.0;
    constexpr double hour = 3600.0;
    if (seconds < 1.0) return tr("less than a second");
    if (seconds < 1.5 * minute) return tr("about %1 s").arg(std::ceil(seconds));
    if (seconds < 1.5 * hour) return tr("about %1 min").arg(std::ceil(seconds / minute));
    return tr("about %1 h").arg(std::ceil(seconds / hour));
}

} // namespace ratescope
