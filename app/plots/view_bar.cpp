// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/view_bar.h"

#include "app/plots/run_difference.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace ratescope {

namespace {

/// The slider's positions are even in log(1 − β): every few of them double the length of what is averaged.
constexpr int positions = 300; // 10^−3 at the end: β = 0.999

double smoothingAt(int position) { return position == 0 ? 0.0 : 1.0 - std::pow(10.0, -3.0 * position / positions); }

int positionOf(double smoothing) {
    return smoothing <= 0.0 ? 0 : static_cast<int>(std::lround(-std::log10(1.0 - smoothing) / 3.0 * positions));
}

/// Side by side, stacked, or one of the three large: as the box offers them.
int arrangementIndex(const PlotView& view) {
    if (view.arrangement == Arrangement::Large) return 1 + static_cast<int>(view.large);
    return view.arrangement == Arrangement::Stacked ? 1 : 0;
}

} // namespace

ViewBar::ViewBar(QWidget* parent)
    : QToolBar(parent) {
    setMovable(false);
    setWindowTitle(tr("View"));
    setAccessibleName(tr("View of the plots"));
    m_unit = addChoice(tr("x:"), tr("What the x axis of loss and learning rate counts"),
                       {tr("step"), tr("epoch"), tr("samples"), tr("seconds")});
    m_quantity = addChoice(tr("y:"), tr("What the loss plot shows; error and accuracy are known at epoch ends"),
                           {tr("loss"), tr("error"), tr("accuracy"), tr("difference")});
    m_reference = addChoice(tr("from:"), tr("The run whose loss the others' are compared with; it has to share initial "
                                            "weights and batch order with them"),
                            {});
    m_reference->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_reference->setMinimumContentsLength(11); // names may be long
    m_referenceShown = actions().constLast();
    addSmoothing();
    addSeparator();
    m_logLoss = addToggle(tr("log y"), tr("Logarithmic axis for the loss"), Qt::Key_L);
    m_logRate = addToggle(tr("log rate"), tr("Logarithmic axis for the learning rate"), Qt::SHIFT | Qt::Key_L);
    m_logSteps = addToggle(tr("log x"), tr("Logarithmic axis for the steps"), Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    addSeparator();
    auto* shown = new QToolButton(this);
    shown->setText(tr("show") + QStringLiteral(" ▾"));
    shown->setAccessibleName(tr("What the plots show"));
    shown->setPopupMode(QToolButton::InstantPopup);
    shown->setFocusPolicy(Qt::TabFocus);
    m_shown = new QMenu(shown);
    shown->setMenu(m_shown);
    addWidget(shown);
    m_band = addToggle(tr("spread"), tr("The range of the raw losses behind the smoothed line"));
    m_validation = addToggle(tr("validation"), tr("The validation figures at the end of each epoch, as circles"));
    m_marks = addToggle(tr("marks"), tr("Best epochs, early stops and restarts on their curves"));
    m_legend = addToggle(tr("legend"), tr("Which line is which run: a click hides it, Ctrl+click shows nothing else"));
    m_zones = addToggle(tr("zones of the range test"),
                        tr("Which rates are slow, fast, at the edge or diverging, behind the learning rate"));
    m_accuracy = addToggle(tr("accuracy of the range test"),
                           tr("The validation accuracy under the range test's loss, in place of the slope"));
    m_shown = nullptr; // what follows stands on the bar itself
    m_seeds = addChoice(tr("seeds:"), tr("How runs are drawn that differ in their seed alone"),
                        {tr("each"), tr("mean"), tr("median")});
    m_arrangement =
        addChoice(tr("plots:"), tr("How the three plots lie"),
                  {tr("side by side"), tr("stacked"), tr("large loss"), tr("large rate"), tr("large range test")});
    m_follow = addToggle(tr("follow"), tr("Show everything and follow what comes (F); off, the axes stay as they are"));
    m_toggles.removeAll(m_follow);
    disconnect(m_follow, &QAction::toggled, this, &ViewBar::changed);
    connect(m_follow, &QAction::triggered, this, &ViewBar::followRequested);
    showSmoothing();
}

QComboBox* ViewBar::addChoice(const QString& label, const QString& tip, const QStringList& items) {
    auto* holder = new QWidget(this);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(6, 0, 2, 0);
    row->setSpacing(4);
    auto* text = new QLabel(label, holder);
    auto* box = new QComboBox(holder);
    box->addItems(items);
    box->setToolTip(tip);
    box->setAccessibleName(tip);
    box->setFocusPolicy(Qt::TabFocus);
    text->setBuddy(box);
    row->addWidget(text);
    row->addWidget(box);
    holder->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    addWidget(holder);
    connect(box, &QComboBox::currentIndexChanged, this, &ViewBar::changed);
    return box;
}

void ViewBar::addSmoothing() {
    auto* holder = new QWidget(this);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(6, 0, 2, 0);
    row->setSpacing(4);
    auto* label = new QLabel(tr("smoothing"), holder);
    m_smoothing = new QSlider(Qt::Horizontal, holder);
    m_smoothingText = new QLabel(holder);
    label->setBuddy(m_smoothing);
    m_smoothing->setRange(0, positions);
    m_smoothing->setFixedWidth(110);
    m_smoothing->setPageStep(10);
    m_smoothing->setAccessibleName(tr("Smoothing of the loss"));
    m_smoothing->setToolTip(
        tr("Exponential moving average of the loss, without the bias towards its start. The rate is never smoothed."));
    m_smoothingText->setMinimumWidth(m_smoothingText->fontMetrics().horizontalAdvance(QStringLiteral("0.9990")));
    row->addWidget(label);
    row->addWidget(m_smoothing);
    row->addWidget(m_smoothingText);
    holder->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    addWidget(holder);
    connect(m_smoothing, &QSlider::valueChanged, this, [this] {
        showSmoothing();
        Q_EMIT changed();
    });
}

QAction* ViewBar::addToggle(const QString& text, const QString& tip, const QKeySequence& key) {
    QAction* action = m_shown ? m_shown->addAction(text) : addAction(text);
    action->setCheckable(true);
    action->setShortcut(key);
    action->setToolTip(key.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
    if (auto* button = qobject_cast<QToolButton*>(widgetForAction(action))) {
        button->setAccessibleName(text);
        button->setAccessibleDescription(tip);
        button->setFocusPolicy(Qt::TabFocus);
    }
    connect(action, &QAction::toggled, this, &ViewBar::changed);
    m_toggles << action;
    return action;
}

void ViewBar::showSmoothing() {
    m_smoothingText->setText(
        QLocale::c().toString(smoothingAt(m_smoothing->value()), 'f', m_smoothing->value() > 200 ? 4 : 2).left(5));
}

void ViewBar::setRuns(const std::vector<RunPointer>& runs) {
    m_runs = runs;
    const QSignalBlocker quiet(this);
    showReferences();
}

/// Looked up while they can be seen alone.
void ViewBar::showReferences() {
    const bool shown = m_quantity->currentIndex() == static_cast<int>(Quantity::Difference);
    m_referenceShown->setVisible(shown);
    if (!shown) return;
    QList<QPair<QString, RunId>> items{{tr("first run"), 0}};
    const std::vector<RunPointer> comparable = comparableRuns(m_runs);
    auto next = comparable.begin();
    for (const RunPointer& run : m_runs) {
        const bool compared = next != comparable.end() && *next == run;
        if (compared) ++next;
        if (compared || run->id == m_chosen) items << qMakePair(QString::fromStdString(run->config.name), run->id);
    }
    bool same = m_reference->count() == items.size();
    for (int i = 0; same && i < items.size(); ++i)
        same = m_reference->itemText(i) == items[i].first && m_reference->itemData(i).toLongLong() == items[i].second;
    if (!same) {
        m_reference->clear();
        for (const auto& [name, id] : std::as_const(items)) m_reference->addItem(name, id);
    }
    m_reference->setCurrentIndex(std::max(0, m_reference->findData(m_chosen)));
}

void ViewBar::setView(const PlotView& view) {
    const QSignalBlocker quiet(this);
    m_chosen = view.reference;
    m_unit->setCurrentIndex(static_cast<int>(view.stepUnit));
    m_quantity->setCurrentIndex(static_cast<int>(view.quantity));
    m_seeds->setCurrentIndex(static_cast<int>(view.seeds));
    m_arrangement->setCurrentIndex(arrangementIndex(view));
    m_smoothing->setValue(positionOf(view.smoothing));
    showReferences();
    // Differences have two signs. The range test keeps the axis that it has, and the losses find theirs again.
    m_logLoss->setEnabled(view.quantity != Quantity::Difference);
    m_logLoss->setChecked(view.hasLogarithmicLoss());
    m_logRate->setChecked(view.logRate);
    m_logSteps->setChecked(view.logSteps);
    m_band->setChecked(view.band);
    m_validation->setChecked(view.validation);
    m_marks->setChecked(view.marks);
    m_legend->setChecked(view.legend);
    m_zones->setChecked(view.zones);
    m_accuracy->setChecked(view.testLower == TestLower::Accuracy);
    m_follow->setChecked(view.isFitted());
    showSmoothing();
}

PlotView ViewBar::applyTo(PlotView view) const {
    const auto unit = static_cast<StepUnit>(m_unit->currentIndex());
    const auto quantity = static_cast<Quantity>(m_quantity->currentIndex());
    // What the slider's grid cannot hold stays, until the slider is moved.
    if (positionOf(view.smoothing) != m_smoothing->value()) view.smoothing = smoothingAt(m_smoothing->value());
    // A range that was zoomed to on one scale means nothing on another.
    const bool logLoss = m_logLoss->isEnabled() ? m_logLoss->isChecked() : view.logLoss;
    // A run that is gone, and that the box therefore cannot show, may come back.
    const bool chosen = view.quantity == Quantity::Difference && quantity == Quantity::Difference &&
                        m_reference->currentIndex() != std::max(0, m_reference->findData(view.reference));
    const RunId reference = chosen ? m_reference->currentData().toLongLong() : view.reference;
    if (view.logLoss != logLoss || view.quantity != quantity || view.reference != reference) view.loss = std::nullopt;
    if (view.logLoss != logLoss) view.testLoss = std::nullopt;
    if (view.logRate != m_logRate->isChecked()) view.rate = std::nullopt;
    if (view.logSteps != m_logSteps->isChecked() || view.stepUnit != unit) view.steps = std::nullopt;
    view.stepUnit = unit;
    view.quantity = quantity;
    view.reference = reference;
    view.seeds = static_cast<SeedDrawing>(m_seeds->currentIndex());
    const int lie = m_arrangement->currentIndex();
    view.arrangement = lie == 0 ? Arrangement::SideBySide : lie == 1 ? Arrangement::Stacked : Arrangement::Large;
    if (lie > 1) view.large = static_cast<PlotPart>(lie - 1);
    view.logLoss = logLoss;
    view.logRate = m_logRate->isChecked();
    view.logSteps = m_logSteps->isChecked();
    view.band = m_band->isChecked();
    view.validation = m_validation->isChecked();
    view.marks = m_marks->isChecked();
    view.legend = m_legend->isChecked();
    view.zones = m_zones->isChecked();
    const TestLower lower = m_accuracy->isChecked() ? TestLower::Accuracy : TestLower::Slope;
    if (view.testLower != lower) view.testSlope = std::nullopt;
    view.testLower = lower;
    return view;
}

} // namespace ratescope
