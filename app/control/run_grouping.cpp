// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_grouping.h"

#include <QCoreApplication>

namespace ratescope {

namespace {

struct RunGroupTexts {
    Q_DECLARE_TR_FUNCTIONS(RunGroupModel)
};

/// `lr` for `schedule.lr`, `optimizer` for `optimizer.type`: as the filter takes it, too.
QString shortKey(const QString& key) {
    const QString type = QStringLiteral(".type");
    return key.endsWith(type) ? key.chopped(type.size()) : key.section(QLatin1Char('.'), -1);
}

/// “optimizer = adam, lr = 0.1”: in what it differs from the others, but for the seed.
QString variantText(const RunListModel& runs, const RunRecord& run) {
    QStringList parts;
    for (const QString& key : runs.differingKeys()) {
        if (key == QLatin1String("seed")) continue;
        const QVariant value = runs.configs().value(run, key);
        if (value.isValid()) parts << QStringLiteral("%1 = %2").arg(shortKey(key), configText(value));
    }
    return parts.isEmpty() ? RunGroupTexts::tr("One configuration") : parts.join(QStringLiteral(", "));
}

} // namespace

RunGroup groupOf(const RunListModel& runs, const RunRecord& run, const RunGrouping& grouping) {
    switch (grouping.kind) {
    case RunGrouping::None: return {};
    case RunGrouping::Seeds: {
        if (run.isImported()) {
            const QString elsewhere = RunGroupTexts::tr("Measured elsewhere");
            return {QStringLiteral("elsewhere"), elsewhere, elsewhere};
        }
        const QString title = variantText(runs, run);
        return {runs.configs().allButSeed(run), title, title};
    }
    case RunGrouping::State:
        return {QString::number(static_cast<int>(run.state)), static_cast<double>(run.state), stateName(run.state)};
    case RunGrouping::Key: break;
    }
    const QVariant value = runs.configs().value(run, grouping.key);
    const QString text = configText(value);
    if (!value.isValid()) return {QString(), value, RunGroupTexts::tr("%1: not set").arg(grouping.key)};
    return {QLatin1Char('=') + text, value, QStringLiteral("%1 = %2").arg(grouping.key, text)};
}

} // namespace ratescope
