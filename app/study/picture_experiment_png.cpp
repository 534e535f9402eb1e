// SPDX-License-Identifier: GPL-3.0-or-later
// PNG, Third Edition (W3C, 2025), 5.3 Chunk layout and 11.3.3 Textual information.
#include "app/study/picture_experiment.h"
#include "app/study/picture_kinds.h"
#include "core/error.h"

#include <QtEndian>

#include <zlib.h>

namespace ratescope {

namespace {

constexpr QByteArrayView signature("\x89PNG\r\n\x1A\n", 8);
constexpr QByteArrayView keyword("ratescope-experiment");
constexpr qsizetype frame = 12; // a chunk's length, type and checksum

struct Chunk {
    QByteArrayView type;
    QByteArrayView data;
    QByteArrayView whole;
};

[[noreturn]] void failDamaged(const std::string& what) { throw Error("is a damaged PNG: " + what); }

quint32 checksum(QByteArrayView bytes) {
    return static_cast<quint32>(crc32_z(crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()),
                                        static_cast<std::size_t>(bytes.size())));
}

/// The chunk that starts at `offset`, checked.
Chunk chunkAt(QByteArrayView png, qsizetype offset) {
    const QByteArrayView rest = png.sliced(offset);
    if (rest.size() < frame) failDamaged("it is cut short after byte " + std::to_string(png.size()));
    const auto length = qFromBigEndian<quint32>(rest.data());
    if (length > static_cast<quint64>(rest.size() - frame))
        failDamaged("the chunk at byte " + std::to_string(offset) + " has " + std::to_string(length) +
                    " bytes, which go beyond its end");
    const Chunk chunk{rest.sliced(4, 4), rest.sliced(8, length), rest.first(length + frame)};
    if (checksum(rest.sliced(4, 4 + qsizetype(length))) != qFromBigEndian<quint32>(rest.data() + 8 + length))
        failDamaged("the chunk at byte " + std::to_string(offset) + " has a wrong checksum");
    return chunk;
}

/// Calls `use` with every chunk from the first to IEND. What follows that is not looked at.
template <typename Use>
void forEachChunk(const QByteArray& png, const Use& use) {
    if (!pictures::isPng(png)) throw Error("is not a PNG");
    for (qsizetype offset = signature.size();;) {
        const Chunk chunk = chunkAt(png, offset);
        use(chunk);
        if (chunk.type == QByteArrayView("IEND")) return;
        offset += chunk.whole.size();
    }
}

bool isExperiment(const Chunk& chunk) {
    const bool isText =
        chunk.type == QByteArrayView("tEXt") || chunk.type == QByteArrayView("zTXt") || chunk.type == QByteArrayView("iTXt");
    return isText && chunk.data.size() > keyword.size() && chunk.data.startsWith(keyword) &&
           chunk.data[keyword.size()] == '\0';
}

/// Steps of 64 KiB, so that a bomb is noticed before there is a place for it.
QByteArray inflated(QByteArrayView packed) {
    struct Stream : z_stream {
        Stream()
            : z_stream{} {
            if (inflateInit(this) != Z_OK) throw std::bad_alloc();
        }
        ~Stream() { inflateEnd(this); }
        Stream(const Stream&) = delete;
        Stream& operator=(const Stream&) = delete;
    } stream;
    // A chunk has less than 4 GiB.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    QByteArray text;
    QByteArray step(1 << 16, Qt::Uninitialized);
    for (int state = Z_OK; state != Z_STREAM_END;) {
        stream.next_out = reinterpret_cast<Bytef*>(step.data());
        stream.avail_out = static_cast<uInt>(step.size());
        state = inflate(&stream, Z_NO_FLUSH);
        if (state == Z_BUF_ERROR) failDamaged("the compressed experiment ends early");
        if (state == Z_MEM_ERROR) throw std::bad_alloc();
        if (state != Z_OK && state != Z_STREAM_END) failDamaged("the experiment cannot be uncompressed");
        text.append(step.constData(), step.size() - static_cast<qsizetype>(stream.avail_out));
        if (text.size() > pictures::mostText) pictures::failTooLong();
    }
    return text;
}

QByteArray deflated(const QByteArray& text) {
    uLongf size = compressBound(static_cast<uLong>(text.size()));
    QByteArray packed(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(text.constData()),
                  static_cast<uLong>(text.size()), Z_BEST_COMPRESSION) != Z_OK)
        throw std::bad_alloc();
    packed.truncate(static_cast<qsizetype>(size));
    return packed;
}

/// tEXt and zTXt hold Latin-1, iTXt UTF-8.
QString textOf(const Chunk& chunk) {
    QByteArrayView rest = chunk.data.sliced(keyword.size() + 1);
    const auto latin1 = [](QByteArrayView text) {
        if (text.size() > pictures::mostText) pictures::failTooLong();
        return QString::fromLatin1(text);
    };
    const auto unpack = [](QByteArrayView packed, char method) {
        if (method != 0)
            failDamaged("the experiment is compressed by method " + std::to_string(static_cast<unsigned char>(method)) +
                        "; expected 0");
        return inflated(packed);
    };
    if (chunk.type == QByteArrayView("tEXt")) return latin1(rest);
    if (chunk.type == QByteArrayView("zTXt")) {
        if (rest.isEmpty()) failDamaged("the experiment's chunk is too short");
        return latin1(unpack(rest.sliced(1), rest[0]));
    }
    if (rest.size() < 2) failDamaged("the experiment's chunk is too short");
    const bool packed = rest[0] != 0;
    const char method = rest[1];
    rest = rest.sliced(2);
    for (int skipped = 0; skipped < 2; ++skipped) { // the language and the keyword's translation
        const qsizetype end = rest.indexOf('\0');
        if (end < 0) failDamaged("the experiment's chunk is too short");
        rest = rest.sliced(end + 1);
    }
    return packed ? pictures::textFromUtf8(unpack(rest, method)) : pictures::textFromUtf8(rest);
}

QByteArray textChunk(const QString& experiment) {
    QByteArray body("iTXt");
    body.append(keyword.data(), keyword.size());
    body.append("\0\1\0\0\0", 5); // the keyword's end; compressed, by zlib; no language, no translation
    body += deflated(experiment.toUtf8());
    QByteArray chunk(8, '\0');
    qToBigEndian(static_cast<quint32>(body.size() - 4), chunk.data());
    qToBigEndian(checksum(body), chunk.data() + 4);
    return chunk.insert(4, body);
}

} // namespace

bool pictures::isPng(const QByteArray& head) { return head.startsWith(signature); }

std::optional<QString> pictures::experimentInPng(const QByteArray& png) {
    std::optional<QString> experiment;
    forEachChunk(png, [&](const Chunk& chunk) {
        if (!experiment && isExperiment(chunk)) experiment = textOf(chunk);
    });
    return experiment;
}

QByteArray embedInPng(const QByteArray& png, const QString& experiment) {
    const QByteArray text = textChunk(experiment);
    QByteArray result;
    result.reserve(png.size() + text.size());
    result.append(signature.data(), signature.size());
    bool isThere = false;
    forEachChunk(png, [&](const Chunk& chunk) {
        if (isExperiment(chunk)) return;
        if (!isThere && (chunk.type == QByteArrayView("IDAT") || chunk.type == QByteArrayView("IEND"))) {
            result += text;
            isThere = true;
        }
        result.append(chunk.whole.data(), chunk.whole.size());
    });
    return result;
}

} // namespace ratescope
