// SPDX-License-Identifier: GPL-3.0-or-later
// TFRecord files, by which TensorBoard keeps its events: for each record its length and the checksum of that, its bytes
// and the checksum of those.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace ratescope {

inline constexpr std::size_t recordHeaderSize = 12; ///< of the length and its checksum

/// Goes through the records of a file, which is read in pieces. A last record that is cut short (by a program that
/// still writes, or was killed) ends the file before it. Blocks; every call throws ratescope::Error that names the
/// file, and the byte where a record with a wrong checksum begins.
class EventRecords {
public:
    explicit EventRecords(const std::filesystem::path& path);

    /// Goes to the next record; false at the end.
    bool next();
    /// The record's bytes. Empty for one that is larger than any event with numbers, such as a picture.
    std::string_view bytes() const { return m_bytes; }
    /// Where the record begins.
    std::uint64_t place() const { return m_place; }
    /// Of the whole file, when it was opened.
    std::uint64_t fileSize() const { return m_size; }

private:
    bool read(char* to, std::size_t count);
    void readBytes(std::uint64_t length, std::uint32_t& crc);

    std::string m_source;
    std::ifstream m_file;
    std::uint64_t m_size = 0;
    std::uint64_t m_at = 0;
    std::uint64_t m_place = 0;
    std::string m_bytes;
};

/// Whether a file that begins like that is one of records.
bool looksLikeEventRecords(std::string_view head);

/// Adds a record.
void appendEventRecord(std::string& to, std::string_view bytes);

} // namespace ratescope
