// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/fork_dialog.h"

#include "app/panels/calm_spin_box.h"
#include "app/study/plain_text.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

enum Column { StepColumn, EpochColumn, RateColumn, LossColumn, ValidationColumn };

QString figureOf(double value) { return QLocale::c().toString(value, 'g', 4); }

QString megabytes(std::size_t bytes) {
    return QLocale().toString(static_cast<double>(bytes) / (1 << 20), 'f', bytes < (10U << 20) ? 1 : 0);
}

} // namespace

ForkDialog::ForkDialog(RunController& controller, RunId run, QWidget* parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_run(run)
    , m_states(new QTreeWidget(this))
    , m_step(new CalmSpinBox<QSpinBox>(this, tr("Step to fork at")))
    , m_what(new QLabel(this))
    , m_memory(new QLabel(this))
    , m_limit(new CalmSpinBox<QSpinBox>(this, tr("Memory for states of all runs"))) {
    const RunPointer parentRun = controller.find(run);
    setWindowTitle(tr("Fork “%1”").arg(titleText(QString::fromStdString(parentRun->config.name))));
    auto* layout = new QVBoxLayout(this);
    auto* words = new QLabel(tr("The fork goes on from this run's weights, optimizer and batches; its rate, the optimizer's "
                                "parameters and its length may be others."),
                             this);
    words->setWordWrap(true);
    layout->addWidget(words);
    m_states->setAccessibleName(tr("States that are kept"));
    m_states->setRootIsDecorated(false);
    m_states->setAlternatingRowColors(true);
    m_states->setHeaderLabels({tr("Step"), tr("Epoch"), tr("Rate"), tr("Loss"), tr("Validation loss")});
    m_states->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    layout->addWidget(m_states, 1);
    auto* form = new QFormLayout;
    const std::uint64_t most = std::min<std::uint64_t>(parentRun->stepCount(), std::numeric_limits<int>::max());
    m_step->setRange(0, static_cast<int>(most));
    form->addRow(tr("Fork after step"), m_step);
    m_what->setTextFormat(Qt::PlainText);
    m_what->setWordWrap(true);
    form->addRow(QString(), m_what);
    m_limit->setRange(16, 1 << 16);
    m_limit->setSingleStep(64);
    m_limit->setKeyboardTracking(false); // “1024” goes past 102, for which states would be given up
    m_limit->setSuffix(tr(" MB"));
    m_limit->setValue(static_cast<int>(controller.checkpoints().limit() >> 20));
    form->addRow(tr("Memory for states"), m_limit);
    form->addRow(QString(), m_memory);
    layout->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Fork"));
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ForkDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ForkDialog::reject);
    connect(m_step, &QSpinBox::valueChanged, this, &ForkDialog::showStep);
    connect(m_states, &QTreeWidget::itemSelectionChanged, this, [this] {
        if (const auto chosen = m_states->selectedItems(); !chosen.isEmpty())
            m_step->setValue(chosen.front()->data(StepColumn, Qt::UserRole).toInt());
    });
    connect(m_states, &QTreeWidget::itemActivated, this, &ForkDialog::accept);
    connect(m_limit, &QSpinBox::valueChanged, this, [this](int value) {
        m_controller.checkpoints().setLimit(std::size_t(value) << 20);
        QSettings().setValue(QStringLiteral("checkpointMegabytes"), value);
        fill();
    });
    connect(&m_controller, &RunController::checkpointsChanged, this, &ForkDialog::fill);
    connect(&m_controller, &RunController::runRemoved, this, [this](RunId id) {
        if (id == m_run) reject();
    });
    fill();
    const auto steps = controller.keptStates(run);
    // The last state before the end is what people mean most often.
    const auto last = std::ranges::find_if(steps.rbegin(), steps.rend(),
                                           [&](std::uint64_t step) { return step < parentRun->length.steps; });
    m_step->setValue(last == steps.rend() ? static_cast<int>(most / 2) : static_cast<int>(*last));
    showStep();
    resize(520, 460);
}

void ForkDialog::fill() {
    const RunPointer run = m_controller.find(m_run);
    if (!run) return;
    const auto steps = m_controller.keptStates(m_run);
    const QSignalBlocker blocker(m_states);
    m_states->clear();
    for (const std::uint64_t step : steps) {
        auto* item = new QTreeWidgetItem(m_states);
        item->setData(StepColumn, Qt::UserRole, static_cast<int>(step));
        item->setText(StepColumn, QLocale().toString(static_cast<qulonglong>(step)));
        item->setText(EpochColumn, figureOf(run->length.epochsOf(step)));
        if (step > 0 && step <= run->stepCount()) {
            item->setText(RateColumn, figureOf(run->rates[step - 1]));
            item->setText(LossColumn, figureOf(run->losses[step - 1]));
        }
        for (const EpochMetrics& epoch : run->epochs)
            if (epoch.step == step && epoch.validation) item->setText(ValidationColumn, figureOf(epoch.validation->loss));
    }
    showStep();
    showMemory();
}

void ForkDialog::showStep() {
    const RunPointer run = m_controller.find(m_run);
    if (!run) return;
    const auto step = static_cast<std::uint64_t>(m_step->value());
    const QSignalBlocker blocker(m_states);
    m_states->clearSelection();
    for (int i = 0; i < m_states->topLevelItemCount(); ++i)
        if (QTreeWidgetItem* item = m_states->topLevelItem(i);
            item->data(StepColumn, Qt::UserRole).toInt() == m_step->value()) {
            m_states->setCurrentItem(item);
            m_states->scrollToItem(item);
        }
    const double share = run->stepCount() > 0 ? static_cast<double>(step) / static_cast<double>(run->stepCount()) : 0.0;
    if (m_controller.keepsState(m_run, step))
        m_what->setText(tr("This state is kept: the fork starts at once."));
    else
        m_what->setText(tr("This state is not kept: the steps up to it are trained again first, about %1 s.")
                            .arg(QLocale().toString(std::ceil(10.0 * run->trainSeconds * share) / 10.0, 'f', 1)));
    if (step >= run->length.steps)
        m_what->setText(m_what->text() + QLatin1Char(' ') + tr("From the end it goes on as long again."));
}

void ForkDialog::showMemory() {
    const CheckpointShelf& shelf = m_controller.checkpoints();
    m_memory->setText(
        tr("%n state(s) of this run: %1 MB; of all runs %2 MB", nullptr, static_cast<int>(shelf.stepsOf(m_run).size()))
            .arg(megabytes(shelf.bytesOf(m_run)), megabytes(shelf.bytes())));
}

void ForkDialog::accept() {
    m_controller.fork(m_run, static_cast<std::uint64_t>(m_step->value()));
    QDialog::accept();
}

} // namespace ratescope
