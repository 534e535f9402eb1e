// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/data_catalog.h"

#include "core/error.h"

#include <QCoreApplication>

#include <chrono>

namespace ratescope {

namespace fs = std::filesystem;

namespace {

fs::path folderOf(const std::string& data, const fs::path& resources) {
    std::error_code error;
    if (data == "mnist") return resources / "mnist";
    if (data == "fashion-mnist") {
        for (const char* place : {"/usr/share/datasets/fashion-mnist", "/usr/local/share/datasets/fashion-mnist"})
            if (fs::is_directory(place, error)) return place;
        throw Error("fashion-mnist: is not on this machine; Debian and Ubuntu have it as the package dataset-fashion-mnist "
                    "(sudo apt install dataset-fashion-mnist)");
    }
    return data;
}

} // namespace

DataCatalog::DataCatalog(std::filesystem::path resources, Reader reader)
    : m_resources(std::move(resources))
    , m_reader(reader) {}

fs::path DataCatalog::folder(const std::string& data) const {
    return folderOf(data, m_resources);
}

DatasetInfo DataCatalog::info(const std::string& data) {
    {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_infos.find(data); it != m_infos.end()) return it->second;
    }
    const DatasetInfo info = m_reader(folder(data));
    const std::lock_guard lock(m_mutex);
    m_infos[data] = info;
    return info;
}

DatasetInfo DataCatalog::infoSoon(const std::string& data) {
    constexpr std::chrono::milliseconds patience{100}; // nobody takes it for a stop, and a disk is far quicker
    std::shared_future<Answer<DatasetInfo>> reading;
    bool isNew = false;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_infos.find(data); it != m_infos.end()) return it->second;
        auto& known = m_readings[data];
        isNew = !known.valid();
        if (isNew)
            known = onItsOwn([data, resources = m_resources, read = m_reader] { return read(folderOf(data, resources)); });
        reading = known;
    }
    if (reading.wait_for(isNew ? patience : std::chrono::milliseconds(0)) != std::future_status::ready)
        throw Error(data + ": does not answer yet; try again in a moment");
    const std::lock_guard lock(m_mutex);
    m_readings.erase(data);
    const DatasetInfo info = reading.get().get();
    m_infos[data] = info;
    return info;
}

void DataCatalog::learn(const std::string& data, const DatasetInfo& info) {
    const std::lock_guard lock(m_mutex);
    m_infos[data] = info;
}

fs::path DataCatalog::findResources() {
    const fs::path program = QCoreApplication::applicationDirPath().toStdString();
    std::error_code error;
    for (const fs::path& candidate : {program / "../share/ratescope", program / "resources"})
        if (fs::is_directory(candidate / "mnist", error)) return fs::canonical(candidate, error);
    return RATESCOPE_RESOURCES;
}

} // namespace ratescope
