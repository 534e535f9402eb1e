// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that read a file and print or write: list, schedule, export, plot.
#include "app/cli/command_line.h"
#include "app/plots/figure_image.h"
#include "app/plots/run_difference.h"
#include "app/study/file_output.h"
#include "app/study/language.h"
#include "app/study/run_file.h"
#include "core/error.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <limits>

namespace ratescope {

namespace {

constexpr int anyNumber = std::numeric_limits<int>::max();

/// Runs `write`, whose errors are about what could not be written.
template <typename Write>
void writing(Write write) {
    try {
        write();
    } catch (const Error& error) {
        throw WriteError(error.what());
    }
}

std::filesystem::path pathOf(const QString& file) { return file.toStdString(); }

QSize sizeOf(const QString& text) {
    for (const FigureSize& known : figureSizes())
        if (text == QLatin1String(known.name)) return known.size;
    const QStringList sides = text.split(QLatin1Char('x'));
    bool goodWidth = false;
    bool goodHeight = false;
    const QSize size(sides.value(0).toInt(&goodWidth), sides.value(1).toInt(&goodHeight));
    const auto fits = [](int side) { return side >= 100 && side <= 10'000; };
    if (sides.size() != 2 || !goodWidth || !goodHeight || !fits(size.width()) || !fits(size.height()))
        throw UsageError(QStringLiteral("--size is “%1”; expected WIDTHxHEIGHT, such as 1600x900, sides from 100 to "
                                        "10000, or slide, wide, column, square, poster")
                             .arg(text)
                             .toStdString());
    return size;
}

/// The run of that name, with which others can be compared.
RunId referenceNamed(const std::vector<RunPointer>& runs, const std::string& name) {
    const auto run = std::ranges::find(runs, name, [](const RunPointer& one) { return one->config.name; });
    std::string others;
    std::size_t count = 0;
    bool any = false;
    for (const RunPointer& other : runs) {
        if (run != runs.end() && other == *run) continue;
        any |= run != runs.end() && isCompared(*other, run->get());
        constexpr std::size_t most = 20;
        if (++count <= most) others += (others.empty() ? "" : ", ") + other->config.name;
        if (count == most + 1) others += ", …";
    }
    if (run == runs.end()) throw Error("--difference: there is no run named “" + name + "”; there is: " + others);
    if (others.empty()) throw Error("--difference: there is no run beside “" + name + "”");
    if (!any)
        throw Error("--difference: no other run shares initial weights and batch order with “" + name +
                    "”; these do not: " + others);
    return (*run)->id;
}

SeedDrawing seedsOf(const QString& text) {
    if (text == QLatin1String("single")) return SeedDrawing::Single;
    if (text == QLatin1String("mean")) return SeedDrawing::Mean;
    if (text == QLatin1String("median")) return SeedDrawing::Median;
    throw UsageError(QStringLiteral("--seeds is “%1”; allowed: single, mean, median").arg(text).toStdString());
}

PlotPart partOf(const QString& text) {
    if (text == QLatin1String("page")) return PlotPart::Page;
    if (text == QLatin1String("loss")) return PlotPart::Loss;
    if (text == QLatin1String("lr")) return PlotPart::Rate;
    if (text == QLatin1String("range")) return PlotPart::RangeTest;
    throw UsageError(QStringLiteral("--what is “%1”; allowed: page, loss, lr, range").arg(text).toStdString());
}

} // namespace

int listCommand(const QStringList& arguments) {
    CommandLine line(
        QStringLiteral("list"), QStringLiteral("FILE"),
        QStringLiteral("Prints the names of the runs of an experiment or a study, a line each, or of a curve."));
    if (!line.parse(arguments, 1, 1)) return ExitDone;
    DataCatalog catalog(DataCatalog::findResources());
    for (const RunRecord& run : readRunFile(pathOf(line.files().first()), catalog, StudyFile::Content::Headers).runs)
        print(run.config.name + '\n');
    flushOutput();
    return ExitDone;
}

int scheduleCommand(const QStringList& arguments) {
    CommandLine line(
        QStringLiteral("schedule"), QStringLiteral("FILE"),
        QStringLiteral("Prints run,step,epoch,lr for every step of every run as CSV; nothing is trained. The epoch\n"
                       "counts completed epochs."));
    line.addOption(QStringLiteral("run"), QStringLiteral("Only this run; may be given several times."),
                   QStringLiteral("NAME"));
    if (!line.parse(arguments, 1, 1)) return ExitDone;
    DataCatalog catalog(DataCatalog::findResources());
    const QString file = line.files().first();
    auto runs = selectRuns(readRunFile(pathOf(file), catalog, StudyFile::Content::Headers).runs,
                           line.values(QStringLiteral("run")), file.toStdString());
    if (!line.isSet(QStringLiteral("run")) && !std::ranges::all_of(runs, &RunRecord::isImported))
        std::erase_if(runs, &RunRecord::isImported);
    for (const RunRecord& run : runs) refuseImported(run, file);
    print("run,step,epoch,lr\n");
    for (const RunRecord& run : runs) {
        const Schedule schedule = scheduleOf(run.config, run.length);
        const std::string name = csvField(run.config.name);
        for (std::uint64_t step = 0; step < run.length.steps; ++step)
            print(name + ',' + std::to_string(step) + ',' + std::to_string(run.length.epochOf(step)) + ',' +
                  csvNumber(schedule.at(step)) + '\n');
    }
    flushOutput();
    return ExitDone;
}

int exportCommand(const QStringList& arguments) {
    CommandLine line(
        QStringLiteral("export"), QStringLiteral("STUDY"),
        QStringLiteral(
            "Writes runs.csv, steps.csv, epochs.csv and, of range tests, range_tests.csv of a study into a folder, and the\n"
            "weights that each run ended with as NAME.safetensors, for load_state_dict of PyTorch's nn.Sequential of the\n"
            "same layers."));
    line.addOption(QStringLiteral("out"), QStringLiteral("The folder; made if there is none."), QStringLiteral("DIR"));
    if (!line.parse(arguments, 1, 1)) return ExitDone;
    if (!line.isSet(QStringLiteral("out"))) throw UsageError("export needs --out DIR");
    DataCatalog catalog(DataCatalog::findResources());
    const QString file = line.files().first();
    const RunFile content = readRunFile(pathOf(file), catalog);
    if (!content.isStudy && !content.isCurve())
        throw Error(file.toStdString() +
                    ": is an experiment; expected a study (*.ratescope), which has something to export");
    const QString folder = line.value(QStringLiteral("out"));
    writing([&] { exportCsv(content.runs, folder); });
    exportWeights(content.runs, [&](const std::string& name, const std::string& bytes) {
        writing([&] {
            writeFile(QDir(folder).filePath(QString::fromStdString(name)),
                      QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
        });
    });
    return ExitDone;
}

int plotCommand(const QStringList& arguments) {
    CommandLine line(
        QStringLiteral("plot"), QStringLiteral("FILE..."),
        QStringLiteral(
            "Draws the runs of studies, the schedules of experiments and curves, overlaid in one figure. PNG, SVG and PDF\n"
            "carry the runs' configuration inside; CSV holds the numbers that the figure shows."));
    line.addOption(QStringLiteral("what"), QStringLiteral("page, loss, lr or range."), QStringLiteral("PART"),
                   QStringLiteral("page"));
    line.addOption(QStringLiteral("out"), QStringLiteral("The figure's file, *.png, *.svg, *.pdf or *.csv."),
                   QStringLiteral("FILE"));
    line.addOption(QStringLiteral("size"),
                   QStringLiteral("Width and height, or slide (1600x900), wide, column, square, poster."),
                   QStringLiteral("WxH"), QStringLiteral("1600x900"));
    line.addOption(QStringLiteral("scale"), QStringLiteral("Pixels of a PNG for each of these; 2 if left out."),
                   QStringLiteral("N"), QStringLiteral("2"));
    line.addOption(QStringLiteral("theme"), QStringLiteral("light, dark or print."), QStringLiteral("THEME"),
                   QStringLiteral("light"));
    line.addOption(QStringLiteral("language"), QStringLiteral("Of the words in it: en or de."), QStringLiteral("CODE"),
                   QStringLiteral("en"));
    line.addOption(QStringLiteral("title"), QStringLiteral("A title over the figure."), QStringLiteral("TEXT"));
    line.addOption(QStringLiteral("difference"),
                   QStringLiteral("Shows the other runs' losses less that of this one, where they share initial weights and "
                                  "batch order with it; for page and loss."),
                   QStringLiteral("NAME"));
    line.addOption(
        QStringLiteral("seeds"),
        QStringLiteral("How runs are drawn that differ in their seed alone: single, or as their mean or median with a "
                       "band."),
        QStringLiteral("KIND"), QStringLiteral("single"));
    if (!line.parse(arguments, 1, anyNumber)) return ExitDone;
    const QString out = line.value(QStringLiteral("out"));
    if (out.isEmpty()) throw UsageError("plot needs --out FILE.png");
    const auto format = formatOfName(out);
    if (!format)
        throw UsageError(QStringLiteral("--out is “%1”; expected a name that ends in .png, .svg, .pdf or .csv")
                             .arg(out)
                             .toStdString());
    FigureRequest request;
    request.part = partOf(line.value(QStringLiteral("what")));
    request.size = sizeOf(line.value(QStringLiteral("size")));
    request.scale = line.number(QStringLiteral("scale"), 0.25, 8.0);
    const auto theme = PlotTheme::find(line.value(QStringLiteral("theme")).toStdString());
    if (!theme)
        throw UsageError(QStringLiteral("--theme is “%1”; allowed: light, dark, print")
                             .arg(line.value(QStringLiteral("theme")))
                             .toStdString());
    request.theme = themeForSize(*theme, request.part, request.size);
    request.language = line.value(QStringLiteral("language"));
    if (!languages().contains(request.language))
        throw UsageError(QStringLiteral("--language is “%1”; allowed: %2")
                             .arg(request.language, languages().join(QStringLiteral(", ")))
                             .toStdString());
    const bool differs = line.isSet(QStringLiteral("difference"));
    if (differs && request.part != PlotPart::Page && request.part != PlotPart::Loss)
        throw UsageError("--difference goes with --what page or --what loss");
    request.view.seeds = seedsOf(line.value(QStringLiteral("seeds")));
    request.texts.title = line.value(QStringLiteral("title"));
    if (double(request.size.width()) * request.size.height() * request.scale * request.scale > 2e8)
        throw UsageError("--size and --scale make a picture of over 200 million pixels");

    DataCatalog catalog(DataCatalog::findResources());
    std::vector<RunRecord> records;
    for (const QString& file : line.files())
        for (RunRecord& record : readRunFile(pathOf(file), catalog).runs) records.push_back(std::move(record));
    assignLooks(records);
    std::vector<RunPointer> runs;
    for (RunRecord& record : records) runs.push_back(std::make_shared<const RunRecord>(std::move(record)));
    if (differs) {
        request.view.quantity = Quantity::Difference;
        request.view.reference = referenceNamed(runs, line.value(QStringLiteral("difference")).toStdString());
    }
    const QByteArray bytes = encodeFigure(runs, request, *format, experimentJson(runs));
    writing([&] { writeFile(out, bytes); });
    return ExitDone;
}

} // namespace ratescope
