// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/data_catalog.h"
#include "core/training/run_config.h"

#include <QByteArray>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

/// What to run, as a person wrote it: a title, notes and the runs in full.
struct Experiment {
    std::string title;
    std::string notes;
    std::vector<RunConfig> runs;
};

/// Reads an experiment and checks it whole, against the data as well: a run that comes out of here can be trained. Blocks
/// for the time of a small read. Throws ratescope::Error naming the file, the place (`runs[2].schedule.period`), what was
/// found and what is allowed. `catalog` says where data is; a folder given relative to the file is found from there.
Experiment readExperiment(const std::filesystem::path& path, DataCatalog& catalog);

/// The same for a text; `source` names it in messages, `folder` is where relative paths start.
Experiment parseExperiment(std::string_view text, const std::string& source, const std::filesystem::path& folder,
                           DataCatalog& catalog);

/// The whole of a file, refused beyond `mostBytes` and where it is no ordinary file. Throws ratescope::Error.
QByteArray readFileBytes(const std::filesystem::path& path, std::size_t mostBytes);
std::string readSmallFile(const std::filesystem::path& path, std::size_t mostBytes);

} // namespace ratescope
