// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure_image.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ratescope {

/// Chooses which plot becomes a file, how large, how it looks and where, with a preview that is what will be written.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `view`: as the page shows it now. `store`: what the page knows of the runs. `language`: the window's.
    ExportDialog(std::vector<RunPointer> runs, const PlotView& view, bool dark, const QString& language,
                 std::shared_ptr<CurveStore> store, QWidget* parent = nullptr);

    FigureRequest request() const;
    FigureFormat format() const;
    QString path() const;

    void accept() override;

Q_SIGNALS:
    void copyRequested();

private:
    void buildForm();
    QWidget* makeTextRows();
    QWidget* makeFileRow();
    QComboBox* addChoice(const QString& label, const QList<QPair<QString, QVariant>>& items);
    void choosePath();
    void formatChanged();
    void sizeChanged();
    void showTexts();
    void keepTexts();
    void updatePreview();
    void showPreview(const QImage& image);
    void resizeEvent(QResizeEvent* event) override;

    std::vector<RunPointer> m_runs;
    PlotView m_view;
    std::shared_ptr<CurveStore> m_store;
    FigureTexts m_texts;
    QComboBox* m_part = nullptr;
    QComboBox* m_format = nullptr;
    QComboBox* m_size = nullptr;
    QSpinBox* m_width = nullptr;
    QSpinBox* m_height = nullptr;
    QComboBox* m_scale = nullptr;
    QComboBox* m_theme = nullptr;
    QComboBox* m_language = nullptr;
    QCheckBox* m_legend = nullptr;
    QComboBox* m_textOf = nullptr;
    QLineEdit* m_heading = nullptr;
    QLineEdit* m_xText = nullptr;
    QLineEdit* m_yText = nullptr;
    QLabel* m_xLabel = nullptr;
    QLabel* m_yLabel = nullptr;
    QLineEdit* m_path = nullptr;
    QLabel* m_preview = nullptr;
    QLabel* m_about = nullptr; ///< what the file will be
    QPushButton* m_copy = nullptr;
    QTimer m_later; ///< one preview for all that a moment changes
    bool m_previewUnderWay = false;
    bool m_previewWanted = false; ///< another one, since
};

} // namespace ratescope
