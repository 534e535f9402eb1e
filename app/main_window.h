// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMainWindow>
namespace ratescope { class MainWindow : public QMainWindow { public: void openFiles(const QStringList&) {} }; }
