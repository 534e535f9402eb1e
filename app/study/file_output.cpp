// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/file_output.h"

#include "core/error.h"
#include "core/parameter_info.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>

namespace ratescope {

namespace {

constexpr std::size_t bufferSize = std::size_t(1) << 20;

} // namespace

std::string writeProblem(int error) {
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: // a limit to the size of files
        return "cannot be written: the disk is full; make room or save elsewhere";
    case EACCES:
    case EPERM:
    case EROFS: return "cannot be written: the file or its folder is read-only; save elsewhere";
    default: return "cannot be written: " + std::generic_category().message(error);
    }
}

FileOutput::FileOutput(const QString& path)
    : m_file(path) {
    const QFileInfo place(path);
    if (place.isDir()) fail("is a folder; expected a file");
    if (place.exists() && !place.isFile()) fail("is not an ordinary file"); // Qt would put one in the place of a device
    if (!place.dir().exists()) fail("its folder does not exist; make it or save elsewhere");
    if (place.exists() && !place.isWritable()) fail(writeProblem(EACCES));
    m_file.setDirectWriteFallback(false);
    errno = 0;
    // Without Qt's buffer: commit() does not look at whether what is left in that can be written (Qt 6.4), and would put an
    // empty file in place of what was there.
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) failed(errno);
}

void FileOutput::fail(const std::string& problem) {
    throw Error(m_file.fileName().toStdString() + ": " + problem);
}

/// `error`: what the system has left behind; 0: Qt alone knows.
void FileOutput::failed(int error) {
    fail(error != 0 ? writeProblem(error) : "cannot be written: " + m_file.errorString().toStdString());
}

void FileOutput::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() >= bufferSize) flush();
}

void FileOutput::flush() {
    // A disk that becomes full takes a part, and says why it takes no more when the rest is tried.
    for (std::string_view rest = m_buffer; !rest.empty();) {
        errno = 0;
        const qint64 written = m_file.write(rest.data(), static_cast<qint64>(rest.size()));
        if (written <= 0) failed(errno);
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    m_buffer.clear();
}

void FileOutput::commit() {
    flush();
    errno = 0;
    if (!m_file.commit()) failed(errno);
}

void writeFile(const QString& path, const QByteArray& bytes) {
    FileOutput file(path);
    file.write({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    file.commit();
}

void makeFolder(const QString& path) {
    std::error_code error;
    std::filesystem::create_directories(path.toStdString(), error);
    if (QFileInfo(path).isDir()) return;
    const auto refuse = [&](const std::string& problem) { throw Error(path.toStdString() + ": " + problem); };
    if (QFileInfo::exists(path)) refuse("is a file; expected a folder, or a name that is free");
    if (error == std::errc::not_a_directory) refuse("lies below a file; expected a folder below others");
    refuse(writeProblem(error.value()));
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
