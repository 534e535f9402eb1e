// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_store.h"

namespace ratescope {

std::shared_ptr<const Dataset> DatasetStore::get(const std::filesystem::path& folder) {
    std::promise<Loaded> promise;
    std::shared_future<Loaded> result;
    bool mine = false;
    {
        const std::lock_guard lock(m_mutex);
        auto& entry = m_datasets[folder];
        if (!entry.valid()) {
            entry = promise.get_future().share();
            mine = true;
        }
        result = entry;
    }
    if (mine) {
        try {
            promise.set_value(std::make_shared<const Dataset>(loadDataset(folder)));
        } catch (...) {
            promise.set_exception(std::current_exception());
            const std::lock_guard lock(m_mutex);
            m_datasets.erase(folder);
        }
    }
    return result.get();
}

} // namespace ratescope
