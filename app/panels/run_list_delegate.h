// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ratescope {

/// Draws a run's colour and dash before its name, and its state as text over a progress bar.
class RunListDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintState(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
};

/// A piece of the run's line: its colour and dash pattern.
QPixmap runChip(const QColor& color, int dash, const QSize& size, double pixelRatio);

} // namespace ratescope
