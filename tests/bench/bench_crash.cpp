// SPDX-License-Identifier: GPL-3.0-or-later
// How much a program that is killed loses: bench_crash [kills]. A child hands a store what a run would, thirty times a second,
// each step with the moment at which it was made as its rate; it is killed at a random moment, and its study read.
#include "app/study/study_file.h"
#include "app/study/study_store.h"

#include <QCoreApplication>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>
#include <vector>

using namespace ratescope;

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

[[noreturn]] void train(const std::filesystem::path& path) {
    int argc = 0;
    QCoreApplication application(argc, nullptr);
    StudyStore store;
    store.open(path);
    RunHeader header;
    header.id = 1;
    header.config.name = "run";
    header.length = {1'000'000'000, 1000};
    header.state = RunState::Running;
    store.addRun(header);
    std::uint64_t step = 0;
    while (true) {
        auto steps = std::make_shared<std::vector<StepMetrics>>();
        for (int i = 0; i < 100; ++i) steps->push_back({step++, now(), 0.5F});
        store.appendSteps(1, std::move(steps));
        std::this_thread::sleep_for(std::chrono::milliseconds(33));
    }
}

} // namespace

int main(int argc, char** argv) {
    const int kills = argc > 1 ? std::atoi(argv[1]) : 50;
    const auto folder = std::filesystem::temp_directory_path() / ("bench_crash-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::mt19937 random(7);
    std::vector<double> lost;
    for (int i = 0; i < kills; ++i) {
        const auto path = folder / (std::to_string(i) + ".ratescope");
        const pid_t child = fork();
        if (child == 0) train(path);
        std::this_thread::sleep_for(std::chrono::milliseconds(1000 + random() % 2000));
        kill(child, SIGKILL);
        const double killed = now();
        waitpid(child, nullptr, 0);
        const std::vector<RunRecord> runs = StudyFile(path, StudyFile::Access::Read).readRuns(); // refuses holes
        if (runs.size() != 1 || runs[0].rates.empty()) {
            std::printf("kill %d: the study holds no run\n", i);
            return 1;
        }
        lost.push_back(killed - runs[0].rates.back());
    }
    std::filesystem::remove_all(folder);
    std::ranges::sort(lost);
    std::printf("%d kills, each study opened without holes; lost: median %.2f s, most %.2f s\n", kills, lost[lost.size() / 2],
                lost.back());
}
