// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/strict_json.h"

#include "core/brief_text.h"
#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ratescope {

namespace {

constexpr std::size_t maximumDepth = 64;
constexpr std::size_t maximumKeys = 1000; // of one object
constexpr std::size_t maximumValues = 1'000'000; // of all, which take up to 64 bytes each
constexpr std::size_t mostOfReason = 200; // the parser's, who repeats a number of any length

/// A key for a message: control characters escaped, and not a megabyte of it.
std::string briefKey(const std::string& key) {
    std::string text = briefly(Json(key)).substr(1);
    if (text.ends_with('"')) text.pop_back();
    return text;
}

/// Builds the document from what the parser meets and knows at every value where it is. (The library's own callback looks
/// through all that is before it in a list at the end of each object: hundreds of thousands of them take minutes.)
class DocumentBuilder final : public nlohmann::json_sax<Json> {
public:
    DocumentBuilder(std::string_view text, const std::string& source)
        : m_text(text)
        , m_source(source) {}

    Json document() { return std::move(m_root); }

    bool null() override { return add(Json()); }
    bool boolean(bool value) override { return add(Json(value)); }
    bool number_integer(number_integer_t value) override { return add(Json(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(Json(value)); }
    bool number_float(number_float_t value, const string_t&) override { return add(Json(value)); }
    bool string(string_t& value) override { return add(Json(std::move(value))); }
    bool binary(binary_t&) override { return false; } // JSON as text has none
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        Level& level = m_levels.back();
        level.key = std::move(name);
        if (!level.keys.insert(level.key).second) fail("the key is given twice; expected once");
        if (level.keys.size() > maximumKeys) fail("is one of more than " + std::to_string(maximumKeys) + " keys in one object");
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
        const auto* syntax = dynamic_cast<const Json::parse_error*>(&error);
        if (!syntax) // a number beyond double, for instance
            throw Error(m_source + ": cannot be read as JSON: " + briefText(error.what(), mostOfReason));
        throw Error(m_source + ": " + lineAndColumn(m_text, syntax->byte) + ": is not JSON; expected an object such as " +
                    R"({"ratescope": 1, "runs": […]})");
    }

private:
    /// A list or an object that is still open.
    struct Level {
        Json* value; ///< stays where it is: its list grows no further before it is closed
        std::string key;
        std::set<std::string> keys;
    };

    Json& place(Json&& value) {
        if (m_levels.empty()) return m_root = std::move(value);
        Level& level = m_levels.back();
        if (level.value->is_array()) return level.value->get_ref<Json::array_t&>().emplace_back(std::move(value));
        return level.value->get_ref<Json::object_t&>().emplace_back(level.key, std::move(value)).second;
    }
    bool add(Json&& value) {
        count();
        place(std::move(value));
        return true;
    }
    bool open(Json&& value) {
        count();
        if (m_levels.size() == maximumDepth) fail("is nested deeper than " + std::to_string(maximumDepth) + " levels");
        m_levels.push_back({&place(std::move(value)), {}, {}});
        return true;
    }
    bool close() {
        m_levels.pop_back();
        return true;
    }
    void count() {
        if (++m_values > maximumValues) fail("is one of more than " + std::to_string(maximumValues) + " values");
    }

    /// At the key, or at the element that the innermost list does not hold yet.
    [[noreturn]] void fail(const std::string& message) const {
        std::string place;
        for (const Level& level : m_levels) {
            const bool last = &level == &m_levels.back();
            if (level.value->is_array())
                place += '[' + std::to_string(level.value->size() - (last ? 0 : 1)) + ']';
            else if (!level.key.empty())
                place += (place.empty() ? "" : ".") + briefKey(level.key);
        }
        throw Error(m_source + ": " + place + ": " + message);
    }

    std::string_view m_text;
    const std::string& m_source;
    Json m_root;
    std::vector<Level> m_levels;
    std::size_t m_values = 0;
};

} // namespace

std::string lineAndColumn(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto newline = before.rfind('\n');
    const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

Json parseStrictJson(std::string_view text, const std::string& source) {
    DocumentBuilder builder(text, source);
    Json::sax_parse(text.begin(), text.end(), &builder);
    return builder.document();
}

std::string briefly(const Json& value) {
    if (value.is_object()) return "an object";
    if (value.is_array()) return "a list";
    return briefText(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

JsonObject::JsonObject(const Json& value, std::string place, std::string source)
    : m_value(value)
    , m_place(std::move(place))
    , m_source(std::move(source)) {
    if (!value.is_object()) fail(m_place, "is " + briefly(value) + "; expected an object {…}");
}

void JsonObject::fail(const std::string& place, const std::string& message) const {
    throw Error(m_source + ": " + (place.empty() ? "" : place + ": ") + message);
}

const Json& JsonObject::require(const char* key) {
    const auto it = m_value.find(key);
    if (it == m_value.end()) fail(placeOf(key), "is missing");
    m_read.insert(key);
    return *it;
}

double JsonObject::number(const char* key) {
    const Json& value = require(key);
    if (!value.is_number()) fail(placeOf(key), "is " + briefly(value) + "; expected a number");
    return value.get<double>();
}

std::uint64_t JsonObject::integer(const char* key, std::uint64_t least, std::uint64_t most) {
    const Json& value = require(key);
    const auto refuse = [&] {
        const std::string from = std::to_string(least);
        fail(placeOf(key), "is " + briefly(value) + "; expected " +
                               (least == most ? "the number " + from
                                              : "a whole number from " + from + " to " + std::to_string(most)));
    };
    if (!value.is_number()) refuse();
    std::uint64_t result = 0;
    if (value.is_number_unsigned()) {
        result = value.get<std::uint64_t>();
    } else {
        const double number = value.get<double>();
        if (!(number >= 0.0 && number <= 9007199254740992.0) || number != std::floor(number)) refuse();
        result = static_cast<std::uint64_t>(number);
    }
    if (result < least || result > most) refuse();
    return result;
}

std::string JsonObject::text(const char* key) {
    const Json& value = require(key);
    if (!value.is_string()) fail(placeOf(key), "is " + briefly(value) + "; expected a text in quotes");
    return value.get<std::string>();
}

bool JsonObject::flag(const char* key) {
    const Json& value = require(key);
    if (!value.is_boolean()) fail(placeOf(key), "is " + briefly(value) + "; expected true or false");
    return value.get<bool>();
}

std::size_t JsonObject::choice(const char* key, const std::vector<std::string>& choices) {
    const Json& value = require(key);
    if (value.is_string())
        if (const auto it = std::ranges::find(choices, value.get<std::string>()); it != choices.end())
            return static_cast<std::size_t>(it - choices.begin());
    std::string known;
    for (const std::string& one : choices) known += (known.empty() ? "\"" : ", \"") + one + '"';
    fail(placeOf(key), "is " + briefly(value) + "; allowed: " + known);
}

JsonObject JsonObject::object(const char* key) { return {require(key), placeOf(key), m_source}; }

const Json& JsonObject::value(const char* key) { return require(key); }

const Json& JsonObject::array(const char* key) {
    const Json& value = require(key);
    if (!value.is_array()) fail(placeOf(key), "is " + briefly(value) + "; expected a list […]");
    return value;
}

void JsonObject::finish(const std::vector<std::string>& allowed) const {
    for (const auto& [key, value] : m_value.items()) {
        if (m_read.contains(key)) continue;
        std::string known;
        for (const std::string& one : allowed) known += (known.empty() ? "" : ", ") + one;
        fail(placeOf(briefKey(key)), "is not a key that is known here; allowed: " + known);
    }
}

} // namespace ratescope
