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
/// Whenever an object of a list ends, the parser looks at all elements before it: hundreds of thousands would take for ever.
/// So many looks are 24 000 objects in one list.
constexpr std::size_t maximumLooks = 300'000'000;

/// A key for a message: control characters escaped, and not a megabyte of it.
std::string briefKey(const std::string& key) {
    std::string text = briefly(Json(key)).substr(1);
    if (text.ends_with('"')) text.pop_back();
    return text;
}

/// Follows the parser through the document and knows at every key where it is.
class PlaceTracker {
public:
    explicit PlaceTracker(std::string source)
        : m_source(std::move(source)) {}

    bool operator()(int, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        switch (event) {
        case Event::object_start: open(false); break;
        case Event::array_start: open(true); break;
        case Event::object_end:
        case Event::array_end: m_levels.pop_back(); break;
        case Event::key: key(parsed.get_ref<const std::string&>()); break;
        case Event::value: element(); break;
        }
        return true;
    }

private:
    struct Level {
        bool array = false;
        std::size_t index = 0;
        std::size_t current = 0;
        std::string key;
        std::set<std::string> keys;
    };

    void element() {
        if (!m_levels.empty() && m_levels.back().array) m_levels.back().current = m_levels.back().index++;
        if (++m_values > maximumValues)
            throw Error(m_source + ": " + place() + ": is one of more than " + std::to_string(maximumValues) + " values");
    }
    void open(bool array) {
        element();
        if (!array && !m_levels.empty() && m_levels.back().array && (m_looks += m_levels.back().index) > maximumLooks)
            throw Error(m_source + ": " + place() + ": is an object behind too many others in a list; allowed: about 24000");
        if (m_levels.size() == maximumDepth)
            throw Error(m_source + ": " + place() + ": is nested deeper than " + std::to_string(maximumDepth) + " levels");
        m_levels.push_back({});
        m_levels.back().array = array;
    }
    void key(const std::string& name) {
        Level& level = m_levels.back();
        level.key = briefKey(name);
        if (!level.keys.insert(name).second)
            throw Error(m_source + ": " + place() + ": the key is given twice; expected once");
        if (level.keys.size() > maximumKeys)
            throw Error(m_source + ": " + place() + ": is one of more than " + std::to_string(maximumKeys) +
                        " keys in one object");
    }
    std::string place() const {
        std::string text;
        for (const Level& level : m_levels) {
            if (level.array)
                text += '[' + std::to_string(level.current) + ']';
            else if (!level.key.empty())
                text += (text.empty() ? "" : ".") + level.key;
        }
        return text;
    }

    std::string m_source;
    std::vector<Level> m_levels;
    std::size_t m_looks = 0;
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
    try {
        return Json::parse(text.begin(), text.end(), PlaceTracker(source));
    } catch (const Json::parse_error& error) {
        throw Error(source + ": " + lineAndColumn(text, error.byte) + ": is not JSON; expected an object such as " +
                    R"({"ratescope": 1, "runs": […]})");
    } catch (const Json::exception& error) { // a number beyond double, for instance
        throw Error(source + ": cannot be read as JSON: " + briefText(error.what(), mostOfReason));
    }
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
