// SPDX-License-Identifier: GPL-3.0-or-later
// What the comparison of schedules is made of.
#include "app/panels/calm_spin_box.h"
#include "app/panels/schedule_comparison.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_plot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace ratescope {

ScheduleComparison::ScheduleComparison(const RunConfig& base, std::uint32_t trainSamples, QWidget* parent)
    : QDialog(parent)
    , m_base(base)
    , m_trainSamples(trainSamples) {
    setWindowTitle(tr("Compare schedules"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_base.rangeTest.reset();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(10);
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    row->addWidget(buildList());
    row->addWidget(buildEditor());
    row->addWidget(buildPlot(), 1);
    layout->addLayout(row, 1);
    layout->addWidget(buildButtons());
    resize(1180, 640);
    setTarget({});
    refresh();
}

QWidget* ScheduleComparison::buildList() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_list = new QListWidget(column);
    m_list->setAccessibleName(tr("Schedules"));
    m_list->setIconSize({28, 16});
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    layout->addWidget(m_list, 1);
    auto* add = new QPushButton(tr("Add…"), column);
    add->setToolTip(tr("Another schedule, from the gallery"));
    add->setAutoDefault(false);
    const auto make = [&](const QString& text, const QString& tip) {
        auto* button = new QToolButton(column);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        return button;
    };
    m_duplicate = make(tr("Duplicate"), tr("The same schedule once more"));
    m_color = make(tr("Colour"), tr("Another colour for the schedule"));
    m_remove = make(tr("Remove"), tr("Take the schedule out of the list"));
    layout->addWidget(add);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (QToolButton* button : {m_duplicate, m_color, m_remove}) buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    column->setFixedWidth(fontMetrics().height() * 15);
    connect(add, &QPushButton::clicked, this, &ScheduleComparison::openGallery);
    connect(m_duplicate, &QToolButton::clicked, this, &ScheduleComparison::duplicateCurrent);
    connect(m_color, &QToolButton::clicked, this, &ScheduleComparison::chooseColor);
    connect(m_remove, &QToolButton::clicked, this, &ScheduleComparison::removeCurrent);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        if (m_loading) return;
        showCurrent();
        refresh();
    });
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        if (m_loading) return;
        const auto index = static_cast<std::size_t>(m_list->row(item));
        if (const QString name = item->text().trimmed(); !name.isEmpty()) m_entries[index].named.name = name;
        refresh();
    });
    return column;
}

QWidget* ScheduleComparison::buildEditor() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(column);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(scroll);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 6, 0);
    m_editor = new ScheduleEditor(content);
    m_editor->setPlotOffered(false);
    m_editor->setCompareOffered(false);
    inner->addWidget(m_editor);
    inner->addStretch(1);
    scroll->setWidget(content);
    layout->addWidget(scroll, 1);
    m_problem = new QLabel(column);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMargin(8);
    m_problem->setStyleSheet(QStringLiteral("QLabel { background: #b42318; color: white; }"));
    m_problem->setAccessibleName(tr("What is wrong with the schedule"));
    layout->addWidget(m_problem);
    column->setFixedWidth(fontMetrics().height() * 20 + scroll->verticalScrollBar()->sizeHint().width());
    connect(m_editor, &ScheduleEditor::edited, this, &ScheduleComparison::readEditor);
    return column;
}

QWidget* ScheduleComparison::buildPlot() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* bar = new QHBoxLayout;
    m_length = new CalmSpinBox<QSpinBox>(column, tr("Length of the schedules"));
    m_length->setRange(1, static_cast<int>(maximumSteps));
    m_lengthUnit = new CalmComboBox(column);
    m_lengthUnit->setAccessibleName(tr("Epochs or steps"));
    m_lengthUnit->addItems({tr("epochs"), tr("steps")});
    m_lengthUnit->setCurrentIndex(m_base.duration.steps ? 1 : 0);
    m_length->setValue(static_cast<int>(m_base.duration.steps.value_or(m_base.duration.epochs)));
    m_axis = new CalmComboBox(column);
    m_axis->setAccessibleName(tr("What the plot's x axis counts"));
    m_axis->addItems({tr("steps"), tr("epochs")});
    auto* log = new QToolButton(column);
    log->setText(tr("log"));
    log->setCheckable(true);
    log->setToolTip(tr("The rate on a logarithmic axis"));
    log->setAccessibleName(tr("Logarithmic rate axis"));
    bar->addWidget(new QLabel(tr("Over"), column));
    bar->addWidget(m_length);
    bar->addWidget(m_lengthUnit);
    bar->addStretch(1);
    bar->addWidget(new QLabel(tr("x axis in"), column));
    bar->addWidget(m_axis);
    bar->addSpacing(8);
    bar->addWidget(log);
    layout->addLayout(bar);
    m_plot = new SchedulePlot(column);
    m_plot->setLarge(true);
    layout->addWidget(m_plot, 1);
    m_note = new QLabel(column);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setAccessibleName(tr("About the schedule"));
    layout->addWidget(m_note);
    connect(log, &QToolButton::toggled, m_plot, &SchedulePlot::setLogarithmic);
    connect(m_axis, &QComboBox::currentIndexChanged, this, [this](int index) { m_plot->setInEpochs(index == 1); });
    const auto again = [this] {
        for (Entry& entry : m_entries) measure(entry);
        refresh();
    };
    connect(m_length, &QSpinBox::valueChanged, this, again);
    connect(m_lengthUnit, &QComboBox::currentIndexChanged, this, again);
    return column;
}

QWidget* ScheduleComparison::buildButtons() {
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    m_newRuns = new QPushButton(tr("New runs"), bar);
    m_newRuns->setToolTip(
        tr("A run for each schedule that is shown, otherwise like the selected run, and as long as it is here"));
    m_use = new QPushButton(tr("Use in the run"), bar);
    auto* close = new QPushButton(tr("Close"), bar);
    for (QPushButton* button : {m_newRuns, m_use, close}) button->setAutoDefault(false); // Enter belongs to the editors
    layout->addStretch(1);
    layout->addWidget(m_newRuns);
    layout->addWidget(m_use);
    layout->addSpacing(12);
    layout->addWidget(close);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_newRuns, &QPushButton::clicked, this, [this] {
        std::vector<NamedSchedule> chosen;
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            if (isShown(i)) chosen.push_back(m_entries[i].named);
        Q_EMIT newRunsRequested(chosen, duration());
    });
    connect(m_use, &QPushButton::clicked, this, [this] {
        if (const auto at = current()) Q_EMIT useRequested(m_entries[*at].named.spec);
    });
    return bar;
}

} // namespace ratescope
