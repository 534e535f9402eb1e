// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ratescope {

using Json = nlohmann::ordered_json;

/// JSON of people's files: refuses a key given twice, more than a thousand of them in an object, nesting deeper than 64 and
/// more than a million values, and says where; in time that grows with the text. `source` names the file in messages. Throws
/// ratescope::Error with line and column for what is no JSON.
Json parseStrictJson(std::string_view text, const std::string& source);

/// Reads an object key by key; whatever is missing, of another type or unknown throws ratescope::Error
/// “source: place: what is wrong; what is expected”.
class JsonObject {
public:
    /// `place`: such as `runs[2]`; empty for the file's outermost object. `value` has to outlive it.
    JsonObject(const Json& value, std::string place, std::string source);

    bool has(const char* key) const { return m_value.contains(key); }

    double number(const char* key);
    /// A whole number from `least` to `most`; 1e3 is one, too.
    std::uint64_t integer(const char* key, std::uint64_t least, std::uint64_t most);
    std::string text(const char* key);
    bool flag(const char* key);
    /// The index of the text among `choices`.
    std::size_t choice(const char* key, const std::vector<std::string>& choices);
    JsonObject object(const char* key);
    /// Any value, marked as read.
    const Json& value(const char* key);
    const Json& array(const char* key);

    /// Refuses keys that nobody has asked for. `allowed`: all that there are.
    void finish(const std::vector<std::string>& allowed) const;

    std::string placeOf(const std::string& key) const { return m_place.empty() ? key : m_place + '.' + key; }
    const std::string& place() const { return m_place; }
    const std::string& source() const { return m_source; }
    [[noreturn]] void fail(const std::string& place, const std::string& message) const;

private:
    const Json& require(const char* key);

    const Json& m_value;
    std::string m_place;
    std::string m_source;
    std::set<std::string> m_read;
};

/// Where a parser's byte, counted from 1, lies in the text: “line 2, column 7”.
std::string lineAndColumn(std::string_view text, std::size_t byte);

/// A JSON value for a message, shortened.
std::string briefly(const Json& value);

} // namespace ratescope
