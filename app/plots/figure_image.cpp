// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_image.h"

#include "app/plots/figure.h"
#include "app/study/picture_experiment.h"
#include "app/study/run_config_json.h"
#include "core/error.h"

#include <QBuffer>

namespace ratescope {

QImage renderFigure(const std::vector<RunPointer>& runs, const FigureRequest& request) {
    QCustomPlot plot;
    Figure figure(plot, request.part);
    figure.setTheme(request.theme);
    figure.setView(request.view);
    figure.setRuns(runs);
    figure.layOut(request.size, request.scale);
    QImage image(request.size * request.scale, QImage::Format_ARGB32_Premultiplied);
    image.fill(request.theme.background);
    // The plot works in its own pixels; the painter scales.
    QCPPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.scale(request.scale, request.scale);
    painter.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&painter, request.size.width(), request.size.height());
    figure.paint(painter, QRect(QPoint(), request.size), request.scale);
    painter.end();
    return image;
}

QByteArray encodePng(QImage image, const QString& experiment) {
    image.setText(QStringLiteral("Software"), QStringLiteral("Ratescope"));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.convertToFormat(QImage::Format_RGB32).save(&buffer, "PNG")) throw Error("The picture could not be turned into PNG.");
    return experiment.isEmpty() ? bytes : embedInPng(bytes, experiment);
}

QString experimentJson(const std::vector<RunPointer>& runs) {
    Json root = {{"ratescope", 1}, {"runs", Json::array()}};
    for (const RunPointer& run : runs) root["runs"].push_back(toJson(run->config));
    return QString::fromStdString(root.dump(2, ' ', false, Json::error_handler_t::replace));
}

} // namespace ratescope
