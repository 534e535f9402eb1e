// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSaveFile>
#include <QString>

#include <string>
#include <string_view>

namespace ratescope {

/// A file that appears whole or not at all: what stood there before stays until commit(). Every call throws
/// ratescope::Error naming the file and what is wrong.
class FileOutput {
public:
    explicit FileOutput(const QString& path);

    /// Buffered.
    void write(std::string_view text);
    void commit();

private:
    [[noreturn]] void fail(const std::string& problem);
    [[noreturn]] void failed(int error);
    void flush();

    QSaveFile m_file;
    std::string m_buffer;
};

/// What an errno means to somebody who writes, and what to do about it.
std::string writeProblem(int error);

/// A folder with all that it lies in, where there is none. Throws ratescope::Error.
void makeFolder(const QString& path);

/// The bytes as a file, in place of what may be there.
void writeFile(const QString& path, const QByteArray& bytes);

/// A field of a CSV file: in quotes where it holds a comma, a quote or a line's end.
std::string csvField(std::string_view text);
/// Shortest forms that read back the same, in the C locale.
std::string csvNumber(double value);
std::string csvNumber(float value);

} // namespace ratescope
