// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_filter.h"
#include "app/control/run_list_model.h"

#include <QSortFilterProxyModel>

namespace ratescope {

/// Numbers by size before texts, texts as people count (“run 2” before “run 10”), and nothing last.
bool comesBefore(const QVariant& left, const QVariant& right);

/// The runs that the filter lets through, in the order that somebody has asked for. What has no value comes last, whichever
/// way the rest is sorted.
class RunOrderModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit RunOrderModel(RunListModel& runs, QObject* parent = nullptr);

    void setFilter(const QString& text);
    bool isFiltering() const { return !m_filter.isEmpty(); }

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    RunListModel& m_runs;
    RunFilter m_filter;
};

} // namespace ratescope
