// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/event_records.h"

#include "app/study/crc32c.h"
#include "core/error.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mostBytes = std::uint64_t(256) << 20;
constexpr std::uint64_t mostRecordBytes = std::uint64_t(1) << 20; ///< of a record that is kept
constexpr std::size_t pieceSize = std::size_t(64) << 10;

static_assert(std::endian::native == std::endian::little); // as the files are

template <typename Number> Number numberAt(const char* bytes) {
    Number number = 0;
    std::memcpy(&number, bytes, sizeof number);
    return number;
}

template <typename Number> void append(std::string& to, Number number) {
    to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

bool isSound(std::string_view bytes, std::uint32_t sum) {
    return maskedCrc32c(crc32c(bytes)) == sum;
}

} // namespace

EventRecords::EventRecords(const fs::path& path)
    : m_source(path.string()) {
    const auto fail = [&](const std::string& what) { throw Error(m_source + ": " + what); };
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) fail("does not exist");
    if (fs::is_directory(status)) fail("is a folder; expected a file");
    if (!fs::is_regular_file(status)) fail("is not an ordinary file");
    m_size = fs::file_size(path, error);
    if (error) fail("cannot be opened: " + error.message());
    if (m_size > mostBytes)
        fail("is over " + std::to_string(m_size >> 20) + " MiB large; allowed: " + std::to_string(mostBytes >> 20) +
             " MiB");
    m_file.open(path, std::ios::binary);
    if (!m_file) fail(std::string("cannot be opened: ") + std::strerror(errno));
}

bool EventRecords::read(char* to, std::size_t count) {
    m_file.read(to, static_cast<std::streamsize>(count));
    if (m_file.bad()) throw Error(m_source + ": cannot be read: " + std::strerror(errno));
    m_at += static_cast<std::uint64_t>(m_file.gcount());
    return static_cast<std::size_t>(m_file.gcount()) == count;
}

bool EventRecords::next() {
    m_place = m_at;
    m_bytes.clear();
    const auto wrong = [&] {
        throw Error(m_source + ": the record at byte " + std::to_string(m_place) + " has a wrong checksum");
    };
    char header[recordHeaderSize];
    if (m_size - m_at < sizeof header || !read(header, sizeof header)) return false;
    const auto length = numberAt<std::uint64_t>(header);
    if (!isSound({header, sizeof length}, numberAt<std::uint32_t>(header + sizeof length))) wrong();
    const std::uint64_t left = m_size - m_at;
    if (left < sizeof(std::uint32_t) || length > left - sizeof(std::uint32_t)) return false;
    std::uint32_t crc = 0;
    readBytes(length, crc);
    char sum[sizeof(std::uint32_t)];
    if (!read(sum, sizeof sum)) return false; // it has become shorter meanwhile
    if (maskedCrc32c(crc) != numberAt<std::uint32_t>(sum)) wrong();
    return true;
}

/// A record that is too large to be kept goes by in pieces.
void EventRecords::readBytes(std::uint64_t length, std::uint32_t& crc) {
    if (length <= mostRecordBytes) {
        m_bytes.resize(static_cast<std::size_t>(length));
        read(m_bytes.data(), m_bytes.size());
        crc = crc32c(m_bytes);
        return;
    }
    std::string piece(pieceSize, '\0');
    while (length > 0) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(length, pieceSize));
        if (!read(piece.data(), count)) return;
        crc = crc32c(std::string_view(piece).substr(0, count), crc);
        length -= count;
    }
}

bool looksLikeEventRecords(std::string_view head) {
    return head.size() >= recordHeaderSize &&
           isSound(head.substr(0, sizeof(std::uint64_t)), numberAt<std::uint32_t>(head.data() + sizeof(std::uint64_t)));
}

void appendEventRecord(std::string& to, std::string_view bytes) {
    const std::size_t begin = to.size();
    append(to, static_cast<std::uint64_t>(bytes.size()));
    append(to, maskedCrc32c(crc32c(std::string_view(to).substr(begin))));
    to += bytes;
    append(to, maskedCrc32c(crc32c(bytes)));
}

} // namespace ratescope
