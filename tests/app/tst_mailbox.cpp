// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/mailbox.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTest>

#include <memory>
#include <thread>
#include <vector>

using namespace ratescope;

class TestMailbox : public QObject {
    Q_OBJECT

private slots:
    // Everything arrives once, in the order of each sender, on the receiver's thread; the event loop is woken for it.
    void deliversEverything() {
        constexpr int senders = 4;
        constexpr int calls = 2000;
        Mailbox mail;
        QEventLoop loop;
        std::vector<int> next(senders, 0);
        int made = 0;
        const auto here = std::this_thread::get_id();
        bool good = true;
        std::vector<std::jthread> threads;
        for (int sender = 0; sender < senders; ++sender)
            threads.emplace_back([&, sender] {
                for (int i = 0; i < calls; ++i)
                    mail.post([&, sender, i] {
                        good &= std::this_thread::get_id() == here && next[sender]++ == i;
                        if (++made == senders * calls) loop.quit();
                    });
            });
        loop.exec();
        QVERIFY(good);
        QCOMPARE(made, senders * calls);
    }

    void aCallMayDeliver() {
        Mailbox mail;
        std::vector<int> order;
        mail.post([&] {
            mail.post([&] { order.push_back(3); });
            order.push_back(1);
            mail.deliver();
            order.push_back(4);
        });
        mail.post([&] { order.push_back(2); });
        mail.deliver();
        QCOMPARE(order, (std::vector<int>{1, 2, 3, 4}));
        QCoreApplication::processEvents(); // the bell that is left rings for nothing
        QCOMPARE(order.size(), std::size_t(4));
    }

    void dropsWhatIsLeft() {
        const auto held = std::make_shared<int>(1);
        bool made = false;
        {
            Mailbox mail;
            mail.post([&, held] { made = true; });
            QCOMPARE(held.use_count(), 2L);
        }
        QCOMPARE(held.use_count(), 1L);
        QCoreApplication::processEvents();
        QVERIFY(!made);
    }
};

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
