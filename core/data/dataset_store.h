// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <mutex>

namespace ratescope {

/// Loads each folder's dataset once and shares it among all runs. Thread-safe.
class DatasetStore {
public:
    /// The dataset of `folder`. The first caller loads it on its own thread, others who ask meanwhile wait for it: call
    /// it from a worker thread. Throws as loadDataset does; a load that failed is tried anew by the next call.
    std::shared_ptr<const Dataset> get(const std::filesystem::path& folder);

private:
    using Loaded = std::shared_ptr<const Dataset>;
    std::mutex m_mutex;
    std::map<std::filesystem::path, std::shared_future<Loaded>> m_datasets;
};

} // namespace ratescope
