// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure_image.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ratescope {

/// Chooses which plot becomes a picture, how large and where, with a preview that is what will be written.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `view`: as the page shows it now. `dark`: the page's theme, to start with.
    ExportDialog(std::vector<RunPointer> runs, const PlotView& view, bool dark, QWidget* parent = nullptr);

    FigureRequest request() const;
    QString path() const;

    void accept() override;

private:
    void choosePath();
    void updatePreview();

    std::vector<RunPointer> m_runs;
    PlotView m_view;
    QComboBox* m_part;
    QComboBox* m_size;
    QComboBox* m_scale;
    QComboBox* m_theme;
    QLineEdit* m_path;
    QLabel* m_preview;
};

} // namespace ratescope
