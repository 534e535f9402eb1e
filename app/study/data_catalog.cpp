// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/data_catalog.h"

#include "core/error.h"

#include <QCoreApplication>

namespace ratescope {

namespace fs = std::filesystem;

DataCatalog::DataCatalog(std::filesystem::path resources)
    : m_resources(std::move(resources)) {}

fs::path DataCatalog::folder(const std::string& data) const {
    std::error_code error;
    if (data == "mnist") return m_resources / "mnist";
    if (data == "fashion-mnist") {
        for (const char* place : {"/usr/share/datasets/fashion-mnist", "/usr/local/share/datasets/fashion-mnist"})
            if (fs::is_directory(place, error)) return place;
        throw Error("fashion-mnist: is not on this machine; Debian and Ubuntu have it as the package dataset-fashion-mnist "
                    "(sudo apt install dataset-fashion-mnist)");
    }
    return data;
}

DatasetInfo DataCatalog::info(const std::string& data) {
    {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_infos.find(data); it != m_infos.end()) return it->second;
    }
    const DatasetInfo info = readDatasetInfo(folder(data));
    const std::lock_guard lock(m_mutex);
    m_infos[data] = info;
    return info;
}

fs::path DataCatalog::findResources() {
    const fs::path program = QCoreApplication::applicationDirPath().toStdString();
    std::error_code error;
    for (const fs::path& candidate : {program / "../share/ratescope", program / "resources"})
        if (fs::is_directory(candidate / "mnist", error)) return fs::canonical(candidate, error);
    return RATESCOPE_RESOURCES;
}

} // namespace ratescope
