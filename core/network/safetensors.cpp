// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/safetensors.h"

#include "core/brief_text.h"
#include "core/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace ratescope {

namespace {

static_assert(std::endian::native == std::endian::little,
              "values and the header's length are copied as they lie in the file");

constexpr std::uint64_t lengthBytes = 8;
constexpr std::uint64_t alignment = 8; // of the data's start, as the reference implementation writes it
constexpr std::uint64_t maximumHeaderBytes = std::uint64_t(1) << 20;
constexpr std::uint64_t maximumValues = (std::uint64_t(1) << 30) / sizeof(float); // all tensors together
constexpr std::size_t maximumDimensions = 8;
constexpr std::size_t blockBytes = std::size_t(1) << 16;
constexpr const char* metadataKey = "__metadata__";
constexpr const char* expectedFields = "; expected dtype, shape and data_offsets";
constexpr const char* expectedFile = "; expected a safetensors file, ";

float fromHalf(std::uint16_t half) {
    const std::uint32_t sign = std::uint32_t(half & 0x8000U) << 16;
    const std::uint32_t magnitude = half & 0x7FFFU;
    const std::uint32_t fraction = magnitude << 13;
    std::uint32_t bits;
    if (magnitude >= 0x7C00U)
        bits = 0x7F800000U | fraction; // infinite or not a number
    else if (magnitude >= 0x0400U)
        bits = fraction + (std::uint32_t(127 - 15) << 23); // the exponent's zero moves from 15 to 127
    else
        bits = std::bit_cast<std::uint32_t>(static_cast<float>(magnitude) * 0x1p-24F); // subnormal; exact
    return std::bit_cast<float>(sign | bits);
}

float fromBrainHalf(std::uint16_t half) {
    return std::bit_cast<float>(std::uint32_t(half) << 16);
}

float fromSingle(float value) {
    return value;
}

/// Rounds to the nearest; what is too large becomes infinite, as in PyTorch.
float fromDouble(double value) {
    return static_cast<float>(value);
}

template <typename Stored, float (*toFloat)(Stored)> void convert(std::span<const char> from, float* to) {
    for (; !from.empty(); from = from.subspan(sizeof(Stored))) {
        Stored stored;
        std::memcpy(&stored, from.data(), sizeof stored);
        *to++ = toFloat(stored);
    }
}

struct ValueType {
    std::string_view name;
    std::size_t bytes;
    void (*convert)(std::span<const char> from, float* to);
};

constexpr std::array valueTypes{
    ValueType{"F32", 4, convert<float, fromSingle>}, ValueType{"F64", 8, convert<double, fromDouble>},
    ValueType{"F16", 2, convert<std::uint16_t, fromHalf>}, ValueType{"BF16", 2, convert<std::uint16_t, fromBrainHalf>}};

/// Where the bytes come from, one after the other: a string or a file.
struct Source {
    std::string name;
    std::uint64_t size = 0;
    std::function<void(std::span<char>)> read; ///< fills all of it

    [[noreturn]] void fail(const std::string& what) const { throw Error(name + ": " + what); }
    [[noreturn]] void failAsJson(std::size_t position) const {
        fail("has a header that is not valid JSON in UTF-8, from byte " + std::to_string(position) + " of it on");
    }
};

/// What the header says of a tensor.
struct Entry {
    std::string name;
    const ValueType* type = nullptr;
    std::vector<std::int64_t> shape;
    std::vector<std::uint64_t> offsets; // begin and end in the data

    std::uint64_t begin() const { return offsets.front(); }
    std::uint64_t end() const { return offsets.back(); }
};

/// Text as JSON has it: in quotes, control characters escaped.
std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump();
}

/// Text from the file for a message: not a megabyte of it.
std::string brief(const std::string& text) {
    std::size_t size = 60;
    const auto insideCharacter = [&] { return (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U; };
    while (size < text.size() && insideCharacter()) --size;
    const std::string json = quoted(text.size() <= size ? text : text.substr(0, size) + "…");
    return briefText(json, json.size()); // JSON leaves DEL and its like as they are
}

std::string inTensor(const std::string& name) {
    return name == metadataKey ? name : "tensor " + brief(name);
}

template <typename Number> std::string listed(const std::vector<Number>& numbers) {
    std::string text = "[";
    for (const Number number : numbers) text += (text.size() > 1 ? "," : "") + std::to_string(number);
    return text + ']';
}

/// The product of the shape; nothing where it is more than any network has, or a side is negative.
std::optional<std::uint64_t> valueCount(const std::vector<std::int64_t>& shape) {
    if (std::ranges::any_of(shape, [](std::int64_t side) { return side < 0; })) return {};
    if (std::ranges::find(shape, 0) != shape.end()) return 0;
    std::uint64_t count = 1;
    for (const std::int64_t side : shape) {
        if (std::uint64_t(side) > maximumValues / count) return {};
        count *= std::uint64_t(side);
    }
    return count;
}

/// Takes the parser's events and accepts the format's one form alone: an object of objects, with arrays of whole
/// numbers in them. Anything nested deeper is refused where it opens; the number of entries is bounded by the header's
/// size.
class HeaderReader final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit HeaderReader(const Source& source)
        : m_source(source) {}

    std::vector<Entry> takeEntries() { return std::move(m_entries); }

    bool null() override { refuse("null"); }
    bool boolean(bool value) override { refuse(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { refuse("the number " + std::to_string(value)); }
    bool number_float(number_float_t, const string_t& text) override { refuse("the number " + brief(text)); }
    bool binary(binary_t&) override { refuse("binary data"); }

    bool number_unsigned(number_unsigned_t value) override {
        const std::string found = "the number " + std::to_string(value);
        if (m_place == Place::Shape) {
            if (value > maximumValues) refuse(found);
            if (m_entries.back().shape.size() == maximumDimensions) refuse("more numbers");
            m_entries.back().shape.push_back(static_cast<std::int64_t>(value));
        } else if (m_place == Place::Offsets) {
            if (m_entries.back().offsets.size() == 2) refuse("more numbers");
            m_entries.back().offsets.push_back(value);
        } else {
            refuse(found);
        }
        return true;
    }

    bool string(string_t& text) override {
        if (m_place == Place::Metadata) return true;
        if (m_place != Place::Entry || m_field != "dtype") refuse("the text " + brief(text));
        const auto type = std::ranges::find(valueTypes, std::string_view(text), &ValueType::name);
        if (type == valueTypes.end())
            fail(inTensor(m_name) + " is of type " + brief(text) + "; allowed: F32, F64, F16, BF16");
        m_entries.back().type = type;
        return true;
    }

    bool start_object(std::size_t) override {
        if (m_place == Place::Outside) {
            m_place = Place::Root;
        } else if (m_place == Place::Root && m_name == metadataKey) {
            m_place = Place::Metadata;
        } else if (m_place == Place::Root) {
            m_place = Place::Entry;
            m_entries.emplace_back().name = m_name;
        } else {
            refuse("an object");
        }
        return true;
    }

    bool end_object() override {
        for (const char* field : {"dtype", "shape", "data_offsets"})
            if (m_place == Place::Entry && !m_fields.contains(field))
                fail(inTensor(m_name) + " has no " + field + expectedFields);
        m_place = m_place == Place::Root ? Place::Outside : Place::Root;
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_place == Place::Entry && m_field == "shape") {
            m_place = Place::Shape;
        } else if (m_place == Place::Entry && m_field == "data_offsets") {
            m_place = Place::Offsets;
        } else {
            refuse("an array");
        }
        return true;
    }

    bool end_array() override {
        if (m_place == Place::Offsets && m_entries.back().offsets.size() != 2) refuse("fewer numbers");
        m_place = Place::Entry;
        return true;
    }

    bool key(string_t& key) override {
        if (m_place == Place::Root) {
            m_name = key;
            m_fields.clear();
            if (key.empty()) fail("has a tensor with an empty name; expected a name for each tensor");
            if (!m_names.insert(key).second) fail("has " + inTensor(key) + " twice; expected names that differ");
            return true;
        }
        m_field = key;
        if (m_place == Place::Entry && key != "dtype" && key != "shape" && key != "data_offsets")
            fail(inTensor(m_name) + " has the unknown key " + brief(key) + expectedFields);
        if (!m_fields.insert(key).second) fail(inTensor(m_name) + " has the key " + brief(key) + " twice; expected it once");
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        m_source.failAsJson(position);
    }

private:
    enum class Place { Outside, Root, Metadata, Entry, Shape, Offsets };

    [[noreturn]] void fail(const std::string& what) const { m_source.fail(what); }

    /// A value that does not belong where it stands.
    [[noreturn]] void refuse(const std::string& found) const {
        std::string fault = inTensor(m_name);
        if (m_name == metadataKey)
            fault += (m_place == Place::Root ? " is " : " holds ") + found + "; expected an object of texts";
        else if (m_place == Place::Root)
            fault += " is " + found + "; expected an object with dtype, shape and data_offsets";
        else if (m_place == Place::Shape)
            fault += ": its shape holds " + found + "; expected up to " + std::to_string(maximumDimensions) +
                     " whole numbers from 0 to " + std::to_string(maximumValues);
        else if (m_place == Place::Offsets)
            fault += ": its data_offsets hold " + found + "; expected two whole numbers, the begin and the end";
        else
            fault += ": its " + m_field + " is " + found + "; expected " + (m_field == "dtype" ? "a text" : "an array");
        fail(fault);
    }

    const Source& m_source;
    Place m_place = Place::Outside;
    std::string m_name;
    std::string m_field;
    std::set<std::string> m_names;
    std::set<std::string> m_fields; // keys of the object that m_name names
    std::vector<Entry> m_entries;
};

std::string readHeader(const Source& source) {
    if (source.size > maximumSafetensorsBytes)
        source.fail("is " + std::to_string(source.size) + " bytes long; allowed: up to " +
                    std::to_string(maximumSafetensorsBytes));
    if (source.size < lengthBytes)
        source.fail("is " + std::to_string(source.size) + " bytes long" + expectedFile +
                    "which starts with the length of its header in 8 bytes");
    std::array<char, lengthBytes> lengthText;
    source.read(lengthText);
    const std::uint64_t length = std::bit_cast<std::uint64_t>(lengthText);
    if (length > maximumHeaderBytes)
        source.fail("gives the length of its header as " + std::to_string(length) + " bytes" + expectedFile +
                    "with a header of up to " + std::to_string(maximumHeaderBytes) + " bytes (1 MiB)");
    if (length > source.size - lengthBytes)
        source.fail("is cut short: its header takes " + std::to_string(length) + " bytes, it holds " +
                    std::to_string(source.size - lengthBytes));
    std::string header(length, '\0');
    source.read(header);
    if (!header.starts_with('{'))
        source.fail(std::string("has a header that does not start with {") + expectedFile + "with a header in JSON");
    return header;
}

/// Every tensor takes what its shape takes and begins where the one before it ends; so no offset is trusted. Returns
/// the end of the last one.
std::uint64_t checkPlaces(const std::vector<Entry>& entries, const Source& source) {
    std::uint64_t next = 0;
    std::uint64_t values = 0;
    const Entry* before = nullptr;
    for (const Entry& entry : entries) {
        const std::optional<std::uint64_t> count = valueCount(entry.shape);
        if (!count || (values += *count) > maximumValues)
            source.fail(inTensor(entry.name) + " of shape " + listed(entry.shape) + " is too large; allowed: " +
                        std::to_string(maximumValues) + " values in all tensors together (1 GiB as F32)");
        const std::uint64_t bytes = *count * entry.type->bytes;
        if (entry.end() < entry.begin() || entry.end() - entry.begin() != bytes)
            source.fail(inTensor(entry.name) + " has data_offsets " + listed(entry.offsets) + "; expected " +
                        std::to_string(bytes) + " bytes for its shape " + listed(entry.shape) + " of " +
                        std::string(entry.type->name));
        if (entry.begin() != next)
            source.fail(inTensor(entry.name) + (entry.begin() < next ? " overlaps another: it" : " follows a hole: it") +
                        " begins at byte " + std::to_string(entry.begin()) + " of the data; expected " +
                        std::to_string(next) + ", " + (before ? "the end of " + inTensor(before->name) : "the start"));
        next = entry.end();
        before = &entry;
    }
    return next;
}

/// The tensors that the header names, in the order in which they lie; their places fill the rest of the source.
std::vector<Entry> parseHeader(const Source& source) {
    const std::string header = readHeader(source);
    // The parser takes a zero byte for the end and would not look at what follows.
    if (const std::size_t zero = header.find('\0'); zero != std::string::npos) source.failAsJson(zero + 1);
    HeaderReader reader(source);
    nlohmann::json::sax_parse(header, &reader);
    std::vector<Entry> entries = reader.takeEntries();
    // A tensor without values may begin where another one begins: it comes first.
    std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin(), entry.end()); });
    const std::uint64_t expected = checkPlaces(entries, source);
    const std::uint64_t found = source.size - lengthBytes - header.size();
    if (found != expected)
        source.fail(std::string(found < expected ? "is cut short" : "is longer than its header says") +
                    ": its tensors take " + std::to_string(expected) + " bytes, it holds " + std::to_string(found));
    return entries;
}

/// Memory for values is taken once all is known to be there.
std::vector<Tensor> load(const Source& source) {
    std::vector<Tensor> tensors;
    std::vector<char> block(blockBytes);
    for (Entry& entry : parseHeader(source)) {
        std::vector<float> values(*valueCount(entry.shape));
        const std::size_t atOnce = blockBytes / entry.type->bytes;
        for (std::size_t done = 0; done < values.size(); done += atOnce) {
            const std::span<char> bytes = std::span(block).first(std::min(atOnce, values.size() - done) * entry.type->bytes);
            source.read(bytes);
            entry.type->convert(bytes, values.data() + done);
        }
        tensors.push_back({std::move(entry.name), std::move(entry.shape), std::move(values)});
    }
    return tensors;
}

/// The caller's slips, told before they make a file that nobody can read.
void checkWritable(const Tensor& tensor, std::set<std::string>& names) {
    if (tensor.name.empty() || !names.insert(tensor.name).second)
        throw std::invalid_argument("writeSafetensors: the name '" + tensor.name + "' is empty, reserved or given twice");
    if (tensor.shape.size() > maximumDimensions || valueCount(tensor.shape) != tensor.values.size())
        throw std::invalid_argument("writeSafetensors: the shape of '" + tensor.name + "' does not fit its values");
}

} // namespace

std::string writeSafetensors(const std::vector<Tensor>& tensors) {
    // PyTorch's loaders ask for the format.
    std::string header = std::string("{\"") + metadataKey + R"(":{"format":"pt"})";
    std::set<std::string> names{metadataKey};
    std::uint64_t dataBytes = 0;
    for (const Tensor& tensor : tensors) {
        checkWritable(tensor, names);
        const std::uint64_t begin = dataBytes;
        dataBytes += tensor.values.size() * sizeof(float);
        header += ',' + quoted(tensor.name) + R"(:{"dtype":"F32","shape":)" + listed(tensor.shape) + R"(,"data_offsets":)" +
                  listed(std::vector{begin, dataBytes}) + '}';
    }
    header += '}';
    header.resize((header.size() + alignment - 1) / alignment * alignment, ' ');
    if (header.size() > maximumHeaderBytes || dataBytes > maximumValues * sizeof(float))
        throw std::invalid_argument("writeSafetensors: more tensors or values than readSafetensors() takes");

    const auto length = std::bit_cast<std::array<char, lengthBytes>>(std::uint64_t(header.size()));
    std::string bytes;
    bytes.reserve(lengthBytes + header.size() + dataBytes);
    bytes.append(length.data(), length.size()).append(header);
    for (const Tensor& tensor : tensors)
        bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
    return bytes;
}

std::vector<Tensor> readSafetensors(const std::string& name, std::uint64_t size,
                                    const std::function<void(std::span<char>)>& read) {
    return load({name, size, read});
}

std::vector<Tensor> parseSafetensors(const std::string& bytes, const std::string& name) {
    std::span<const char> rest(bytes);
    return load({name, bytes.size(), [&rest](std::span<char> to) {
                     std::ranges::copy(rest.first(to.size()), to.begin());
                     rest = rest.subspan(to.size());
                 }});
}

std::vector<Tensor> readSafetensors(const std::filesystem::path& path) {
    Source source{path.string(), 0, {}};
    // A folder opens, and a pipe would block.
    std::error_code error;
    if (const auto status = std::filesystem::status(path, error); std::filesystem::is_directory(status))
        source.fail("is a folder; expected a safetensors file");
    else if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        source.fail("is not a regular file; expected a safetensors file");
    errno = 0;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) source.fail(std::string("cannot be opened: ") + std::strerror(errno ? errno : EIO));
    const std::streamoff size = file.tellg();
    if (size < 0 || !file.seekg(0)) source.fail("cannot be read: its size is not known");
    source.size = static_cast<std::uint64_t>(size);
    source.read = [&](std::span<char> to) {
        if (!file.read(to.data(), static_cast<std::streamsize>(to.size())))
            source.fail("cannot be read: it ends before the " + std::to_string(size) +
                        " bytes that it had when it was opened");
    };
    return load(source);
}

} // namespace ratescope
