// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/plain_message.h"

#include "app/study/plain_text.h"

#include <QMessageBox>

namespace ratescope {

void showPlainly(QMessageBox& box, const QString& text) {
    constexpr qsizetype most = 2'000; // characters
    box.setTextFormat(Qt::PlainText); // before there is a text to be looked at
    box.setText(cutText(text, most));
}

} // namespace ratescope
