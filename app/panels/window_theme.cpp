// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/window_theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <QToolTip>

namespace ratescope {

namespace {

struct Colors {
    QColor window, base, alternate, text, faint, button, accent, border, selection;
};

const Colors lightColors = {QColor(0xf4, 0xf5, 0xf7), QColor(0xff, 0xff, 0xff), QColor(0xf7, 0xf8, 0xfa),
                            QColor(0x1f, 0x23, 0x28), QColor(0x6e, 0x77, 0x81), QColor(0xf4, 0xf5, 0xf7),
                            QColor(0x00, 0x6b, 0xb3), QColor(0xd5, 0xda, 0xe0), QColor(0xdc, 0xea, 0xf7)};
const Colors darkColors = {QColor(0x24, 0x28, 0x2e), QColor(0x1b, 0x1e, 0x23), QColor(0x20, 0x24, 0x2a),
                           QColor(0xe6, 0xe9, 0xed), QColor(0x9a, 0xa3, 0xae), QColor(0x2c, 0x31, 0x38),
                           QColor(0x4a, 0xa3, 0xdf), QColor(0x3a, 0x40, 0x49), QColor(0x2c, 0x3f, 0x52)};

QPalette paletteOf(const Colors& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.base);
    palette.setColor(QPalette::AlternateBase, c.alternate);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.faint);
    palette.setColor(QPalette::Button, c.button);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::ToolTipBase, c.base);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Light, c.base);
    palette.setColor(QPalette::Midlight, c.alternate);
    palette.setColor(QPalette::Dark, c.border);
    palette.setColor(QPalette::Shadow, c.border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.faint);
    palette.setColor(QPalette::Disabled, QPalette::Base, c.window);
    return palette;
}

QString sheetOf(const Colors& c) {
    return QStringLiteral(
               "QMainWindow::separator { background: %1; width: 1px; height: 1px; }"
               "QToolBar { border: none; border-bottom: 1px solid %1; padding: 4px; spacing: 4px; background: %2; }"
               "QToolBar QToolButton { padding: 4px 9px; border-radius: 5px; border: 1px solid transparent; }"
               "QToolBar QToolButton:hover { background: %3; border-color: %1; }"
               "QToolBar QToolButton:pressed, QToolBar QToolButton:checked { background: %1; }"
               "QToolBar QToolBarExtension { padding: 0px; margin: 4px 0px; background: %3; border: 1px solid %1; "
               "qproperty-icon: url(:/icons/more.svg); }"
               "QToolBar QToolButton::menu-indicator { image: none; }"
               "QToolBar QToolButton[popupMode=\"1\"] { padding-right: 22px; }"
               "QToolBar QToolButton::menu-button { border: none; width: 18px; }"
               "QDockWidget { font-weight: 600; }"
               "QDockWidget::title { padding: 7px 10px; background: %2; border-bottom: 1px solid %1; }"
               "QStatusBar { border-top: 1px solid %1; background: %2; }"
               "QStatusBar::item { border: none; }"
               "QHeaderView::section { background: %2; color: %4; border: none; border-bottom: 1px solid %1; padding: "
               "4px 6px; }"
               "QTreeView { border: none; }"
               "QTreeView::item:selected, QListWidget::item:selected { background: %5; color: %6; }"
               "QListWidget { border: 1px solid %1; border-radius: 4px; }"
               "QListWidget::item { padding: 2px 1px; }"
               "QStatusBar QLabel { padding: 2px 6px; }"
               "QScrollArea { border: none; }"
               "QCheckBox::indicator { width: 1em; height: 1em; }"
               "QTreeView::indicator, QListWidget::indicator { width: 13px; height: 13px; }"
               "QCheckBox::indicator, QTreeView::indicator, QListWidget::indicator { border: 1px solid %4; border-radius: "
               "3px; background: %3; }"
               "QCheckBox::indicator:checked, QTreeView::indicator:checked, QListWidget::indicator:checked { background: "
               "%7; border-color: %7; image: url(:/icons/check.svg); }"
               "QTreeView::indicator:indeterminate { background: %1; }"
               "QCheckBox::indicator:disabled { border-color: %1; }")
        .arg(c.border.name(), c.window.name(), c.base.name(), c.faint.name(), c.selection.name(), c.text.name(),
             c.accent.name());
}

QPixmap drawIcon(const QByteArray& svg, const QColor& color, int size) {
    QByteArray colored = svg;
    colored.replace("currentColor", color.name().toLatin1());
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(colored).render(&painter);
    return pixmap;
}

} // namespace

void applyWindowTheme(bool dark) {
    const Colors& colors = dark ? darkColors : lightColors;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const QPalette palette = paletteOf(colors);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    qApp->setStyleSheet(sheetOf(colors));
}

QIcon themedIcon(const QString& name, const QPalette& palette) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray svg = file.readAll();
    QIcon icon;
    for (const int size : {24, 48, 72}) {
        icon.addPixmap(drawIcon(svg, palette.color(QPalette::Active, QPalette::ButtonText), size), QIcon::Normal);
        icon.addPixmap(drawIcon(svg, palette.color(QPalette::Disabled, QPalette::ButtonText), size), QIcon::Disabled);
    }
    return icon;
}

} // namespace ratescope
