// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever changes about the runs, the page looks like one that is made now; and strange runs.
#include "tests/app/plot_page_fixture.h"

#include <QTest>

#include <functional>

using namespace ratescope;

namespace {

using Runs = std::vector<std::shared_ptr<RunRecord>>;

std::vector<RunPointer> pointers(const Runs& runs) {
    return {runs.begin(), runs.end()};
}

void endEpoch(RunRecord& run, std::uint64_t step, double loss) {
    run.epochs.push_back({.epoch = run.epochs.size() + 1,
                          .step = step,
                          .rate = 0.01,
                          .train = {loss, 0.2 * loss},
                          .validation = Score{loss, 0.2 * loss},
                          .seconds = 1.0});
}

Runs someRuns() {
    Runs runs = {finishedRun(1, 1000), finishedRun(2, 1000, "#d55e00"), finishedRangeTest(3, 200)};
    for (std::uint64_t epoch = 1; epoch <= 5; ++epoch) {
        endEpoch(*runs[0], epoch * 200, 1.5 / static_cast<double>(epoch));
        endEpoch(*runs[1], epoch * 200, 2.5 / static_cast<double>(epoch));
    }
    for (float& loss : runs[1]->losses) loss += 0.4F;
    return runs;
}

/// Ranges that nothing moves, so that nothing but the change itself can lead to a drawing.
PlotView fixedView() {
    PlotView view;
    view.steps = AxisRange{0.0, 1010.0};
    view.loss = AxisRange{0.0, 3.0};
    view.rate = AxisRange{0.0, 0.02};
    view.testRate = AxisRange{1e-4, 10.0};
    view.testLoss = AxisRange{0.0, 3.0};
    view.testSlope = AxisRange{-2.0, 2.0};
    return view;
}

using Change = std::function<void(Runs&)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestPlotChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofRuns_data() {
        QTest::addColumn<Change>("change");
        const auto row = [](const char* name, const Change& change) { QTest::newRow(name) << change; };
        row("hidden", [](Runs& runs) { runs[0]->visible = false; });
        row("a hidden range test", [](Runs& runs) { runs[2]->visible = false; });
        row("all hidden", [](Runs& runs) {
            for (const auto& run : runs) run->visible = false;
        });
        row("color", [](Runs& runs) { runs[0]->config.color = "#009e73"; });
        row("dash", [](Runs& runs) { runs[1]->dash = 2; });
        row("name", [](Runs& runs) { runs[0]->config.name = "quite another name"; });
        row("name of a range test", [](Runs& runs) { runs[2]->config.name = "quite another name"; });
        row("diverged", [](Runs& runs) {
            runs[0]->state = RunState::Diverged;
            runs[0]->result.divergedAt = 1000;
        });
        row("stopped early", [](Runs& runs) { runs[0]->state = RunState::StoppedEarly; });
        row("the best epoch", [](Runs& runs) { runs[0]->result.bestEpoch = 3; });
        row("a late score", [](Runs& runs) { endEpoch(*runs[0], 990, 2.2); });
        row("more steps", [](Runs& runs) {
            runs[1]->length.steps = 1010;
            runs[1]->losses.insert(runs[1]->losses.end(), 10, 1.0F);
            runs[1]->rates.insert(runs[1]->rates.end(), 10, 0.01);
        });
    }
    /// Without a step being made nor an axis moving.
    void ofRuns() {
        QFETCH(const Change, change);
        Runs runs = someRuns();
        PageFixture page(pointers(runs), fixedView());
        const QImage before = page.picture();
        change(runs);
        page.refresh();
        PageFixture fresh(pointers(runs), fixedView());
        QVERIFY(differingPixels(before, fresh.picture()) > 10);
        VERIFY_SAME(page.picture(), fresh.picture());
        VERIFY_SAME(page.screen(), fresh.screen());
    }

    void ofTheView_data() {
        QTest::addColumn<PlotView>("from");
        QTest::addColumn<PlotView>("to");
        const auto row = [](const char* name, PlotView from, const std::function<void(PlotView&)>& change) {
            PlotView to = from;
            change(to);
            QTest::newRow(name) << from << to;
        };
        const PlotView fixed = fixedView();
        PlotView error = fixed;
        error.quantity = Quantity::Error;
        error.loss = AxisRange{0.0, 100.0};
        row("error, accuracy", error, [](PlotView& view) { view.quantity = Quantity::Accuracy; });
        row("error, loss", error, [](PlotView& view) { view.quantity = Quantity::Loss; });
        row("loss, error", fixed, [](PlotView& view) { view.quantity = Quantity::Error; });
        row("steps, epochs of the loss", fixed, [](PlotView& view) { view.stepUnit = StepUnit::Epoch; });
        row("steps, epochs of the error", error, [](PlotView& view) { view.stepUnit = StepUnit::Epoch; });
        row("smoothing", fixed, [](PlotView& view) { view.smoothing = 0.5; });
        row("no band", fixed, [](PlotView& view) { view.band = false; });
        row("no scores", fixed, [](PlotView& view) { view.validation = false; });
        row("no legend", fixed, [](PlotView& view) { view.legend = false; });
        row("stacked", fixed, [](PlotView& view) { view.arrangement = Arrangement::Stacked; });
        row("large", fixed, [](PlotView& view) {
            view.arrangement = Arrangement::Large;
            view.large = PlotPart::RangeTest;
        });
        row("log", {}, [](PlotView& view) { view.logLoss = view.logSteps = view.logRate = true; });
        row("zoomed", fixed, [](PlotView& view) { view.steps = AxisRange{300.0, 310.0}; });
    }
    void ofTheView() {
        QFETCH(const PlotView, from);
        QFETCH(const PlotView, to);
        const Runs runs = someRuns();
        PageFixture page(pointers(runs), from);
        const QImage before = page.picture();
        page.page.setView(to);
        page.settle();
        PageFixture fresh(pointers(runs), to);
        QVERIFY(differingPixels(before, fresh.picture()) > 10);
        VERIFY_SAME(page.picture(), fresh.picture());
        VERIFY_SAME(page.screen(), fresh.screen());
        page.page.setView(from);
        page.settle();
        VERIFY_SAME(page.picture(), before);
    }

    void ofTheList() {
        Runs runs = someRuns();
        PageFixture page(pointers(runs), fixedView());
        runs.erase(runs.begin());
        page.page.setRuns(pointers(runs));
        page.settle();
        VERIFY_SAME(page.picture(), PageFixture(pointers(runs), fixedView()).picture());
        runs.insert(runs.begin(), finishedRun(1, 700, "#009e73")); // another run by the number of the one that went
        page.page.setRuns(pointers(runs));
        page.settle();
        VERIFY_SAME(page.picture(), PageFixture(pointers(runs), fixedView()).picture());
        page.page.setRuns({});
        page.settle();
        VERIFY_SAME(page.picture(), PageFixture({}, fixedView()).picture());
    }

    void ofSizeAndTheme() {
        const Runs runs = someRuns();
        PageFixture page(pointers(runs), fixedView());
        page.page.resize(900, 700);
        page.settle();
        page.page.setTheme(PlotTheme::dark());
        page.settle();
        PageFixture fresh(pointers(runs), fixedView(), {900, 700});
        fresh.page.setTheme(PlotTheme::dark());
        fresh.settle();
        VERIFY_SAME(page.picture(), fresh.picture());
        VERIFY_SAME(page.screen(), fresh.screen());
    }

    void strangeRuns_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"none", "zeros", "no steps", "one step", "a test of two", "a test without steps",
                                 "200 runs", "infinite", "cancelled at once", "negative"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    /// On all kinds of axes: nothing crashes and every axis has a range of finite numbers.
    void strangeRuns() {
        QFETCH(const QString, what);
        Runs runs;
        const auto is = [&](const char* name) { return what == QLatin1String(name); };
        if (!is("none")) runs = {finishedRun(1, is("one step") ? 1 : 300)};
        if (is("200 runs"))
            for (RunId id = 2; id <= 200; ++id) runs.push_back(finishedRun(id, static_cast<std::size_t>(10 * id)));
        if (is("zeros")) {
            std::ranges::fill(runs[0]->losses, 0.0F);
            std::ranges::fill(runs[0]->rates, 0.0);
        }
        if (is("negative")) std::ranges::fill(runs[0]->losses, -1.0F);
        if (is("no steps") || is("cancelled at once")) {
            runs[0]->losses.clear();
            runs[0]->rates.clear();
            runs[0]->state = is("no steps") ? RunState::Ready : RunState::Cancelled;
        }
        if (is("a test of two")) runs = {finishedRangeTest(1, 2)};
        if (is("a test without steps")) {
            runs = {finishedRangeTest(1, 100)};
            runs[0]->losses.clear();
            runs[0]->rates.clear();
            runs[0]->state = RunState::Ready;
        }
        if (is("infinite")) {
            runs[0]->losses[100] = std::numeric_limits<float>::infinity();
            runs[0]->losses[200] = std::numeric_limits<float>::quiet_NaN();
        }
        for (const bool logarithmic : {false, true})
            for (const StepUnit unit : {StepUnit::Step, StepUnit::Epoch, StepUnit::Samples, StepUnit::Seconds})
                for (const Quantity quantity : {Quantity::Loss, Quantity::Error, Quantity::Accuracy, Quantity::Difference})
                    for (const SeedDrawing seeds : {SeedDrawing::Single, SeedDrawing::Mean}) {
                        if (is("200 runs") && (quantity == Quantity::Error || unit == StepUnit::Samples)) continue;
                        PlotView view;
                        view.logLoss = view.logRate = view.logSteps = logarithmic;
                        view.stepUnit = unit;
                        view.quantity = quantity;
                        view.seeds = seeds;
                        PageFixture page(pointers(runs), view, {900, 300});
                        const PlotView shown = page.page.currentView();
                        for (const auto& range :
                             {shown.steps, shown.loss, shown.rate, shown.testRate, shown.testLoss, shown.testSlope}) {
                            QVERIFY(range);
                            QVERIFY2(std::isfinite(range->first) && std::isfinite(range->second) &&
                                         range->first < range->second,
                                     qPrintable(QStringLiteral("%1 … %2").arg(range->first).arg(range->second)));
                        }
                        if (logarithmic)
                            QVERIFY(shown.steps->first > 0.0 && shown.rate->first > 0.0 &&
                                    (shown.loss->first > 0.0 || quantity == Quantity::Difference));
                        for (const PlotPart part : {PlotPart::Loss, PlotPart::Rate, PlotPart::RangeTest})
                            page.hover(page.middle(part));
                        page.page.setCursor(0);
                        page.page.setCursor(1);
                        QVERIFY(!page.picture().isNull());
                    }
    }
};

QTEST_MAIN(TestPlotChanges)
#include "tst_plot_changes.moc"
