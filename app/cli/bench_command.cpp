// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/plots/frame_speed.h"
#include "app/study/data_catalog.h"
#include "core/data/dataset_store.h"
#include "core/training/speed.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <thread>

namespace ratescope {

namespace {

using Json = nlohmann::ordered_json;

struct Measured {
    SpeedCase what;
    unsigned threads;
    TrainingSpeed speed;
    double product; ///< operations a second of products on as many threads
};

std::vector<unsigned> threadCounts() {
    std::vector<unsigned> counts;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    for (unsigned threads = 1; threads < cores; threads *= 2) counts.push_back(threads);
    counts.push_back(cores);
    return counts;
}

/// The page's scene: as many runs of as many steps, and range tests beside them.
constexpr int sceneRuns = 20;
constexpr std::size_t sceneSteps = 100'000;
constexpr int sceneTests = 4;

std::string asJson(const std::vector<Measured>& all, const FrameSpeed& frames, double window) {
    Json json = {{"training", Json::array()}, {"product", Json::array()}};
    json["frames"] = {{"runs", sceneRuns},        {"steps", sceneSteps},        {"width", 1920},
                      {"height", 1080},           {"replot_ms", frames.replot}, {"crosshair_ms", frames.crosshair},
                      {"grown_ms", frames.append}};
    json["startup"] = {{"window_ms", window}};
    for (const Measured& one : all) {
        json["training"].push_back({{"network", one.what.name},
                                    {"batch_size", one.what.config.batchSize},
                                    {"optimizer", one.what.config.optimizer.type},
                                    {"threads", one.threads},
                                    {"samples_per_second", one.speed.samplesPerSecond},
                                    {"evaluated_per_second", one.speed.evaluatedPerSecond},
                                    {"gflops", one.speed.operationsPerSecond * 1e-9},
                                    {"share_of_product", one.speed.operationsPerSecond / one.product}});
        if (one.what.name == all.front().what.name)
            json["product"].push_back({{"threads", one.threads}, {"gflops", one.product * 1e-9}});
    }
    return json.dump(2) + '\n';
}

QString row(const QStringList& cells) {
    constexpr std::array<int, 7> widths = {14, -5, -9, -7, -12, -12, -10};
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const int width = widths[static_cast<std::size_t>(i)];
        text += (i > 0 ? QStringLiteral("  ") : QString()) +
                (width > 0 ? cells[i].leftJustified(width) : cells[i].rightJustified(-width));
    }
    return text + QLatin1Char('\n');
}

QString asRow(const Measured& one) {
    const auto whole = [](double value) { return QString::number(value, 'f', 0); };
    return row({QString::fromStdString(one.what.name), QString::number(one.what.config.batchSize),
                QString::fromStdString(one.what.config.optimizer.type), QString::number(one.threads),
                whole(one.speed.samplesPerSecond), whole(one.speed.evaluatedPerSecond),
                whole(100.0 * one.speed.operationsPerSecond / one.product) + QStringLiteral(" %")});
}

/// Prints a line of the table while the terminal's line of progress is away.
void printNow(const QString& text, ProgressLine& progress) {
    progress.done();
    print(text.toStdString());
    flushOutput();
}

QString titles() {
    return row({QStringLiteral("network"), QStringLiteral("batch"), QStringLiteral("optimizer"), QStringLiteral("threads"),
                QStringLiteral("trained/s"), QStringLiteral("evaluated/s"), QStringLiteral("of product")});
}

QString frameText(const FrameSpeed& frames, double window) {
    const auto milliseconds = [](double value) { return QString::number(value, 'f', 2); };
    return QStringLiteral("page of %1 runs of %2 steps: drawn anew in %3 ms, crosshair %4 ms, all runs grown %5 ms; "
                          "window open after %6 ms\n")
        .arg(sceneRuns)
        .arg(sceneSteps)
        .arg(milliseconds(frames.replot), milliseconds(frames.crosshair), milliseconds(frames.append),
             QString::number(window, 'f', 0));
}

QString threadText(unsigned threads) {
    return QStringLiteral("%1 thread%2").arg(threads).arg(threads > 1 ? QStringLiteral("s") : QString());
}

/// Training by network and number of threads; prints a row for each as it comes where `table` is wanted.
std::vector<Measured> measureAll(double seconds, bool table, ProgressLine& progress) {
    const DataCatalog catalog(DataCatalog::findResources());
    DatasetStore datasets;
    const std::shared_ptr<const Dataset> data = datasets.get(catalog.folder("mnist"));
    std::vector<Measured> all;
    for (const unsigned threads : threadCounts()) {
        progress.stage(QStringLiteral("Measuring plain products on %1").arg(threadText(threads)));
        const double product = measureProduct(threads, seconds);
        for (SpeedCase& one : speedCases()) {
            progress.stage(
                QStringLiteral("Measuring %1 on %2").arg(QString::fromStdString(one.name), threadText(threads)));
            const TrainingSpeed speed = measureTraining(one.config, data, threads, seconds);
            all.push_back({std::move(one), threads, speed, product});
            if (table) printNow(asRow(all.back()), progress);
        }
        if (table)
            printNow(QStringLiteral("products on %1: %2 GFLOP/s\n").arg(threadText(threads)).arg(product * 1e-9, 0, 'f', 0),
                     progress);
    }
    return all;
}

} // namespace

int benchCommand(const CommandLine& line, CommandContext& context) {
    const double seconds = line.number(QStringLiteral("seconds"), 0.05, 600.0);
    const bool json = line.isSet(QStringLiteral("json"));
    const double window = context.startWindow ? context.startWindow() : 0.0;
    if (!json) printNow(titles(), context.progress);
    const std::vector<Measured> all = measureAll(seconds, !json, context.progress);
    context.progress.stage(QStringLiteral("Measuring the plots' frames"));
    const FrameSpeed frames = measureFrames(benchmarkRuns(sceneRuns, sceneSteps, sceneTests),
                                            std::clamp(static_cast<int>(seconds * 50.0), 5, 500));
    context.progress.done();
    print(json ? asJson(all, frames, window) : frameText(frames, window).toStdString());
    flushOutput();
    return ExitDone;
}

} // namespace ratescope
