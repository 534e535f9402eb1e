// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's theme: as a portal on a bus of the test's own tells it, as the palette shows it, and in the window.
#include "app/main_window.h"
#include "app/panels/system_theme.h"
#include "app/plots/plot_page.h"

#include <QAction>
#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

using namespace ratescope;

namespace {

const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");

/// A bus with nobody on it but the test; over with the object.
class PrivateBus {
public:
    PrivateBus() {
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead())
            m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    ~PrivateBus() {
        for (const QString& name : m_names) QDBusConnection::disconnectFromBus(name);
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    QDBusConnection connection(const char* name) {
        m_names << QString::fromLatin1(name);
        return QDBusConnection::connectToBus(m_address, m_names.last());
    }
    const QString& address() const { return m_address; }

private:
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};

} // namespace

/// Answers as the portal does.
class FakePortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit FakePortal(QDBusConnection bus)
        : m_bus(bus) {
        m_bus.registerObject(portalPath, this, QDBusConnection::ExportAllSlots);
        m_bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }
    void tell(const QString& group, const QString& key, const QVariant& value) {
        QDBusMessage signal = QDBusMessage::createSignal(portalPath, portalInterface, QStringLiteral("SettingChanged"));
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        m_bus.send(signal);
    }
    uint scheme = 1;
    int asked = 0;

public Q_SLOTS:
    QDBusVariant Read(const QString& group, const QString& key) { // NOLINT: the portal's name
        asked += group == appearance && key == colorScheme;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }

private:
    QDBusConnection m_bus;
};

class TestSystemTheme : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_settings;

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(QStringLiteral("ratescope-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    }

    void schemes() {
        QWidget window;
        SystemTheme theme(window);
        const QSignalSpy changes(&theme, &SystemTheme::changed);
        QVERIFY(!theme.isDark()); // as this platform's palette is
        const auto tell = [&](uint scheme, bool dark, int count) {
            theme.setColorScheme(scheme);
            return theme.isDark() == dark && changes.count() == count;
        };
        QVERIFY(tell(2, false, 0));
        QVERIFY(tell(1, true, 1));
        QVERIFY(tell(1, true, 1));
        QVERIFY(tell(0, false, 2)); // the palette again
        QVERIFY(tell(1, true, 3));
        QVERIFY(tell(7, false, 4)); // of a later portal: no preference
    }

    void palette() {
        QWidget window;
        window.show();
        bool dark = false;
        int looks = 0;
        SystemTheme theme(window, [&] {
            ++looks;
            return dark;
        });
        const QSignalSpy changes(&theme, &SystemTheme::changed);
        const auto desktopBecomes = [&](bool another) {
            dark = another;
            QEvent event(QEvent::ThemeChange);
            QCoreApplication::sendEvent(window.windowHandle(), &event);
            QCoreApplication::sendEvent(window.windowHandle(), &event);
            QCoreApplication::processEvents();
        };
        desktopBecomes(true);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(looks, 2); // once at first, once for both events
        QVERIFY(theme.isDark());
        desktopBecomes(true);
        QCOMPARE(changes.count(), 1);
        theme.setColorScheme(2); // the portal knows better
        QVERIFY(!theme.isDark());
        desktopBecomes(false);
        QCOMPARE(changes.count(), 2);
    }

    /// Our own colours are not the desktop's, and are left as they are.
    void ownPalette() {
        applyWindowTheme(true);
        const QPalette own = QApplication::palette();
        QVERIFY(own.color(QPalette::Window).lightness() < 128);
        QVERIFY(!desktopPaletteIsDark());
        QVERIFY(QApplication::palette() == own);
        QVERIFY(QCoreApplication::testAttribute(Qt::AA_SetPalette));
        QApplication::setPalette(QPalette());
        QVERIFY(!desktopPaletteIsDark());
        QVERIFY(!QCoreApplication::testAttribute(Qt::AA_SetPalette));
    }

    void portal() {
        PrivateBus bus;
        if (bus.address().isEmpty()) QSKIP("there is no dbus-daemon");
        FakePortal portal(bus.connection("portal"));
        QWidget window;
        SystemTheme theme(window);
        const QSignalSpy changes(&theme, &SystemTheme::changed);
        theme.followPortal(bus.connection("window"));
        QCOMPARE(changes.count(), 0); // nothing is waited for
        QTRY_COMPARE(changes.count(), 1);
        QVERIFY(theme.isDark());
        QCOMPARE(portal.asked, 1);
        portal.tell(appearance, QStringLiteral("accent-color"), 2U);
        portal.tell(QStringLiteral("org.gnome.desktop.interface"), colorScheme, QStringLiteral("default"));
        portal.tell(appearance, colorScheme, 2U);
        QTRY_COMPARE(changes.count(), 2);
        QVERIFY(!theme.isDark());
        portal.tell(appearance, colorScheme, 1U);
        QTRY_VERIFY(theme.isDark());
        portal.tell(appearance, colorScheme, QStringLiteral("strange"));
        QTRY_VERIFY(!theme.isDark());
        QCOMPARE(changes.count(), 4);
    }

    void noPortal() {
        QWidget window;
        SystemTheme theme(window);
        const QSignalSpy changes(&theme, &SystemTheme::changed);
        theme.followPortal(QDBusConnection(QStringLiteral("no such connection")));
        theme.followDesktop(); // there is none here
        PrivateBus bus;
        if (bus.address().isEmpty()) QSKIP("there is no dbus-daemon");
        theme.followPortal(bus.connection("lonely"));
        // When the bus has answered a later question, it has answered that one.
        bus.connection("lonely").call(
            QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                                           QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId")));
        QCoreApplication::processEvents();
        QCOMPARE(changes.count(), 0);
        QVERIFY(!theme.isDark());
    }

    void theWindowFollows() {
        const QTemporaryDir state;
        MainWindow window(state.path());
        window.show();
        auto* theme = window.findChild<SystemTheme*>();
        const auto isDark = [&] {
            const bool dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
            const bool plots = window.plots().theme().background.lightness() < 128;
            return dark == plots ? QVariant(dark) : QVariant(QStringLiteral("half"));
        };
        const auto choose = [&](const char* text) {
            for (QAction* action : window.findChildren<QAction*>())
                if (action->text().remove(QLatin1Char('&')) == QLatin1String(text)) action->trigger();
        };
        QCOMPARE(isDark(), QVariant(false));
        theme->setColorScheme(1);
        QCOMPARE(isDark(), QVariant(true));
        choose("Light");
        QCOMPARE(isDark(), QVariant(false));
        theme->setColorScheme(2);
        theme->setColorScheme(1);
        QCOMPARE(isDark(), QVariant(false)); // who has chosen has chosen
        choose("As the desktop");
        QCOMPARE(isDark(), QVariant(true));
        theme->setColorScheme(0);
        QCOMPARE(isDark(), QVariant(false));
    }
};

QTEST_MAIN(TestSystemTheme)
#include "tst_system_theme.moc"
