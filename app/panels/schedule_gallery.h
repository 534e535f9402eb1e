// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <QDialog>
#include <QElapsedTimer>

#include <string>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace ratescope {

class ScheduleCard;

/// All families of schedules as pictures, in groups: one is chosen with a click, or with the arrow keys or the first
/// letters of its name and Enter.
class ScheduleGallery : public QDialog {
    Q_OBJECT

public:
    /// Pictures for a run of that length at about that rate; `current`: the family that has the focus at first, if any.
    ScheduleGallery(double rate, const RunLength& length, const std::string& current, QWidget* parent = nullptr);

    /// For a part of a sequence: families that cannot be one are greyed.
    void setForPart(bool part);
    void setCompareOffered(bool offered);
    const std::vector<ScheduleCard*>& cards() const { return m_cards; }

Q_SIGNALS:
    void familyChosen(const std::string& type);
    void compareRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildGroup(QGridLayout& grid, int row, int column, ScheduleGroup group, double rate, const RunLength& length);
    QWidget* buildDetails();
    void describe(const ScheduleCard& card);
    bool moveFocus(const ScheduleCard& from, int key);
    bool findByLetters(const QString& letters);

    std::vector<ScheduleCard*> m_cards;
    QLabel* m_name = nullptr;
    QLabel* m_meaning = nullptr;
    QLabel* m_formula = nullptr;
    QPushButton* m_compare = nullptr;
    QString m_letters; ///< typed one soon after the other
    QElapsedTimer m_lastLetter;
};

} // namespace ratescope
