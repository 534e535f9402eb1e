// SPDX-License-Identifier: GPL-3.0-or-later
// Event files written by hand, as the documents of TFRecord and of protocol buffers have it: nothing of the program's
// own is used, so that both would have to be wrong in the same way.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace eventbytes {

template <typename Number> std::string raw(Number number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

/// Bit by bit, from the polynomial.
inline std::uint32_t crc(std::string_view bytes) {
    std::uint32_t sum = 0xFFFFFFFF;
    for (const char c : bytes) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) sum = (sum & 1) != 0 ? (sum >> 1) ^ 0x82F63B78 : sum >> 1;
    }
    return ~sum;
}

inline std::uint32_t masked(std::string_view bytes) {
    const std::uint32_t sum = crc(bytes);
    return ((sum >> 15) | (sum << 17)) + 0xA282EAD8;
}

inline std::string record(std::string_view bytes) {
    const std::string length = raw(static_cast<std::uint64_t>(bytes.size()));
    return length + raw(masked(length)) + std::string(bytes) + raw(masked(bytes));
}

inline std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
    return bytes + static_cast<char>(value);
}

inline std::string key(unsigned field, unsigned type) {
    return varint(field << 3 | type);
}
inline std::string number(unsigned field, std::uint64_t value) {
    return key(field, 0) + varint(value);
}
inline std::string real(unsigned field, double value) {
    return key(field, 1) + raw(value);
}
inline std::string single(unsigned field, float value) {
    return key(field, 5) + raw(value);
}
inline std::string text(unsigned field, std::string_view bytes) {
    return key(field, 2) + varint(bytes.size()) + std::string(bytes);
}

/// The first record of every file.
inline std::string version(double wallTime) {
    return record(real(1, wallTime) + text(3, "brain.Event:2"));
}

/// An event with one value; a step of 0 is left out, as everywhere in proto3.
inline std::string valued(double wallTime, std::int64_t step, std::string_view value) {
    return record(real(1, wallTime) + (step == 0 ? "" : number(2, static_cast<std::uint64_t>(step))) +
                  text(5, text(1, value)));
}

/// PyTorch's SummaryWriter.add_scalar(), and Lightning's and Hugging Face's, which use it.
inline std::string simple(double wallTime, std::int64_t step, std::string_view tag, float value) {
    return valued(wallTime, step, text(1, tag) + single(2, value));
}

/// The same with new_style=True and double_precision=True.
inline std::string doubled(double wallTime, std::int64_t step, std::string_view tag, double value) {
    const std::string tensor = number(1, 2) + text(6, raw(value)); // packed
    return valued(wallTime, step, text(1, tag) + text(8, tensor) + text(9, text(1, text(1, "scalars"))));
}

/// tf.summary.scalar() of TensorFlow 2, by which Keras writes: a tensor with its content in one, of no dimensions.
inline std::string tensor(double wallTime, std::int64_t step, std::string_view tag, float value) {
    const std::string content = number(1, 1) + text(2, "") + text(4, raw(value));
    return valued(wallTime, step,
                  text(1, tag) + text(9, text(1, text(1, "scalars") + text(2, "")) + number(4, 1)) + text(8, content));
}

/// A text summary, as Keras writes a model's structure.
inline std::string words(double wallTime, std::string_view tag, std::string_view content) {
    return valued(wallTime, 0,
                  text(1, tag) + text(9, text(1, text(1, "text"))) +
                      text(8, number(1, 7) + text(2, "") + text(8, content)));
}

/// SummaryWriter(purge_step=…).
inline std::string start(double wallTime, std::int64_t step) {
    return record(real(1, wallTime) + number(2, static_cast<std::uint64_t>(step)) + text(7, number(1, 1)));
}

/// One scalar as it was read back.
struct Scalar {
    double wallTime = 0.0;
    std::int64_t step = 0;
    std::string tag;
    float value = 0.0F;
};

/// Reads simple values, and stops at whatever is not as it should be, so that a count tells.
class Reader {
public:
    explicit Reader(std::string_view bytes)
        : m_bytes(bytes) {}

    std::vector<Scalar> read() {
        std::vector<Scalar> all;
        while (!m_bytes.empty()) {
            const auto length = take<std::uint64_t>();
            if (take<std::uint32_t>() != masked(raw(length)) || length > m_bytes.size()) break;
            const std::string_view data = m_bytes.substr(0, length);
            m_bytes.remove_prefix(length);
            if (take<std::uint32_t>() != masked(data)) break;
            readEvent(data, all);
            ++m_records;
        }
        return all;
    }
    std::size_t records() const { return m_records; }
    const std::string& version() const { return m_version; }
    bool atEnd() const { return m_bytes.empty(); }

private:
    template <typename Number> static Number takeFrom(std::string_view& from) {
        Number number = 0;
        if (from.size() < sizeof number) {
            from = {};
            return number;
        }
        std::memcpy(&number, from.data(), sizeof number);
        from.remove_prefix(sizeof number);
        return number;
    }
    template <typename Number> Number take() { return takeFrom<Number>(m_bytes); }

    static std::uint64_t takeVarint(std::string_view& from) {
        std::uint64_t value = 0;
        for (unsigned shift = 0; !from.empty() && shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(from.front());
            from.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) break;
        }
        return value;
    }
    static std::string_view takeText(std::string_view& from) {
        const std::uint64_t size = takeVarint(from);
        const std::string_view text = from.substr(0, size);
        from.remove_prefix(text.size());
        return text;
    }

    void readEvent(std::string_view data, std::vector<Scalar>& all) {
        Scalar scalar;
        std::string_view summary;
        while (!data.empty()) {
            const std::uint64_t key = takeVarint(data);
            if (key == (1 << 3 | 1))
                scalar.wallTime = takeFrom<double>(data);
            else if (key == (2 << 3 | 0))
                scalar.step = static_cast<std::int64_t>(takeVarint(data));
            else if (key == (3 << 3 | 2))
                m_version = takeText(data);
            else if (key == (5 << 3 | 2))
                summary = takeText(data);
            else
                return;
        }
        while (!summary.empty()) {
            if (takeVarint(summary) != (1 << 3 | 2)) return;
            std::string_view value = takeText(summary);
            while (!value.empty()) {
                const std::uint64_t key = takeVarint(value);
                if (key == (1 << 3 | 2))
                    scalar.tag = takeText(value);
                else if (key == (2 << 3 | 5))
                    scalar.value = takeFrom<float>(value);
                else
                    return;
            }
            all.push_back(scalar);
        }
    }

    std::string_view m_bytes;
    std::size_t m_records = 0;
    std::string m_version;
};

} // namespace eventbytes
