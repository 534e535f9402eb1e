// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress_line.h"
#include "app/plots/figure_image.h"
#include "app/plots/run_difference.h"
#include "app/study/file_output.h"
#include "app/study/run_file.h"
#include "core/error.h"

#include <algorithm>

namespace ratescope {

namespace {

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
    if (text == QLatin1String("mean")) return SeedDrawing::Mean;
    return text == QLatin1String("median") ? SeedDrawing::Median : SeedDrawing::Single;
}

PlotPart partOf(const QString& text) {
    if (text == QLatin1String("loss")) return PlotPart::Loss;
    if (text == QLatin1String("lr")) return PlotPart::Rate;
    return text == QLatin1String("range") ? PlotPart::RangeTest : PlotPart::Page;
}

FigureFormat formatOf(const QString& out) {
    const auto format = formatOfName(out);
    if (!format)
        throw UsageError(QStringLiteral("--out is “%1”; expected a name that ends in .png, .svg, .pdf or .csv")
                             .arg(out)
                             .toStdString());
    return *format;
}

FigureRequest requestOf(const CommandLine& line) {
    FigureRequest request;
    request.part = partOf(line.value(QStringLiteral("what")));
    request.size = sizeOf(line.value(QStringLiteral("size")));
    request.scale = line.number(QStringLiteral("scale"), 0.25, 8.0);
    const auto theme = PlotTheme::find(line.value(QStringLiteral("theme")).toStdString());
    request.theme = themeForSize(theme.value(), request.part, request.size);
    request.language = line.value(QStringLiteral("language"));
    request.view.seeds = seedsOf(line.value(QStringLiteral("seeds")));
    request.texts.title = line.value(QStringLiteral("title"));
    const bool differs = line.isSet(QStringLiteral("difference"));
    if (differs && request.part != PlotPart::Page && request.part != PlotPart::Loss)
        throw UsageError("--difference goes with --what page or --what loss");
    if (double(request.size.width()) * request.size.height() * request.scale * request.scale > 2e8)
        throw UsageError("--size and --scale make a picture of over 200 million pixels");
    return request;
}

/// The runs of all files, overlaid.
std::vector<RunPointer> readRuns(const QStringList& files, ProgressLine& progress) {
    DataCatalog catalog(DataCatalog::findResources());
    std::vector<RunRecord> records;
    for (const QString& file : files) {
        progress.stage(QStringLiteral("Reading ") + file);
        for (RunRecord& record : readRunFile(file.toStdString(), catalog).runs) records.push_back(std::move(record));
    }
    assignLooks(records);
    std::vector<RunPointer> runs;
    for (RunRecord& record : records) runs.push_back(std::make_shared<const RunRecord>(std::move(record)));
    return runs;
}

} // namespace

int plotCommand(const CommandLine& line, CommandContext& context) {
    const QString out = line.value(QStringLiteral("out"));
    const FigureFormat format = formatOf(out);
    FigureRequest request = requestOf(line);
    const std::vector<RunPointer> runs = readRuns(line.files(), context.progress);
    if (line.isSet(QStringLiteral("difference"))) {
        request.view.quantity = Quantity::Difference;
        request.view.reference = referenceNamed(runs, line.value(QStringLiteral("difference")).toStdString());
    }
    context.progress.stage(QStringLiteral("Drawing ") + out);
    const QByteArray bytes = encodeFigure(runs, request, format, experimentJson(runs));
    const InterruptWatch::Hold hold(context.interrupt); // nothing is left beside the figure
    writing([&] { writeFile(out, bytes); });
    return ExitDone;
}

} // namespace ratescope
