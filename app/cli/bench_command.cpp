// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
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

} // namespace

int benchCommand(const QStringList& arguments, const std::function<double()>& startWindow) {
    CommandLine line(
        QStringLiteral("bench"), QString(),
        QStringLiteral(
            "Measures how fast this machine trains: samples a second by network and number of threads, and the\n"
            "network's floating-point operations as a share of what plain matrix products (1024 × 1024) reach\n"
            "on as many threads. It can be over 100 %: pixels that are 0 are skipped, not multiplied. Then how long\n"
            "the plot page takes to draw 20 runs of 100,000 steps at 1920 × 1080, and a window to open."));
    line.addOption(QStringLiteral("seconds"), QStringLiteral("Time for each figure; 2 if left out."),
                   QStringLiteral("S"), QStringLiteral("2"));
    line.addOption(QStringLiteral("json"), QStringLiteral("Print the figures as JSON."));
    if (!line.parse(arguments, 0, 0)) return ExitDone;
    const double seconds = line.number(QStringLiteral("seconds"), 0.05, 600.0);
    const bool json = line.isSet(QStringLiteral("json"));
    const double window = startWindow ? startWindow() : 0.0;
    const DataCatalog catalog(DataCatalog::findResources());
    DatasetStore datasets;
    const std::shared_ptr<const Dataset> data = datasets.get(catalog.folder("mnist"));
    std::vector<Measured> all;
    if (!json)
        print(row({QStringLiteral("network"), QStringLiteral("batch"), QStringLiteral("optimizer"),
                   QStringLiteral("threads"), QStringLiteral("trained/s"), QStringLiteral("evaluated/s"),
                   QStringLiteral("of product")})
                  .toStdString());
    for (const unsigned threads : threadCounts()) {
        const double product = measureProduct(threads, seconds);
        for (SpeedCase& one : speedCases()) {
            const TrainingSpeed speed = measureTraining(one.config, data, threads, seconds);
            all.push_back({std::move(one), threads, speed, product});
            if (!json) print(asRow(all.back()).toStdString());
            if (!json) flushOutput();
        }
        if (!json)
            print(QStringLiteral("products on %1 thread%2: %3 GFLOP/s\n")
                      .arg(threads)
                      .arg(threads > 1 ? QStringLiteral("s") : QString())
                      .arg(product * 1e-9, 0, 'f', 0)
                      .toStdString());
    }
    const FrameSpeed frames = measureFrames(benchmarkRuns(sceneRuns, sceneSteps, sceneTests),
                                            std::clamp(static_cast<int>(seconds * 50.0), 5, 500));
    const auto milliseconds = [](double value) { return QString::number(value, 'f', 2); };
    if (!json)
        print(QStringLiteral("page of %1 runs of %2 steps: drawn anew in %3 ms, crosshair %4 ms, all runs grown %5 ms; "
                             "window open after %6 ms\n")
                  .arg(sceneRuns)
                  .arg(sceneSteps)
                  .arg(milliseconds(frames.replot), milliseconds(frames.crosshair), milliseconds(frames.append),
                       QString::number(window, 'f', 0))
                  .toStdString());
    if (json) print(asJson(all, frames, window));
    flushOutput();
    return ExitDone;
}

} // namespace ratescope
