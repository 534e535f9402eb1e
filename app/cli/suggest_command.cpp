// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/range_report.h"
#include "app/study/curve_file.h"
#include "core/error.h"

namespace ratescope {

int suggestCommand(const QStringList& arguments) {
    CommandLine line(
        QStringLiteral("suggest"), QStringLiteral("CURVE"),
        QStringLiteral(
            "Prints which rate each rule suggests for the curve of a range test, as JSON; null where the curve\n"
            "holds no answer, with the reason. CURVE: CSV with the columns lr and loss (by commas, semicolons\n"
            "or tabs), or a JSON object with such lists, as the range finders of PyTorch and Keras leave them."));
    line.addOption(
        QStringLiteral("smoothing"),
        QStringLiteral("How strongly the losses are smoothed first, 0 to 0.9999; 0.98 if left out, 0 where they are "
                       "smoothed already."),
        QStringLiteral("B"), QStringLiteral("0.98"));
    if (!line.parse(arguments, 1, 1)) return ExitDone;
    const double smoothing = line.number(QStringLiteral("smoothing"), 0.0, 0.9999);
    const std::string file = line.files().first().toStdString();
    const CurveColumns curve = readCurveColumns(file);
    if (curve.rates.empty())
        throw Error(file + ": holds no curve; expected at least two rates, the first with a loss that is a finite number");
    nlohmann::ordered_json json;
    addAnswers(json, suggestAll(rangeCurve(curve.rates, curve.losses, smoothing)));
    print(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
    flushOutput();
    return ExitDone;
}

} // namespace ratescope
