// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_reader.h"

#include "core/error.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>
#include <string>

namespace ratescope {

namespace {

constexpr std::uint32_t imagesMagic = 0x00000803;
constexpr std::uint32_t labelsMagic = 0x00000801;
constexpr std::size_t inflateStep = std::size_t(1) << 20;
constexpr std::uint64_t mostUnseen = std::uint64_t(128) << 20; ///< thrice MNIST's training images

/// A file opened through zlib, which reads gzip and passes raw bytes through.
class InflatingFile {
public:
    explicit InflatingFile(std::filesystem::path path)
        : m_path(std::move(path)) {
        std::error_code error;
        if (std::filesystem::is_directory(m_path, error)) fail("is a folder; expected an IDX file, raw or .gz");
        errno = 0;
        m_file = gzopen(m_path.c_str(), "rb");
        if (!m_file) fail(std::string("cannot be opened: ") + std::strerror(errno ? errno : ENOMEM));
        gzbuffer(m_file, 1U << 17);
    }
    ~InflatingFile() { gzclose(m_file); }
    InflatingFile(const InflatingFile&) = delete;
    InflatingFile& operator=(const InflatingFile&) = delete;

    [[noreturn]] void fail(const std::string& what) const { throw Error(m_path.string() + ": " + what); }

    /// Up to `bytes.size()` bytes; fewer only at the end of the file.
    std::size_t read(std::span<std::uint8_t> bytes) {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const std::size_t step = std::min(inflateStep, bytes.size() - done);
            const int got = gzread(m_file, bytes.data() + done, static_cast<unsigned>(step));
            if (got < 0) failInflating();
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

    std::uint32_t readWord(const char* what) {
        std::uint8_t bytes[4];
        if (read(bytes) != sizeof bytes) {
            failIfCut();
            fail(std::string("ends inside its header (") + what + "); expected an IDX file, raw or .gz");
        }
        return std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16 | std::uint32_t(bytes[2]) << 8 | bytes[3];
    }

    /// The body has to be just as long as the header says. Memory grows with what arrives: a header alone takes none. What
    /// is very long is gone through once before any of it is kept.
    std::vector<std::uint8_t> readBody(std::uint64_t size) {
        if (size > mostUnseen) passBody(size);
        std::vector<std::uint8_t> body;
        while (body.size() < size) {
            const std::size_t before = body.size();
            const std::size_t step = std::min<std::uint64_t>(std::max(inflateStep, before), size - before);
            body.resize(before + step);
            const std::size_t got = read(std::span(body).subspan(before));
            if (got < step) checkSize(before + got, size);
        }
        std::uint8_t extra;
        checkSize(size + read({&extra, 1}), size);
        return body;
    }

private:
    /// Looks whether there are so many bytes, and comes back.
    void passBody(std::uint64_t size) {
        const z_off_t begin = gztell(m_file);
        std::vector<std::uint8_t> bytes(inflateStep);
        std::uint64_t passed = 0;
        for (std::size_t got = bytes.size(); got == bytes.size() && passed <= size; passed += got) got = read(bytes);
        checkSize(passed, size);
        if (gzseek(m_file, begin, SEEK_SET) != begin) failInflating();
    }

    void checkSize(std::uint64_t found, std::uint64_t promised) {
        if (found > promised) fail("is longer than its header says (" + std::to_string(promised) + " bytes of data)");
        failIfCut();
        if (found < promised)
            fail("is cut short: its header promises " + std::to_string(promised) + " bytes of data, it holds " +
                 std::to_string(found));
    }

    [[noreturn]] void failInflating() {
        int code = 0;
        const std::string message = gzerror(m_file, &code);
        fail("cannot be read: " + (code == Z_ERRNO ? std::string(std::strerror(errno)) : "damaged gzip data (" + message + ")"));
    }
    void failIfCut() {
        int code = 0;
        gzerror(m_file, &code);
        if (code == Z_BUF_ERROR) fail("is cut short: the gzip data ends before its end mark");
        if (code != Z_OK && code != Z_STREAM_END) failInflating();
    }

    std::filesystem::path m_path;
    gzFile m_file = nullptr;
};

std::string hexWord(std::uint32_t word) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "0x";
    for (int shift = 28; shift >= 0; shift -= 4) text += digits[(word >> shift) & 15];
    return text;
}

IdxHeader readHeader(InflatingFile& file, std::uint32_t magic) {
    const bool images = magic == imagesMagic;
    const std::uint32_t found = file.readWord("magic number");
    if (found != magic)
        file.fail("has magic number " + hexWord(found) + "; expected " + hexWord(magic) +
                  (images ? " (IDX images of unsigned bytes)" : " (IDX labels of unsigned bytes)"));
    IdxHeader header;
    header.count = file.readWord("count");
    if (header.count == 0 || header.count > idxMaximumCount)
        file.fail("says it holds " + std::to_string(header.count) + " samples; allowed: 1 to " + std::to_string(idxMaximumCount));
    if (!images) return header;
    header.rows = file.readWord("rows");
    header.columns = file.readWord("columns");
    const auto fits = [](std::uint32_t side) { return side >= 1 && side <= idxMaximumSide; };
    const std::uint64_t bytes = std::uint64_t(header.count) * header.rows * header.columns;
    if (!fits(header.rows) || !fits(header.columns) || bytes > idxMaximumBytes)
        file.fail("says its images are " + std::to_string(header.rows) + " × " + std::to_string(header.columns) +
                  "; allowed: sides of 1 to " + std::to_string(idxMaximumSide) + " and 1 GiB in all");
    return header;
}

/// A first look is not to wait for a pipe that nobody writes into.
std::filesystem::path ordinary(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::is_regular_file(status) || std::filesystem::is_directory(status) || !std::filesystem::exists(status))
        return path;
    throw Error(path.string() + ": is not an ordinary file; expected an IDX file, raw or .gz");
}

} // namespace

IdxImages readIdxImages(const std::filesystem::path& path) {
    InflatingFile file(path);
    const IdxHeader header = readHeader(file, imagesMagic);
    return {header.count, header.rows, header.columns,
            file.readBody(std::uint64_t(header.count) * header.rows * header.columns)};
}

std::vector<std::uint8_t> readIdxLabels(const std::filesystem::path& path) {
    InflatingFile file(path);
    std::vector<std::uint8_t> labels = file.readBody(readHeader(file, labelsMagic).count);
    const auto wrong = std::ranges::find_if(labels, [](std::uint8_t label) { return label > 9; });
    if (wrong != labels.end())
        file.fail("label " + std::to_string(wrong - labels.begin()) + " is " + std::to_string(*wrong) + "; allowed: 0 to 9");
    return labels;
}

IdxHeader readIdxImageHeader(const std::filesystem::path& path) {
    InflatingFile file(ordinary(path));
    return readHeader(file, imagesMagic);
}

IdxHeader readIdxLabelHeader(const std::filesystem::path& path) {
    InflatingFile file(ordinary(path));
    return readHeader(file, labelsMagic);
}

} // namespace ratescope
