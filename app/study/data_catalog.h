// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/patient_wait.h"

#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <string>

namespace ratescope {

/// Knows where a dataset's folder is and how large it is, by the name that an experiment gives. Thread-safe.
class DataCatalog {
public:
    /// Reads the sizes of a dataset from its folder; blocks, throws ratescope::Error.
    using Reader = DatasetInfo (*)(const std::filesystem::path& folder);

    /// `resources`: the folder that holds `mnist`.
    explicit DataCatalog(std::filesystem::path resources, Reader reader = readDatasetInfo);

    /// `mnist`, `fashion-mnist` (where Debian's package has put it) or a folder's path. Throws ratescope::Error saying how
    /// to get what is missing.
    std::filesystem::path folder(const std::string& data) const;

    /// Sizes, read from the files' headers once and then kept. Blocks; throws ratescope::Error.
    DatasetInfo info(const std::string& data);

    /// The same for whoever may not wait: files are read on a thread of their own, and while they do not answer, as on a
    /// network that is not there, that is the error.
    DatasetInfo infoSoon(const std::string& data);

    /// What a dataset that was read has turned out to be: its files may be others than they were.
    void learn(const std::string& data, const DatasetInfo& info);

    /// Where this program's resources are: beside the installed program, or in the source tree it was built from.
    static std::filesystem::path findResources();

private:
    std::filesystem::path m_resources;
    Reader m_reader;
    std::mutex m_mutex;
    std::map<std::string, DatasetInfo> m_infos;
    std::map<std::string, std::shared_future<Answer<DatasetInfo>>> m_readings; ///< for those who may not wait
};

} // namespace ratescope
