// SPDX-License-Identifier: GPL-3.0-or-later
// Forks drawn as branches, marks of changed rates, and what is still to come.
#include "app/plots/figure.h"
#include "app/plots/figure_image.h"
#include "app/study/run_config_json.h"
#include "tests/app/plot_page_fixture.h"

#include <QTest>
#include <QXmlStreamReader>
#include <qcustomplot.h>

#include <cmath>

using namespace ratescope;

namespace {

using Record = std::shared_ptr<RunRecord>;

constexpr double flat = 0.01; // the rate of finishedRun()

const QColor childColor("#d55e00");

/// A fork of `parent`, whose curve leaves it upwards.
Record forkOf(const RunRecord& parent, std::uint64_t step, RunId id = 2) {
    const Record child = finishedRun(id, parent.length.steps, childColor.name().toStdString());
    child->config.fork = ForkSpec{parent.config.name, step};
    for (std::size_t i = 0; i < child->stepCount(); ++i) {
        child->losses[i] = parent.losses[i] + (i < step ? 0.0F : 1.0F);
        child->rates[i] = i < step ? parent.rates[i] : 0.02;
    }
    return child;
}

/// A run of which `done` of 1000 steps are made.
Record goingOn(const ScheduleSpec& schedule, std::size_t done) {
    const Record run = finishedRun(1, 1000);
    run->state = RunState::Running;
    run->config.schedule = schedule;
    run->rates.resize(done);
    run->losses.resize(done);
    const Schedule rates(schedule, run->length);
    for (std::size_t i = 0; i < done; ++i) run->rates[i] = rates.at(i);
    return run;
}

RateChange byHand(std::uint64_t step, double before, double after) {
    return {.step = step,
            .before = before,
            .after = after,
            .gesture = step,
            .lastStep = step,
            .schedule = RunConfig::constantSchedule(after)};
}

/// A figure as pictures are made of it, looked into.
struct Drawing {
    explicit Drawing(const std::vector<RunPointer>& runs, const PlotView& view = {}, PlotPart part = PlotPart::Page)
        : figure(plot, part) {
        figure.setView(view);
        figure.setRuns(runs);
        FigureDrawing drawing = figure.record({1200, 500}, 1.0);
        drawing.axes = QPicture(); // the curves alone, and what belongs to them
        drawing.background = Qt::white;
        image = drawing.toImage();
    }
    std::vector<Figure::Mark> marks(Figure::Mark::Kind kind) const {
        std::vector<Figure::Mark> found;
        for (const Figure::Mark& mark : figure.marks())
            if (mark.kind == kind) found.push_back(mark);
        return found;
    }
    double xOf(PlotPlace place, double step) const { return figure.frame(place)->x.toPixel(step); }
    /// Pixels of that colour between two steps.
    int pixels(PlotPlace place, double from, double to, const QColor& color) const {
        const QRect frame = figure.frame(place)->rect.toRect();
        const int left = static_cast<int>(xOf(place, from));
        return countPixels(
            image, QRect(left, frame.top() + 1, static_cast<int>(xOf(place, to)) - left, frame.height() - 2), color);
    }

    QCustomPlot plot;
    Figure figure;
    QImage image;
};

PlotView plain() {
    PlotView view;
    view.legend = view.band = false;
    return view;
}

} // namespace

class TestPlotBranches : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aForkIsDrawnFromItsStepOn_data() {
        QTest::addColumn<int>("unit");
        QTest::addColumn<bool>("beside"); // its visible parent
        for (const StepUnit unit : {StepUnit::Step, StepUnit::Epoch, StepUnit::Samples})
            for (const bool beside : {true, false})
                QTest::addRow("unit %d, %s", int(unit), beside ? "beside its parent" : "alone") << int(unit) << beside;
    }
    void aForkIsDrawnFromItsStepOn() {
        QFETCH(const int, unit);
        QFETCH(const bool, beside);
        const Record parent = finishedRun(1, 1000);
        parent->visible = beside;
        const Record child = forkOf(*parent, 600);
        PlotView view = plain();
        view.stepUnit = static_cast<StepUnit>(unit);
        const double one = view.stepUnit == StepUnit::Step    ? 1.0
                           : view.stepUnit == StepUnit::Epoch ? 1.0 / 200.0
                                                              : child->config.batchSize;
        Drawing drawing({parent, child}, view);
        for (const PlotPlace place : {PlotPlace::Loss, PlotPlace::Rate}) {
            QCOMPARE(drawing.pixels(place, 20 * one, 580 * one, childColor) > 0, !beside);
            QVERIFY(drawing.pixels(place, 620 * one, 980 * one, childColor) > 50);
            // The mark of the fork, where it leaves.
            const auto marks = drawing.marks(Figure::Mark::Kind::Fork);
            QCOMPARE(marks.size(), std::size_t(2));
            for (const Figure::Mark& mark : marks) {
                QVERIFY(std::abs(mark.at.x() - drawing.xOf(mark.place, 600 * one)) < 1.5);
                QCOMPARE(mark.text, QStringLiteral("run 2: fork of run 1 at step 600"));
            }
        }
        QCOMPARE(drawing.figure.shown().back()->begin, beside ? std::size_t(599) : std::size_t(0));
    }

    /// Hidden and shown again while the page is open, nothing of the old is left.
    void thePageFollowsTheParentsVisibility() {
        const Record parent = finishedRun(1, 1000);
        const Record child = forkOf(*parent, 600);
        PageFixture page({parent, child}, plain());
        for (const bool visible : {false, true}) {
            parent->visible = visible;
            page.refresh();
            PageFixture fresh({parent, child}, plain());
            VERIFY_SAME(page.screen(), fresh.picture());
        }
    }

    void aForkOfAForkBranchesOffTheFork() {
        const Record parent = finishedRun(1, 1000);
        const Record child = forkOf(*parent, 400);
        const Record grandchild = forkOf(*child, 700, 3);
        Drawing drawing({parent, child, grandchild}, plain());
        QCOMPARE(drawing.figure.shown()[2]->begin, std::size_t(699));
        child->visible = false;
        Drawing without({parent, child, grandchild}, plain());
        QCOMPARE(without.figure.shown()[1]->begin, std::size_t(0)); // there is nothing that it branches off
    }

    void changesAreMarkedOnBothCurves_data() {
        QTest::addColumn<int>("cause");
        QTest::addColumn<QString>("text");
        QTest::newRow("hand") << int(RateCause::Hand)
                              << QStringLiteral("run 1: rate changed by hand at step 300: 0.01 → 0.0025");
        QTest::newRow("plateau") << int(RateCause::Plateau)
                                 << QStringLiteral("run 1: no progress at step 300: rate 0.01 → 0.0025");
        QTest::newRow("halving") << int(RateCause::Halving)
                                 << QStringLiteral("run 1: back to the first weights at step 300: rate 0.01 → 0.0025");
    }
    void changesAreMarkedOnBothCurves() {
        QFETCH(const int, cause);
        QFETCH(const QString, text);
        const Record run = finishedRun(1, 1000);
        RateChange change = byHand(300, flat, 0.0025);
        change.cause = static_cast<RateCause>(cause);
        change.lastStep = 350; // where the drag ended
        run->changes = {change};
        for (std::size_t i = 300; i < 1000; ++i) run->rates[i] = 0.0025;
        Drawing drawing({run}, plain());
        const auto marks = drawing.marks(Figure::Mark::Kind::Change);
        QCOMPARE(marks.size(), std::size_t(2));
        QCOMPARE(int(marks[0].place), int(PlotPlace::Loss));
        QCOMPARE(int(marks[1].place), int(PlotPlace::Rate));
        for (const Figure::Mark& mark : marks) {
            QCOMPARE(mark.text, text);
            QVERIFY(std::abs(mark.at.x() - drawing.xOf(mark.place, 350)) < 1.5);
        }
        QVERIFY(std::abs(marks[1].at.y() - drawing.figure.frame(PlotPlace::Rate)->y.toPixel(0.0025)) < 1.5);
        PlotView unmarked = plain();
        unmarked.marks = false;
        QVERIFY(Drawing({run}, unmarked).figure.marks().empty());
    }

    /// What was done to the parent before the fork is marked on the parent alone.
    void theTrunkHasItsMarksOnce_data() {
        QTest::addColumn<quint64>("step");
        for (const quint64 step : {100, 598, 599}) QTest::addRow("step %llu", step) << step;
    }
    void theTrunkHasItsMarksOnce() {
        QFETCH(const quint64, step);
        const Record parent = finishedRun(1, 1000);
        parent->changes = {byHand(step, flat, 0.005)};
        const Record child = forkOf(*parent, 600);
        child->changes = {parent->changes[0], byHand(600, 0.005, 0.02)};
        const auto count = [&] { return Drawing({parent, child}, plain()).marks(Figure::Mark::Kind::Change).size(); };
        QCOMPARE(count(), std::size_t(4)); // one each, on two plots
        parent->visible = false;
        QCOMPARE(count(), std::size_t(4)); // both the child's
    }

    void restartsOfTheTrunkAreMarkedOnce() {
        ScheduleSpec restarts;
        restarts.type = "warm_restarts";
        restarts.values.set("lr", 0.1);
        restarts.values.set("period", 200.0);
        const Record parent = finishedRun(1, 1000);
        parent->config.schedule = restarts;
        const Record child = forkOf(*parent, 500);
        child->config.schedule = restarts;
        const std::size_t alone = Drawing({parent}, plain()).marks(Figure::Mark::Kind::Restart).size();
        QVERIFY(alone >= 4);
        const auto both = Drawing({parent, child}, plain()).marks(Figure::Mark::Kind::Restart).size();
        QCOMPARE(both, alone + alone - 2); // those at 200 and 400 are the parent's
    }

    /// A change is known before its first step is made: the mark comes with that step, on axes that hold still.
    void aMarkComesWithItsFirstStep() {
        PlotView view = plain();
        view.steps = AxisRange{0.0, 1000.0};
        view.loss = AxisRange{0.0, 3.0};
        view.rate = AxisRange{0.0, 0.03};
        const Record run = goingOn(RunConfig::constantSchedule(flat), 400);
        PageFixture page({run}, view);
        run->changes = {byHand(400, flat, 0.02)};
        page.refresh();
        for (std::size_t i = 0; i < 20; ++i) run->append(std::vector{StepMetrics{400 + i, 0.02, 1.0F}});
        page.refresh();
        PageFixture fresh({run}, view);
        VERIFY_SAME(page.screen(), fresh.picture());
        // And that of a fork with the first step of its own.
        const Record child = goingOn(RunConfig::constantSchedule(flat), 400);
        child->config.fork = ForkSpec{"elsewhere", 400};
        PageFixture other({child}, view);
        child->append(std::vector{StepMetrics{400, 0.02, 1.0F}});
        other.refresh();
        PageFixture freshOther({child}, view);
        VERIFY_SAME(other.screen(), freshOther.picture());
    }

    /// The rate to come, as it is foreseen.
    void thePredictionFollowsWhatTheRunFollows_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("after");
        QTest::newRow("by hand") << QStringLiteral("constant") << flat << 0.004;
        QTest::newRow("plateau") << QStringLiteral("plateau") << flat << 0.001;
        QTest::newRow("halving") << QStringLiteral("halving") << flat << 0.0025;
    }
    void thePredictionFollowsWhatTheRunFollows() {
        QFETCH(const QString, type);
        QFETCH(const double, before);
        QFETCH(const double, after);
        ScheduleSpec schedule = RunConfig::constantSchedule(flat);
        schedule.type = type.toStdString();
        if (schedule.type == "plateau") {
            schedule.values.set("patience", 0.0);
            schedule.values.set("factor", 0.1);
        }
        const Record run = goingOn(schedule, 400);
        RunCurves curves(run);
        const auto update = [&] {
            WorkBudget everything;
            curves.update(0.0, everything);
        };
        update();
        QCOMPARE(curves.rateAhead(900), before);
        const std::uint64_t generation = curves.scheduleGeneration();
        update();
        QCOMPARE(curves.scheduleGeneration(), generation);
        if (type == QLatin1String("constant")) {
            run->changes = {byHand(400, flat, after)};
        } else if (type == QLatin1String("plateau")) {
            for (std::uint64_t epoch = 1; epoch <= 2; ++epoch)
                run->epochs.push_back({.epoch = epoch,
                                       .step = 200 * epoch,
                                       .rate = flat,
                                       .train = {1.0, 0.1},
                                       .validation = Score{1.0, 0.1},
                                       .seconds = 1.0});
        } else {
            for (const std::uint64_t step : {50, 90})
                run->changes.push_back(
                    {.step = step, .before = flat, .after = 0.5 * flat, .cause = RateCause::Halving, .lastStep = step});
        }
        update();
        QVERIFY(curves.scheduleGeneration() > generation);
        QVERIFY2(std::abs(curves.rateAhead(900) / after - 1.0) < 1e-12,
                 qPrintable(QString::number(curves.rateAhead(900))));
        QCOMPARE(curves.generation(), RunCurves(run).generation()); // the curves themselves have only grown
        // On the page the faint line lies there, and no longer where it was.
        PlotView view = plain();
        view.rate = AxisRange{0.0, 0.012};
        view.marks = false;
        Drawing drawing({run}, view);
        const auto inkAt = [&](double rate) {
            const auto frame = *drawing.figure.frame(PlotPlace::Rate);
            const QRect where(static_cast<int>(frame.x.toPixel(600.0)), static_cast<int>(frame.y.toPixel(rate)) - 2, 60,
                              5);
            return where.width() * where.height() - countPixels(drawing.image, where, Qt::white, 8);
        };
        QVERIFY(inkAt(after) > 60);
        QCOMPARE(inkAt(before), 0);
    }

    /// A schedule that was taken up by hand has not heard of the epochs before.
    void aPlateauTakenUpByHandBeginsAnew() {
        ScheduleSpec plateau = RunConfig::constantSchedule(0.05);
        plateau.type = "plateau";
        plateau.values.set("patience", 0.0);
        plateau.values.set("factor", 0.1);
        const Record run = goingOn(RunConfig::constantSchedule(flat), 600);
        for (std::uint64_t epoch = 1; epoch <= 3; ++epoch)
            run->epochs.push_back({.epoch = epoch,
                                   .step = 200 * epoch,
                                   .rate = flat,
                                   .train = {1.0, 0.1},
                                   .validation = Score{1.0, 0.1},
                                   .seconds = 1.0});
        RateChange change = byHand(410, flat, 0.05);
        change.schedule = plateau;
        run->changes = {change};
        const RunCurves curves(run);
        QCOMPARE(curves.rateAhead(900), 0.05); // one epoch since: the first is the best so far
    }

    void picturesOfBranches_data() {
        QTest::addColumn<int>("part");
        for (const PlotPart part : {PlotPart::Page, PlotPart::Loss, PlotPart::Rate})
            QTest::addRow("part %d", int(part)) << int(part);
    }
    void picturesOfBranches() {
        QFETCH(const int, part);
        const Record parent = finishedRun(1, 1000);
        parent->changes = {byHand(300, flat, flat)};
        const Record child = forkOf(*parent, 600);
        FigureRequest request;
        request.part = static_cast<PlotPart>(part);
        request.size = {800, 500};
        request.scale = 1.0;
        request.view = plain();
        const std::vector<RunPointer> runs = {parent, child};
        const QImage image = renderFigure(runs, request);
        QVERIFY(image == renderFigure(runs, request));
        QVERIFY(countPixels(image, image.rect(), childColor) > 100);
        const QByteArray svg = encodeFigure(runs, request, FigureFormat::Svg, experimentJson(runs));
        QXmlStreamReader xml(svg);
        while (!xml.atEnd()) xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(svg.contains(childColor.name().toUtf8()));
        const QByteArray png = encodeFigure(runs, request, FigureFormat::Png, experimentJson(runs));
        QVERIFY(QImage::fromData(png).size() == image.size());
        const Json experiment = Json::parse(experimentJson({child, parent}).toStdString());
        QCOMPARE(experiment["runs"].size(), std::size_t(2)); // what it is a fork of comes along
    }
};

QTEST_MAIN(TestPlotBranches)
#include "tst_plot_branches.moc"
