// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace ratescope {

/// A picture of the plots carries the experiment (JSON) that brought it about, where other programs leave it alone: in a
/// PNG's text chunk, an SVG's metadata, a PDF's document information. The picture looks the same with and without.
///
/// All of these work on bytes in memory, decode no pixels, depend on no locale or clock (equal arguments give equal bytes)
/// and throw ratescope::Error saying what is wrong with the picture, without its name. Any thread may call them.

/// Adds the chunk `ratescope-experiment` (iTXt, compressed) before the pixels; an earlier one is replaced.
QByteArray embedInPng(const QByteArray& png, const QString& experiment);

/// Adds <metadata> after the title and description. Well-formed XML stays so. Characters that XML cannot hold are written
/// as JSON's escapes, \u0001.
QByteArray embedInSvg(const QByteArray& svg, const QString& experiment);

/// Appends new document information to what QPdfWriter wrote (a cross-reference table of plain text, no encryption). The
/// time of creation is blanked, so that equal figures are equal files. An empty `title` is left out.
QByteArray embedInPdf(const QByteArray& pdf, const QString& title, const QString& experiment);

/// The experiment in a picture of one of these kinds; none if it carries none. Takes the chunks of older pictures, too
/// (tEXt, zTXt). Refuses pictures that are damaged or cut short and experiments over 16 MiB; the time and the memory are
/// bounded by the picture's size and that.
std::optional<QString> experimentInPicture(const QByteArray& bytes);

/// Whether a file that starts with `head` is a picture of one of these kinds, good or damaged. The first KiB is enough.
bool looksLikePicture(const QByteArray& head);

} // namespace ratescope
