// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

/// The inside of picture_experiment.h: one file a kind of picture.
namespace ratescope::pictures {

/// The most that an experiment may be: in UTF-8 or, in a PDF, in 16-bit characters. Beyond is no experiment but a bomb.
constexpr qsizetype mostText = qsizetype(16) << 20;

bool isPng(const QByteArray& head);
bool isSvg(const QByteArray& head);
bool isPdf(const QByteArray& head);

std::optional<QString> experimentInPng(const QByteArray& png);
std::optional<QString> experimentInSvg(const QByteArray& svg);
std::optional<QString> experimentInPdf(const QByteArray& pdf);

[[noreturn]] void failTooLong();

/// Refuses what is longer than mostText and what is not UTF-8.
QString textFromUtf8(QByteArrayView bytes);

} // namespace ratescope::pictures
