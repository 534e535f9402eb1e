// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a long day leaves anything behind: 5,000 short runs are made, trained, hidden, shown and removed through the
// controller, which writes them to a study. Ends with 1 where memory has grown by more than 5 % since the first 500.
//   bench_soak [runs]
#include "app/control/memory_use.h"
#include "app/control/run_controller.h"
#include "tests/this_build.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>

#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace ratescope;

namespace {

constexpr int atOnce = 10;
constexpr int every = 500;

/// Memory that is in use, in MiB: what the allocator only keeps for later is given back first.
double residentMemory() {
    malloc_trim(0);
    long pages = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// What of it was asked for and not given back.
double allocatedMemory() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / (1 << 20);
}

std::size_t openFiles() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
    return count;
}

RunConfig shortRun(const std::string& resources) {
    RunConfig config;
    config.name = "soak";
    config.data = resources + "/mnist";
    config.network = *findNetworkPreset("softmax");
    config.schedule = RunConfig::constantSchedule(0.1);
    config.trainSamples = 640;
    config.batchSize = 64;
    config.duration.epochs = 3;
    return config;
}

/// Some runs, from the first to the last thing that is done with them.
void liveThrough(RunController& controller, const RunConfig& config) {
    std::vector<RunId> ids;
    for (int i = 0; i < atOnce; ++i) ids.push_back(controller.add(config));
    QEventLoop loop;
    const auto ended = QObject::connect(&controller, &RunController::idle, &loop, &QEventLoop::quit);
    controller.startAll();
    if (controller.anyActive()) loop.exec();
    QObject::disconnect(ended);
    controller.fork(ids[1], 16); // an epoch's end: its state is at hand
    for (const RunPointer& run : std::vector(controller.runs())) {
        if (run->config.fork) ids.push_back(run->id);
        controller.setVisible(run->id, false);
        controller.setVisible(run->id, true);
    }
    for (const RunId id : ids) {
        const std::weak_ptr<RunRecord> record = controller.remove(id);
        if (record.expired()) continue; // nobody holds it any more: that is what removed means here
        std::puts("a removed run is still held by somebody");
        std::exit(1);
    }
}

} // namespace

int main(int argc, char** argv) {
    shareOneHeap(); // as the program does
    const QCoreApplication application(argc, argv);
    const int runs = argc > 1 ? std::atoi(argv[1]) : 5000;
    const QTemporaryDir folder;
    const std::string resources = sourceDir("/resources");
    DataCatalog catalog(resources);
    DatasetStore datasets;
    StudyStore store;
    store.open(folder.filePath(QStringLiteral("soak.ratescope")).toStdString());
    RunController controller(catalog, datasets, &store, {.maximumActive = 4, .checkpoints = true});
    const RunConfig config = shortRun(resources);
    const auto start = std::chrono::steady_clock::now();
    double first = 0.0;
    double last = 0.0;
    for (int done = atOnce; done <= runs; done += atOnce) {
        liveThrough(controller, config);
        if (done % every != 0) continue;
        last = residentMemory();
        if (first == 0.0) first = last;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::printf("%5d runs  %6.1f s  %7.2f MiB  %+5.1f %%  %7.2f MiB allocated  %zu files open\n", done, seconds, last,
                    100.0 * (last / first - 1.0), allocatedMemory(), openFiles());
        std::fflush(stdout);
    }
    const bool good = last <= 1.05 * first;
    std::printf("memory has %s\n", good ? "not grown by more than 5 % since the first 500" : "GROWN");
    return good ? 0 : 1;
}
