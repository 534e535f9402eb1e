// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as files: what the dialog previews, what the command writes, and what comes back out of a picture.
#include "app/cli/commands.h"
#include "app/main_window.h"
#include "app/plots/export_dialog.h"
#include "app/plots/frame_speed.h"
#include "app/plots/plot_page.h"
#include "app/study/picture_experiment.h"
#include "app/study/run_config_json.h"
#include "app/study/run_file.h"
#include "tests/app/app_helpers.h"
#include "tests/app/gui_helpers.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QXmlStreamReader>

#include <thread>

using namespace ratescope;

namespace {

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const char* const experiment = R"({"ratescope":1,"defaults":{"epochs":3},"runs":[
    {"name":"a & b <c>","schedule":{"type":"cosine","lr":0.1}},
    {"name":"zweiter „Lauf“","schedule":{"type":"step","lr":0.2,"period":900}},
    {"name":"find","range_test":{"from":1e-4,"to":1,"steps":50}}]})";

std::vector<RunPointer> threeRuns(std::size_t steps) {
    const auto made = benchmarkRuns(3, steps, 0);
    return {made.begin(), made.end()};
}

} // namespace

class TestFigureFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        writeText(path("e.json").toStdString(), experiment);
    }

    void theCommandWritesWhatTheDialogDoes_data() {
        QTest::addColumn<QString>("suffix");
        for (const char* suffix : {"png", "svg", "pdf", "csv"}) QTest::newRow(suffix) << QString::fromLatin1(suffix);
    }

    void theCommandWritesWhatTheDialogDoes() {
        QFETCH(const QString, suffix);
        const QString file = path("out.") + suffix;
        QCOMPARE(runCommand({QStringLiteral("plot"), path("e.json"), QStringLiteral("--out"), file}), int(ExitDone));
        const std::vector<RunPointer> runs = runsOf(path("e.json"));
        const ExportDialog dialog(runs, PlotView(), false, QStringLiteral("en"), nullptr);
        const QByteArray expected = encodeFigure(runs, dialog.request(), *formatOfName(file), experimentJson(runs));
        QVERIFY(!expected.isEmpty());
        QVERIFY(bytesOf(file) == expected);
        QVERIFY(encodeFigure(runs, dialog.request(), *formatOfName(file), experimentJson(runs)) == expected); // and again
    }

    void aPictureBringsItsRunsBack_data() {
        QTest::addColumn<QString>("suffix");
        for (const char* suffix : {"png", "svg", "pdf"}) QTest::newRow(suffix) << QString::fromLatin1(suffix);
    }

    void aPictureBringsItsRunsBack() {
        QFETCH(const QString, suffix);
        const QString file = path("back.") + suffix;
        const std::vector<RunPointer> runs = runsOf(path("e.json"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(encodeFigure(runs, FigureRequest(), *formatOfName(file), experimentJson(runs)));
        out.close();
        MainWindow window(m_folder.path());
        window.openFiles({file});
        QTRY_COMPARE(window.controller().runs().size(), runs.size());
        for (std::size_t i = 0; i < runs.size(); ++i)
            QVERIFY(toJson(window.controller().runs()[i]->config) == toJson(runs[i]->config));
    }

    void hiddenRunsStayOutOfThePicture() {
        auto runs = threeRuns(50);
        auto hidden = std::make_shared<RunRecord>(*runs[1]);
        hidden->visible = false;
        runs[1] = hidden;
        const Json json = Json::parse(experimentJson(runs).toStdString());
        QCOMPARE(json["runs"].size(), std::size_t(2));
    }

    void whatARunStartsFromComesAlong() {
        auto runs = threeRuns(50);
        auto source = std::make_shared<RunRecord>(*runs[0]);
        source->visible = false;
        auto fine = std::make_shared<RunRecord>(*runs[1]);
        fine->config.startFrom = StartFromSpec{};
        fine->config.startFrom->run = source->config.name;
        const Json json = Json::parse(experimentJson({source, fine}).toStdString());
        QCOMPARE(json["runs"].size(), std::size_t(2));
    }

    void vectorFilesAreSmall_data() {
        QTest::addColumn<int>("part");
        QTest::newRow("page") << int(PlotPart::Page);
        QTest::newRow("loss") << int(PlotPart::Loss);
        QTest::newRow("rate") << int(PlotPart::Rate);
    }

    void vectorFilesAreSmall() {
        QFETCH(const int, part);
        FigureRequest request;
        request.part = static_cast<PlotPart>(part);
        const auto runs = threeRuns(100'000);
        const QByteArray svg = encodeFigure(runs, request, FigureFormat::Svg, experimentJson(runs));
        QVERIFY2(svg.size() <= 150 * 1024, qPrintable(QString::number(svg.size())));
        QVERIFY(encodeFigure(runs, request, FigureFormat::Pdf, experimentJson(runs)).size() <= 150 * 1024);
        QXmlStreamReader xml(svg);
        QString text;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::Characters) text += xml.text().toString();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(text.contains(QStringLiteral("Learning rate")) || part == int(PlotPart::Loss));
        QVERIFY(text.contains(QStringLiteral("run 1")));
        QVERIFY(svg.contains("font-family=\"DejaVu Sans\""));
    }

    void textsCanBeSet() {
        FigureRequest request;
        request.size = {600, 400};
        request.part = PlotPart::Loss;
        request.texts.title = QStringLiteral("A <title> & more");
        request.texts.y[0] = QStringLiteral("Kreuzentropie");
        const auto runs = threeRuns(100);
        const QByteArray svg = encodeFigure(runs, request, FigureFormat::Svg, {});
        QXmlStreamReader xml(svg);
        QStringList texts;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::Characters) texts << xml.text().toString();
        QVERIFY(!xml.hasError());
        QVERIFY(texts.contains(QStringLiteral("A <title> & more")));
        QVERIFY(texts.contains(QStringLiteral("Kreuzentropie")));
        QVERIFY(!texts.contains(QStringLiteral("Cross-entropy loss")));
    }

    void theDialogsTextsReachTheFigure() {
        const auto runs = threeRuns(100);
        ExportDialog dialog(runs, PlotView(), false, QStringLiteral("en"), nullptr);
        for (QLineEdit* edit : dialog.findChildren<QLineEdit*>())
            if (edit->accessibleName() == QStringLiteral("Title")) {
                edit->setFocus();
                QTest::keyClicks(edit, QStringLiteral("My figure"));
            }
        QCOMPARE(dialog.request().texts.title, QStringLiteral("My figure"));
    }

    void aFolderThatIsMissingKeepsTheDialog() {
        ExportDialog dialog(threeRuns(100), PlotView(), false, QStringLiteral("en"), nullptr);
        QVERIFY(QFileInfo(QFileInfo(dialog.path()).path()).isDir()); // what is proposed can be written
        dialog.show();
        QLineEdit* file = nullptr;
        for (QLineEdit* edit : dialog.findChildren<QLineEdit*>())
            if (edit->accessibleName() == QStringLiteral("File")) file = edit;
        QVERIFY(file);
        file->setText(path("nowhere/x.png"));
        QString told;
        QTimer::singleShot(0, &dialog, [&] {
            if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                told = box->text();
                box->accept();
            }
        });
        dialog.accept();
        QVERIFY2(told.contains(path("nowhere") + QStringLiteral(" does not exist")), qPrintable(told));
        QVERIFY(dialog.isVisible());
        file->setText(path("x.png"));
        dialog.accept();
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }

    void thePreviewIsOfWhatWasChosenLast() {
        const auto runs = threeRuns(100);
        ExportDialog dialog(runs, PlotView(), false, QStringLiteral("en"), nullptr);
        dialog.show();
        const auto preview = [&] {
            for (const QLabel* label : dialog.findChildren<QLabel*>())
                if (label->accessibleName() == QStringLiteral("Preview of the picture")) return label->pixmap().toImage();
            return QImage();
        };
        QTRY_VERIFY(!preview().isNull());
        QComboBox* size = nullptr;
        for (QComboBox* box : dialog.findChildren<QComboBox*>())
            if (box->accessibleName() == QStringLiteral("Size")) size = box;
        QVERIFY(size);
        size->setCurrentIndex(size->findText(QStringLiteral("Wide")));
        QCoreApplication::processEvents(); // its preview is under way
        size->setCurrentIndex(size->findText(QStringLiteral("Square")));
        QTRY_VERIFY(preview().width() == preview().height());
    }

    void anyThreadMakesTheSamePixels() {
        const auto runs = threeRuns(5000);
        const FigureRequest request;
        for (const FigureFormat format : {FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf}) {
            const FigureDrawing drawing = recordFigure(runs, request, format);
            QByteArray elsewhere;
            std::jthread([&] { elsewhere = encodeDrawing(drawing, format, {}); }).join();
            QVERIFY(!elsewhere.isEmpty());
            QVERIFY(elsewhere == encodeFigure(runs, request, format, {}));
        }
    }

    void numbersOfWhatIsInSight() {
        FigureRequest request;
        request.part = PlotPart::Loss;
        request.view.steps = AxisRange{10.0, 19.5};
        request.view.smoothing = 0.0;
        const auto runs = threeRuns(100);
        const QList<QByteArray> lines = figureCsv(runs, request).trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 3 * 10);
        QCOMPARE(lines[0], QByteArray("run,step,epoch,lr,loss,smoothed_loss,slope"));
        const QList<QByteArray> cells = lines[1].split(',');
        QCOMPARE(cells[0], QByteArray("run 1"));
        QCOMPARE(cells[1], QByteArray("10"));
        QCOMPARE(cells[3].toDouble(), runs[0]->rates[10]);
        QCOMPARE(cells[4].toFloat(), runs[0]->losses[10]);
        QCOMPARE(cells[5].toDouble(), double(runs[0]->losses[10]));
        request.view.quantity = Quantity::Error;
        request.view.steps.reset();
        const QList<QByteArray> epochs = figureCsv(runs, request).trimmed().split('\n');
        QCOMPARE(epochs.size(), 1 + 3 * 20);
        QCOMPARE(epochs[0], QByteArray("run,epoch,step,train_error,val_error"));
        QCOMPARE(epochs[1].split(',')[3].toDouble(), runs[0]->epochs[0].train.error);
    }

    void typeGrowsWithTheFigure() {
        QCOMPARE(themeForSize(PlotTheme::light(), PlotPart::Loss, {640, 480}).fontPixels, 13);
        QVERIFY(themeForSize(PlotTheme::light(), PlotPart::Page, {2400, 1600}).fontPixels >= 24);
        QVERIFY(themeForSize(PlotTheme::light(), PlotPart::Loss, {1600, 900}).lineWidth > 2.5);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    static std::vector<RunPointer> runsOf(const QString& file) {
        DataCatalog catalog(DataCatalog::findResources());
        std::vector<RunRecord> records = readRunFile(file.toStdString(), catalog).runs;
        assignLooks(records);
        std::vector<RunPointer> runs;
        for (RunRecord& record : records) runs.push_back(std::make_shared<const RunRecord>(std::move(record)));
        return runs;
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(TestFigureFiles)
#include "tst_figure_files.moc"
