// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMessageBox;
class QString;

namespace ratescope {

/// The text of a message that names what stands in a file, letter for letter, and no more than a screen has room for.
void showPlainly(QMessageBox& box, const QString& text);

} // namespace ratescope
