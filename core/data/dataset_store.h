// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/patient_wait.h"

#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <mutex>

namespace ratescope {

/// Loads each folder's dataset once and shares it among all runs. Thread-safe.
class DatasetStore {
public:
    /// The dataset of `folder`; blocks until it is loaded: call it from a worker thread. Null if `stopped` said so first:
    /// a disk that does not answer keeps nobody waiting. Throws as loadDataset does; a load that failed is tried anew by
    /// the next call.
    std::shared_ptr<const Dataset> get(const std::filesystem::path& folder, StopRef stopped = {});

private:
    using Loaded = std::shared_ptr<const Dataset>;
    std::mutex m_mutex;
    std::map<std::filesystem::path, std::shared_future<Answer<Loaded>>> m_datasets;
};

} // namespace ratescope
