// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_tree_view.h"

#include <QContextMenuEvent>

namespace ratescope {

void RunTreeView::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() != QContextMenuEvent::Keyboard) {
        Q_EMIT menuRequested(event->globalPos());
        return;
    }
    scrollTo(currentIndex());
    const QRect row = visualRect(currentIndex().siblingAtColumn(0));
    Q_EMIT menuRequested(viewport()->mapToGlobal(row.isValid() ? row.bottomLeft() : QPoint(0, 0)));
}

} // namespace ratescope
