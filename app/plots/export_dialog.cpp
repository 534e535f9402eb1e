// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/export_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace ratescope {

namespace {

constexpr QSize previewSize{640, 380};

} // namespace

ExportDialog::ExportDialog(std::vector<RunPointer> runs, const PlotView& view, bool dark, QWidget* parent)
    : QDialog(parent)
    , m_runs(std::move(runs))
    , m_view(view)
    , m_part(new QComboBox(this))
    , m_size(new QComboBox(this))
    , m_scale(new QComboBox(this))
    , m_theme(new QComboBox(this))
    , m_path(new QLineEdit(this))
    , m_preview(new QLabel(this)) {
    setWindowTitle(tr("Export as picture"));
    m_part->addItem(tr("Whole page"), static_cast<int>(PlotPart::Page));
    m_part->addItem(tr("Loss"), static_cast<int>(PlotPart::Loss));
    m_part->addItem(tr("Learning rate"), static_cast<int>(PlotPart::Rate));
    m_part->addItem(tr("Range test"), static_cast<int>(PlotPart::RangeTest));
    m_size->addItem(tr("Slide, 1600 × 900"), QSize(1600, 900));
    m_size->addItem(tr("Wide, 1800 × 600"), QSize(1800, 600));
    m_size->addItem(tr("Column, 640 × 480"), QSize(640, 480));
    m_size->addItem(tr("Square, 800 × 800"), QSize(800, 800));
    for (const double scale : {1.0, 2.0, 3.0, 4.0}) m_scale->addItem(tr("%1×").arg(scale), scale);
    m_scale->setCurrentIndex(1);
    m_theme->addItem(tr("Light"), QStringLiteral("light"));
    m_theme->addItem(tr("Dark"), QStringLiteral("dark"));
    m_theme->addItem(tr("Print"), QStringLiteral("print"));
    m_theme->setCurrentIndex(dark ? 1 : 0);
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    m_path->setText(QDir(pictures.isEmpty() ? QDir::homePath() : pictures).filePath(QStringLiteral("ratescope.png")));
    m_preview->setFixedSize(previewSize);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setAccessibleName(tr("Preview of the picture"));

    auto* form = new QFormLayout;
    form->addRow(tr("Picture of"), m_part);
    form->addRow(tr("Size"), m_size);
    form->addRow(tr("Resolution"), m_scale);
    form->addRow(tr("Theme"), m_theme);
    auto* row = new QHBoxLayout;
    auto* browse = new QPushButton(tr("Choose…"), this);
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    form->addRow(tr("File"), row);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_preview);
    layout->addLayout(form);
    layout->addWidget(buttons);

    for (const QComboBox* box : {m_part, m_size, m_theme}) connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::updatePreview);
    connect(browse, &QPushButton::clicked, this, &ExportDialog::choosePath);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    updatePreview();
}

FigureRequest ExportDialog::request() const {
    FigureRequest request;
    request.part = static_cast<PlotPart>(m_part->currentData().toInt());
    request.size = m_size->currentData().toSize();
    request.scale = m_scale->currentData().toDouble();
    request.theme = PlotTheme::find(m_theme->currentData().toString().toStdString()).value_or(PlotTheme::light());
    request.view = m_view;
    return request;
}

QString ExportDialog::path() const {
    QString path = m_path->text().trimmed();
    if (!path.isEmpty() && QFileInfo(path).suffix().compare(QLatin1String("png"), Qt::CaseInsensitive) != 0) path += QStringLiteral(".png");
    return path;
}

void ExportDialog::choosePath() {
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Export as picture"), path(), tr("PNG pictures (*.png)"), nullptr,
                                                        QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty()) m_path->setText(chosen);
}

void ExportDialog::updatePreview() {
    FigureRequest wanted = request();
    const QSize fitted = wanted.size.scaled(previewSize, Qt::KeepAspectRatio);
    const double ratio = devicePixelRatioF();
    wanted.scale = ratio * fitted.width() / wanted.size.width();
    QImage image = renderFigure(m_runs, wanted);
    image.setDevicePixelRatio(ratio);
    m_preview->setPixmap(QPixmap::fromImage(image));
}

void ExportDialog::accept() {
    if (path().isEmpty()) return;
    if (QFileInfo::exists(path()) &&
        QMessageBox::question(this, tr("Export as picture"), tr("%1 exists already. Replace it?").arg(path())) != QMessageBox::Yes)
        return;
    QDialog::accept();
}

} // namespace ratescope
