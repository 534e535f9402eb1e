// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_store.h"

namespace ratescope {

std::shared_ptr<const Dataset> DatasetStore::get(const std::filesystem::path& folder, StopRef stopped) {
    std::shared_future<Answer<Loaded>> result;
    {
        const std::lock_guard lock(m_mutex);
        auto& entry = m_datasets[folder];
        if (!entry.valid() || hasFailed(entry))
            entry = onItsOwn([folder]() -> Loaded { return std::make_shared<const Dataset>(loadDataset(folder)); });
        result = entry;
    }
    return waitFor(result, stopped) ? result.get().get() : nullptr;
}

} // namespace ratescope
