// SPDX-License-Identifier: GPL-3.0-or-later
// Experiments in pictures: PNG, SVG and PDF.
#include "app/study/picture_experiment.h"
#include "tests/fuzz/fuzz_gzip.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstring>

using namespace ratescope;

namespace {

/// What was put into a picture is found there. `isSure`: for scanners of text only where the picture is sound all through.
template <typename Embed> void expectFound(const QByteArray& picture, bool isSure, Embed embed) {
    const QString text = QStringLiteral("{\"ratescope\": 1, \"title\": \"größer — “𝄞” <&> ]]> (a\\\\b)\"}");
    QByteArray embedded;
    if (!fuzz::takes("", [&] { embedded = embed(picture, text); })) return;
    std::optional<QString> found;
    fuzz::takes("", [&] { found = experimentInPicture(embedded); });
    fuzz::expect(!isSure || found == text, "what was put into a picture is not found");
}

std::uint32_t wordAt(const char* bytes) {
    std::uint32_t word = 0;
    for (int i = 0; i < 4; ++i) word = word << 8 | static_cast<unsigned char>(bytes[i]);
    return word;
}

void appendWord(std::string& to, std::uint64_t word) {
    for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>(word >> shift);
}

/// A PNG's chunk with what it has compressed changed inside.
std::string withOtherText(std::string chunk) {
    const std::size_t begin = chunk.find('\x78', 4); // zlib's first byte
    if (begin == std::string::npos) return chunk;
    constexpr std::size_t mostInside = 1 << 14;
    const auto text = fuzz::inflated(std::string_view(chunk).substr(begin), fuzz::zlibWindow, mostInside);
    if (!text) return chunk;
    std::string bytes = *text;
    bytes.resize(text->size() + 64);
    bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), text->size(), bytes.size()));
    return chunk.substr(0, begin) + fuzz::deflated(bytes, fuzz::zlibWindow);
}

/// A PNG with good lengths and checksums, and now and then other texts.
std::string mended(std::string_view png, bool otherTexts) {
    constexpr std::size_t signature = 8;
    constexpr std::size_t frame = 12;
    std::string good(png.substr(0, signature));
    png.remove_prefix(std::min(png.size(), signature));
    while (png.size() >= frame) {
        const std::size_t length = std::min<std::size_t>(wordAt(png.data()), png.size() - frame);
        std::string chunk(png.substr(4, 4 + length));
        if (otherTexts) chunk = withOtherText(std::move(chunk));
        appendWord(good, chunk.size() - 4);
        good += chunk;
        appendWord(good, crc32(0, reinterpret_cast<const Bytef*>(chunk.data()), static_cast<uInt>(chunk.size())));
        png.remove_prefix(length + frame);
    }
    return good;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    looksLikePicture(bytes);
    const bool isWhole = fuzz::takes("", [&] {
        if (const std::optional<QString> found = experimentInPicture(bytes))
            fuzz::expect(found->size() <= 16 << 20, "an experiment over 16 MiB");
    });
    if (!isWhole) return 0;
    if (bytes.startsWith("\x89PNG")) // what is one may contain another
        expectFound(bytes, true, embedInPng);
    else if (bytes.startsWith("%PDF"))
        expectFound(bytes, false, [](const QByteArray& pdf, const QString& text) { return embedInPdf(pdf, {}, text); });
    else
        expectFound(bytes, false, embedInSvg);
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
    const bool isPng = fuzz::textOf(data, size).starts_with("\x89PNG");
    if (!isPng || seed % 4 != 0) size = LLVMFuzzerMutate(data, size, most);
    if (!isPng || seed % 8 == 7) return size;
    const std::string good = mended(fuzz::textOf(data, size), seed % 4 == 0);
    if (good.empty() || good.size() > most) return size;
    std::memcpy(data, good.data(), good.size());
    return good.size();
}
