// SPDX-License-Identifier: GPL-3.0-or-later
// Ribbons as vectors.
#include "app/study/palette.h"
#include "tests/app/ribbon_fixture.h"

#include <QBuffer>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <QSvgGenerator>
#include <QSvgRenderer>
#include <QTest>

#include <limits>

using namespace ratescope;

namespace {

const QRectF frame(10, 20, 300, 100);
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

struct Drawn {
    QString svg;
    QList<QPointF> vertices;
    QList<QList<QPointF>> lines; ///< parts that hang together
};

Drawn drawn(const Ribbon& ribbon) {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(QSize(400, 200));
    generator.setViewBox(QRect(0, 0, 400, 200));
    QPainter painter(&generator);
    drawRibbon(painter, frame, ribbon);
    painter.end();
    Drawn result{QString::fromUtf8(buffer.data()), {}, {}};
    static const QRegularExpression data(QStringLiteral(" d=\"([^\"]*)\"| points=\"([^\"]*)\""));
    static const QRegularExpression point(QStringLiteral("([ML ]?)(-?[0-9.e+-]+),(-?[0-9.e+-]+)"));
    for (auto each = data.globalMatch(result.svg); each.hasNext();) {
        const QRegularExpressionMatch path = each.next();
        bool first = true;
        for (auto it = point.globalMatch(path.captured(1) + path.captured(2)); it.hasNext(); first = false) {
            const QRegularExpressionMatch match = it.next();
            if (first || match.captured(1) == QLatin1String("M")) result.lines << QList<QPointF>();
            result.lines.back() << QPointF(match.captured(2).toDouble(), match.captured(3).toDouble());
            result.vertices << result.lines.back().back();
        }
    }
    return result;
}

QImage picture(const QString& svg) {
    QImage image(400, 200, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    QSvgRenderer(svg.toUtf8()).render(&painter, QRectF(0, 0, 400, 200));
    return image;
}

bool isDark(const QImage& image, int x, int y) {
    return qGray(image.pixel(x, y)) < 128;
}

using Points = std::vector<RibbonPoint>;

} // namespace

class TestRibbon : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysInsideTheFrame_data() {
        QTest::addColumn<float>("width");
        QTest::newRow("line") << 2.0F;
        QTest::newRow("band") << 0.0F;
    }
    void staysInsideTheFrame() {
        QFETCH(const float, width);
        Points points;
        for (int x = -300; x < 700; x += 7)
            points.push_back({float(x), float(70 + 400 * std::sin(x)), float(80 + 400 * std::sin(x))});
        points[40].top = -1e5F;
        points[80].bottom = 1e5F;
        const Drawn result = drawn({points, pen(width)});
        QVERIFY2(result.vertices.size() > 20, qPrintable(QString::number(result.vertices.size())));
        for (const QPointF& vertex : result.vertices)
            QVERIFY2(frame.adjusted(-0.01, -0.01, 0.01, 0.01).contains(vertex),
                     qPrintable(QStringLiteral("%1, %2").arg(vertex.x()).arg(vertex.y())));
    }

    void aSmoothLineHasFewVertices() {
        Points straight;
        Points curved;
        for (int x = 0; x <= 400; ++x) {
            straight.push_back(at(x, 30.0 + 0.2 * x));
            curved.push_back(at(x, 110.0 - 80.0 * std::exp(-0.01 * x)));
        }
        QCOMPARE(drawn({straight, pen(2.0F)}).vertices.size(), 2);
        const Drawn result = drawn({curved, pen(2.0F)});
        QVERIFY2(result.vertices.size() < 40, qPrintable(QString::number(result.vertices.size())));
        // And yet none of them off its place.
        for (int x = 12; x < 308; ++x) {
            const double y = 110.0 - 80.0 * std::exp(-0.01 * x);
            const auto& line = result.lines[0];
            const auto next = std::ranges::find_if(line, [&](const QPointF& p) { return p.x() >= x; });
            QVERIFY(next != line.begin() && next != line.end());
            const QPointF a = *(next - 1);
            const QPointF b = *next;
            QVERIFY(std::abs(a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x()) - y) < 0.2);
        }
    }

    void aSpikeOfOneColumnIsKept() {
        Points points;
        for (int x = 0; x <= 400; ++x) points.push_back(x == 123 ? at(x, 31.0) : at(x, 90.0));
        QVERIFY(drawn({points, pen(2.0F)}).vertices.contains(QPointF(123, 31)));
        points[123] = {123.0F, 40.0F, 100.0F};
        const Drawn swing = drawn({points, pen(2.0F)});
        QVERIFY(swing.vertices.contains(QPointF(123, 40)) && swing.vertices.contains(QPointF(123, 100)));
        points[123] = {123.0F, 35.0F, 90.0F};
        const Drawn band = drawn({points, pen(0.0F)});
        QVERIFY(band.vertices.contains(QPointF(123, 35)));
    }

    void aGapBreaksTheLine() {
        const Points points = {at(20, 50), at(60, 50), {80, notANumber, notANumber}, at(100, 50), at(150, 70)};
        const Drawn result = drawn({points, pen(2.0F)});
        QCOMPARE(result.lines, (QList<QList<QPointF>>{{{20, 50}, {60, 50}}, {{100, 50}, {150, 70}}}));
    }

    void aSinglePointIsADot() {
        const Points points = {at(100, 50)};
        const QImage image = picture(drawn({points, pen(6.0F)}).svg);
        QVERIFY(isDark(image, 100, 50) && isDark(image, 98, 50) && isDark(image, 101, 51));
        QVERIFY(!isDark(image, 106, 50) && !isDark(image, 100, 56));
        QVERIFY(drawn({Points{at(500, 50)}, pen(6.0F)}).vertices.isEmpty());
        QVERIFY(drawn({Points(), pen(6.0F)}).vertices.isEmpty());
    }

    /// A line that leaves by the top comes back where it crosses, not at its next point.
    void aLineIsCutWhereItCrosses() {
        const Points points = {at(100, 70), at(140, -30), at(180, 70)};
        const Drawn result = drawn({points, pen(2.0F)});
        QCOMPARE(result.lines, (QList<QList<QPointF>>{{{100, 70}, {120, 20}}, {{160, 20}, {180, 70}}}));
    }

    /// Zoomed in so far that its points lie beyond the frame's sides, a band still fills it.
    void aBandReachesTheFramesSides() {
        const Points points = {{-90, 40, 60}, {160, 40, 60}, {410, 60, 100}};
        const QImage image = picture(drawn({points, pen(0.0F)}).svg);
        QVERIFY(isDark(image, 12, 50));
        QVERIFY(isDark(image, 100, 42) && isDark(image, 100, 58) && !isDark(image, 100, 36) && !isDark(image, 100, 64));
        QVERIFY(isDark(image, 307, 60) && isDark(image, 307, 80) && !isDark(image, 307, 48));
        QVERIFY(!isDark(image, 5, 50) && !isDark(image, 315, 60));
    }

    void dashesAreThePensOwn() {
        const Points points = {at(20, 50), at(300, 50)};
        for (int dash = 0; dash < dashPatternCount; ++dash)
            QCOMPARE(drawn({points, pen(2.0F, dash)}).svg.contains(QStringLiteral("stroke-dasharray")), dash > 0);
        QCOMPARE(dashPattern(0).size(), std::size_t(0));
        QCOMPARE(dashPattern(dashPatternCount).size(), std::size_t(0));
        for (int dash = 1; dash < dashPatternCount; ++dash) QCOMPARE(dashPattern(dash).size() % 2, std::size_t(0));
    }
};

QTEST_MAIN(TestRibbon)
#include "tst_ribbon.moc"
