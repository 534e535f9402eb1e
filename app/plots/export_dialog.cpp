// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/export_dialog.h"

#include "app/plots/figure.h"
#include "app/study/language.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTranslator>

namespace ratescope {

namespace {

constexpr QSize smallestPreview{420, 260};

/// The places whose axis texts belong to one choice of the box: x from the second, y from the first.
struct TextPlace {
    int plot = -1; ///< −1: the whole figure
    std::size_t y = 0;
    std::size_t x = 0;
};
constexpr std::array<TextPlace, 5> textPlaces = {{{-1, 0, 0}, {0, 0, 0}, {1, 1, 1}, {2, 2, 3}, {2, 3, 3}}};

} // namespace

ExportDialog::ExportDialog(std::vector<RunPointer> runs, const PlotView& view, bool dark, const QString& language,
                           std::shared_ptr<CurveStore> store, QWidget* parent)
    : QDialog(parent)
    , m_runs(std::move(runs))
    , m_view(view)
    , m_store(std::move(store)) {
    setWindowTitle(tr("Export figure"));
    setSizeGripEnabled(true);
    m_preview = new QLabel(this);
    m_preview->setMinimumSize(smallestPreview);
    m_preview->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setAccessibleName(tr("Preview of the picture"));
    m_about = new QLabel(this);
    m_about->setAccessibleName(tr("What the file will be"));
    m_about->setWordWrap(true);
    buildForm();
    m_theme->setCurrentIndex(dark ? 1 : 0);
    m_language->setCurrentIndex(std::max(0, static_cast<int>(languages().indexOf(language))));
    m_legend->setChecked(view.legend);
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &ExportDialog::updatePreview);
    const auto later = [this] { m_later.start(); };
    for (const QComboBox* box : {m_part, m_theme, m_scale}) connect(box, &QComboBox::currentIndexChanged, this, later);
    connect(m_language, &QComboBox::currentIndexChanged, this, [this, later] {
        showTexts();
        later();
    });
    for (const QSpinBox* box : {m_width, m_height}) connect(box, &QSpinBox::valueChanged, this, later);
    for (const QLineEdit* edit : {m_heading, m_xText, m_yText})
        connect(edit, &QLineEdit::textEdited, this, [this, later] {
            keepTexts();
            later();
        });
    connect(m_legend, &QCheckBox::toggled, this, later);
    connect(m_textOf, &QComboBox::currentIndexChanged, this, &ExportDialog::showTexts);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChanged);
    connect(m_size, &QComboBox::currentIndexChanged, this, &ExportDialog::sizeChanged);
    sizeChanged();
    showTexts();
    formatChanged();
    resize(QSize(1080, 620).boundedTo(parent ? parent->window()->size() : QSize(1080, 620)).expandedTo(QSize(760, 460)));
}

QComboBox* ExportDialog::addChoice(const QString& label, const QList<QPair<QString, QVariant>>& items) {
    auto* box = new QComboBox(this);
    for (const auto& [text, value] : items) box->addItem(text, value);
    box->setAccessibleName(label);
    return box;
}

void ExportDialog::buildForm() {
    const auto part = [](PlotPart value) { return static_cast<int>(value); };
    const auto format = [](FigureFormat value) { return static_cast<int>(value); };
    m_part = addChoice(tr("Figure of"), {{tr("Whole page"), part(PlotPart::Page)},
                                         {tr("Loss"), part(PlotPart::Loss)},
                                         {tr("Learning rate"), part(PlotPart::Rate)},
                                         {tr("Range test"), part(PlotPart::RangeTest)}});
    m_format = addChoice(tr("Format"), {{tr("PNG picture"), format(FigureFormat::Png)},
                                        {tr("SVG drawing"), format(FigureFormat::Svg)},
                                        {tr("PDF document"), format(FigureFormat::Pdf)},
                                        {tr("CSV numbers in sight"), format(FigureFormat::Csv)}});
    const QList<QString> names = {tr("Slide"), tr("Wide"), tr("Column"), tr("Square"), tr("Poster")};
    QList<QPair<QString, QVariant>> sizes;
    for (std::size_t i = 0; i < figureSizes().size(); ++i)
        sizes << qMakePair(names[static_cast<qsizetype>(i)], QVariant(figureSizes()[i].size));
    sizes << qMakePair(tr("Other"), QVariant(QSize()));
    m_size = addChoice(tr("Size"), sizes);
    m_width = new QSpinBox(this);
    m_height = new QSpinBox(this);
    for (QSpinBox* side : {m_width, m_height}) {
        side->setRange(200, 6000);
        side->setAccelerated(true);
    }
    m_width->setAccessibleName(tr("Width in pixels"));
    m_height->setAccessibleName(tr("Height in pixels"));
    m_scale = addChoice(tr("Resolution"), {{tr("1×"), 1.0}, {tr("2×"), 2.0}, {tr("3×"), 3.0}, {tr("4×"), 4.0}});
    m_scale->setCurrentIndex(1);
    m_theme = addChoice(tr("Theme"), {{tr("Light"), QStringLiteral("light")},
                                      {tr("Dark"), QStringLiteral("dark")},
                                      {tr("Print"), QStringLiteral("print")}});
    m_language = addChoice(tr("Language"), {{QStringLiteral("English"), QStringLiteral("en")},
                                            {QStringLiteral("Deutsch"), QStringLiteral("de")}});
    m_legend = new QCheckBox(tr("Legend"), this);

    auto* sizeRow = new QWidget(this);
    auto* sizeLayout = new QHBoxLayout(sizeRow);
    sizeLayout->setContentsMargins(0, 0, 0, 0);
    sizeLayout->addWidget(m_size, 1);
    sizeLayout->addWidget(m_width);
    sizeLayout->addWidget(new QLabel(QStringLiteral("×"), sizeRow));
    sizeLayout->addWidget(m_height);
    auto* panel = new QWidget(this);
    auto* form = new QFormLayout(panel);
    form->addRow(tr("Figure of"), m_part);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Size"), sizeRow);
    form->addRow(tr("Resolution"), m_scale);
    form->addRow(tr("Theme"), m_theme);
    form->addRow(tr("Language"), m_language);
    form->addRow(QString(), m_legend);
    form->addRow(makeTextRows());
    form->addRow(tr("File"), makeFileRow());
    form->addRow(m_about);
    auto* scroll = new QScrollArea(this); // large type must not push the buttons off the screen
    scroll->setWidget(panel);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(panel->minimumSizeHint().width() + 24);
    scroll->setAccessibleName(tr("Settings of the figure"));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_copy = buttons->addButton(tr("Copy to clipboard"), QDialogButtonBox::ActionRole);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copyRequested);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QGridLayout(this);
    layout->addWidget(m_preview, 0, 0);
    layout->addWidget(scroll, 0, 1);
    layout->addWidget(buttons, 1, 0, 1, 2);
    layout->setColumnStretch(0, 1);
}

QWidget* ExportDialog::makeTextRows() {
    auto* group = new QGroupBox(tr("Texts"), this);
    auto* form = new QFormLayout(group);
    m_textOf = addChoice(tr("Texts of"), {{tr("Whole figure"), {}},
                                          {tr("Loss"), {}},
                                          {tr("Learning rate"), {}},
                                          {tr("Range test: loss"), {}},
                                          {tr("Range test: slope"), {}}});
    m_heading = new QLineEdit(group);
    m_xText = new QLineEdit(group);
    m_yText = new QLineEdit(group);
    m_heading->setAccessibleName(tr("Title"));
    m_xText->setAccessibleName(tr("Text along the x axis"));
    m_yText->setAccessibleName(tr("Text along the y axis"));
    m_xLabel = new QLabel(tr("x axis"), group);
    m_yLabel = new QLabel(tr("y axis"), group);
    form->addRow(tr("of"), m_textOf);
    form->addRow(tr("Title"), m_heading);
    form->addRow(m_xLabel, m_xText);
    form->addRow(m_yLabel, m_yText);
    return group;
}

QWidget* ExportDialog::makeFileRow() {
    auto* holder = new QWidget(this);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    m_path = new QLineEdit(holder);
    m_path->setAccessibleName(tr("File"));
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    const bool hasPictures = !pictures.isEmpty() && QFileInfo(pictures).isDir();
    m_path->setText(QDir(hasPictures ? pictures : QDir::homePath()).filePath(QStringLiteral("ratescope.png")));
    auto* browse = new QPushButton(tr("Choose…"), holder);
    row->addWidget(m_path, 1);
    row->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, &ExportDialog::choosePath);
    return holder;
}

void ExportDialog::sizeChanged() {
    const QSize size = m_size->currentData().toSize();
    const bool own = !size.isValid() || size.isEmpty();
    for (QSpinBox* side : {m_width, m_height}) side->setEnabled(own);
    if (own) return;
    m_width->setValue(size.width());
    m_height->setValue(size.height());
}

/// The texts of the place that the box is at; what is left open shows as a placeholder.
void ExportDialog::showTexts() {
    const TextPlace place = textPlaces[static_cast<std::size_t>(m_textOf->currentIndex())];
    QCustomPlot plot;
    const auto words = translatorOf(m_language->currentData().toString());
    Figure figure(plot, PlotPart::Page, m_store);
    figure.setLanguage(words.get());
    figure.setView(m_view);
    figure.setRuns(m_runs);
    const FigureTexts usual = figure.usualTexts();
    const bool whole = place.plot < 0;
    const auto show = [](QLineEdit* edit, const QString& text, const QString& open) {
        edit->setText(text);
        edit->setPlaceholderText(open);
    };
    show(m_heading, whole ? m_texts.title : m_texts.plots[static_cast<std::size_t>(place.plot)],
         whole ? tr("none") : usual.plots[static_cast<std::size_t>(std::max(0, place.plot))]);
    show(m_xText, m_texts.x[place.x], usual.x[place.x]);
    show(m_yText, m_texts.y[place.y], usual.y[place.y]);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_xLabel, m_xText, m_yLabel, m_yText}) widget->setEnabled(!whole);
    if (!whole) return;
    m_xText->clear();
    m_yText->clear();
    m_xText->setPlaceholderText(QString());
    m_yText->setPlaceholderText(QString());
}

void ExportDialog::keepTexts() {
    const TextPlace place = textPlaces[static_cast<std::size_t>(m_textOf->currentIndex())];
    if (place.plot < 0) {
        m_texts.title = m_heading->text();
        return;
    }
    m_texts.plots[static_cast<std::size_t>(place.plot)] = m_heading->text();
    m_texts.x[place.x] = m_xText->text();
    m_texts.y[place.y] = m_yText->text();
}

FigureFormat ExportDialog::format() const { return static_cast<FigureFormat>(m_format->currentData().toInt()); }

void ExportDialog::formatChanged() {
    m_scale->setEnabled(format() == FigureFormat::Png);
    const bool picture = format() != FigureFormat::Csv;
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_size, m_theme, m_language, m_legend, m_heading, m_textOf, m_copy})
        widget->setEnabled(picture);
    const QFileInfo file(m_path->text());
    if (formatOfName(file.fileName()))
        m_path->setText(
            QDir(file.path()).filePath(file.completeBaseName() + QLatin1Char('.') + formatSuffix(format())));
    m_later.start();
}

FigureRequest ExportDialog::request() const {
    FigureRequest request;
    request.part = static_cast<PlotPart>(m_part->currentData().toInt());
    request.size = {m_width->value(), m_height->value()};
    request.scale = m_scale->currentData().toDouble();
    const PlotTheme theme = PlotTheme::find(m_theme->currentData().toString().toStdString()).value_or(PlotTheme::light());
    request.theme = themeForSize(theme, request.part, request.size);
    request.view = m_view;
    request.view.legend = m_legend->isChecked();
    request.texts = m_texts;
    request.language = m_language->currentData().toString();
    return request;
}

QString ExportDialog::path() const {
    QString path = m_path->text().trimmed();
    if (!path.isEmpty() && formatOfName(path) != format()) path += QLatin1Char('.') + formatSuffix(format());
    return path;
}

void ExportDialog::choosePath() {
    const QString filter = QStringLiteral("%1 (*.%2)").arg(m_format->currentText(), formatSuffix(format()));
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Export figure"), path(), filter, nullptr,
                                                        QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty()) m_path->setText(chosen);
}

void ExportDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    m_later.start();
}

void ExportDialog::updatePreview() {
    FigureRequest wanted = request();
    const QSize pixels = wanted.size * wanted.scale;
    switch (format()) {
    case FigureFormat::Png:
        m_about->setText(tr("%1 × %2 pixels, with the runs' configuration inside: dropped on this window, the picture "
                            "brings the runs back.")
                             .arg(pixels.width())
                             .arg(pixels.height()));
        break;
    case FigureFormat::Svg:
        m_about->setText(tr("Lines and text for drawing programs and the web, with the runs' configuration inside."));
        break;
    case FigureFormat::Pdf:
        m_about->setText(tr("One page of lines and text for papers, with the runs' configuration inside."));
        break;
    case FigureFormat::Csv:
        m_about->setText(tr("The numbers of the visible runs within the ranges in sight, one row a step."));
        break;
    }
    const QSize fitted = wanted.size.scaled(m_preview->size().expandedTo(smallestPreview), Qt::KeepAspectRatio);
    const double ratio = devicePixelRatioF();
    wanted.scale = ratio * fitted.width() / wanted.size.width();
    if (m_previewUnderWay) { // then the newest of what has been wanted since
        m_previewWanted = true;
        return;
    }
    m_previewUnderWay = true;
    m_previewWanted = false;
    const FigureDrawing drawing = recordFigure(m_runs, wanted, FigureFormat::Png, m_store);
    const QPointer<ExportDialog> dialog(this);
    QThreadPool::globalInstance()->start([dialog, drawing, ratio] {
        QImage image = drawing.toImage();
        image.setDevicePixelRatio(ratio);
        QMetaObject::invokeMethod(qApp, [dialog, image] {
            if (dialog) dialog->showPreview(image);
        });
    });
}

void ExportDialog::showPreview(const QImage& image) {
    m_preview->setPixmap(QPixmap::fromImage(image));
    m_previewUnderWay = false;
    if (m_previewWanted) updatePreview();
}

void ExportDialog::accept() {
    if (path().isEmpty()) return;
    const auto ask = [this](QMessageBox::Icon icon, const QString& text, QMessageBox::StandardButtons buttons) {
        QMessageBox box(icon, tr("Export figure"), {}, buttons, this);
        box.setTextFormat(Qt::PlainText);
        box.setText(text);
        return box.exec();
    };
    // Told while what was chosen and written here is still there.
    if (const QFileInfo folder(QFileInfo(path()).path()); !folder.isDir()) {
        ask(QMessageBox::Warning, tr("The folder %1 does not exist. Make it, or choose another one.").arg(folder.filePath()),
            QMessageBox::Ok);
        return;
    }
    if (QFileInfo::exists(path()) &&
        ask(QMessageBox::Question, tr("%1 exists already. Replace it?").arg(path()), QMessageBox::Yes | QMessageBox::No) !=
            QMessageBox::Yes)
        return;
    QDialog::accept();
}

} // namespace ratescope
