// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace ratescope {

/// A tree whose menu opens by the keyboard as well: at the row that has the focus.
class RunTreeView : public QTreeView {
    Q_OBJECT

public:
    using QTreeView::QTreeView;

Q_SIGNALS:
    void menuRequested(const QPoint& globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
};

} // namespace ratescope
