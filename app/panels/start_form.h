// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/training/run_config.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace ratescope {

/// Editors for fine-tuning: which weights a run starts from, and how fast each layer moves.
class StartForm : public QWidget {
    Q_OBJECT

public:
    explicit StartForm(QWidget* parent = nullptr);

    /// runs: names of the others, from which this one may start; another: not the run that was shown before, so that nothing
    /// that is being typed belongs to it.
    void load(const RunConfig& config, const QStringList& runs, bool another);
    /// Writes what the editors hold into `config`; what is no list of numbers goes into `problems`.
    void read(RunConfig& config, Problems& problems) const;

Q_SIGNALS:
    void edited();

private:
    enum class Kind { Drawn, Run, File, ChooseFile };
    void choose(int index);
    void addSource(Kind kind, const QString& text, const QString& value);
    void updateEnabled();

    QComboBox* m_source;
    QCheckBox* m_newHead;
    QLineEdit* m_layerRates;
    int m_chosen = 0; ///< to go back to when no file is chosen
};

} // namespace ratescope
