// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_comparison.h"

#include "app/panels/core_text.h"
#include "app/panels/problem_text.h"
#include "app/panels/schedule_curve.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_gallery.h"
#include "app/panels/schedule_plot.h"
#include "app/study/palette.h"
#include "app/study/run_record.h"
#include "core/schedule/handles.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>

namespace ratescope {

namespace {

/// A piece of the curve's line.
QIcon lineIcon(const QColor& color, int dash, qreal ratio) {
    constexpr int width = 28;
    constexpr int height = 16;
    QPixmap pixmap(qRound(width * ratio), qRound(height * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(color, 3.0, Qt::SolidLine, Qt::FlatCap);
    if (const auto dashes = dashPattern(dash); !dashes.empty())
        pen.setDashPattern(QList<qreal>(dashes.begin(), dashes.end()));
    painter.setPen(pen);
    painter.drawLine(QPointF(2, height / 2.0), QPointF(width - 2, height / 2.0));
    return pixmap;
}

} // namespace

void ScheduleComparison::setSchedules(const std::vector<NamedSchedule>& schedules) {
    m_loading = true;
    m_entries.clear();
    m_list->clear();
    for (const NamedSchedule& schedule : schedules) append(schedule);
    m_list->setCurrentRow(schedules.empty() ? -1 : 0);
    m_loading = false;
    showCurrent();
    refresh();
}

std::vector<NamedSchedule> ScheduleComparison::schedules() const {
    std::vector<NamedSchedule> schedules;
    for (const Entry& entry : m_entries) schedules.push_back(entry.named);
    return schedules;
}

void ScheduleComparison::append(NamedSchedule schedule) {
    if (schedule.color.isEmpty()) {
        const auto used = [this](std::string_view color) {
            return std::ranges::count(m_entries, QString::fromUtf8(color.data(), static_cast<qsizetype>(color.size())),
                                      [](const Entry& entry) { return entry.named.color; });
        };
        schedule.color = QString::fromStdString(nextPaletteColor(used));
    }
    schedule.name = freeName(schedule.name);
    m_entries.push_back({.named = std::move(schedule)});
    measure(m_entries.back());
    addItem(m_entries.size() - 1);
}

void ScheduleComparison::addItem(std::size_t index) {
    auto* item = new QListWidgetItem(m_entries[index].named.name);
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsEditable);
    item->setCheckState(Qt::Checked);
    m_list->insertItem(static_cast<int>(index), item);
}

QString ScheduleComparison::freeName(const QString& name) const {
    return QString::fromStdString(ratescope::freeName(name.toStdString(), [this](const std::string& taken) {
        return std::ranges::any_of(m_entries,
                                   [&](const Entry& entry) { return entry.named.name.toStdString() == taken; });
    }));
}

std::optional<std::size_t> ScheduleComparison::current() const {
    const int row = m_list->currentRow();
    return row >= 0 && row < static_cast<int>(m_entries.size()) ? std::optional(static_cast<std::size_t>(row))
                                                                : std::nullopt;
}

bool ScheduleComparison::isShown(std::size_t index) const {
    return m_list->item(static_cast<int>(index))->checkState() == Qt::Checked;
}

void ScheduleComparison::addSchedule(const std::string& type) {
    const auto at = current();
    const double rate = at ? typicalRate(m_entries[*at].named.spec) : typicalRate(m_base.schedule);
    RunConfig config = m_base;
    config.duration = duration();
    config.schedule = RunConfig::constantSchedule(rate);
    const double length = static_cast<double>(lengthOf(config, m_trainSamples).steps);
    const ScheduleFamily* family = findScheduleFamily(type);
    if (!family) return;
    m_loading = true;
    append({coreText(family->label), {}, suggestedSchedule(type, rate, length, TimeUnit::Step)});
    m_list->setCurrentRow(m_list->count() - 1);
    m_loading = false;
    showCurrent();
    refresh();
}

void ScheduleComparison::duplicateCurrent() {
    const auto at = current();
    if (!at) return;
    m_loading = true;
    append({m_entries[*at].named.name, {}, m_entries[*at].named.spec});
    m_list->setCurrentRow(m_list->count() - 1);
    m_loading = false;
    showCurrent();
    refresh();
}

void ScheduleComparison::removeCurrent() {
    const auto at = current();
    if (!at) return;
    m_loading = true;
    m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(*at));
    delete m_list->takeItem(static_cast<int>(*at));
    m_loading = false;
    showCurrent();
    refresh();
}

void ScheduleComparison::openGallery() {
    const auto at = current();
    const double rate = typicalRate(at ? m_entries[*at].named.spec : m_base.schedule);
    auto* gallery = new ScheduleGallery(rate, at ? m_entries[*at].length : RunLength{1000, 100}, {}, this);
    gallery->setAttribute(Qt::WA_DeleteOnClose);
    gallery->setCompareOffered(false);
    connect(gallery, &ScheduleGallery::familyChosen, this, &ScheduleComparison::addSchedule);
    gallery->open();
}

void ScheduleComparison::chooseColor() {
    const auto at = current();
    if (!at) return;
    QMenu menu(this);
    const int lightness = palette().color(QPalette::Base).lightness();
    for (const std::string_view name : paletteColors()) {
        const QString color = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        const QColor seen(QString::fromStdString(colorOn(std::string(name), lightness)));
        menu.addAction(lineIcon(seen, 0, devicePixelRatioF()), color)->setData(color);
    }
    const QAction* chosen = menu.exec(m_color->mapToGlobal(QPoint(0, m_color->height())));
    if (!chosen) return;
    m_entries[*at].named.color = chosen->data().toString();
    refresh();
}

RunDuration ScheduleComparison::duration() const {
    const auto length = static_cast<std::uint64_t>(m_length->value());
    return m_lengthUnit->currentIndex() == 0 ? RunDuration{length, std::nullopt}
                                             : RunDuration{RunDuration{}.epochs, length};
}

void ScheduleComparison::measure(Entry& entry) const {
    RunConfig config = m_base;
    config.duration = duration();
    config.schedule = entry.named.spec;
    entry.problems.clear();
    for (const Problem& problem : config.validate())
        if (problem.place.starts_with("schedule")) entry.problems.push_back(problem);
    if (entry.problems.empty()) {
        entry.length = lengthOf(config, m_trainSamples);
        entry.drawn = scheduleOf(config, entry.length);
    } else if (!entry.drawn) {
        config.schedule = RunConfig::constantSchedule(0.1);
        entry.length = lengthOf(config, m_trainSamples);
    }
}

void ScheduleComparison::showCurrent() {
    const auto at = current();
    m_editor->setEditable(at.has_value());
    if (at) m_editor->setSpec(m_entries[*at].named.spec, m_entries[*at].length);
}

void ScheduleComparison::readEditor() {
    const auto at = current();
    if (m_loading || !at) return;
    Entry& entry = m_entries[*at];
    const ScheduleSpec spec = m_editor->spec();
    // A family's name follows the family, one's own name does not.
    const ScheduleFamily* before = findScheduleFamily(entry.named.spec.type);
    if (spec.type != entry.named.spec.type && before && entry.named.name.startsWith(coreText(before->label))) {
        entry.named.name.clear();
        entry.named.name = freeName(coreText(findScheduleFamily(spec.type)->label));
    }
    entry.named.spec = spec;
    measure(entry);
    refresh();
}

int ScheduleComparison::dashOf(std::size_t index) const {
    int dash = 0;
    for (std::size_t i = 0; i < index; ++i) dash += m_entries[i].named.color == m_entries[index].named.color;
    return dash % dashPatternCount;
}

/// The list, the plot and what is said beneath them, from the entries.
void ScheduleComparison::refresh() {
    const auto at = current();
    const int lightness = palette().color(QPalette::Base).lightness();
    std::vector<PlottedSchedule> plotted;
    bool ready = false;
    bool faulty = false;
    m_loading = true;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        QListWidgetItem* item = m_list->item(static_cast<int>(i));
        const QColor color(QString::fromStdString(colorOn(entry.named.color.toStdString(), lightness)));
        item->setIcon(lineIcon(color, dashOf(i), devicePixelRatioF()));
        if (item->text() != entry.named.name) item->setText(entry.named.name);
        if (!isShown(i)) continue;
        ready = true;
        faulty = faulty || !entry.problems.empty();
        if (entry.drawn)
            plotted.push_back({.name = entry.named.name,
                               .color = QColor(entry.named.color),
                               .dash = dashOf(i),
                               .strong = at == i,
                               .schedule = *entry.drawn,
                               .length = entry.length});
    }
    m_loading = false;
    m_plot->setSchedules(std::move(plotted));
    QStringList notes;
    QString problem;
    if (at && m_entries[*at].drawn) {
        const Entry& entry = m_entries[*at];
        const QString note = noteOnData(*entry.drawn, entry.length, exampleOf(*entry.drawn, entry.length));
        if (!note.isEmpty()) notes << note;
        for (const ScheduleWarning& warning : warningsOf(*entry.drawn, entry.length.steps))
            notes << warningText(warning);
        m_editor->setRunLength(entry.length);
    }
    if (at && !m_entries[*at].problems.empty()) {
        const Problem& first = m_entries[*at].problems.front();
        QString message = QString::fromStdString(first.message);
        message.replace(QStringLiteral("is nan;"), QStringLiteral("is no number;")); // what was typed is none
        problem = QStringLiteral("%1 %2").arg(QString::fromStdString(first.place), problemText(message));
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_note->setText(notes.join(QLatin1Char('\n')));
    m_note->setVisible(!notes.isEmpty());
    for (QToolButton* button : {m_remove, m_duplicate, m_color}) button->setEnabled(at.has_value());
    m_newRuns->setEnabled(ready && !faulty);
    m_use->setEnabled(at && m_entries[*at].problems.empty() && !m_target.isEmpty());
}

void ScheduleComparison::setTarget(const QString& name) {
    if (name == m_target) return;
    m_target = name;
    m_use->setToolTip(name.isEmpty() ? tr("No run is selected that has not begun")
                                     : tr("Changes the schedule of “%1”").arg(name));
    refresh();
}

} // namespace ratescope
