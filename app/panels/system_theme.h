// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QDBusConnection;
class QDBusMessage;
class QWidget;

namespace ratescope {

/// Whether the palette is dark that the desktop gives to programs.
bool desktopPaletteIsDark();

/// Whether the desktop is dark, followed while the program runs: what its portal says, or else its palette.
class SystemTheme : public QObject {
    Q_OBJECT

public:
    /// Looks at the desktop's palette, and again whenever the platform tells `window` of another theme.
    explicit SystemTheme(QWidget& window, std::function<bool()> paletteIsDark = desktopPaletteIsDark);

    bool isDark() const;

    /// Asks the portal on the session bus, and listens to it from then on. Returns at once; nothing comes of it where
    /// there is no desktop, no bus or no portal.
    void followDesktop();
    /// The same on a bus that is connected. Waits for no answer.
    void followPortal(QDBusConnection bus);
    /// As the portal puts it: 1 dark, 2 light, anything else without a preference.
    void setColorScheme(uint scheme);

Q_SIGNALS:
    /// It is dark now and was light before, or the other way round.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private Q_SLOTS:
    void settingChanged(const QDBusMessage& signal);

private:
    void lookAtPalette();
    void change(uint scheme, bool paletteIsDark);

    uint m_scheme = 0;
    std::function<bool()> m_lookAtPalette;
    bool m_paletteIsDark;
    bool m_looking = false; ///< lookAtPalette() is on its way
};

} // namespace ratescope
