// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/handles_edit.h"

#include "core/parameter_info.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ratescope {

namespace {

constexpr int shownRows = 5;

double numberIn(const QString& text) {
    bool good = false;
    const double number = QString(text).trimmed().replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&good);
    return good && std::isfinite(number) ? number : std::numeric_limits<double>::quiet_NaN();
}

/// Three digits, as people would write it.
double rounded(double value) {
    return QString::number(value, 'g', 3).toDouble();
}

/// Hands on every keystroke: the preview follows it.
class CellDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const override {
        auto* line = new QLineEdit(parent);
        line->setFrame(false);
        line->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString());
        auto* self = const_cast<CellDelegate*>(this);
        connect(line, &QLineEdit::textEdited, self, [self, line] { Q_EMIT self->commitData(line); });
        return line;
    }
    void setEditorData(QWidget* editor, const QModelIndex& index) const override {
        auto* line = static_cast<QLineEdit*>(editor);
        const QString text = index.data(Qt::EditRole).toString();
        if (line->text() != text) line->setText(text);
    }
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
        model->setData(index, static_cast<QLineEdit*>(editor)->text(), Qt::EditRole);
    }
};

} // namespace

void HandlesModel::setPoints(const std::vector<SchedulePoint>& points) {
    if (points == this->points()) return;
    beginResetModel();
    m_rows.clear();
    for (const SchedulePoint& point : points)
        m_rows.emplace_back(QString::fromStdString(shortest(point.t)), QString::fromStdString(shortest(point.rate)));
    endResetModel();
}

std::vector<SchedulePoint> HandlesModel::points() const {
    std::vector<SchedulePoint> points;
    points.reserve(m_rows.size());
    for (const auto& [time, rate] : m_rows) points.push_back({numberIn(time), numberIn(rate)});
    return points;
}

int HandlesModel::addBehind(int row, double span) {
    const std::vector<SchedulePoint> all = points();
    const int count = static_cast<int>(all.size());
    SchedulePoint made{0.0, 0.1};
    if (count > 0) {
        row = row < 0 ? count - 1 : row;
        const SchedulePoint& here = all[static_cast<std::size_t>(row)];
        made = here;
        if (row + 1 < count) {
            const SchedulePoint& next = all[static_cast<std::size_t>(row) + 1];
            made = {(here.t + next.t) / 2.0, here.rate > 0.0 && next.rate > 0.0 ? std::sqrt(here.rate * next.rate)
                                                                                : (here.rate + next.rate) / 2.0};
        } else {
            made.t = here.t < span ? (here.t + span) / 2.0 : here.t + std::max(1.0, span / 10.0);
        }
    }
    const int at = count > 0 ? row + 1 : 0;
    beginInsertRows({}, at, at);
    m_rows.insert(m_rows.begin() + at,
                  {QString::fromStdString(shortest(made.t > 10.0 ? std::round(made.t) : rounded(made.t))),
                   QString::fromStdString(shortest(rounded(made.rate)))});
    endInsertRows();
    Q_EMIT edited();
    return at;
}

void HandlesModel::removeRow(int row) {
    if (row < 0 || row >= rowCount() || rowCount() == 1) return; // one is the least
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    Q_EMIT edited();
}

void HandlesModel::sort() {
    const std::vector<SchedulePoint> all = points();
    const auto before = [](const auto& a, const auto& b) { return numberIn(a.first) < numberIn(b.first); };
    if (std::ranges::any_of(all, [](const SchedulePoint& point) { return std::isnan(point.t); }) ||
        std::ranges::is_sorted(m_rows, before))
        return;
    Q_EMIT layoutAboutToBeChanged();
    std::ranges::stable_sort(m_rows, before);
    Q_EMIT layoutChanged();
    Q_EMIT edited();
}

int HandlesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant HandlesModel::data(const QModelIndex& index, int role) const {
    const auto& [time, rate] = m_rows[static_cast<std::size_t>(index.row())];
    const QString& text = index.column() == 0 ? time : rate;
    if (role == Qt::DisplayRole || role == Qt::EditRole) return text;
    if (role == Qt::ForegroundRole && std::isnan(numberIn(text))) return QColor(0xd1, 0x34, 0x38);
    return {};
}

QVariant HandlesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    return section == 0 ? tr("Time") : tr("Rate");
}

bool HandlesModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole) return false;
    auto& [time, rate] = m_rows[static_cast<std::size_t>(index.row())];
    QString& text = index.column() == 0 ? time : rate;
    if (text == value.toString()) return true;
    text = value.toString();
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags HandlesModel::flags(const QModelIndex& index) const {
    return QAbstractTableModel::flags(index) | Qt::ItemIsEditable;
}

HandlesEdit::HandlesEdit(QWidget* parent)
    : QWidget(parent)
    , m_model(new HandlesModel(this))
    , m_table(new QTableView(this))
    , m_add(new QToolButton(this))
    , m_remove(new QToolButton(this))
    , m_plot(new QPushButton(tr("Edit on the plot"), this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* delegate = new CellDelegate(this);
    m_table->setModel(m_model);
    m_table->setItemDelegate(delegate);
    m_table->setAccessibleName(tr("Handles"));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFixedHeight((fontMetrics().height() + 8) * (shownRows + 1) + 6);
    layout->addWidget(m_table);
    auto* row = new QHBoxLayout;
    m_add->setText(QStringLiteral("+"));
    m_add->setToolTip(tr("Another handle behind this one"));
    m_add->setAccessibleName(tr("Add a handle"));
    m_remove->setText(QStringLiteral("−"));
    m_remove->setToolTip(tr("Without this handle"));
    m_remove->setAccessibleName(tr("Remove the handle"));
    row->addWidget(m_add);
    row->addWidget(m_remove);
    row->addStretch(1);
    row->addWidget(m_plot);
    layout->addLayout(row);
    connect(m_model, &HandlesModel::edited, this, &HandlesEdit::edited);
    connect(delegate, &QAbstractItemDelegate::closeEditor, m_model, [this] { m_model->sort(); });
    connect(m_add, &QToolButton::clicked, this, [this] {
        const int made = m_model->addBehind(m_table->currentIndex().row(), m_span);
        m_table->setCurrentIndex(m_model->index(made, 0));
    });
    connect(m_remove, &QToolButton::clicked, this, &HandlesEdit::removeSelected);
    connect(m_plot, &QPushButton::clicked, this, &HandlesEdit::plotRequested);
}

void HandlesEdit::setPlotOffered(bool offered) {
    m_plot->setVisible(offered);
}

void HandlesEdit::removeSelected() {
    const int row = m_table->currentIndex().isValid() ? m_table->currentIndex().row() : m_model->rowCount() - 1;
    m_model->removeRow(row);
}

} // namespace ratescope
