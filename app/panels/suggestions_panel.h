// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/answer_cache.h"
#include "app/control/rate_advice.h"
#include "app/control/rate_trials.h"
#include "app/control/run_controller.h"

#include <QColor>
#include <QIcon>
#include <QList>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QBoxLayout;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTreeWidget;
class QTreeWidgetItem;

namespace ratescope {

class NumberEdit;

/// What a range test, or one over several seeds, suggests for a run: every rule's rate with how it came about, what
/// trials of it have led to, and what can be done with it.
class SuggestionsPanel : public QWidget {
    Q_OBJECT

public:
    explicit SuggestionsPanel(RunController& controller, QWidget* parent = nullptr);

    /// The run that it is about: a range test itself, or one that a test speaks for. 0: none.
    void showRun(RunId id);
    /// The test that is shown: of several seeds the first. Null where there is none.
    RunPointer test() const { return m_tests.empty() ? nullptr : m_tests.front(); }
    const RateAdvice& advice() const { return m_advice; }

    /// The rate of the row that a person sets; none: not set.
    void setMarkerRate(std::optional<double> rate);
    std::optional<double> markerRate() const;

    /// How long a trial is.
    RunDuration budget() const;
    const TrialPlan& plan() const { return m_plan; }

    /// What draws a rule's shape, as the plots have it, in a colour; rows have none without.
    using RuleIcon = std::function<QIcon(const std::string& rule, const QColor& color)>;
    void setRuleIcon(RuleIcon icon);

    QSize sizeHint() const override;

public Q_SLOTS:
    /// Brings up to date what is shown: at once.
    void refresh();

Q_SIGNALS:
    void useRateRequested(ratescope::RunId test, double rate);
    void useBoundsRequested(ratescope::RunId test, double low, double high);
    /// Runs to be added and started, and others that are there already and only have to be started.
    void trialsRequested(const std::vector<ratescope::RunConfig>& missing, const QList<ratescope::RunId>& ready);
    /// What a long test suggests has been worked out.
    void adviceReady();
    /// A person has typed another rate for the marker; 0: none.
    void markerRateEdited(double rate);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildHeader(QBoxLayout* layout);
    void buildTable(QBoxLayout* layout);
    QTreeWidgetItem* makeRow() const;
    void buildActions(QBoxLayout* layout);
    void connectController();
    void refreshSoon();
    void findTest();
    void showHeader();
    void showIcons();
    QColor testColor() const;
    void fitRows(std::size_t rules);
    void fillRules();
    void fillBounds();
    void fillTrials();
    void showVerdict(const std::optional<TrialVerdict>& verdict);
    void highlight(const std::optional<TrialVerdict>& verdict);
    void updateActions();
    void useSelected();
    void tryThem();
    QTreeWidgetItem* ruleRow(std::size_t rule) const;
    std::optional<double> selectedRate() const;
    QString budgetText() const;

    RunController& m_controller;
    RuleIcon m_ruleIcon;
    AnswerCache m_answers;
    QTimer m_soon;
    RunId m_run = 0;
    std::vector<RunPointer> m_tests; ///< the seeds of one test
    std::size_t m_answered = 0;      ///< of which so many have answers
    RateAdvice m_advice;
    TrialPlan m_plan;
    std::vector<RunPointer> m_trials; ///< of the plan; null: missing

    QLabel* m_hint = nullptr;
    QWidget* m_body = nullptr;
    QLabel* m_chip = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_note = nullptr;
    QTreeWidget* m_table = nullptr;
    QTreeWidgetItem* m_boundsRow = nullptr;
    QTreeWidgetItem* m_markerRow = nullptr;
    NumberEdit* m_marker = nullptr;
    QBoxLayout* m_actions = nullptr;
    QPushButton* m_useRate = nullptr;
    QPushButton* m_useBounds = nullptr;
    QSpinBox* m_budget = nullptr;
    QComboBox* m_budgetUnit = nullptr;
    QPushButton* m_try = nullptr;
    QLabel* m_verdict = nullptr;
};

} // namespace ratescope
