// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_page.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QUndoCommand>

namespace ratescope {

/// Another view of the plots. What belongs to one gesture, or to one pull at a slider, is one command.
class ViewCommand : public QUndoCommand {
    Q_DECLARE_TR_FUNCTIONS(ViewCommand)

public:
    ViewCommand(PlotPage& page, const PlotView& before, const PlotView& after)
        : m_page(&page)
        , m_before(before)
        , m_after(after) {
        setText(tr("change the view"));
        m_since.start();
    }

    void redo() override { apply(m_after); }
    void undo() override { apply(m_before); }
    int id() const override { return 7101; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const ViewCommand*>(other);
        constexpr qint64 pause = 700; // ms without a change, after which a new one begins
        const bool goesOn =
            next->m_before == m_before || (next->m_before == m_after && sameParts(*next) && m_since.elapsed() < pause);
        if (!goesOn) return false;
        m_after = next->m_after;
        m_since.start();
        setObsolete(m_after == m_before);
        return true;
    }

private:
    /// Whether both are about smoothing alone.
    bool sameParts(const ViewCommand& next) const {
        const auto smoothingOnly = [](PlotView a, const PlotView& b) {
            a.smoothing = b.smoothing;
            return a == b;
        };
        return smoothingOnly(m_before, m_after) && smoothingOnly(next.m_before, next.m_after);
    }
    void apply(const PlotView& view) {
        if (!m_page || m_page->view() == view) return;
        m_page->setView(view);
        Q_EMIT m_page->viewChanged();
    }

    QPointer<PlotPage> m_page;
    PlotView m_before;
    PlotView m_after;
    QElapsedTimer m_since;
};

} // namespace ratescope
