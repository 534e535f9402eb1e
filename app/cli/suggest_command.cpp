// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/cli/range_report.h"
#include "app/study/curve_file.h"
#include "core/error.h"

namespace ratescope {

int suggestCommand(const CommandLine& line, CommandContext& context) {
    const double smoothing = line.number(QStringLiteral("smoothing"), 0.0, 0.9999);
    const std::string file = line.files().first().toStdString();
    context.progress.stage(QStringLiteral("Reading ") + line.files().first());
    const CurveColumns curve = readCurveColumns(file);
    if (curve.rates.empty())
        throw Error(file + ": holds no curve; expected at least two rates, the first with a loss that is a finite number");
    nlohmann::ordered_json json;
    addAnswers(json, suggestAll(rangeCurve(curve.rates, curve.losses, smoothing)));
    context.progress.done();
    print(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
    flushOutput();
    return ExitDone;
}

} // namespace ratescope
