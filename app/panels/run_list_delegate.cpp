// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_list_delegate.h"

#include "app/control/run_list_model.h"
#include "app/study/palette.h"

#include <QApplication>
#include <QPainter>

#include <span>

namespace ratescope {

namespace {

constexpr QSize chipSize{22, 12};

/// A colour as it can be seen on the list's ground.
QColor seenOn(const QPalette& palette, const QString& color) {
    return QColor(QString::fromStdString(colorOn(color.toStdString(), palette.color(QPalette::Base).lightness())));
}

/// Rows without a run are groups: text alone.
bool isRun(const QModelIndex& index) { return index.data(RunListModel::IdRole).isValid(); }

} // namespace

QPixmap runChip(const QColor& color, int dash, const QSize& size, double pixelRatio) {
    QPixmap pixmap(size * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(color, 3, Qt::SolidLine, Qt::FlatCap);
    if (const std::span<const float> pattern = dashPattern(dash); !pattern.empty())
        pen.setDashPattern({pattern.begin(), pattern.end()});
    painter.setPen(pen);
    painter.drawLine(QPointF(0, size.height() / 2.0), QPointF(size.width(), size.height() / 2.0));
    return pixmap;
}

QSize RunListDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), std::max(size.height(), option.fontMetrics.height() + 12)};
}

void RunListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (index.column() == RunListModel::StateColumn && isRun(index)) {
        paintState(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    if (index.column() == RunListModel::NameColumn && isRun(index)) {
        const QColor color = seenOn(option.palette, index.data(RunListModel::ColorRole).toString());
        item.features |= QStyleOptionViewItem::HasDecoration;
        item.decorationSize = chipSize;
        const QPixmap chip = runChip(color, index.data(RunListModel::DashRole).toInt(), chipSize,
                                     painter->device()->devicePixelRatioF());
        item.icon = QIcon(chip);
        item.icon.addPixmap(chip, QIcon::Selected); // a selected run keeps its colour
    }
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
}

void RunListDelegate::paintState(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(option.rect).adjusted(6, 4, -6, -5);
    const auto state = static_cast<RunState>(index.data(RunListModel::StateRole).toInt());
    const QPalette& palette = option.palette;
    if (isActive(state) || state == RunState::Cancelled) {
        const QRectF track(area.left(), area.bottom() - 3, area.width(), 3);
        painter->setPen(Qt::NoPen);
        painter->setBrush(palette.color(QPalette::Mid));
        painter->drawRoundedRect(track, 1.5, 1.5);
        QRectF done = track;
        done.setWidth(track.width() * index.data(RunListModel::ProgressRole).toDouble());
        painter->setBrush(seenOn(palette, index.data(RunListModel::ColorRole).toString()));
        painter->drawRoundedRect(done, 1.5, 1.5);
    }
    QColor ink = palette.color(QPalette::Text);
    if (state == RunState::Diverged || state == RunState::Failed) ink = seenOn(palette, QStringLiteral("#c2410c"));
    painter->setPen(ink);
    painter->setFont(item.font);
    const QRectF line = isActive(state) || state == RunState::Cancelled ? area.adjusted(0, -2, 0, -4) : area;
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(text, Qt::ElideRight, static_cast<int>(line.width())));
    painter->restore();
}

} // namespace ratescope
