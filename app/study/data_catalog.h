// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace ratescope {

/// Knows where a dataset's folder is and how large it is, by the name that an experiment gives. Thread-safe.
class DataCatalog {
public:
    /// `resources`: the folder that holds `mnist`.
    explicit DataCatalog(std::filesystem::path resources);

    /// `mnist`, `fashion-mnist` (where Debian's package has put it) or a folder's path. Throws ratescope::Error saying how
    /// to get what is missing.
    std::filesystem::path folder(const std::string& data) const;

    /// Sizes, read from the files' headers once and then kept. Throws ratescope::Error.
    DatasetInfo info(const std::string& data);

    /// Where this program's resources are: beside the installed program, or in the source tree it was built from.
    static std::filesystem::path findResources();

private:
    std::filesystem::path m_resources;
    std::mutex m_mutex;
    std::map<std::string, DatasetInfo> m_infos;
};

} // namespace ratescope
