// SPDX-License-Identifier: GPL-3.0-or-later
// What all fuzzers share: a folder for files, and what a reader owes whoever hands it a file. LLVM's interface, libFuzzer.
#pragma once

#include "core/error.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed);

namespace fuzz {

/// The fuzzer keeps the input that has led here.
[[noreturn]] inline void fail(const std::string& what) {
    std::fprintf(stderr, "== not as promised: %s\n", what.c_str());
    std::abort();
}

inline void expect(bool holds, const std::string& what) {
    if (!holds) fail(what);
}

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// UTF-8 as Unicode has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
inline bool isUtf8(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    for (std::size_t at = 0; at < text.size();) {
        const unsigned lead = byte(at);
        const std::size_t more = lead < 0x80 ? 0 : lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : 3;
        if (lead >= 0x80 && (lead < 0xC2 || lead > 0xF4)) return false;
        if (text.size() - at <= more) return false;
        std::uint32_t point = more == 0 ? lead : lead & (0x3FU >> more);
        for (std::size_t i = 1; i <= more; ++i) {
            if ((byte(at + i) & 0xC0) != 0x80) return false;
            point = point << 6 | (byte(at + i) & 0x3F);
        }
        if ((more == 2 && (point < 0x800 || (point >= 0xD800 && point < 0xE000))) ||
            (more == 3 && (point < 0x10000 || point > 0x10FFFF)))
            return false;
        at += more + 1;
    }
    return true;
}

/// A message for people and terminals: one line of UTF-8, not endless, that says whose fault it tells.
inline void expectMessage(const std::string& message, std::string_view source) {
    constexpr std::size_t longest = 4000;
    expect(isUtf8(message), "the message is no UTF-8: " + message);
    expect(message.size() <= longest + source.size(), "the message is very long: " + message);
    for (const char c : message)
        expect(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "the message has a control character: " + message);
    expect(message.find(source) != std::string::npos,
           "the message does not name " + std::string(source) + ": " + message);
    expect(message.size() > source.size() + 5, "the message says nothing: " + message);
}

/// Whether `read` has taken what it was given. All that may come out of it otherwise is an Error with a good message.
template <typename Read> bool takes(std::string_view source, Read read) {
    try {
        read();
        return true;
    } catch (const ratescope::Error& error) {
        static const bool isTold = std::getenv("FUZZ_MESSAGES") != nullptr; // to see why a seed is refused
        if (isTold) std::fprintf(stderr, "%s\n", error.what());
        expectMessage(error.what(), source);
        return false;
    }
}

/// A folder of this process that goes with it, in memory where there is such a place.
class Scratch {
public:
    Scratch()
        : m_folder(place() / ("ratescope-fuzz-" + std::to_string(getpid()))) {
        std::filesystem::remove_all(m_folder);
        std::filesystem::create_directories(m_folder);
    }
    ~Scratch() {
        std::error_code error;
        std::filesystem::remove_all(m_folder, error);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& folder() const { return m_folder; }
    std::filesystem::path operator/(const std::string& name) const { return m_folder / name; }

    std::filesystem::path write(const std::string& name, std::string_view bytes) const {
        std::ofstream file(m_folder / name, std::ios::binary | std::ios::trunc);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) fail("the fuzzer itself cannot write");
        return m_folder / name;
    }

private:
    static std::filesystem::path place() {
        if (const char* asked = std::getenv("TMPDIR")) return asked;
        return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path();
    }

    std::filesystem::path m_folder;
};

} // namespace fuzz
