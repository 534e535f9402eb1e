// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/data_catalog.h"
#include "app/study/experiment.h"
#include "app/study/log_names.h"
#include "app/study/run_record.h"
#include "app/study/study_file.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace ratescope {

/// What a file that holds runs has in it: an experiment's to be trained, a study's with their curves, or a single curve that
/// was measured elsewhere.
struct RunFile {
    bool isStudy = false;
    std::string title;
    std::string notes;
    std::string layout; ///< of a study: how the window showed it, as JSON; empty where it never did
    std::vector<RunRecord> runs; ///< of a study: ids are its rows; of an experiment: ready, without ids

    /// Whether it was measured elsewhere: curves of range tests, logs of trainings.
    bool isImported() const { return !isStudy && !runs.empty() && runs.front().isImported(); }
};

/// Reads an experiment, a study, a curve, a training's log (a table, or TensorBoard's events, a file or a folder of them) or a
/// picture that carries an experiment, told apart by content; with a `mapping` it is a log. What a
/// picture's runs name relative to a file is looked for in the picture's folder. Blocks; throws ratescope::Error.
RunFile readRunFile(const std::filesystem::path& path, DataCatalog& catalog,
                    StudyFile::Content content = StudyFile::Content::Everything, const LogMapping& mapping = {});

/// Gives colours, dashes, ids and unique names to runs that come from several files.
void assignLooks(std::vector<RunRecord>& runs);

/// The runs that `names` asks for, in the file's order; all if there are none. Throws ratescope::Error for a name that
/// the file does not have.
std::vector<RunRecord> selectRuns(std::vector<RunRecord> runs, const std::vector<std::string>& names,
                                  const std::string& source);

/// Hands over NAME.safetensors for every run of a study that has weights, and `NAME snapshot 1.safetensors` … for its
/// snapshots, to be written. Names that are no file names are changed, and no two are the same. Blocks; throws
/// ratescope::Error for weights that cannot be read.
void exportWeights(const std::vector<RunRecord>& runs,
                   const std::function<void(const std::string& name, const std::string& bytes)>& write);

/// Told now and then which file is being written and how much of it is done, from 0 to 1. What it throws leaves that file as
/// it was before.
using ExportProgress = std::function<void(const char* name, double share)>;

/// An event file for TensorBoard into a folder of its own below `folder` for each run, as if they had ended at `ended`, in
/// seconds after 1970; `begins` hears of each before. Blocks; throws ratescope::Error.
void exportEvents(const std::vector<RunRecord>& runs, const QString& folder, double ended,
                  const std::function<void(const std::string& name)>& begins);

/// runs.csv, steps.csv and epochs.csv into `folder`, which is made if need be; range_tests.csv where there are any.
/// Blocks; throws ratescope::Error.
void exportCsv(const std::vector<RunRecord>& runs, const QString& folder, const ExportProgress& progress = {});

} // namespace ratescope
