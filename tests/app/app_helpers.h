// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/run_record.h"
#include "app/study/study_file.h"
#include "tests/core/idx_files.h"

#include <QString>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

inline void writeText(const std::filesystem::path& path, std::string_view text) {
    std::ofstream file(path, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
}

inline std::string readText(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline QString qtText(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

inline bool hasText(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Images of 4 × 5 pixels in a folder of their own: 200 to train (160 beside the usual validation), 40 to test.
inline std::string writeTinyData(const TestFolder& folder, const std::string& name = "data") {
    std::filesystem::create_directory(folder.path(name));
    const Bytes files[] = {idxImages(200, 4, 5), idxLabels(200), idxImages(40, 4, 5), idxLabels(40)};
    const char* names[] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                           "t10k-labels-idx1-ubyte"};
    for (int i = 0; i < 4; ++i) folder.write(name + '/' + names[i], files[i]);
    return folder.path(name).string();
}

/// A run over that data: 10 updates an epoch, 2 epochs.
inline ratescope::RunConfig tinyConfig(const std::string& data, const std::string& name = "run", double rate = 0.1) {
    ratescope::RunConfig config;
    config.name = name;
    config.data = data;
    config.network = *ratescope::findNetworkPreset("softmax");
    config.schedule = ratescope::RunConfig::constantSchedule(rate);
    config.batchSize = 16;
    config.duration.epochs = 2;
    return config;
}

/// `count` updates whose numbers have no short decimal form.
inline std::vector<ratescope::StepMetrics> someSteps(std::uint64_t count, std::uint64_t first = 0) {
    std::vector<ratescope::StepMetrics> steps;
    for (std::uint64_t i = first; i < first + count; ++i)
        steps.push_back({i, 1.0 / (3.0 + static_cast<double>(i)), 2.0F / (1.0F + static_cast<float>(i))});
    return steps;
}

inline ratescope::RunHeader tinyHeader(ratescope::RunId id, const std::string& name) {
    ratescope::RunHeader header;
    header.id = id;
    header.config = tinyConfig("/nowhere", name);
    header.config.color = "#0072b2";
    header.length = {20, 10};
    return header;
}

inline std::vector<ratescope::RunRecord> readStudy(const std::filesystem::path& path) {
    return ratescope::StudyFile(path, ratescope::StudyFile::Access::Read).readRuns();
}
