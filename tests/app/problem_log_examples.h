// SPDX-License-Identifier: GPL-3.0-or-later
// Messages about the logs of other programs.
#pragma once

#include "app/study/event_file.h"
#include "app/study/log_preview.h"
#include "app/study/log_table.h"
#include "app/study/run_file.h"
#include "tests/app/event_bytes.h"
#include "tests/app/problem_examples.h"
#include "tests/this_build.h"

/// Event files of TensorBoard's.
inline ProblemExamples eventExamples(const TestFolder& folder) {
    ProblemExamples all;
    const std::filesystem::path logs = folder.path("logs");
    std::filesystem::create_directory(logs);
    const auto path = logs / "events.out.tfevents.1.x";
    const auto nameless = [&](const std::string& message) { // paths are of this machine
        return message.substr(message.find(": ") + 2);
    };
    const auto add = [&](const char* name, const std::string& bytes, const std::string& mapping = "lr=eta") {
        writeText(path, bytes);
        all.push_back(
            {name, nameless(errorOf([&] { ratescope::readEventFile(path, ratescope::parseLogMapping(mapping)); }))});
    };
    const auto inFolder = [&](const char* name) {
        all.push_back({name, nameless(errorOf([&] { ratescope::readEventFolder(logs); }))});
    };
    const std::string begin = eventbytes::version(1e9);
    inFolder("no event files");
    writeText(folder.path("words.txt"), "Dear all,");
    all.push_back({"no table", nameless(errorOf([&] { ratescope::previewLog(folder.path("words.txt")); }))});
    add("checksum", "this is no event file at all");
    add("no event", begin + eventbytes::record("\x0F"));
    add("no tags", begin);
    add("other tags", begin + eventbytes::simple(1e9, 0, "reward", 1));
    add("time of its own", begin, "step=x");
    std::string tags = begin;
    for (int i = 0; i < 10'001; ++i) tags += eventbytes::simple(1e9, 0, std::to_string(i), 1);
    add("many tags", tags);
    writeText(path, begin);
    inFolder("no loss, no tags");
    writeText(path, begin + eventbytes::simple(1e9, 0, "reward", 1));
    inFolder("no loss");
    for (int i = 0; i < 5; ++i) { // holes: nothing is written
        const auto huge = logs / ("tfevents." + std::to_string(i));
        writeText(huge, "");
        std::filesystem::resize_file(huge, std::uintmax_t(256) << 20);
    }
    inFolder("large folder");
    return all;
}

/// Tables of other programs', and what their columns are said to be.
inline ProblemExamples logExamples(const TestFolder& folder) {
    ProblemExamples all;
    const auto add = [&](const char* name, const std::string& text) {
        all.push_back({name, errorOf([&] { ratescope::parseLogTable(text, "x.csv"); })});
    };
    const auto mapping = [&](const char* name, const char* text) {
        all.push_back({name, errorOf([&] { ratescope::parseLogMapping(text); })});
    };
    std::string many = "loss";
    for (int i = 0; i < 20'000; ++i) many += ",a";
    std::string runs = "run,loss\n";
    for (int i = 0; i < 1'001; ++i) runs += std::to_string(i) + ",1\n";
    std::string points = "loss\n";
    for (int i = 0; i < 3'000'001; ++i) points += "1\n";
    add("empty log", "");
    add("no losses", "step,loss\n");
    add("no loss", "step,reward\n");
    add("many columns", many);
    add("many runs", runs);
    add("many points", points);
    add("no step", "step,loss\n,1\n");
    add("half a step", "step,loss\n0.5,1\n");
    writeText(folder.path("own.csv"), "iter,objective\n1,2\n");
    ratescope::DataCatalog catalog{sourceDir("/resources")};
    const std::string columns = errorOf([&] { ratescope::readRunFile(folder.path("own.csv"), catalog); });
    all.push_back({"columns of its own", columns.substr(columns.find("own.csv"))});
    all.push_back({"no such column", errorOf([] {
                       ratescope::parseLogTable("step,loss\n", "x.csv", ratescope::parseLogMapping("lr=eta"));
                   })});
    mapping("empty", "");
    mapping("no name", "loss");
    mapping("twice", "loss=a,loss=b");
    mapping("open quotes", "loss=\"a");
    mapping("behind quotes", "loss=\"a\"b");
    mapping("unknown", "it=a");
    return all;
}
