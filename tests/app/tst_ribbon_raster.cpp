// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/random.h"
#include "app/study/palette.h"
#include "tests/app/ribbon_fixture.h"

#include <QTest>

#include <limits>
#include <numbers>

using namespace ratescope;

namespace {

using Points = std::vector<RibbonPoint>;

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinite = std::numeric_limits<float>::infinity();

/// A curve of some kind: points at any distance, bands and swings, gaps, far outside.
Points someCurve(std::uint64_t seed, bool area) {
    RandomStream random(seed, "curve", area);
    Points points;
    const float spacing = random.below(2) == 0 ? 0.7F : 9.0F;
    float y = random.uniform(0.0F, 100.0F);
    for (float x = random.uniform(-30.0F, 30.0F); x < 330.0F; x += 0.01F + random.uniform(0.0F, spacing)) {
        y += random.uniform(-6.0F, 6.0F);
        if (random.below(3) == 0) x = std::floor(x) + 1.5F; // the middle of a pixel, where columns of many steps stand
        const std::uint32_t what = random.below(60);
        if (what == 0) y = random.uniform(-50.0F, 150.0F);
        if (what == 1)
            points.push_back({x, notANumber, notANumber});
        else if (what == 2)
            points.push_back({x, -1e5F, 1e5F});
        else
            points.push_back({x, y, area || what < 12 ? y + random.uniform(0.0F, 30.0F) : y});
    }
    return points;
}

QByteArray bytes(const QImage& image) {
    return {reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes()};
}

} // namespace

class TestRibbonRaster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLevelLineCoversItsWidth_data() {
        QTest::addColumn<float>("y");
        QTest::addColumn<float>("width");
        QTest::addColumn<QList<int>>("alphas"); // of the rows 48 … 53
        QTest::newRow("three rows") << 50.5F << 3.0F << QList<int>{0, 255, 255, 255, 0, 0};
        QTest::newRow("two rows") << 51.0F << 2.0F << QList<int>{0, 0, 255, 255, 0, 0};
        QTest::newRow("between rows") << 51.0F << 3.0F << QList<int>{0, 128, 255, 255, 128, 0};
        QTest::newRow("a hairline") << 51.5F << 1.0F << QList<int>{0, 0, 0, 255, 0, 0};
        QTest::newRow("a quarter down") << 51.25F << 1.0F << QList<int>{0, 0, 64, 191, 0, 0};
    }
    void aLevelLineCoversItsWidth() {
        QFETCH(const float, y);
        QFETCH(const float, width);
        QFETCH(const QList<int>, alphas);
        RibbonPicture picture;
        const Points points = {at(-20, y), at(60, y), at(61, y), at(230, y)};
        picture.draw({{points, pen(width)}});
        for (int x = 0; x < 200; ++x) {
            for (int row = 0; row < 6; ++row) QVERIFY(std::abs(picture.alphaAt(x, 48 + row) - alphas[row]) <= 1);
            QVERIFY(std::abs(picture.inkOfColumn(x) - static_cast<double>(width)) < 0.01);
        }
    }

    /// Length times width and a round cap at both ends, whatever the slope. Of a thin pen's disc four samples a column know
    /// less.
    void inkOfASlopedLine_data() {
        QTest::addColumn<double>("rise");
        QTest::addColumn<float>("width");
        for (const double rise : {0.0, 0.1, 0.5, 1.0, -1.0, 2.0, 5.0})
            for (const float width : {1.5F, 2.0F, 3.0F, 6.0F})
                QTest::addRow("%g, %g", rise, static_cast<double>(width)) << rise << width;
    }
    void inkOfASlopedLine() {
        QFETCH(const double, rise);
        QFETCH(const float, width);
        RibbonPicture picture(200, 400);
        const double run = 150.0 / std::hypot(1.0, rise);
        const Points points = {at(20.3, 200.0 - 0.5 * run * rise), at(20.3 + run, 200.0 + 0.5 * run * rise)};
        picture.draw({{points, pen(width)}});
        const double radius = 0.5 * static_cast<double>(width);
        const double expected = 150.0 * static_cast<double>(width) + std::numbers::pi * radius * radius;
        QVERIFY2(std::abs(picture.ink() - expected) < (width < 3.0F ? 0.08 : 0.02) * expected,
                 qPrintable(QStringLiteral("%1 instead of %2").arg(picture.ink()).arg(expected)));
    }

    void aColumnsRedrawIsTheWholesPart_data() {
        QTest::addColumn<int>("dash");
        QTest::addColumn<bool>("area");
        QTest::newRow("solid") << 0 << false;
        QTest::newRow("dashed") << 1 << false;
        QTest::newRow("dotted") << 2 << false;
        QTest::newRow("dash-dotted") << 3 << false;
        QTest::newRow("bands") << 0 << true;
    }
    /// A few columns drawn anew leave the picture as it was, to the last bit; also where they had been spoilt.
    void aColumnsRedrawIsTheWholesPart() {
        QFETCH(const int, dash);
        QFETCH(const bool, area);
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            RandomStream random(seed, "columns", 0);
            const Points first = someCurve(seed, area);
            const Points second = someCurve(seed + 1000, area);
            const float width = area ? 0.0F : 1.0F + 0.5F * static_cast<float>(random.below(6));
            const std::vector<Ribbon> ribbons = {{first, pen(width, dash, QColor(200, 30, 90, 70))},
                                                 {second, pen(width, dash, QColor(0, 114, 178))}};
            RibbonPicture picture(300, 90);
            picture.draw(ribbons);
            const QByteArray whole = bytes(picture.image);
            for (int i = 0; i < 20; ++i) {
                const int from = static_cast<int>(random.below(320)) - 10;
                const int to = from + static_cast<int>(random.below(60));
                for (int x = std::max(0, from); x < std::min(300, to); ++x)
                    for (int y = 0; y < 90; ++y) picture.image.setPixelColor(x, y, Qt::red);
                picture.raster.draw(picture.image, from, to, ribbons);
                QVERIFY2(bytes(picture.image) == whole,
                         qPrintable(QStringLiteral("curve %1, columns %2 … %3").arg(seed).arg(from).arg(to)));
            }
        }
    }

    /// The line's points go on from where they were: what a longer curve changes lies within its reach of the new ones.
    void aLongerCurveChangesOnlyItsEnd() {
        const Points all = someCurve(3, false);
        const float width = 4.0F;
        for (std::size_t count = 20; count + 1 < all.size(); count += 7) {
            RibbonPicture shorter(300, 90);
            RibbonPicture longer(300, 90);
            shorter.draw({{std::span(all).first(count), pen(width)}});
            longer.draw({{std::span(all).first(count + 5 < all.size() ? count + 5 : all.size()), pen(width)}});
            const int from = static_cast<int>(all[count - 1].x) - RibbonRaster::reach(width);
            for (int x = 0; x < std::min(300, from); ++x)
                for (int y = 0; y < 90; ++y) QCOMPARE(shorter.image.pixel(x, y), longer.image.pixel(x, y));
        }
    }

    void aGapBreaksTheLine() {
        RibbonPicture picture;
        const Points points = {at(10, 50),  at(50, 50), {70, notANumber, notANumber}, at(90, 50), {120, 50, notANumber},
                               at(150, 50), at(190, 50)};
        picture.draw({{points, pen(2.0F)}});
        QVERIFY(picture.inkOfColumn(30) > 1.9);
        for (int x = 52; x < 88; ++x) QCOMPARE(picture.inkOfColumn(x), 0.0);
        QVERIFY(picture.inkOfColumn(90) > 0.5); // on its own between two gaps: a dot
        for (int x = 93; x < 148; ++x) QCOMPARE(picture.inkOfColumn(x), 0.0);
        QVERIFY(picture.inkOfColumn(170) > 1.9);
    }

    void aSinglePointIsADot() {
        for (const double x : {100.0, 100.3, 100.5, 100.9}) {
            RibbonPicture picture;
            const Points points = {at(x, 50.0)};
            picture.draw({{points, pen(6.0F)}});
            QVERIFY2(std::abs(picture.ink() - 9.0 * std::numbers::pi) < 1.5, qPrintable(QString::number(picture.ink())));
            QCOMPARE(picture.alphaAt(100, 50), 255);
            QCOMPARE(picture.alphaAt(92, 50), 0);
            QCOMPARE(picture.alphaAt(109, 50), 0);
        }
    }

    /// A peak of one column among thousands of steps is drawn to its top.
    void aSwingReachesItsEnds() {
        RibbonPicture picture;
        Points points;
        for (int x = 0; x < 200; ++x) points.push_back(x == 77 ? RibbonPoint{77.5F, 10.0F, 80.0F} : at(x + 0.5, 60.0));
        picture.draw({{points, pen(2.0F)}});
        for (int y = 11; y < 79; ++y) QVERIFY(picture.alphaAt(77, y) > 200);
        QCOMPARE(picture.alphaAt(77, 7), 0);
        QCOMPARE(picture.alphaAt(77, 83), 0);
    }

    void farOutsideIsNoTrouble() {
        RibbonPicture picture;
        for (const float far : {1e5F, -1e5F, 1e9F, infinite, -infinite}) {
            const Points up = {at(-1e5, 50), {20, 50, 50}, {40, far, far}, {60, 50, 50}, at(1e5, 50)};
            const Points wide = {{-1e5F, 20, 30}, {50, std::min(far, 40.0F), std::max(far, 40.0F)}, {1e5F, 20, 30}};
            for (int dash = 0; dash < dashPatternCount; ++dash)
                picture.draw({{up, pen(3.0F, dash)}, {wide, pen(0.0F)}, {wide, pen(1.0F, dash)}});
            picture.draw({{up, pen(3.0F)}});
            QVERIFY(picture.inkOfColumn(10) > 2.9);
            QVERIFY(picture.inkOfColumn(150) > 2.9);
        }
        const Points outside = {at(-500, 50), at(-300, 50)};
        const Points beyond = {at(300, 50), at(500, 50)};
        picture.draw({{outside, pen(3.0F)}, {beyond, pen(3.0F)}, {Points(), pen(3.0F)}});
        QCOMPARE(picture.ink(), 0.0);
        const Points above = {at(0, -400), at(200, -400)};
        picture.draw({{above, pen(3.0F)}, {above, pen(0.0F)}});
        QCOMPARE(picture.ink(), 0.0);
    }

    void emptyColumnsAndPictures() {
        RibbonPicture picture;
        const Points points = {at(0, 50), at(200, 50)};
        const std::vector<Ribbon> ribbons = {{points, pen(2.0F)}};
        picture.draw(ribbons);
        const QByteArray whole = bytes(picture.image);
        picture.raster.draw(picture.image, 50, 50, ribbons);
        picture.raster.draw(picture.image, 60, 50, ribbons);
        picture.raster.draw(picture.image, 200, 300, ribbons);
        picture.raster.draw(picture.image, -50, 0, ribbons);
        QVERIFY(bytes(picture.image) == whole);
        QImage none;
        picture.raster.draw(none, 0, 10, ribbons);
    }

    void aBandFillsWhatLiesBetween() {
        RibbonPicture picture;
        const Points points = {{0, 20, 30}, {100, 20, 60}, {200, 20, 30}};
        picture.draw({{points, {QColor(0, 0, 0, 255), 0.0F, 0}}});
        for (int x = 1; x < 199; ++x) {
            const double height = 10.0 + 30.0 * (x < 100 ? (x + 0.5) / 100.0 : (199.5 - x) / 100.0);
            QVERIFY2(std::abs(picture.inkOfColumn(x) - height) < 0.2, qPrintable(QString::number(x)));
        }
        QVERIFY(std::abs(picture.ink() - 5000.0) < 20.0);
    }

    /// Source over, as any painter composes, within one step of 255.
    void bandsOverEachOther() {
        const Points wide = {{0, 10, 90}, {200, 10, 90}};
        RandomStream random(9, "colours", 0);
        for (int i = 0; i < 100; ++i) {
            std::vector<Ribbon> ribbons;
            double expected[4] = {}; // alpha, red, green, blue, premultiplied
            for (int k = 0; k < 2 + i % 3; ++k) {
                const QColor color(int(random.below(256)), int(random.below(256)), int(random.below(256)),
                                   int(random.below(256)));
                ribbons.push_back({wide, {color, 0.0F, 0}});
                const double alpha = color.alphaF();
                const double own[4] = {alpha, alpha * color.redF(), alpha * color.greenF(), alpha * color.blueF()};
                for (int c = 0; c < 4; ++c) expected[c] = own[c] + (1.0 - alpha) * expected[c];
            }
            RibbonPicture picture;
            picture.draw(ribbons);
            const auto* pixel = reinterpret_cast<const QRgb*>(picture.image.constScanLine(50)) + 100;
            const int found[4] = {qAlpha(*pixel), qRed(*pixel), qGreen(*pixel), qBlue(*pixel)};
            for (int c = 0; c < 4; ++c)
                QVERIFY2(std::abs(found[c] - 255.0 * expected[c]) <= 1.0,
                         qPrintable(QStringLiteral("%1, %2").arg(found[c]).arg(255.0 * expected[c])));
            QVERIFY(found[1] <= found[0] && found[2] <= found[0] && found[3] <= found[0]); // else painters overflow
        }
    }

    /// Of each dash pattern so much of the line is drawn as the pattern says.
    void dashesCoverTheirShare() {
        const Points points = {at(0, 50), at(900, 50)};
        for (int dash = 1; dash < dashPatternCount; ++dash) {
            const std::span<const float> pattern = dashPattern(dash);
            double on = 0.0;
            double all = 0.0;
            for (std::size_t i = 0; i < pattern.size(); ++i) {
                all += static_cast<double>(pattern[i]);
                if (i % 2 == 0) on += static_cast<double>(pattern[i]);
            }
            RibbonPicture picture(900, 100);
            picture.draw({{points, pen(3.0F, dash)}});
            const double share = picture.ink() / (900.0 * 3.0);
            QVERIFY2(std::abs(share - on / all) < 0.03, qPrintable(QString::number(share)));
        }
    }
};

QTEST_APPLESS_MAIN(TestRibbonRaster)
#include "tst_ribbon_raster.moc"
