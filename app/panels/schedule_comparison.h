// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/run_config.h"

#include <QDialog>
#include <QString>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace ratescope {

class ScheduleEditor;
class SchedulePlot;

/// A schedule with the name and the colour that it has beside others.
struct NamedSchedule {
    QString name;
    QString color; ///< #rrggbb; empty: next of the palette
    ScheduleSpec spec;
};

/// Any number of schedules over one another before anything is trained: all over the same length, each to be edited.
class ScheduleComparison : public QDialog {
    Q_OBJECT

public:
    /// `base`: the run that new ones are to be like; its batches and length say what a step and an epoch are.
    /// `trainSamples`: that an epoch of it trains.
    ScheduleComparison(const RunConfig& base, std::uint32_t trainSamples, QWidget* parent = nullptr);

    void setSchedules(const std::vector<NamedSchedule>& schedules);
    /// All of them, shown or not.
    std::vector<NamedSchedule> schedules() const;
    /// Name of the run that a schedule can be used in; empty: there is none.
    void setTarget(const QString& name);
    RunDuration duration() const;

    void addSchedule(const std::string& type);
    ScheduleEditor* editor() const { return m_editor; }
    SchedulePlot* plot() const { return m_plot; }
    QListWidget* list() const { return m_list; }

Q_SIGNALS:
    void newRunsRequested(const std::vector<NamedSchedule>& schedules, const RunDuration& duration);
    void useRequested(const ScheduleSpec& spec);

private:
    /// What is in the list; `drawn` is the last of it that was faultless.
    struct Entry {
        NamedSchedule named;
        std::optional<Schedule> drawn = {};
        RunLength length = {};
        Problems problems = {};
    };
    QWidget* buildList();
    QWidget* buildEditor();
    QWidget* buildPlot();
    QWidget* buildButtons();
    void append(NamedSchedule schedule);
    void addItem(std::size_t index);
    void removeCurrent();
    void duplicateCurrent();
    void chooseColor();
    void openGallery();
    void measure(Entry& entry) const;
    void showCurrent();
    void readEditor();
    void refresh();
    int dashOf(std::size_t index) const;
    std::optional<std::size_t> current() const;
    bool isShown(std::size_t index) const;
    QString freeName(const QString& name) const;

    RunConfig m_base;
    std::uint32_t m_trainSamples;
    std::vector<Entry> m_entries;
    QString m_target;
    bool m_loading = false;

    QListWidget* m_list = nullptr;
    QToolButton* m_remove = nullptr;
    QToolButton* m_duplicate = nullptr;
    QToolButton* m_color = nullptr;
    ScheduleEditor* m_editor = nullptr;
    QLabel* m_problem = nullptr;
    QSpinBox* m_length = nullptr;
    QComboBox* m_lengthUnit = nullptr;
    QComboBox* m_axis = nullptr;
    SchedulePlot* m_plot = nullptr;
    QLabel* m_note = nullptr;
    QPushButton* m_newRuns = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace ratescope
