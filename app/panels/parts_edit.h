// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/run_length.h"
#include "core/schedule/schedule_spec.h"

#include <QWidget>

#include <vector>

class QListWidget;
class QToolButton;
class QVBoxLayout;

namespace ratescope {

class NumberEdit;
class ScheduleEditor;

/// The parts of a sequence: their order and lengths, and an editor for the one that is selected.
class PartsEdit : public QWidget {
    Q_OBJECT

public:
    explicit PartsEdit(QWidget* parent = nullptr);

    /// What is being typed stays, where it means the same. `unit`: that of the sequence.
    void setParts(const std::vector<SchedulePart>& parts, TimeUnit unit, const RunLength& length);
    /// Another unit or length of the run for the same parts.
    void setFrame(TimeUnit unit, const RunLength& length);
    std::vector<SchedulePart> parts() const;
    QListWidget* list() const { return m_list; }
    /// Of the selected part; null: none is.
    ScheduleEditor* partEditor() const { return m_editor; }

Q_SIGNALS:
    void edited();

private:
    void build();
    void fillList();
    void showCurrent();
    void addPart();
    void removePart();
    void movePart(int by);
    void select(int row);
    void readLength();
    RunLength lengthOfPart(std::size_t index) const;
    QString textOf(std::size_t index) const;
    void updateButtons();

    std::vector<SchedulePart> m_parts;
    TimeUnit m_unit = TimeUnit::Step;
    RunLength m_length;
    bool m_loading = false;
    QListWidget* m_list;
    QToolButton* m_add;
    QToolButton* m_remove;
    QToolButton* m_up;
    QToolButton* m_down;
    NumberEdit* m_partLength;
    QVBoxLayout* m_place;
    ScheduleEditor* m_editor = nullptr;
};

} // namespace ratescope
