// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_image.h"

#include "app/plots/figure.h"
#include "app/study/file_output.h"
#include "app/study/language.h"
#include "app/study/picture_experiment.h"
#include "app/study/run_config_json.h"
#include "core/analysis/smoothing.h"
#include "core/error.h"

#include <QBuffer>
#include <QTranslator>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace ratescope {

namespace {

QString documentTitle(const FigureRequest& request) {
    return request.texts.title.isEmpty() ? QStringLiteral("Ratescope") : request.texts.title;
}

std::pair<std::size_t, std::size_t> stepsInSight(const RunRecord& run, const FigureRequest& request) {
    const auto& range = run.isRangeTest() ? request.view.testRate : request.view.steps;
    return StepScale(run, request.view.stepUnit).stepsWithin(range, run.stepCount());
}

/// Calls take(step, difference, smoothed difference) from the first step on that both runs have made.
template <typename Take>
void eachDifference(const RunRecord& run, const RunRecord& reference, const FigureRequest& request, Take take) {
    Smoother smoother(request.view.smoothing);
    const std::size_t common = std::min(run.losses.size(), reference.losses.size());
    for (std::size_t step = 0; step < common; ++step) {
        const float value = differenceOf(run.losses[step], reference.losses[step]);
        take(step, value, smoother.next(value));
    }
}

void addDifferences(const RunRecord& run, const RunRecord& reference, const FigureRequest& request, std::string& text) {
    const auto [first, last] = stepsInSight(run, request);
    const std::string names = csvField(run.config.name) + ',' + csvField(reference.config.name) + ',';
    eachDifference(run, reference, request, [&, first = first, last = last](std::size_t step, float value, double smoothed) {
        if (step < first || step >= last) return;
        text += names + std::to_string(step) + ',' + csvNumber(run.length.epochsOf(step)) + ',' + csvNumber(value) + ',' +
                csvNumber(smoothed) + '\n';
    });
}

/// A page has the losses and the rates of all its runs as well.
bool hasDifferenceColumns(const FigureRequest& request) {
    return request.part == PlotPart::Page && request.view.quantity == Quantity::Difference;
}

/// Whether a test that is shown was validated; a file without any has no columns for it.
bool hasValidationColumns(const std::vector<RunPointer>& runs, const FigureRequest& request) {
    if (request.part != PlotPart::Page && request.part != PlotPart::RangeTest) return false;
    return std::ranges::any_of(runs, [](const RunPointer& run) {
        return run->visible && run->isRangeTest() && !run->validations.empty();
    });
}

std::string csvHeading(const FigureRequest& request, bool validations) {
    if (request.part == PlotPart::Loss) switch (request.view.quantity) {
        case Quantity::Loss: break;
        case Quantity::Error: return "run,epoch,step,train_error,val_error\n";
        case Quantity::Accuracy: return "run,epoch,step,train_accuracy,val_accuracy\n";
        case Quantity::Difference: return "run,reference,step,epoch,difference,smoothed_difference\n";
        }
    return std::string("run,step,epoch,lr,loss,smoothed_loss,slope") + (validations ? ",val_loss,val_accuracy" : "") +
           (hasDifferenceColumns(request) ? ",reference,difference,smoothed_difference\n" : "\n");
}

/// `reference`: with which the page compares; null where it does not. `validations`: whether there are columns for them.
void addSteps(const RunRecord& run, const FigureRequest& request, const RunRecord* reference, bool validations,
              std::string& text) {
    const auto [first, last] = stepsInSight(run, request);
    const std::string name = csvField(run.config.name);
    const RangeCurve curve = run.isRangeTest() ? rangeCurveOf(run) : RangeCurve{};
    const bool compared = isCompared(run, reference);
    std::vector<std::pair<float, double>> differences;
    if (compared)
        eachDifference(run, *reference, request,
                       [&](std::size_t, float value, double smoothed) { differences.emplace_back(value, smoothed); });
    Smoother smoother(run.isRangeTest() ? run.config.rangeTest->smoothing : request.view.smoothing);
    for (std::size_t step = 0; step < last; ++step) {
        const double smoothed = smoother.next(run.losses[step]);
        if (step < first) continue;
        const std::uint64_t number = run.stepNumber(step);
        const std::optional<double> rate = run.rateAt(step);
        text += name + ',' + std::to_string(number) + ',' + csvNumber(run.length.epochsOf(number)) + ',' +
                (rate ? csvNumber(*rate) : "") + ','  + csvNumber(run.losses[step]) + ',' + csvNumber(smoothed) + ',';
        if (step < curve.slopes.size()) text += csvNumber(curve.slopes[step]);
        if (run.isRangeTest() && step < run.validations.size())
            text += ',' + csvNumber(run.validations[step].loss) + ',' + csvNumber(1.0 - run.validations[step].error);
        else if (validations)
            text += ",,";
        if (step < differences.size())
            text += ',' + csvField(reference->config.name) + ',' + csvNumber(differences[step].first) + ',' +
                    csvNumber(differences[step].second);
        else if (hasDifferenceColumns(request))
            text += ",,,";
        text += '\n';
    }
}

void addEpochs(const RunRecord& run, const FigureRequest& request, std::string& text) {
    const auto [first, last] = stepsInSight(run, request);
    const auto share = [&](const Score& score) { return csvNumber(scoreValue(score, request.view.quantity) / 100.0); };
    for (const EpochMetrics& epoch : run.epochs) {
        if (epoch.step < first || epoch.step > last) continue;
        text += csvField(run.config.name) + ',' + std::to_string(epoch.epoch) + ',' + std::to_string(epoch.step) + ',' +
                share(epoch.train) + ',' + (epoch.validation ? share(*epoch.validation) : std::string()) + '\n';
    }
}

} // namespace

const std::vector<FigureSize>& figureSizes() {
    static const std::vector<FigureSize> sizes = {{"slide", {1600, 900}},
                                                  {"wide", {1800, 600}},
                                                  {"column", {640, 480}},
                                                  {"square", {800, 800}},
                                                  {"poster", {2400, 1600}}};
    return sizes;
}

std::optional<FigureFormat> formatOfName(const QString& name) {
    for (const FigureFormat format : {FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Csv})
        if (name.endsWith(QLatin1Char('.') + formatSuffix(format), Qt::CaseInsensitive)) return format;
    return std::nullopt;
}

QString formatSuffix(FigureFormat format) {
    switch (format) {
    case FigureFormat::Png: return QStringLiteral("png");
    case FigureFormat::Svg: return QStringLiteral("svg");
    case FigureFormat::Pdf: return QStringLiteral("pdf");
    case FigureFormat::Csv: return QStringLiteral("csv");
    }
    return {};
}

PlotTheme themeForSize(PlotTheme theme, PlotPart part, const QSize& size) {
    const double usual = part == PlotPart::Page ? 1400.0 * 700.0 : 800.0 * 600.0;
    const double factor = std::clamp(std::sqrt(double(size.width()) * size.height() / usual), 1.0, 4.0);
    theme.lineWidth *= std::round(theme.fontPixels * factor) / theme.fontPixels;
    theme.fontPixels = static_cast<int>(std::round(theme.fontPixels * factor));
    return theme;
}

FigureDrawing recordFigure(const std::vector<RunPointer>& runs, const FigureRequest& request, FigureFormat format,
                           std::shared_ptr<CurveStore> store) {
    const std::unique_ptr<QTranslator> translator = translatorOf(request.language);
    QCustomPlot plot;
    Figure figure(plot, request.part, std::move(store));
    figure.setLanguage(translator.get());
    figure.setTheme(request.theme);
    figure.setTexts(request.texts);
    figure.setForFile();
    figure.setView(request.view);
    figure.setRuns(runs);
    FigureDrawing drawing = figure.record(request.size, format == FigureFormat::Png ? request.scale : 0.0);
    drawing.title = documentTitle(request);
    return drawing;
}

QImage renderFigure(const std::vector<RunPointer>& runs, const FigureRequest& request, std::shared_ptr<CurveStore> store) {
    return recordFigure(runs, request, FigureFormat::Png, std::move(store)).toImage();
}

QByteArray figureCsv(const std::vector<RunPointer>& runs, const FigureRequest& request) {
    const bool scores = request.part == PlotPart::Loss && isScore(request.view.quantity);
    const bool differences = request.part == PlotPart::Loss && request.view.quantity == Quantity::Difference;
    const RunPointer reference =
        differences || hasDifferenceColumns(request) ? referenceOf(runs, request.view) : nullptr;
    const bool validations = hasValidationColumns(runs, request);
    std::string text = csvHeading(request, validations);
    for (const RunPointer& run : runs) {
        if (!run->visible) continue;
        if (request.part != PlotPart::Page && run->isRangeTest() != (request.part == PlotPart::RangeTest)) continue;
        if (differences) {
            if (isCompared(*run, reference.get())) addDifferences(*run, *reference, request, text);
        } else {
            scores ? addEpochs(*run, request, text) : addSteps(*run, request, reference.get(), validations, text);
        }
    }
    return QByteArray::fromStdString(text);
}

QByteArray encodePng(QImage image, const QString& experiment) {
    image.setText(QStringLiteral("Software"), QStringLiteral("Ratescope"));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.convertToFormat(QImage::Format_RGB32).save(&buffer, "PNG"))
        throw Error("The picture could not be turned into PNG.");
    return experiment.isEmpty() ? bytes : embedInPng(bytes, experiment);
}

QByteArray encodeDrawing(const FigureDrawing& drawing, FigureFormat format, const QString& experiment) {
    switch (format) {
    case FigureFormat::Png: return encodePng(drawing.toImage(), experiment);
    case FigureFormat::Svg: return drawing.toSvg(experiment);
    case FigureFormat::Pdf: return drawing.toPdf(experiment);
    case FigureFormat::Csv: break;
    }
    return {};
}

QByteArray encodeFigure(const std::vector<RunPointer>& runs, const FigureRequest& request, FigureFormat format,
                        const QString& experiment) {
    if (format == FigureFormat::Csv) return figureCsv(runs, request);
    return encodeDrawing(recordFigure(runs, request, format), format, experiment);
}

QString experimentJson(const std::vector<RunPointer>& runs, const PlotView& view) {
    // What a run starts from has to be there too, hidden or not.
    std::set<std::string> wanted;
    for (const RunPointer& run : runs)
        if (run->visible) wanted.insert(run->config.name);
    if (const RunPointer reference = referenceOf(runs, view)) wanted.insert(reference->config.name);
    for (std::size_t before = 0; before != wanted.size();) {
        before = wanted.size();
        for (const RunPointer& run : runs)
            if (wanted.contains(run->config.name) && !run->config.sourceRun().empty())
                wanted.insert(run->config.sourceRun());
    }
    Json root = {{"ratescope", 1}, {"runs", Json::array()}};
    for (const RunPointer& run : runs)
        if (wanted.contains(run->config.name) && !run->isImported()) root["runs"].push_back(toJson(asTrained(*run)));
    return root["runs"].empty() ? QString()
                                : QString::fromStdString(root.dump(2, ' ', false, Json::error_handler_t::replace));
}

} // namespace ratescope
