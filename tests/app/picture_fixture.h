// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study/picture_experiment.h"
#include "tests/core/problems.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <QXmlStreamReader>
#include <QtEndian>

#include <zlib.h>

inline QImage someImage(QSize size = {24, 16}) {
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x) image.setPixel(x, y, qRgb(x * 7, y * 13, x * y));
    return image;
}

inline QByteArray pngOf(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

inline void drawOn(QPaintDevice& device) {
    QPainter painter(&device);
    painter.drawLine(0, 0, 50, 30);
    painter.drawText(10, 20, QStringLiteral("lr 10⁻³"));
}

inline QByteArray somePdf() {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QSizeF(100, 60), QPageSize::Point));
    writer.setTitle(QStringLiteral("čas (1) \\")); // č: a byte that is a line's end, too
    drawOn(writer);
    return bytes;
}

inline QByteArray someSvg() {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize({100, 60});
    generator.setTitle(QStringLiteral("Loss"));
    generator.setDescription(QStringLiteral("Two runs"));
    drawOn(generator);
    return bytes;
}

inline QByteArray plain(const QString& kind) {
    return kind == QLatin1String("png") ? pngOf(someImage()) : kind == QLatin1String("svg") ? someSvg() : somePdf();
}

inline std::string errorIn(const QByteArray& bytes) {
    return errorOf([&] { ratescope::experimentInPicture(bytes); });
}

inline bool isWellFormed(const QByteArray& xml) {
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) reader.readNext();
    return !reader.hasError();
}

inline QByteArray chunk(const QByteArray& type, const QByteArray& data) {
    QByteArray bytes(4, '\0');
    qToBigEndian(static_cast<quint32>(data.size()), bytes.data());
    bytes += type + data;
    QByteArray sum(4, '\0');
    const QByteArray summed = type + data;
    qToBigEndian(
        static_cast<quint32>(crc32(0, reinterpret_cast<const Bytef*>(summed.constData()), static_cast<uInt>(summed.size()))),
        sum.data());
    return bytes + sum;
}

/// A PNG with that chunk of text behind its header.
inline QByteArray withChunk(const QByteArray& type, const QByteArray& data) {
    return plain(QStringLiteral("png")).insert(8 + 25, chunk(type, QByteArray("ratescope-experiment\0", 21) + data));
}

/// As zlib packs them.
inline QByteArray zlibOf(const QByteArray& bytes) { return qCompress(bytes, 9).sliced(4); }

/// All that some kind of picture has to escape.
inline const QString someText = QStringLiteral(
    "{\"ratescope\": 1,\n\t\"title\": \"„Größe“ & <b>'x'</b> ]]> \\\"\\u0001\\\" (((\\\\ 😀 čģ\r\n\r\",\n \"runs\": []}");
