// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/file_output.h"

#include "core/error.h"
#include "core/parameter_info.h"

#include <charconv>

namespace ratescope {

namespace {

constexpr std::size_t bufferSize = std::size_t(1) << 20;

} // namespace

FileOutput::FileOutput(const QString& path)
    : m_file(path) {
    m_file.setDirectWriteFallback(false);
    // Without Qt's buffer: commit() does not look at whether what is left in that can be written (Qt 6.4), and would put an
    // empty file in place of what was there.
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) fail();
}

void FileOutput::fail() {
    throw Error(m_file.fileName().toStdString() + ": cannot be written: " + m_file.errorString().toStdString());
}

void FileOutput::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= bufferSize) flush();
}

void FileOutput::flush() {
    const auto size = static_cast<qint64>(m_buffer.size());
    if (m_file.write(m_buffer.data(), size) != size) fail();
    m_buffer.clear();
}

void FileOutput::commit() {
    flush();
    if (!m_file.commit()) fail();
}

void writeFile(const QString& path, const QByteArray& bytes) {
    FileOutput file(path);
    file.write({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    file.commit();
}

std::string csvField(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csvNumber(double value) { return shortest(value); }

std::string csvNumber(float value) {
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return error == std::errc() ? std::string(buffer, end) : std::string("nan");
}

} // namespace ratescope
