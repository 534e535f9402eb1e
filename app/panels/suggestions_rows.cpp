// SPDX-License-Identifier: GPL-3.0-or-later
// What the table of suggestions says in its rows, and below it.
#include "app/panels/suggestions_panel.h"

#include "app/control/run_figures.h"
#include "app/panels/core_text.h"
#include "app/panels/number_edit.h"
#include "app/panels/problem_text.h"
#include "app/study/plain_text.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

enum Column {
    RuleColumn,
    RateColumn,
    SeedsColumn,
    FirstTrial,
    ReasonColumn = FirstTrial + static_cast<int>(trialFactors.size()),
    ColumnCount
};

/// How a suggestion came about, in the window's language.
QString reasonText(const std::string& reason) {
    const QString text = coreText(reason);
    return text == QString::fromStdString(reason) ? problemText(reason) : text;
}

void setInk(QTreeWidgetItem& row, const QBrush& ink) {
    for (int column = 0; column < ColumnCount; ++column) row.setForeground(column, ink);
}

QString seedsText(const RuleAdvice& rule) {
    const QString range = rule.rate ? QStringLiteral("%1 – %2").arg(figureText(rule.low), figureText(rule.high)) : QString();
    if (rule.found == rule.seeds) return range;
    const QString share = SuggestionsPanel::tr("%1 of %n seed(s)", nullptr, static_cast<int>(rule.seeds)).arg(rule.found);
    return range.isEmpty() ? share : QStringLiteral("%1 (%2)").arg(range, share);
}

QString measureText(TrialMeasure measure) {
    switch (measure) {
    case TrialMeasure::Validation: return SuggestionsPanel::tr("validation loss");
    case TrialMeasure::Test: return SuggestionsPanel::tr("test loss");
    case TrialMeasure::Training: return SuggestionsPanel::tr("training loss");
    }
    return {};
}

/// What a trial has led to, as a cell can hold it.
QString trialText(const RunPointer& trial) {
    if (!trial) return QStringLiteral("–");
    const auto score = scoreOf(*trial);
    if (!score) return stateText(*trial);
    return std::isfinite(score->loss) ? figureText(score->loss) : SuggestionsPanel::tr("diverged");
}

QString trialTip(const RunPointer& trial) {
    if (!trial) return SuggestionsPanel::tr("Not tried yet");
    QString tip = QStringLiteral("%1: %2").arg(QString::fromStdString(trial->config.name), stateText(*trial));
    const auto score = scoreOf(*trial);
    if (score && std::isfinite(score->loss)) {
        tip += SuggestionsPanel::tr("; %1 %2").arg(measureText(score->measure), figureText(score->loss));
        if (score->accuracy) tip += SuggestionsPanel::tr(", accuracy %1").arg(shareText(*score->accuracy));
    }
    return tip;
}

} // namespace

void SuggestionsPanel::fillRules() {
    const QBrush faint = palette().brush(QPalette::PlaceholderText);
    const QBrush plain = palette().brush(QPalette::Text);
    bool anyChosen = m_table->currentItem() != nullptr;
    for (std::size_t i = 0; i < m_advice.rules.size(); ++i) {
        const RuleAdvice& rule = m_advice.rules[i];
        QTreeWidgetItem& row = *ruleRow(i);
        const QString reason = reasonText(rule.reason);
        row.setText(RuleColumn, QString::fromStdString(rule.rule));
        row.setText(RateColumn, rule.rate ? figureText(*rule.rate) : QStringLiteral("–"));
        row.setText(SeedsColumn, seedsText(rule));
        row.setText(ReasonColumn, reason);
        row.setToolTip(ReasonColumn, plainToolTip(reason));
        setInk(row, rule.rate ? plain : faint);
        if (rule.rate && !anyChosen) {
            m_table->setCurrentItem(&row);
            anyChosen = true;
        }
    }
}

void SuggestionsPanel::fillBounds() {
    const RuleAdvice& low = m_advice.low;
    const RuleAdvice& high = m_advice.high;
    const bool found = m_advice.bounds.has_value();
    const QString reason = reasonText(low.reason);
    m_boundsRow->setText(RateColumn, found ? QStringLiteral("%1 – %2").arg(figureText(m_advice.bounds->first),
                                                                           figureText(m_advice.bounds->second))
                                           : QStringLiteral("–"));
    m_boundsRow->setText(SeedsColumn, found && m_tests.size() > 1
                                          ? QStringLiteral("%1; %2").arg(seedsText(low), seedsText(high))
                                          : QString());
    m_boundsRow->setText(ReasonColumn, reason);
    m_boundsRow->setToolTip(ReasonColumn, plainToolTip(reason));
    m_boundsRow->setHidden(reason.isEmpty() && !found);
    setInk(*m_boundsRow, palette().brush(found ? QPalette::Text : QPalette::PlaceholderText));
    m_markerRow->setForeground(ReasonColumn, palette().brush(QPalette::PlaceholderText));
}

void SuggestionsPanel::fillTrials() {
    std::vector<RuleRate> rates;
    std::vector<QTreeWidgetItem*> rows;
    for (std::size_t i = 0; i < m_advice.rules.size(); ++i)
        if (m_advice.rules[i].rate) {
            rates.push_back({m_advice.rules[i].rule, *m_advice.rules[i].rate});
            rows.push_back(ruleRow(i));
        }
    if (const auto rate = markerRate()) {
        rates.push_back({m_markerRow->text(RuleColumn).toStdString(), *rate});
        rows.push_back(m_markerRow);
    }
    const auto& fork = test()->config.fork;
    const bool trainable = !test()->isImported() && (!fork || m_controller.find(fork->run));
    m_plan = trainable ? planTrials(*test(), rates, budget()) : TrialPlan{};
    m_trials = findTrials(m_plan, m_controller.runs());
    for (int i = 0; i < m_table->topLevelItemCount(); ++i)
        for (int column = FirstTrial; column < ReasonColumn; ++column) {
            m_table->topLevelItem(i)->setText(column, {});
            m_table->topLevelItem(i)->setToolTip(column, {});
        }
    for (std::size_t i = 0; i < m_plan.rules.size(); ++i)
        for (std::size_t factor = 0; factor < trialFactors.size(); ++factor) {
            const RunPointer& trial = m_trials[m_plan.rules[i].runs[factor]];
            rows[i]->setText(FirstTrial + static_cast<int>(factor), trialText(trial));
            rows[i]->setToolTip(FirstTrial + static_cast<int>(factor), plainToolTip(trialTip(trial)));
        }
    const bool any = std::ranges::any_of(m_trials, [](const RunPointer& one) { return one != nullptr; });
    for (int column = FirstTrial; column < ReasonColumn; ++column) m_table->setColumnHidden(column, !any);
    const auto missing = std::ranges::count_if(
        m_trials, [](const RunPointer& one) { return !one || one->state == RunState::Ready; });
    m_try->setEnabled(missing > 0);
    m_try->setToolTip(missing > 0 ? tr("Trains ⅓ of each rate, the rate and 3 times the rate for that long: %n run(s)",
                                       nullptr, static_cast<int>(missing))
                                  : tr("All of these rates have been tried for that long"));
    const auto verdict = judgeTrials(m_plan, m_trials);
    highlight(verdict);
    showVerdict(verdict);
}

QString SuggestionsPanel::budgetText() const {
    return m_budgetUnit->currentIndex() == 0 ? tr("%n epoch(s)", nullptr, m_budget->value())
                                             : tr("%n step(s)", nullptr, m_budget->value());
}

/// Bold is what does best: the winner by its name, of each rule the factor.
void SuggestionsPanel::highlight(const std::optional<TrialVerdict>& verdict) {
    QColor ground(0x00, 0x9e, 0x73); // not that of the selection
    ground.setAlpha(48);
    std::size_t tried = 0; // index among the rules that have been
    for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
        QTreeWidgetItem& row = *m_table->topLevelItem(i);
        const bool isTried = !row.text(FirstTrial).isEmpty();
        const bool wins = isTried && verdict && std::ranges::find(verdict->winners, tried) != verdict->winners.end();
        for (int column = 0; column < ColumnCount; ++column) {
            const bool best = isTried && verdict && column == FirstTrial + static_cast<int>(verdict->factors[tried]);
            QFont font = m_table->font();
            font.setBold(best || (wins && column <= RateColumn));
            row.setFont(column, font);
            row.setBackground(column, wins ? QBrush(ground) : QBrush());
        }
        tried += isTried;
    }
}

void SuggestionsPanel::showVerdict(const std::optional<TrialVerdict>& verdict) {
    const auto count = static_cast<int>(m_trials.size());
    const auto over = static_cast<int>(
        std::ranges::count_if(m_trials, [](const RunPointer& one) { return one && scoreOf(*one).has_value(); }));
    const bool any = std::ranges::any_of(m_trials, [](const RunPointer& one) { return one != nullptr; });
    m_verdict->setVisible(any);
    if (!any) return;
    if (!verdict) {
        m_verdict->setText(over == count ? tr("The rates of all rules diverge within %1.").arg(budgetText())
                                         : tr("%1 of %n trial(s) are over.", nullptr, count).arg(over));
        return;
    }
    QStringList names;
    for (const std::size_t winner : verdict->winners) names << QString::fromStdString(m_plan.rules[winner].rule);
    QString text = tr("%1: lowest %2, %3 after %4")
                       .arg(names.join(tr(" and ")), measureText(verdict->best.measure), figureText(verdict->best.loss),
                            budgetText());
    const std::size_t factor = verdict->factors[verdict->winners.front()];
    if (factor < plainTrial) text += tr("; ⅓ of it does better");
    if (factor > plainTrial) text += tr("; 3 times it does better");
    m_verdict->setText(tr("%1.").arg(text));
}

} // namespace ratescope
