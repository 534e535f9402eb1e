// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/parts_edit.h"

#include "app/panels/core_text.h"
#include "app/panels/number_edit.h"
#include "app/panels/schedule_editor.h"
#include "core/schedule/handles.h"
#include "core/schedule/schedule.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

constexpr int mostRows = 6;

QToolButton* makeButton(QWidget* parent, const QString& sign, const QString& name) {
    auto* button = new QToolButton(parent);
    button->setText(sign);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace

PartsEdit::PartsEdit(QWidget* parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_add(makeButton(this, QStringLiteral("+"), tr("Add a part")))
    , m_remove(makeButton(this, QStringLiteral("−"), tr("Remove the part")))
    , m_up(makeButton(this, QStringLiteral("↑"), tr("Move the part up")))
    , m_down(makeButton(this, QStringLiteral("↓"), tr("Move the part down")))
    , m_partLength(new NumberEdit(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_list);
    m_list->setAccessibleName(tr("Parts"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* row = new QHBoxLayout;
    for (QToolButton* button : {m_add, m_remove, m_up, m_down}) row->addWidget(button);
    row->addStretch(1);
    layout->addLayout(row);
    auto* part = new QHBoxLayout; // what belongs to the part is indented
    part->setContentsMargins(2, 4, 0, 0);
    part->setSpacing(8);
    auto* bar = new QFrame(this);
    bar->setFixedWidth(3);
    bar->setStyleSheet(QStringLiteral("QFrame { background: palette(mid); border: none; border-radius: 1px; }"));
    part->addWidget(bar);
    m_place = new QVBoxLayout;
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_partLength->setAccessibleName(tr("Length of the part"));
    m_partLength->setToolTip(tr("How long its turn lasts, in the unit of the sequence"));
    form->addRow(tr("Lasts"), m_partLength);
    m_place->addLayout(form);
    part->addLayout(m_place, 1);
    layout->addLayout(part);

    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        if (!m_loading) showCurrent();
    });
    connect(m_partLength, &NumberEdit::edited, this, &PartsEdit::readLength);
    connect(m_add, &QToolButton::clicked, this, &PartsEdit::addPart);
    connect(m_remove, &QToolButton::clicked, this, &PartsEdit::removePart);
    connect(m_up, &QToolButton::clicked, this, [this] { movePart(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { movePart(1); });
}

void PartsEdit::setParts(const std::vector<SchedulePart>& parts, TimeUnit unit, const RunLength& length) {
    m_unit = unit;
    m_length = length;
    if (parts == this->parts() && m_editor) {
        setFrame(unit, length);
        return;
    }
    m_parts = parts;
    const int row = std::clamp(m_list->currentRow(), 0, std::max(0, static_cast<int>(parts.size()) - 1));
    fillList();
    select(row);
}

void PartsEdit::setFrame(TimeUnit unit, const RunLength& length) {
    m_unit = unit;
    m_length = length;
    if (const int row = m_list->currentRow(); m_editor && row >= 0)
        m_editor->setRunLength(lengthOfPart(static_cast<std::size_t>(row)));
}

std::vector<SchedulePart> PartsEdit::parts() const {
    std::vector<SchedulePart> parts = m_parts;
    const int row = m_list->currentRow();
    if (m_editor && row >= 0 && row < static_cast<int>(parts.size()))
        parts[static_cast<std::size_t>(row)].schedule = m_editor->spec();
    return parts;
}

QString PartsEdit::textOf(std::size_t index) const {
    const SchedulePart& part = m_parts[index];
    const ScheduleFamily* family = findScheduleFamily(part.schedule.type);
    const QString length = !part.length               ? tr("to the end")
                           : std::isnan(*part.length) ? QStringLiteral("?")
                                                      : QString::fromStdString(shortest(*part.length));
    return QStringLiteral("%1. %2 · %3").arg(index + 1).arg(family ? coreText(family->label) : QString(), length);
}

void PartsEdit::fillList() {
    m_loading = true;
    m_list->clear();
    for (std::size_t i = 0; i < m_parts.size(); ++i) m_list->addItem(textOf(i));
    const int rows = std::clamp(static_cast<int>(m_parts.size()), 2, mostRows);
    m_list->setFixedHeight(rows * (fontMetrics().height() + 6) + 6);
    m_loading = false;
}

void PartsEdit::select(int row) {
    m_loading = true;
    m_list->setCurrentRow(row);
    m_loading = false;
    showCurrent();
}

RunLength PartsEdit::lengthOfPart(std::size_t index) const {
    double begin = 0.0;
    for (std::size_t i = 0; i < index; ++i) begin += m_parts[i].length.value_or(0.0);
    const std::uint64_t first = std::isfinite(begin) ? stepAt(m_unit, m_length, begin) : 0;
    const double length = m_parts[index].length.value_or(std::numeric_limits<double>::infinity());
    const std::uint64_t end =
        std::isfinite(length) && std::isfinite(begin) ? stepAt(m_unit, m_length, begin + length) : m_length.steps;
    return {std::max<std::uint64_t>(1, end > first ? end - first : 1), m_length.stepsPerEpoch};
}

void PartsEdit::showCurrent() {
    const int row = m_list->currentRow();
    m_partLength->setVisible(row >= 0);
    updateButtons();
    if (row < 0) {
        if (m_editor) m_editor->hide();
        return;
    }
    if (!m_editor) { // not before it is needed: an editor of an editor of an editor …
        m_editor = new ScheduleEditor(this);
        m_editor->setForPart(true);
        m_place->addWidget(m_editor);
        connect(m_editor, &ScheduleEditor::edited, this, [this] {
            const int at = m_list->currentRow();
            if (m_loading || at < 0) return;
            m_parts[static_cast<std::size_t>(at)].schedule = m_editor->spec();
            m_list->item(at)->setText(textOf(static_cast<std::size_t>(at)));
            Q_EMIT edited();
        });
    }
    m_loading = true;
    const auto index = static_cast<std::size_t>(row);
    m_editor->show();
    m_editor->setSpec(m_parts[index].schedule, lengthOfPart(index));
    const auto& length = m_parts[index].length;
    m_partLength->setPlaceholderText(index + 1 == m_parts.size() ? tr("to the end") : tr("a number"));
    if (!length || !std::isnan(*length)) m_partLength->setValue(length);
    m_loading = false;
}

void PartsEdit::readLength() {
    const int row = m_list->currentRow();
    if (m_loading || row < 0) return;
    auto& length = m_parts[static_cast<std::size_t>(row)].length;
    length = m_partLength->isEmpty()
                 ? std::nullopt
                 : std::optional(m_partLength->value().value_or(std::numeric_limits<double>::quiet_NaN()));
    m_list->item(row)->setText(textOf(static_cast<std::size_t>(row)));
    m_editor->setRunLength(lengthOfPart(static_cast<std::size_t>(row)));
    Q_EMIT edited();
}

void PartsEdit::addPart() {
    const int row = m_list->currentRow();
    const double whole = lengthIn(m_unit, m_length);
    double taken = 0.0;
    for (const SchedulePart& part : m_parts) taken += part.length.value_or(0.0);
    SchedulePart part;
    const double rate = row >= 0 ? typicalRate(m_parts[static_cast<std::size_t>(row)].schedule) : 0.1;
    part.schedule = suggestedSchedule("constant", rate, whole, m_unit);
    const std::size_t at = row >= 0 ? static_cast<std::size_t>(row) + 1 : m_parts.size();
    // Whoever is not the last has to say how long.
    const double share = std::max(1.0, std::round((whole - taken) / 4.0));
    if (at < m_parts.size())
        part.length = share;
    else if (!m_parts.empty() && !m_parts.back().length)
        m_parts.back().length = share;
    m_parts.insert(m_parts.begin() + static_cast<std::ptrdiff_t>(at), part);
    fillList();
    select(static_cast<int>(at));
    Q_EMIT edited();
}

void PartsEdit::removePart() {
    const int row = m_list->currentRow();
    if (row < 0 || m_parts.size() < 2) return;
    m_parts.erase(m_parts.begin() + row);
    fillList();
    select(std::min(row, static_cast<int>(m_parts.size()) - 1));
    Q_EMIT edited();
}

void PartsEdit::movePart(int by) {
    const int row = m_list->currentRow();
    const int there = row + by;
    if (row < 0 || there < 0 || there >= static_cast<int>(m_parts.size())) return;
    SchedulePart& a = m_parts[static_cast<std::size_t>(row)];
    SchedulePart& b = m_parts[static_cast<std::size_t>(there)];
    std::swap(a, b);
    // One that went on to the end and now does not lasts as long as the one that now does.
    for (std::size_t i = 0; i + 1 < m_parts.size(); ++i)
        if (!m_parts[i].length) std::swap(m_parts[i].length, m_parts.back().length);
    fillList();
    select(there);
    Q_EMIT edited();
}

void PartsEdit::updateButtons() {
    const int row = m_list->currentRow();
    m_remove->setEnabled(m_parts.size() > 1 && row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < static_cast<int>(m_parts.size()));
}

} // namespace ratescope
