// SPDX-License-Identifier: GPL-3.0-or-later
// What keeping everything costs: the size of a study with ten runs of 100,000 steps each and the time to open it, the
// processor time that a step takes to be written, and that of training `mlp` and `softmax` with a study and without.
#include "app/control/run_controller.h"
#include "app/study/run_file.h"
#include "app/study/study_store.h"
#include "core/data/dataset_store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>

using namespace ratescope;

namespace {

constexpr std::uint64_t stepsOfARun = 100'000;
constexpr int runs = 10;

double processorSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

RunHeader longRun(int number) {
    RunHeader header;
    header.id = number;
    header.config.name = "run " + std::to_string(number);
    header.config.schedule = RunConfig::constantSchedule(0.01);
    header.config.duration.steps = stepsOfARun;
    header.length = {stepsOfARun, 750};
    header.state = RunState::Finished;
    return header;
}

/// As the window hands them over: some dozens of steps at a time, the runs in turn.
double writeLongStudy(const std::filesystem::path& path) {
    StudyStore store;
    store.open(path);
    for (int run = 1; run <= runs; ++run) store.addRun(longRun(run));
    const double before = processorSeconds();
    constexpr std::uint64_t atOnce = 50;
    for (std::uint64_t first = 0; first < stepsOfARun; first += atOnce)
        for (int run = 1; run <= runs; ++run) {
            auto steps = std::make_shared<std::vector<StepMetrics>>();
            for (std::uint64_t step = first; step < first + atOnce; ++step)
                steps->push_back({step, 0.01, static_cast<float>(2.3 / std::sqrt(1.0 + double(step)) + 0.1 * run)});
            store.appendSteps(run, steps);
        }
    store.close();
    return processorSeconds() - before;
}

void measureLongStudy(const QTemporaryDir& folder) {
    const std::filesystem::path path = folder.filePath(QStringLiteral("long.ratescope")).toStdString();
    const double written = writeLongStudy(path);
    const auto bytes = static_cast<double>(std::filesystem::file_size(path));
    const double steps = double(stepsOfARun) * runs;
    std::printf("study of %d runs of %d steps: %.1f MB, %.1f bytes and %.2f µs of processor a step\n", runs,
                static_cast<int>(stepsOfARun), bytes * 1e-6, bytes / steps, written / steps * 1e6);
    DataCatalog catalog(DataCatalog::findResources());
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer clock;
        clock.start();
        const RunFile file = readRunFile(path, catalog);
        best = std::min(best, static_cast<double>(clock.nsecsElapsed()) * 1e-9);
    }
    std::printf("opened in %.2f s\n", best);
}

/// What one training takes.
struct Cost {
    double training = 0.0;  ///< seconds, of its own thread
    double processor = 0.0; ///< seconds, of the whole program, with the making and the settling of the study
};

Cost train(const RunConfig& config, StudyStore* store) {
    DataCatalog catalog(DataCatalog::findResources());
    DatasetStore datasets;
    RunController controller(catalog, datasets, store, {.maximumActive = 1, .threads = 1});
    QEventLoop loop;
    QObject::connect(&controller, &RunController::idle, &loop, &QEventLoop::quit);
    const RunId id = controller.add(config);
    const double before = processorSeconds();
    controller.startAll();
    if (controller.anyActive()) loop.exec();
    if (store) store->close();
    return {controller.find(id)->trainSeconds, processorSeconds() - before};
}

void measureTraining(const QTemporaryDir& folder, const char* network, std::uint32_t batch) {
    constexpr int pairs = 9;
    RunConfig config;
    config.name = network;
    config.network = *findNetworkPreset(network);
    config.batchSize = batch;
    config.duration.epochs = 30;
    config.schedule = RunConfig::constantSchedule(0.05);
    std::vector<double> training;
    std::vector<double> processor;
    for (int i = 0; i < pairs; ++i) {
        const Cost without = train(config, nullptr);
        StudyStore store;
        store.open(folder.filePath(QStringLiteral("%1-%2.ratescope").arg(QLatin1String(network)).arg(i)).toStdString());
        const Cost with = train(config, &store);
        training.push_back(100.0 * (with.training / without.training - 1.0));
        processor.push_back(100.0 * (with.processor / without.processor - 1.0));
    }
    std::ranges::sort(training);
    std::ranges::sort(processor);
    std::printf("%s, batch %u: writing adds %.2f %% to the training's time (%.2f to %.2f), %.2f %% to the processor's (%.2f to %.2f)\n",
                network, batch, training[pairs / 2], training.front(), training.back(), processor[pairs / 2],
                processor.front(), processor.back());
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    measureLongStudy(folder);
    measureTraining(folder, "mlp", 64);
    measureTraining(folder, "softmax", 128);
}
