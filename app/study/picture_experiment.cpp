// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/picture_experiment.h"

#include "app/study/picture_kinds.h"
#include "core/error.h"

#include <QStringDecoder>

namespace ratescope {

void pictures::failTooLong() {
    throw Error("holds an experiment over " + std::to_string(mostText >> 20) +
                " MiB; allowed: " + std::to_string(mostText >> 20) + " MiB");
}

QString pictures::textFromUtf8(QByteArrayView bytes) {
    if (bytes.size() > mostText) failTooLong();
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder(bytes);
    if (decoder.hasError()) throw Error("is damaged: the experiment in it is not UTF-8");
    return text;
}

bool looksLikePicture(const QByteArray& head) {
    return pictures::isPng(head) || pictures::isPdf(head) || pictures::isSvg(head);
}

std::optional<QString> experimentInPicture(const QByteArray& bytes) {
    if (pictures::isPng(bytes)) return pictures::experimentInPng(bytes);
    if (pictures::isPdf(bytes)) return pictures::experimentInPdf(bytes);
    if (pictures::isSvg(bytes)) return pictures::experimentInSvg(bytes);
    throw Error("is not a picture that is known here; expected PNG, SVG or PDF");
}

} // namespace ratescope
