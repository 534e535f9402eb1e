// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/system_theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>
#include <QFileInfo>
#include <QPalette>
#include <QPointer>
#include <QThreadPool>
#include <QWidget>

#include <utility>

namespace ratescope {

namespace {

constexpr uint prefersDark = 1;
constexpr uint prefersLight = 2;

// See the Settings portal of XDG Desktop Portal.
const QLatin1String portalService("org.freedesktop.portal.Desktop");
const QLatin1String portalPath("/org/freedesktop/portal/desktop");
const QLatin1String portalInterface("org.freedesktop.portal.Settings");
const QLatin1String appearance("org.freedesktop.appearance");
const QLatin1String colorScheme("color-scheme");

/// Read wraps its answer twice, the signal once.
uint schemeIn(QVariant inner) {
    while (inner.metaType() == QMetaType::fromType<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant();
    return inner.toUInt();
}

/// Whether there is a session bus: libdbus would start one.
bool hasSessionBus() {
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

bool desktopPaletteIsDark() {
    // Once the window has a palette of its own, the desktop's can be seen only without it.
    const bool hasOwn = QCoreApplication::testAttribute(Qt::AA_SetPalette);
    const QPalette own = QApplication::palette();
    if (hasOwn) QApplication::setPalette(QPalette());
    const bool dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    if (hasOwn) QApplication::setPalette(own);
    return dark;
}

SystemTheme::SystemTheme(QWidget& window, std::function<bool()> paletteIsDark)
    : QObject(&window)
    , m_lookAtPalette(std::move(paletteIsDark))
    , m_paletteIsDark(m_lookAtPalette()) {
    window.installEventFilter(this);
}

bool SystemTheme::isDark() const {
    return m_scheme == prefersDark || (m_scheme != prefersLight && m_paletteIsDark);
}

void SystemTheme::followDesktop() {
    const QString platform = QGuiApplication::platformName();
    const bool desktop = platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
    if (!desktop || !hasSessionBus()) return;
    // Connecting waits for the bus, hence elsewhere; this object may be gone by then.
    QThreadPool::globalInstance()->start([guard = QPointer(this)] {
        const QDBusConnection bus = QDBusConnection::sessionBus();
        QMetaObject::invokeMethod(
            qApp,
            [guard, bus] {
                if (guard) guard->followPortal(bus);
            },
            Qt::QueuedConnection);
    });
}

void SystemTheme::followPortal(QDBusConnection bus) {
    if (!bus.isConnected()) return;
    // Of any sender: Qt would wait for the bus to tell who the portal is.
    bus.connect(QString(), portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QDBusMessage)));
    QDBusMessage question =
        QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, QStringLiteral("Read"));
    question << QString(appearance) << QString(colorScheme);
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (reply.isValid()) setColorScheme(schemeIn(reply.value().variant()));
        answer->deleteLater();
    });
}

void SystemTheme::settingChanged(const QDBusMessage& signal) {
    const QVariantList told = signal.arguments(); // group, key, value
    if (told.size() == 3 && told[0] == QString(appearance) && told[1] == QString(colorScheme))
        setColorScheme(schemeIn(told[2]));
}

void SystemTheme::setColorScheme(uint scheme) {
    change(scheme, m_paletteIsDark);
}

/// A change of the palette alone tells nothing: the window's own covers what the desktop changes. With another theme
/// comes this event.
bool SystemTheme::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ThemeChange && !m_looking) {
        m_looking = true;
        QMetaObject::invokeMethod(this, &SystemTheme::lookAtPalette,
                                  Qt::QueuedConnection); // once Qt is through with it
    }
    return QObject::eventFilter(watched, event);
}

void SystemTheme::lookAtPalette() {
    const bool dark = m_lookAtPalette();
    m_looking = false;
    change(m_scheme, dark);
}

void SystemTheme::change(uint scheme, bool paletteIsDark) {
    const bool before = isDark();
    m_scheme = scheme;
    m_paletteIsDark = paletteIsDark;
    if (isDark() != before) Q_EMIT changed();
}

} // namespace ratescope
