// SPDX-License-Identifier: GPL-3.0-or-later
// A step of the build: draws an icon in the sizes that desktops want, by the renderer that draws it in the window.
//   make_icons ICON.svg PATTERN SIZE...      in PATTERN, which names the pictures, %1 stands for the size
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>

namespace {

bool writeIcon(QSvgRenderer& drawing, int size, const QString& path) {
    QImage picture(size, size, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    drawing.render(&painter);
    painter.end();
    return QDir().mkpath(QFileInfo(path).path()) && picture.save(path, "PNG");
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fputs("usage: make_icons ICON.svg PATTERN SIZE...\n", stderr);
        return 2;
    }
    QSvgRenderer drawing(QString::fromLocal8Bit(argv[1]));
    if (!drawing.isValid()) {
        std::fprintf(stderr, "%s: is no picture\n", argv[1]);
        return 3;
    }
    for (int i = 3; i < argc; ++i) {
        const int size = QByteArray(argv[i]).toInt();
        const QString path = QString::fromLocal8Bit(argv[2]).arg(size);
        if (size > 0 && writeIcon(drawing, size, path)) continue;
        std::fprintf(stderr, "%s: could not be written\n", qPrintable(path));
        return 4;
    }
    return 0;
}
