// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of schedules: the gallery, the preview and the plot that they have in common.
#include "app/panels/number_edit.h"
#include "app/panels/schedule_axis.h"
#include "app/panels/schedule_card.h"
#include "app/panels/schedule_editor.h"
#include "app/panels/schedule_gallery.h"
#include "app/panels/schedule_picture.h"
#include "app/panels/schedule_plot.h"
#include "app/panels/schedule_preview.h"
#include "core/schedule/handles.h"
#include "tests/app/gui_helpers.h"
#include "tests/app/inspector_fixture.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace ratescope;

class TestScheduleGallery : public InspectorFixture {
    Q_OBJECT

private:
    const RunLength m_length{1000, 100};

    ScheduleCard* focused(const ScheduleGallery& gallery) const {
        return qobject_cast<ScheduleCard*>(gallery.focusWidget());
    }

    static const QLabel* label(const QWidget& root, const char* name) {
        for (const QLabel* one : root.findChildren<QLabel*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }

private Q_SLOTS:
    void init() { restart(); }
    void cleanup() { end(); }

    void everyFamilyHasACardInItsGroup() {
        ScheduleGallery gallery(0.1, m_length, "cosine");
        gallery.ensurePolished();
        gallery.adjustSize();
        QVERIFY2(gallery.width() <= 1280 && gallery.height() <= 720,
                 qPrintable(QStringLiteral("%1 × %2").arg(gallery.width()).arg(gallery.height())));
        QCOMPARE(gallery.cards().size(), scheduleTable().size());
        QStringList headings;
        for (const QLabel* one : gallery.findChildren<QLabel*>()) headings << one->text();
        for (const char* group : {"Constant", "Decays", "Restarts and cycles", "Warm-ups", "By the data", "Your own"})
            QVERIFY2(headings.contains(QLatin1String(group)), group);
        for (std::size_t i = 0; i < scheduleTable().size(); ++i) {
            const ScheduleCard* card = gallery.cards()[i];
            QCOMPARE(card->family().type, scheduleTable()[i].type);
            QVERIFY(!card->accessibleName().isEmpty() && !card->accessibleDescription().isEmpty());
            if (i > 0 && card->family().group == gallery.cards()[i - 1]->family().group) // one beside the other
                QCOMPARE(card->y(), gallery.cards()[i - 1]->y());
        }
    }

    void everyPictureIsAnother() {
        std::vector<QImage> pictures;
        for (const ScheduleFamily& family : scheduleTable()) {
            const SchedulePicture picture = familyPicture(family.type, 0.1, m_length, 120);
            QVERIFY2(picture.rate.size() > 1, family.type.c_str());
            for (const QPointF& point : picture.rate)
                QVERIFY(point.x() >= 0 && point.x() <= 1 && point.y() >= 0 && point.y() <= 1);
            QImage image(120, 60, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            paintPicture(painter, QRectF(4, 4, 112, 52), picture, {Qt::blue, Qt::gray, Qt::gray}, 2.0);
            painter.end();
            QVERIFY2(std::ranges::find(pictures, image) == pictures.end(), family.type.c_str());
            pictures.push_back(image);
        }
        // What the data decide is told with data that are made up.
        for (const char* type : {"plateau", "halving"}) {
            const SchedulePicture picture = familyPicture(type, 0.1, m_length, 120);
            QVERIFY2(!picture.ghost.isEmpty() && picture.rate.back().y() <= 0.5 * picture.rate.front().y(), type);
        }
    }

    void itIsWorkedByKeys() {
        ScheduleGallery gallery(0.1, m_length, "cosine");
        gallery.show();
        QSignalSpy chosen(&gallery, &ScheduleGallery::familyChosen);
        QCOMPARE(focused(gallery)->family().type, std::string("cosine"));
        QTest::keyClick(focused(gallery), Qt::Key_Left);
        QCOMPARE(focused(gallery)->family().type, std::string("time"));
        QTest::keyClick(focused(gallery), Qt::Key_Right);
        QTest::keyClick(focused(gallery), Qt::Key_Right); // on in the next row
        QCOMPARE(focused(gallery)->family().type, std::string("warm_restarts"));
        QTest::keyClick(focused(gallery), Qt::Key_Down);
        QCOMPARE(focused(gallery)->family().type, std::string("piecewise"));
        QTest::keyClick(focused(gallery), Qt::Key_Up);
        QTest::keyClick(focused(gallery), Qt::Key_Up);
        QCOMPARE(focused(gallery)->family().type, std::string("constant"));
        QTest::keyClicks(focused(gallery), QStringLiteral("on"));
        QCOMPARE(focused(gallery)->family().type, std::string("one_cycle"));
        QTest::keyClick(focused(gallery), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<std::string>(), std::string("one_cycle"));
        QVERIFY(!gallery.isVisible());
        gallery.open();
        QTest::keyClick(focused(gallery), Qt::Key_Escape);
        QVERIFY(!gallery.isVisible());
        QCOMPARE(chosen.size(), 1);
    }

    void itSaysWhenAFamilyHelps() {
        ScheduleGallery gallery(0.1, m_length, "cosine");
        QStringList texts;
        gallery.cards()[3]->setFocus();
        Q_EMIT gallery.cards()[3]->lookedAt();
        for (const QLabel* one : gallery.findChildren<QLabel*>()) texts << one->text();
        const ScheduleFamily& family = gallery.cards()[3]->family();
        QVERIFY(texts.contains(QString::fromStdString(family.meaning)));
        QVERIFY(texts.contains(QStringLiteral("lr(t) = ") + QString::fromStdString(family.formula)));
    }

    void aPartCannotBeHalving() {
        ScheduleGallery gallery(0.1, m_length, "");
        gallery.setForPart(true);
        for (const ScheduleCard* card : gallery.cards()) QCOMPARE(card->isEnabled(), card->family().type != "halving");
    }

    void axes() {
        const ScheduleAxis linear = ScheduleAxis::linear(0.0, 0.1);
        QCOMPARE(linear.low, 0.0);
        QCOMPARE(linear.marks(4).size(), std::size_t(3));
        QCOMPARE(linear.marks(4)[1].text, QStringLiteral("0.05"));
        const ScheduleAxis decades = ScheduleAxis::decades(2e-4, 0.1);
        QCOMPARE(decades.low, 1e-4);
        QCOMPARE(decades.high, 0.1);
        QCOMPARE(decades.marks(8).front().text, QStringLiteral("10⁻⁴"));
        QCOMPARE(decades.shareOf(1e-4), 0.0);
        QVERIFY(std::abs(decades.valueAt(decades.shareOf(0.003)) - 0.003) < 1e-12);
        QVERIFY(decades.shareOf(0.0) < 0.0);
    }

    void thePlotReadsWhatTrains() {
        const ScheduleSpec cosine = suggestedSchedule("cosine", 0.1, 1000, TimeUnit::Step);
        const ScheduleSpec constant = suggestedSchedule("constant", 0.03, 1000, TimeUnit::Step);
        SchedulePlot plot;
        plot.setLarge(true);
        plot.resize(600, 400);
        plot.setSchedules({{.name = QStringLiteral("a"),
                            .color = Qt::blue,
                            .schedule = Schedule(constant, m_length),
                            .length = m_length},
                           {.name = QStringLiteral("b"),
                            .color = Qt::red,
                            .schedule = Schedule(cosine, m_length),
                            .length = m_length}});
        plot.show();
        QVERIFY(plot.readings().empty());
        plot.setCrosshair(100);
        QCOMPARE(plot.readings().size(), std::size_t(2));
        QCOMPARE(plot.readings()[0].name, QStringLiteral("b")); // highest first
        QCOMPARE(plot.readings()[0].rate, Schedule(cosine, m_length).at(100));
        QCOMPARE(plot.readings()[1].rate, 0.03);
        QTest::keyClick(&plot, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(plot.crosshair(), std::optional<std::uint64_t>(101));
        QTest::keyClick(&plot, Qt::Key_End);
        QCOMPARE(plot.crosshair(), std::optional<std::uint64_t>(999));
        QCOMPARE(plot.readings()[0].name, QStringLiteral("a"));
        QVERIFY(countPixels(plot.grab().toImage(), plot.rect(), Qt::red) > 300);
        plot.setLogarithmic(true);
        QVERIFY(plot.rateAxis().logarithmic && plot.rateAxis().low > 0.0 && plot.rateAxis().high == 0.1);
        QVERIFY(countPixels(plot.grab().toImage(), plot.rect(), Qt::red) > 300);
    }

    void thePreviewFollowsEveryKeystroke() {
        const RunId id = show(tiny());
        auto* preview = m_panel->findChild<SchedulePreview*>();
        pickFamily("cosine");
        const QImage before = preview->grab().toImage();
        QVERIFY(countPixels(before, before.rect(), QColor(0x00, 0x72, 0xb2)) > 100); // the run's colour
        auto* line = editor<NumberEdit>("Learning rate");
        for (const char* text : {"2", "2e", "2e-", "2e-3"}) { // each as it stands while it is typed
            type("Learning rate", text);
            preview->plot().setCrosshair(0);
            const double expected = QString::fromLatin1(text).endsWith(QLatin1Char('3')) ? 0.002 : 2.0;
            QCOMPARE(preview->plot().readings()[0].rate, expected);
        }
        QCOMPARE(line->text(), QStringLiteral("2e-3"));
        QCOMPARE(config(id).schedule.values.find("lr"), std::optional(0.002));
        auto* log = editor<QToolButton>("Logarithmic rate axis");
        log->click();
        QVERIFY(preview->plot().rateAxis().logarithmic);
    }

    void itSaysWhereTheDataDecide() {
        RunConfig longer = tiny();
        longer.duration.epochs = 6;
        show(longer);
        const QLabel* about = label(*m_panel, "About the schedule");
        pickFamily("cosine");
        QVERIFY(about->text().contains(QChar(0x2192)));
        pickFamily("plateau"); // six epochs, patience 10
        QVERIFY2(about->text().contains(QStringLiteral("ends before the patience")), qPrintable(about->text()));
        type("Patience", "0");
        QVERIFY2(about->text().contains(QStringLiteral("while there is progress")), qPrintable(about->text()));
        pickFamily("halving");
        QVERIFY2(about->text().contains(QStringLiteral("runs away twice")), qPrintable(about->text()));
    }

    void warningsAreShownInWords() {
        show(tiny());
        const QLabel* warnings = label(*m_panel, "What is questionable about the schedule");
        QVERIFY(!warnings->isVisible());
        pickFamily("linear");
        type("Length", "5");
        QVERIFY(warnings->isVisible());
        QCOMPARE(warnings->text(), QStringLiteral("The rate is 0 from step 5 on: nothing is learned while it is."));
        type("Length", "");
        QVERIFY(!warnings->isVisible());
    }
};

QTEST_MAIN(TestScheduleGallery)
#include "tst_schedule_gallery.moc"
