// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/suggestions_panel.h"

#include "app/panels/calm_spin_box.h"
#include "app/panels/number_edit.h"
#include "app/panels/range_test_form.h"
#include "app/panels/run_list_delegate.h"
#include "app/study/palette.h"
#include "app/study/plain_text.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ratescope {

namespace {

constexpr int refreshInterval = 150; // ms: figures that can still be read
constexpr QSize chipSize{28, 14};

/// As wide as its column would be without it. (A maximum would be one for all of the column.)
class ShortNumberEdit : public NumberEdit {
public:
    using NumberEdit::NumberEdit;
    QSize sizeHint() const override { return {fontMetrics().averageCharWidth() * 12, NumberEdit::sizeHint().height()}; }
};

} // namespace

SuggestionsPanel::SuggestionsPanel(RunController& controller, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_hint = new QLabel(
        tr("No range test speaks for this run yet: “Range test” in the tool bar makes one. It needs the same data, "
           "network, loss, optimizer and batch size."),
        this);
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setMargin(16);
    outer->addWidget(m_hint, 1);
    m_body = new QWidget(this);
    auto* layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(10, 6, 10, 8);
    layout->setSpacing(6);
    buildHeader(layout);
    buildTable(layout);
    buildActions(layout);
    outer->addWidget(m_body, 1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(refreshInterval);
    connect(&m_soon, &QTimer::timeout, this, &SuggestionsPanel::refresh);
    connectController();
    refresh();
}

void SuggestionsPanel::buildHeader(QBoxLayout* layout) {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_chip = new QLabel(m_body);
    m_name = new QLabel(m_body);
    m_name->setTextFormat(Qt::PlainText);
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_name->setAccessibleName(tr("Range test that is shown"));
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long name must not widen the dock
    m_note = new QLabel(m_body);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setAccessibleName(tr("What kind of range test it is"));
    row->addWidget(m_chip);
    row->addWidget(m_name, 1);
    row->addWidget(m_note);
    layout->addLayout(row);
}

void SuggestionsPanel::buildTable(QBoxLayout* layout) {
    m_table = new QTreeWidget(m_body);
    m_table->setAccessibleName(tr("Suggested rates"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setHeaderLabels(
        {tr("Rule"), tr("Rate"), tr("Over seeds"), tr("× ⅓"), tr("× 1"), tr("× 3"), tr("How it came about")});
    for (int column = 3; column < 6; ++column)
        m_table->headerItem()->setToolTip(column,
                                          tr("What a trial with the rate times this ends with: the validation loss"));
    for (int column = 3; column < 6; ++column)
        m_table->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setStretchLastSection(true);
    m_boundsRow = makeRow();
    m_markerRow = makeRow();
    m_table->addTopLevelItems({m_boundsRow, m_markerRow});
    m_boundsRow->setText(0, tr("bounds"));
    m_markerRow->setText(0, tr("marker"));
    m_markerRow->setText(6, tr("Yours: type a rate, or drag the marker on the plot."));
    m_marker = new ShortNumberEdit(m_table);
    m_marker->setAccessibleName(tr("Rate of the marker"));
    m_marker->setPlaceholderText(tr("none"));
    m_marker->setStyleSheet(
        QStringLiteral("QLineEdit { background: transparent; border: none; padding: 0px; }")); // the row shows
    m_table->setItemWidget(m_markerRow, 1, m_marker);
    layout->addWidget(m_table, 1);
    connect(m_table, &QTreeWidget::itemSelectionChanged, this, &SuggestionsPanel::updateActions);
    connect(m_table, &QTreeWidget::itemActivated, this, &SuggestionsPanel::useSelected);
    connect(m_marker, &NumberEdit::edited, this, [this] {
        m_table->setCurrentItem(m_markerRow);
        refresh();
        if (m_marker->isEmpty() || markerRate()) Q_EMIT markerRateEdited(markerRate().value_or(0.0));
    });
}

QTreeWidgetItem* SuggestionsPanel::makeRow() const {
    auto* row = new QTreeWidgetItem;
    row->setSizeHint(6, {0, fontMetrics().height() + 5});
    for (int column = 3; column < 6; ++column) row->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    return row;
}

void SuggestionsPanel::buildActions(QBoxLayout* layout) {
    m_verdict = new QLabel(m_body);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setWordWrap(true);
    m_verdict->setAccessibleName(tr("What the trials say"));
    m_actions = new QBoxLayout(QBoxLayout::LeftToRight);
    m_actions->setSpacing(6);
    m_useRate = new QPushButton(tr("Use this rate"), m_body);
    m_useRate->setToolTip(tr("Puts the chosen rule's rate into a run's schedule"));
    m_useBounds = new QPushButton(tr("Use as bounds"), m_body);
    m_useBounds->setToolTip(tr("A schedule that goes between the two bounds"));
    auto* tries = new QHBoxLayout;
    auto* label = new QLabel(tr("For"), m_body);
    m_budget = new CalmSpinBox<QSpinBox>(m_body, tr("How long a trial is"));
    m_budget->setRange(1, 1'000'000);
    m_budgetUnit = new CalmComboBox(m_body);
    m_budgetUnit->addItems({tr("epochs"), tr("steps")});
    m_budgetUnit->setAccessibleName(tr("Epochs or steps of a trial"));
    label->setBuddy(m_budget);
    m_try = new QPushButton(tr("Try it"), m_body);
    m_actions->addWidget(m_useRate);
    m_actions->addWidget(m_useBounds);
    m_actions->addStretch(1);
    m_actions->addWidget(m_verdict, 100); // all of the room, where it has something to say
    tries->addWidget(m_try);
    tries->addWidget(label);
    tries->addWidget(m_budget);
    tries->addWidget(m_budgetUnit);
    m_actions->addLayout(tries);
    layout->addLayout(m_actions);
    connect(m_useRate, &QPushButton::clicked, this, &SuggestionsPanel::useSelected);
    connect(m_useBounds, &QPushButton::clicked, this, [this] {
        if (test() && m_advice.bounds)
            Q_EMIT useBoundsRequested(test()->id, m_advice.bounds->first, m_advice.bounds->second);
    });
    connect(m_try, &QPushButton::clicked, this, &SuggestionsPanel::tryThem);
    connect(m_budget, &QSpinBox::valueChanged, this, &SuggestionsPanel::refresh);
    connect(m_budgetUnit, &QComboBox::currentIndexChanged, this, &SuggestionsPanel::refresh);
}

void SuggestionsPanel::connectController() {
    for (const auto signal : {&RunController::runAdded, &RunController::runRemoved, &RunController::runChanged})
        connect(&m_controller, signal, this, &SuggestionsPanel::refreshSoon);
    for (const auto signal : {&RunController::looksChanged, &RunController::stepsAppended, &RunController::epochsDone})
        connect(&m_controller, signal, this, &SuggestionsPanel::refreshSoon);
    connect(&m_controller, &RunController::runRemoved, this, [this](RunId id) { m_answers.forget(id); });
    connect(&m_answers, &AnswerCache::ready, this, [this] {
        refresh();
        Q_EMIT adviceReady();
    });
}

QSize SuggestionsPanel::sizeHint() const {
    const int row = fontMetrics().height();
    return {row * 40, row * 16};
}

void SuggestionsPanel::refreshSoon() {
    if (isVisible() && !m_soon.isActive()) m_soon.start();
}

void SuggestionsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

/// In a narrow dock the buttons stand below each other.
void SuggestionsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    int needed = 0;
    for (const QWidget* one : std::initializer_list<QWidget*>{m_useRate, m_useBounds, m_try, m_budget, m_budgetUnit})
        needed += one->sizeHint().width() + m_actions->spacing();
    needed += m_verdict->isHidden() ? 0 : 24 * fontMetrics().averageCharWidth();
    const int frame = 8 * m_actions->spacing();
    m_actions->setDirection(width() < needed + frame ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void SuggestionsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refreshSoon(); // what is faint and what is marked
}

void SuggestionsPanel::showRun(RunId id) {
    if (m_run == id) return;
    m_run = id;
    if (isVisible()) refresh();
}

void SuggestionsPanel::setMarkerRate(std::optional<double> rate) {
    if (markerRate() == rate) return;
    m_marker->setValue(rate ? std::optional(QString::number(*rate, 'g', 4).toDouble()) : std::nullopt);
    refresh();
}

std::optional<double> SuggestionsPanel::markerRate() const {
    const auto rate = m_marker->value();
    return rate && *rate > 0.0 && *rate <= 1e6 ? rate : std::nullopt;
}

RunDuration SuggestionsPanel::budget() const {
    const auto length = static_cast<std::uint64_t>(m_budget->value());
    if (m_budgetUnit->currentIndex() == 0) return {length, std::nullopt};
    return {RunDuration{}.epochs, length};
}

void SuggestionsPanel::findTest() {
    const RunPointer run = m_controller.find(m_run);
    RunPointer found;
    if (run) found = run->isRangeTest() ? run : testFor(*run, m_controller.runs());
    m_tests = found && found->isImported() ? std::vector{found}
              : found                      ? seedGroupOf(found, m_controller.runs())
                                           : std::vector<RunPointer>{};
    std::vector<RangeAnswers> answers;
    for (const RunPointer& one : m_tests)
        if (const AnswerCache::Pointer known = m_answers.get(one)) answers.push_back(known->answers);
    m_answered = answers.size();
    m_advice = answers.empty() ? RateAdvice{} : adviceOf(answers);
}

void SuggestionsPanel::refresh() {
    m_soon.stop();
    findTest();
    m_hint->setVisible(m_tests.empty());
    m_body->setVisible(!m_tests.empty());
    m_plan = {};
    m_trials.clear();
    if (m_tests.empty()) return;
    showHeader();
    fitRows(m_advice.rules.size());
    fillRules();
    fillBounds();
    fillTrials();
    showIcons();
    updateActions();
}

void SuggestionsPanel::setRuleIcon(RuleIcon icon) {
    m_ruleIcon = std::move(icon);
    refresh();
}

/// As it can be seen on the window's ground.
QColor SuggestionsPanel::testColor() const {
    const std::string color = colorOn(test()->config.color, palette().color(QPalette::Window).lightness());
    return QColor(QString::fromStdString(color));
}

void SuggestionsPanel::showIcons() {
    if (!m_ruleIcon) return;
    for (std::size_t i = 0; i < m_advice.rules.size(); ++i)
        ruleRow(i)->setIcon(0, m_ruleIcon(m_advice.rules[i].rate ? m_advice.rules[i].rule : std::string(), testColor()));
    for (QTreeWidgetItem* row : {m_boundsRow, m_markerRow}) row->setIcon(0, m_ruleIcon({}, {})); // as wide as the others
}

void SuggestionsPanel::showHeader() {
    const RunRecord& first = *m_tests.front();
    m_chip->setPixmap(runChip(testColor(), first.dash, chipSize, devicePixelRatioF()));
    m_name->setText(QString::fromStdString(first.config.name));
    m_name->setToolTip(plainToolTip(m_name->text()));
    QStringList notes;
    if (first.isImported()) notes << tr("measured elsewhere");
    else notes << RangeTestForm::kindText(first.config.rangeTest->kind);
    if (m_tests.size() > 1) notes << tr("median of %n seed(s)", nullptr, static_cast<int>(m_tests.size()));
    if (m_answered < m_tests.size()) notes << tr("being worked out");
    bool goesOn = false;
    for (const RunPointer& one : m_tests) goesOn = goesOn || !isOver(one->state);
    if (goesOn) notes << tr("not over yet");
    m_note->setText(notes.join(QStringLiteral(" · ")));
}

/// A row for each rule above those of the bounds and of the marker.
void SuggestionsPanel::fitRows(std::size_t rules) {
    const auto present = [this] { return static_cast<std::size_t>(m_table->indexOfTopLevelItem(m_boundsRow)); };
    while (present() > rules) delete m_table->takeTopLevelItem(static_cast<int>(present()) - 1);
    while (present() < rules) m_table->insertTopLevelItem(static_cast<int>(present()), makeRow());
    m_table->setColumnHidden(2, m_tests.size() < 2);
}

QTreeWidgetItem* SuggestionsPanel::ruleRow(std::size_t rule) const { return m_table->topLevelItem(static_cast<int>(rule)); }

std::optional<double> SuggestionsPanel::selectedRate() const {
    const QTreeWidgetItem* row = m_table->currentItem();
    if (!row || m_tests.empty()) return std::nullopt;
    if (row == m_markerRow) return markerRate();
    const auto index = static_cast<std::size_t>(m_table->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(row)));
    return index < m_advice.rules.size() ? m_advice.rules[index].rate : std::nullopt;
}

void SuggestionsPanel::updateActions() {
    const bool bounds = m_advice.bounds.has_value();
    m_useRate->setEnabled(selectedRate().has_value());
    m_useBounds->setEnabled(bounds && !m_tests.empty());
}

void SuggestionsPanel::useSelected() {
    if (m_tests.empty()) return;
    if (m_table->currentItem() == m_boundsRow) {
        if (m_advice.bounds) m_useBounds->click();
        return;
    }
    if (const auto rate = selectedRate()) Q_EMIT useRateRequested(test()->id, *rate);
}

void SuggestionsPanel::tryThem() {
    std::vector<RunConfig> missing;
    QList<RunId> ready;
    for (std::size_t i = 0; i < m_trials.size(); ++i) {
        if (!m_trials[i]) missing.push_back(m_plan.runs[i]);
        else if (m_trials[i]->state == RunState::Ready) ready << m_trials[i]->id;
    }
    if (!missing.empty() || !ready.isEmpty()) Q_EMIT trialsRequested(missing, ready);
    refresh();
}

} // namespace ratescope
