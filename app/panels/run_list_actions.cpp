// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_list_actions.h"

#include "app/panels/run_list_delegate.h"
#include "app/panels/run_undo_commands.h"
#include "app/study/palette.h"
#include "core/training/shared_beginning.h"

#include <QColorDialog>
#include <QMenu>
#include <QSet>
#include <QUndoStack>

#include <algorithm>
#include <array>

namespace ratescope {

RunListActions::RunListActions(RunController& controller, QUndoStack& undo, QWidget& window)
    : QObject(&window)
    , m_controller(controller)
    , m_undo(undo)
    , m_window(window) {}

Problems RunListActions::rename(RunId id, const std::string& name) {
    const RunPointer run = m_controller.find(id);
    if (!run || run->config.name == name) return {};
    const std::string before = run->config.name;
    Problems problems = m_controller.setName(id, name);
    if (problems.empty()) m_undo.push(new RenameRunCommand(m_controller, id, before, name));
    return problems;
}

void RunListActions::change(const QString& text, const std::vector<RunLook>& looks) {
    auto command = std::make_unique<ChangeLooksCommand>(m_controller, text, looks);
    if (!command->changesNothing()) m_undo.push(command.release());
}

void RunListActions::show(const std::vector<RunId>& ids, bool visible) {
    std::vector<RunLook> looks;
    for (const RunId id : ids) looks.push_back({.id = id, .visible = visible});
    const int count = static_cast<int>(ids.size());
    change(visible ? tr("showing of %n run(s)", nullptr, count) : tr("hiding of %n run(s)", nullptr, count), looks);
}

void RunListActions::showOnly(const QList<RunId>& ids) {
    const QSet<RunId> chosen(ids.begin(), ids.end());
    std::vector<RunLook> looks;
    for (const RunPointer& run : m_controller.runs()) looks.push_back({.id = run->id, .visible = chosen.contains(run->id)});
    change(tr("hiding of the other runs"), looks);
}

void RunListActions::showAll(bool visible) {
    std::vector<RunLook> looks;
    for (const RunPointer& run : m_controller.runs()) looks.push_back({.id = run->id, .visible = visible});
    change(visible ? tr("showing of all runs") : tr("hiding of all runs"), looks);
}

void RunListActions::invert() {
    std::vector<RunLook> looks;
    for (const RunPointer& run : m_controller.runs()) looks.push_back({.id = run->id, .visible = !run->visible});
    change(tr("exchange of shown and hidden runs"), looks);
}

void RunListActions::setColor(const QList<RunId>& ids, const QString& color) {
    std::vector<RunLook> looks;
    for (const RunId id : ids) looks.push_back({.id = id, .color = color.toStdString()});
    change(tr("colour of %n run(s)", nullptr, static_cast<int>(ids.size())), looks);
}

void RunListActions::setDash(const QList<RunId>& ids, int dash) {
    std::vector<RunLook> looks;
    for (const RunId id : ids) looks.push_back({.id = id, .dash = dash});
    change(tr("line of %n run(s)", nullptr, static_cast<int>(ids.size())), looks);
}

void RunListActions::chooseColor(const QList<RunId>& ids) {
    const RunPointer run = ids.isEmpty() ? nullptr : m_controller.find(ids.front());
    if (!run) return;
    const QString title = tr("Colour of %n run(s)", nullptr, static_cast<int>(ids.size()));
    const QColor color = QColorDialog::getColor(QColor(QString::fromStdString(run->config.color)), &m_window, title);
    if (color.isValid()) setColor(ids, color.name());
}

void RunListActions::addDashes(QMenu& menu, const QList<RunId>& ids) {
    QMenu* dashes = menu.addMenu(tr("Line"));
    const std::array<QString, dashPatternCount> names = {tr("Solid"), tr("Dashed"), tr("Dotted"), tr("Dash and dot")};
    for (int dash = 0; dash < dashPatternCount; ++dash) {
        const QColor ink = m_window.palette().color(QPalette::Text);
        const QIcon icon(runChip(ink, dash, QSize(32, 16), m_window.devicePixelRatioF()));
        dashes->addAction(icon, names[static_cast<std::size_t>(dash)], this, [this, ids, dash] { setDash(ids, dash); });
    }
}

void RunListActions::addDifference(QMenu& menu, RunId id) {
    const RunPointer run = m_controller.find(id);
    if (!run || run->isRangeTest()) return;
    QAction* action = menu.addAction(tr("Difference to this run"), this, [this, id] { Q_EMIT differenceRequested(id); });
    const auto isComparable = [&](const RunPointer& other) {
        return other->id != id && sharesBeginning(other->config, run->config);
    };
    action->setEnabled(std::ranges::any_of(m_controller.runs(), isComparable));
    if (!action->isEnabled()) action->setToolTip(tr("No other run shares initial weights and batch order with it"));
}

void RunListActions::addTo(QMenu& menu, const QList<RunId>& ids) {
    if (!ids.isEmpty()) {
        menu.addAction(tr("Colour…"), this, [this, ids] { chooseColor(ids); });
        addDashes(menu, ids);
        menu.addSeparator();
        menu.addAction(tr("Show only these"), this, [this, ids] { showOnly(ids); });
        if (ids.size() == 1) addDifference(menu, ids.front());
    }
    menu.addAction(tr("Show all"), this, [this] { showAll(true); });
    menu.addAction(tr("Hide all"), this, [this] { showAll(false); });
    menu.addAction(tr("Exchange shown and hidden"), this, &RunListActions::invert);
}

} // namespace ratescope
