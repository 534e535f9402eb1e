// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of training that TensorBoard shows: event files, as PyTorch's SummaryWriter, Lightning, Keras and TensorFlow
// write them. What a series is is found by its tag, or by a mapping, which may name tags for all but `run`, `step` and
// `seconds`.
#pragma once

#include "app/study/log_names.h"
#include "app/study/logged_run.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ratescope {

/// Whether a file that begins like that is one of events.
bool looksLikeEventFile(std::string_view head);

/// Whether a file of this name is one of events, by which TensorBoard goes as well.
bool hasEventFileName(const std::filesystem::path& path);

/// A file's run, which is called after its folder. A last record that is cut short is passed over. Blocks; throws
/// ratescope::Error that names the file, and the byte where it is damaged or the tags that it has instead of a loss.
LoggedRun readEventFile(const std::filesystem::path& path, const LogMapping& mapping = {});

/// The runs of a log folder, in the order of their names: each folder with event files is one, called by its path below
/// `path`. Those that belong together are brought together: Keras's `train` and `validation`, and the folders that
/// SummaryWriter.add_scalars makes. Folders without a loss are passed over. Symbolic links are not followed.
std::vector<LoggedRun> readEventFolder(const std::filesystem::path& path, const LogMapping& mapping = {});

/// The tags of an event file or a log folder, as a mapping may name them, in their order, and the first numbers of each.
std::vector<std::pair<std::string, std::vector<double>>> readEventTags(const std::filesystem::path& path,
                                                                        std::size_t mostTags, std::size_t mostNumbers);

} // namespace ratescope
