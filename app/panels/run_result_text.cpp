// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_result_text.h"

#include "app/panels/problem_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace ratescope {

namespace {

/// The texts' place among the translations.
struct ResultTexts {
    Q_DECLARE_TR_FUNCTIONS(RunResultText)
};

QString scoreText(const Score& score) {
    return ResultTexts::tr("%1 %, loss %2").arg(100.0 * (1.0 - score.error), 0, 'f', 2).arg(score.loss, 0, 'g', 4);
}

} // namespace

QString resultText(const RunRecord& run) {
    if (!isOver(run.state)) return {};
    QStringList lines;
    const RunResult& result = run.result;
    if (run.state == RunState::Failed || run.state == RunState::Diverged) lines << problemText(run.message);
    if (run.state == RunState::StoppedEarly)
        lines << ResultTexts::tr("Stopped early after epoch %1, at step %2 of %3")
                     .arg(run.epochs.size())
                     .arg(run.stepCount())
                     .arg(run.length.steps);
    if (result.test) lines << ResultTexts::tr("Test accuracy: %1").arg(scoreText(*result.test));
    if (result.bestEpoch)
        lines << (result.restoredBest ? ResultTexts::tr("Best epoch: %1, with whose weights it ends")
                                      : ResultTexts::tr("Best epoch: %1"))
                     .arg(*result.bestEpoch);
    for (std::size_t i = 0; i < result.snapshots.size(); ++i)
        lines << ResultTexts::tr("Snapshot %1, step %2: %3")
                     .arg(i + 1)
                     .arg(result.snapshots[i].step)
                     .arg(scoreText(result.snapshots[i].test));
    if (result.ensemble) lines << ResultTexts::tr("All snapshots: %1").arg(scoreText(*result.ensemble));
    return lines.join(QLatin1Char('\n'));
}

} // namespace ratescope
