// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that differ in their seed, drawn as one.
#include "app/plots/seed_shape.h"
#include "app/study/run_config_json.h"
#include "tests/app/gui_helpers.h"

#include <QTest>

#include <array>
#include <numeric>

using namespace ratescope;

namespace {

std::vector<double> smoothedLosses(const RunRecord& run, double beta) {
    return smoothed(std::vector<double>(run.losses.begin(), run.losses.end()), beta);
}

/// Seeds of one configuration, each with a curve of its own, as the figure draws them.
struct Seeds {
    explicit Seeds(const std::vector<std::size_t>& steps) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto run = finishedRun(static_cast<RunId>(i + 1), 2000);
            run->losses.resize(steps[i]);
            run->rates.resize(steps[i]);
            for (std::size_t k = 0; k < steps[i]; ++k)
                run->losses[k] += 0.3F * float(i * i) + 0.1F * std::sin(float(k * (i + 1)));
            run->trainSeconds = static_cast<double>(steps[i]) / (100.0 + 10.0 * static_cast<double>(i));
            run->state = RunState::Paused;
            runs.push_back(run);
        }
    }
    /// The line and the band on that frame.
    std::array<std::vector<RibbonPoint>, 2> drawn(const PlotFrame& frame, const PlotView& view) {
        std::vector<std::unique_ptr<RunCurves>> curves;
        std::vector<std::unique_ptr<RunShapes>> shapes;
        std::vector<SeedShape::Member> members;
        for (const auto& run : runs) {
            curves.push_back(std::make_unique<RunCurves>(run));
            WorkBudget everything;
            curves.back()->update(view.smoothing, everything);
            shapes.push_back(std::make_unique<RunShapes>(*curves.back()));
            shapes.back()->updateLoss(frame, view);
            members.push_back({run, shapes.back().get()});
        }
        SeedShape shape(members, {});
        shape.update(frame, view);
        std::vector<Ribbon> ribbons;
        shape.addLine(ribbons);
        shape.addBand(ribbons);
        return {std::vector(ribbons[0].points.begin(), ribbons[0].points.end()),
                std::vector(ribbons[1].points.begin(), ribbons[1].points.end())};
    }
    std::vector<std::shared_ptr<RunRecord>> runs;
};

constexpr double beta = 0.9;

PlotFrame frameOf(AxisRange steps, bool logarithmic = false) {
    return {QSize(400, 300), AxisMap(steps, logarithmic, 0.5, 400.5), AxisMap({0.0, 4.0}, false, 299.5, -0.5)};
}

PlotView viewOf(SeedDrawing seeds, StepUnit unit = StepUnit::Step) {
    PlotView view;
    view.smoothing = beta;
    view.seeds = seeds;
    view.stepUnit = unit;
    return view;
}

} // namespace

class TestPlotSeeds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seedsAreOneConfiguration() {
        RunConfig a;
        RunConfig b = a;
        b.seed = 42;
        b.name = "another";
        b.color = "#112233";
        QCOMPARE(allButSeed(a), allButSeed(b));
        b.batchSize = 65;
        QVERIFY(allButSeed(a) != allButSeed(b));
    }

    void theMeanOfSeeds_data() {
        QTest::addColumn<SeedDrawing>("drawing");
        QTest::newRow("mean") << SeedDrawing::Mean;
        QTest::newRow("median") << SeedDrawing::Median;
    }
    /// Zoomed in to single steps; the third run ends among them.
    void theMeanOfSeeds() {
        QFETCH(const SeedDrawing, drawing);
        Seeds seeds({2000, 2000, 1010});
        const PlotFrame frame = frameOf({1000.0, 1020.0});
        const auto [line, band] = seeds.drawn(frame, viewOf(drawing));
        QCOMPARE(line.size(), std::size_t(21));
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::size_t step = 1000 + i;
            std::vector<double> values;
            for (const auto& run : seeds.runs)
                if (step < run->losses.size()) values.push_back(smoothedLosses(*run, beta)[step]);
            QCOMPARE(values.size(), std::size_t(step < 1010 ? 3 : 2));
            std::ranges::sort(values);
            const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
            const double median = values.size() == 3 ? values[1] : mean;
            QVERIFY(std::abs(static_cast<double>(line[i].x) - frame.x.toPixel(static_cast<double>(step))) < 1e-3);
            QVERIFY(std::abs(static_cast<double>(line[i].top) -
                             frame.y.toPixel(drawing == SeedDrawing::Mean ? mean : median)) < 1e-3);
            QVERIFY(band[i].top < line[i].top && band[i].bottom > line[i].bottom);
        }
    }

    void seedsOfAnyLengthOnAnyAxis_data() {
        QTest::addColumn<bool>("logarithmic");
        QTest::addColumn<StepUnit>("unit");
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::newRow("steps") << false << StepUnit::Step << 0.0 << 2050.0;
        QTest::newRow("log steps") << true << StepUnit::Step << 1.0 << 2050.0;
        QTest::newRow("seconds") << false << StepUnit::Seconds << 0.0 << 20.5;
        QTest::newRow("log seconds") << true << StepUnit::Seconds << 0.01 << 20.5;
        QTest::newRow("seconds, zoomed in") << false << StepUnit::Seconds << 1.1 << 1.4;
    }
    /// At each place the mean is over all the runs that have come as far, however dense each of them lies there.
    void seedsOfAnyLengthOnAnyAxis() {
        QFETCH(const bool, logarithmic);
        QFETCH(const StepUnit, unit);
        Seeds seeds({2000, 1500, 150});
        for (std::size_t i = 0; i < 3; ++i) std::ranges::fill(seeds.runs[i]->losses, 1.0F + float(i * i)); // 1, 2, 5
        QFETCH(const double, lower);
        QFETCH(const double, upper);
        const PlotFrame frame = frameOf({lower, upper}, logarithmic);
        const auto [line, band] = seeds.drawn(frame, viewOf(SeedDrawing::Mean, unit));
        QVERIFY(line.size() > 25);
        std::array<double, 3> ends{};
        for (std::size_t i = 0; i < 3; ++i)
            ends[i] = frame.x.toPixel(
                StepScale(*seeds.runs[i], unit).keyOf(static_cast<double>(seeds.runs[i]->losses.size() - 1)));
        for (const RibbonPoint& point : line) {
            const auto x = static_cast<double>(point.x);
            double sum = 0.0;
            double count = 0.0;
            bool atAnEnd = false;
            for (std::size_t i = 0; i < 3; ++i) {
                atAnEnd |= std::abs(x - ends[i]) < 2.0;
                const double start = frame.x.toPixel(StepScale(*seeds.runs[i], unit).keyOf(logarithmic ? 1.0 : 0.0));
                atAnEnd |= std::abs(x - start) < 2.0;
                if (x > ends[i] || x < start) continue;
                sum += 1.0 + static_cast<double>(i * i);
                ++count;
            }
            if (atAnEnd) continue;
            QVERIFY2(std::abs(frame.y.toValue(static_cast<double>(point.top)) - sum / count) < 1e-3,
                     qPrintable(QStringLiteral("%1 at %2, not %3")
                                    .arg(frame.y.toValue(static_cast<double>(point.top)))
                                    .arg(x)
                                    .arg(sum / count)));
        }
    }
};

QTEST_APPLESS_MAIN(TestPlotSeeds)
#include "tst_plot_seeds.moc"
