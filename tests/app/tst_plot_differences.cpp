// SPDX-License-Identifier: GPL-3.0-or-later
// The plot of the losses' differences from a reference run: what is drawn, read, written and said.
#include "app/plots/export_dialog.h"
#include "app/plots/step_scale.h"
#include "app/plots/value_table.h"
#include "core/analysis/smoothing.h"
#include "core/data/random.h"
#include "tests/app/plot_page_fixture.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTest>
#include <QXmlStreamReader>

using namespace ratescope;

namespace {

using MutableRun = std::shared_ptr<RunRecord>;

MutableRun noisyRun(RunId id, std::size_t steps, const std::string& color) {
    MutableRun run = finishedRun(id, steps, color);
    RandomStream random(static_cast<std::uint64_t>(id), "noise", 0);
    for (float& loss : run->losses) loss += random.uniform(-0.4F, 0.4F);
    for (std::uint64_t epoch = 1; epoch <= 5; ++epoch)
        run->epochs.push_back({.epoch = epoch,
                               .step = epoch * run->length.stepsPerEpoch,
                               .rate = 0.01,
                               .train = {1.0, 0.1},
                               .validation = Score{0.3 + 0.1 * static_cast<double>(id) / static_cast<double>(epoch), 0.1},
                               .seconds = static_cast<double>(epoch)});
    return run;
}

std::vector<MutableRun> someRuns(std::size_t steps = 1000) {
    std::vector<MutableRun> runs = {noisyRun(1, steps, "#0072b2"), noisyRun(2, steps, "#d55e00"),
                                    noisyRun(3, steps, "#009e73"), finishedRangeTest(4)};
    runs.push_back(noisyRun(5, steps, "#cc79a7"));
    runs.back()->config.seed = 99; // begins elsewhere
    return runs;
}

std::vector<RunPointer> pointers(const std::vector<MutableRun>& runs) { return {runs.begin(), runs.end()}; }

PlotView differences(RunId reference = 0, double smoothing = 0.9) {
    PlotView view;
    view.quantity = Quantity::Difference;
    view.reference = reference;
    view.smoothing = smoothing;
    return view;
}

std::vector<double> smoothedLosses(const RunRecord& run, double beta) {
    return smoothed(std::vector<double>(run.losses.begin(), run.losses.end()), beta);
}

QString lineOf(const PageFixture& page, const QString& name) {
    for (const QString& line : page.page.crosshairText().split(QLatin1Char('\n')))
        if (line.startsWith(name + QLatin1Char(':'))) return line;
    return {};
}

/// The words in the figure, a piece a line.
QString textIn(const std::vector<RunPointer>& runs, const PlotView& view, PlotPart part = PlotPart::Loss) {
    FigureRequest request;
    request.part = part;
    request.view = view;
    QXmlStreamReader xml(encodeFigure(runs, request, FigureFormat::Svg, {}));
    QString text;
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::Characters) text += xml.text().toString().trimmed() + QLatin1Char('\n');
    return text;
}

QList<QByteArrayList> csvOf(const std::vector<RunPointer>& runs, const PlotView& view, PlotPart part) {
    FigureRequest request;
    request.part = part;
    request.view = view;
    QList<QByteArrayList> rows;
    for (const QByteArray& line : figureCsv(runs, request).trimmed().split('\n')) rows << line.split(',');
    return rows;
}

} // namespace

class TestPlotDifferences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A run that lies 0.5 above the reference is a line at 0.5, and the reference one at 0.
    void theLinesLieWhereTheyBelong() {
        const MutableRun reference = finishedRun(1, 1000, "#0072b2");
        const MutableRun above = finishedRun(2, 1000, "#d55e00");
        const MutableRun other = finishedRun(3, 1000, "#009e73");
        other->config.batchSize = 32;
        for (float& loss : above->losses) loss += 0.5F;
        PlotView view = differences(1);
        view.loss = AxisRange{-1.0, 1.0};
        view.legend = false;
        PageFixture page({reference, above, other}, view);
        const QImage picture = page.picture();
        const QRect frame = page.page.frameOf(PlotPart::Loss).toRect();
        const auto row = [&](double value) {
            return QRect(frame.left() + 5, frame.top() + qRound((1.0 - value) / 2.0 * frame.height()) - 2,
                         frame.width() / 2, 5);
        };
        QVERIFY(countPixels(picture, row(0.5), QColor(0xd5, 0x5e, 0x00)) > frame.width() / 2 - 5);
        QVERIFY(countPixels(picture, row(0.0), QColor(0x00, 0x72, 0xb2), 130) > frame.width() / 2 - 5);
        QCOMPARE(countPixels(picture, row(0.0), QColor(0xd5, 0x5e, 0x00)), 0);
        QCOMPARE(countPixels(picture, frame, QColor(0x00, 0x9e, 0x73)), 0); // does not share its batches
    }

    void theFittedAxisCoversThem() {
        const auto runs = someRuns();
        for (const double smoothing : {0.9, 0.99}) {
            PageFixture page(pointers(runs), differences(2, smoothing));
            const auto [low, high] = page.loss();
            QVERIFY(low < 0.0 && high > 0.0);
            const auto reference = smoothedLosses(*runs[1], smoothing);
            for (const std::size_t which : {0, 2}) {
                const auto losses = smoothedLosses(*runs[which], smoothing);
                constexpr std::size_t stretch = 3; // single steps may be cut off, as in the losses' own plot
                for (std::size_t step = 0; step + stretch <= losses.size(); step += stretch) {
                    double value = 0.0;
                    for (std::size_t i = step; i < step + stretch; ++i) value += (losses[i] - reference[i]) / stretch;
                    QVERIFY(value > low && value < high);
                }
            }
            QVERIFY(high - low < 1.5); // and not much more
        }
        const MutableRun above = finishedRun(7, 100);
        const MutableRun below = finishedRun(6, 100);
        for (float& loss : above->losses) loss += 3.0F;
        PageFixture page({below, above}, differences());
        QVERIFY(page.loss().first < 0.0 && page.loss().second > 2.8);
    }

    void theAxisIsLinear() {
        const auto runs = someRuns();
        PlotView view = differences();
        PageFixture linear(pointers(runs), view);
        view.logLoss = true;
        PageFixture page(pointers(runs), view);
        QCOMPARE(page.loss(), linear.loss());
    }

    void theCrosshairReadsThem_data() {
        QTest::addColumn<StepUnit>("unit");
        QTest::newRow("steps") << StepUnit::Step;
        QTest::newRow("epochs") << StepUnit::Epoch;
        QTest::newRow("samples") << StepUnit::Samples;
        QTest::newRow("seconds") << StepUnit::Seconds;
    }
    void theCrosshairReadsThem() {
        QFETCH(const StepUnit, unit);
        const auto runs = someRuns();
        for (EpochMetrics& epoch : runs[1]->epochs) epoch.seconds *= 0.5; // twice as quick as the reference
        for (const MutableRun& run : runs)
            if (!run->epochs.empty()) run->trainSeconds = run->epochs.back().seconds;
        PlotView view = differences(1);
        view.stepUnit = unit;
        PageFixture page(pointers(runs), view);
        const auto reference = smoothedLosses(*runs[0], 0.9);
        for (const double share : {0.05, 0.2, 0.4}) {
            const QRectF frame = page.page.frameOf(PlotPart::Loss);
            const QPointF at(frame.left() + std::round(share * frame.width()), frame.center().y());
            page.hover(at);
            const auto [from, to] = page.steps();
            const double x = from + (at.x() - frame.left()) / frame.width() * (to - from);
            for (const std::size_t which : {1, 2}) {
                const auto step = static_cast<std::size_t>(std::round(StepScale(*runs[which], unit).stepOf(x)));
                const double value = smoothedLosses(*runs[which], 0.9)[step] - reference[step];
                const QString name = QString::fromStdString(runs[which]->config.name);
                const QString line = lineOf(page, name);
                QVERIFY2(line.startsWith(name + QStringLiteral(": difference ")), qPrintable(line));
                const double found =
                    line.section(QStringLiteral("difference "), 1).section(QLatin1Char(','), 0, 0).toDouble();
                QVERIFY2(std::abs(found - value) < 1e-6 + 1e-3 * std::abs(value), qPrintable(line));
            }
            QCOMPARE(lineOf(page, QStringLiteral("run 1")), QStringLiteral("run 1: difference 0, rate 0.01"));
            QCOMPARE(lineOf(page, QStringLiteral("run 5")), QStringLiteral("run 5: difference –, rate 0.01"));
        }
    }

    void theTableHoldsThem() {
        const auto runs = someRuns(200);
        PageFixture page(pointers(runs), differences(1));
        ValueTable table(page.page);
        table.show();
        page.settle();
        const QStringList rows = table.text().split(QLatin1Char('\n'));
        QCOMPARE(rows[0], QStringLiteral("step\trun 2 − run 1 difference\trun 2 − run 1 smoothed difference\t"
                                         "run 3 − run 1 difference\trun 3 − run 1 smoothed difference"));
        QCOMPARE(rows.size(), 1 + 200);
        const auto one = smoothedLosses(*runs[1], 0.9);
        const auto two = smoothedLosses(*runs[0], 0.9);
        for (std::size_t step = 0; step < 200; step += 13) {
            const QStringList cells = rows[static_cast<qsizetype>(step) + 1].split(QLatin1Char('\t'));
            QCOMPARE(cells[0].toULongLong(), step);
            const double raw = double(runs[1]->losses[step]) - double(runs[0]->losses[step]);
            QVERIFY(std::abs(cells[1].toDouble() - raw) < 1e-6);
            QVERIFY(std::abs(cells[2].toDouble() - (one[step] - two[step])) < 1e-6);
        }
    }

    void numbersForAFile() {
        const auto runs = someRuns(100);
        runs[0]->visible = false; // a reference need not be shown
        runs[2]->losses.resize(40);
        runs[2]->rates.resize(40);
        PlotView view = differences(1);
        view.steps = AxisRange{10.0, 59.5};
        const auto rows = csvOf(pointers(runs), view, PlotPart::Loss);
        QCOMPARE(rows[0].join(','), QByteArray("run,reference,step,epoch,difference,smoothed_difference"));
        QCOMPARE(rows.size(), 1 + 50 + 30);
        const auto reference = smoothedLosses(*runs[0], 0.9);
        for (qsizetype i = 1; i < rows.size(); ++i) {
            const RunRecord& run = *runs[i <= 50 ? 1 : 2];
            const auto step = static_cast<std::size_t>(10 + (i - 1) % 50);
            QCOMPARE(rows[i][0], QByteArray::fromStdString(run.config.name));
            QCOMPARE(rows[i][1], QByteArray("run 1"));
            QCOMPARE(rows[i][2].toULongLong(), step);
            QCOMPARE(rows[i][3].toDouble(), run.length.epochsOf(step));
            QCOMPARE(rows[i][4].toFloat(), static_cast<float>(double(run.losses[step]) - double(runs[0]->losses[step])));
            QVERIFY(std::abs(rows[i][5].toDouble() - (smoothedLosses(run, 0.9)[step] - reference[step])) < 1e-6);
        }
    }

    void thePagesNumbersHaveThemAsWell() {
        const auto runs = someRuns(100);
        const auto rows = csvOf(pointers(runs), differences(1), PlotPart::Page);
        QCOMPARE(rows[0].join(','),
                 QByteArray("run,step,epoch,lr,loss,smoothed_loss,slope,reference,difference,smoothed_difference"));
        QCOMPARE(rows.size(), 1 + 5 * 100);
        for (const QByteArrayList& row : rows) {
            QCOMPARE(row.size(), 10);
            const bool compared = row[0] == "run 2" || row[0] == "run 3";
            if (row[0] != "run") QCOMPARE(row[7], QByteArray(compared ? "run 1" : ""));
            if (row[0] != "run") QCOMPARE(row[9].isEmpty(), !compared);
        }
        // Of the other plots nothing is compared.
        PlotView plain;
        plain.smoothing = 0.9;
        for (const PlotPart part : {PlotPart::Rate, PlotPart::RangeTest})
            QCOMPARE(csvOf(pointers(runs), differences(1), part), csvOf(pointers(runs), plain, part));
    }

    void namesAndTitle() {
        const auto runs = someRuns();
        const QString text = textIn(pointers(runs), differences(2));
        for (const char* words : {"Loss difference\n", "Loss − loss of “run 2”\n", "run 1 − run 2\n", "run 3 − run 2\n",
                                  "run 2\n", "run 2  (zero line)\n"})
            QVERIFY2(text.contains(QString::fromUtf8(words)), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("run 5")), qPrintable(text)); // left out
        const QString page = textIn(pointers(runs), differences(2), PlotPart::Page);
        QVERIFY2(page.contains(QStringLiteral("run 5  (left out)\n")), qPrintable(page)); // its rate is there
    }

    void saysWhyThereIsNothing_data() {
        QTest::addColumn<int>("alike");
        QTest::addColumn<RunId>("reference");
        QTest::addColumn<std::size_t>("steps");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char* name, int alike, RunId reference, std::size_t steps, const char* hint) {
            QTest::newRow(name) << alike << reference << steps << QString::fromUtf8(hint);
        };
        row("nothing is missing", 2, 0, 50, "");
        row("none alike", 1, 0, 50, "No two runs share initial weights and batch order.");
        row("none like the chosen", 1, 1, 50, "and batch order with “run 1”.");
        row("no step yet", 2, 0, 0, "Known once two runs have made the same step");
    }
    void saysWhyThereIsNothing() {
        QFETCH(const int, alike);
        QFETCH(const RunId, reference);
        QFETCH(const std::size_t, steps);
        QFETCH(const QString, hint);
        const MutableRun one = finishedRun(1, 50);
        const MutableRun two = finishedRun(2, 50);
        if (alike < 2) two->config.seed = 5;
        two->losses.resize(steps);
        two->rates.resize(steps);
        const QString text = textIn({one, two}, differences(reference));
        if (hint.isEmpty()) QVERIFY(!text.contains(QStringLiteral("No two")) && !text.contains(QStringLiteral("Known")));
        else QVERIFY2(text.contains(hint), qPrintable(text));
    }

    void growLikeAtOnce_data() {
        QTest::addColumn<bool>("fixed");
        QTest::addColumn<bool>("hidden");
        QTest::addColumn<std::size_t>("steps");
        QTest::newRow("fitted") << false << false << std::size_t(1500);
        QTest::newRow("zoomed") << true << false << std::size_t(1500);
        QTest::newRow("few") << true << false << std::size_t(150);
        QTest::newRow("hidden reference") << true << true << std::size_t(1500);
    }
    /// Each run at its own pace; the picture is that of a page that is made now.
    void growLikeAtOnce() {
        QFETCH(const bool, fixed);
        QFETCH(const bool, hidden);
        QFETCH(const std::size_t, steps);
        const auto whole = someRuns(steps);
        const auto runs = someRuns(steps);
        PlotView view = differences(1);
        if (fixed) {
            view.steps = AxisRange{0.0, 1.02 * static_cast<double>(steps)};
            view.loss = AxisRange{-0.6, 0.6};
            view.rate = AxisRange{0.0, 0.02};
        }
        runs[0]->visible = !hidden;
        const auto take = [&](std::size_t which, std::size_t count) {
            RunRecord& run = *runs[which];
            run = *whole[which];
            run.visible = which > 0 || !hidden;
            run.state = RunState::Paused;
            run.losses.resize(std::min(count, steps));
            run.rates.resize(std::min(count, steps));
            std::erase_if(run.epochs, [&](const EpochMetrics& epoch) { return epoch.step > run.losses.size(); });
        };
        for (const std::size_t which : {0, 1, 2}) take(which, 0);
        PageFixture grown(pointers(runs), view);
        for (std::size_t portion = 1; portion <= 12; ++portion) {
            take(0, portion * steps / 10);
            take(1, portion * steps / 12);
            take(2, portion * portion * steps / 100);
            grown.refresh();
            if (portion % 4 != 0) continue;
            PageFixture fresh(pointers(runs), view);
            VERIFY_SAME(grown.picture(), fresh.picture());
            VERIFY_SAME(grown.screen(), fresh.screen());
        }
    }

    void changeLikeAtOnce_data() {
        QTest::addColumn<PlotView>("from");
        QTest::addColumn<PlotView>("to");
        const auto row = [](const char* name, const PlotView& from, const PlotView& to) {
            QTest::newRow(name) << from << to;
        };
        row("from the losses", PlotView(), differences());
        row("to another reference", differences(1), differences(3));
        row("another smoothing", differences(1), differences(1, 0.5));
        row("from the default", differences(), differences(2));
        row("from nothing to compare", differences(5), differences(1));
        PlotView error;
        error.quantity = Quantity::Error;
        row("from the errors", error, differences());
        PlotView mean;
        mean.seeds = SeedDrawing::Mean;
        PlotView meanDifferences = differences();
        meanDifferences.seeds = SeedDrawing::Mean;
        row("of seeds", mean, meanDifferences);
    }
    void changeLikeAtOnce() {
        QFETCH(const PlotView, from);
        QFETCH(const PlotView, to);
        const auto runs = someRuns();
        PageFixture page(pointers(runs), from);
        const QImage before = page.picture();
        page.page.setView(to);
        page.settle();
        PageFixture fresh(pointers(runs), to);
        QVERIFY(differingPixels(before, fresh.picture()) > 100);
        VERIFY_SAME(page.picture(), fresh.picture());
        VERIFY_SAME(page.screen(), fresh.screen());
        page.page.setView(from);
        page.settle();
        VERIFY_SAME(page.picture(), before);
        VERIFY_SAME(page.screen(), before);
    }

    /// The chosen reference is deleted: the first run takes its place.
    void theReferenceGoes() {
        auto runs = someRuns();
        runs[2]->visible = false;
        PageFixture page(pointers(runs), differences(3));
        runs.erase(runs.begin() + 2);
        page.page.setRuns(pointers(runs));
        page.settle();
        PageFixture fresh(pointers(runs), differences(3));
        VERIFY_SAME(page.picture(), fresh.picture());
        VERIFY_SAME(page.screen(), fresh.screen());
    }

    void aHiddenReferenceComesAlongInThePicture() {
        const auto runs = someRuns();
        runs[0]->visible = false;
        QVERIFY(!experimentJson(pointers(runs)).contains(QStringLiteral("\"run 1\"")));
        QVERIFY(experimentJson(pointers(runs), differences(1)).contains(QStringLiteral("\"run 1\"")));
    }

    void theDialogOffersTheirTexts() {
        const auto runs = someRuns();
        const ExportDialog dialog(pointers(runs), differences(1), false, QStringLiteral("en"), nullptr);
        QCOMPARE(dialog.request().view.reference, RunId(1));
        bool found = false;
        for (int i = 0; i < 2; ++i)
            for (auto* box : dialog.findChildren<QComboBox*>())
                if (const int loss = box->findText(QStringLiteral("Loss")); loss >= 0) box->setCurrentIndex(loss);
        for (const auto* edit : dialog.findChildren<QLineEdit*>())
            found |= edit->placeholderText() == QStringLiteral("Loss − loss of “run 1”");
        QVERIFY(found);
    }
};

QTEST_MAIN(TestPlotDifferences)
#include "tst_plot_differences.moc"
