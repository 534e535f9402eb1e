// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/start_weights.h"

#include "core/error.h"
#include "core/patient_wait.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>

namespace ratescope {

namespace {

/// The texts' place among the translations.
struct StartTexts {
    Q_DECLARE_TR_FUNCTIONS(StartWeights)
};

} // namespace

std::vector<Tensor> readStartWeights(const std::string& file, std::uint64_t parameters) {
    // As doubles, and with a full header.
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    const std::uintmax_t most = parameters * sizeof(double) * 4 + (std::uintmax_t(2) << 20);
    if (!error && size > most)
        throw Error(file + ": is " + std::to_string(size >> 20) + " MiB large, far more than the weights of this network");
    std::vector<Tensor> weights = readSafetensors(std::filesystem::path(file));
    const auto isFinite = [](const Tensor& tensor) {
        return std::ranges::all_of(tensor.values, [](float value) { return std::isfinite(value); });
    };
    if (!std::ranges::all_of(weights, isFinite)) throw Error(file + ": holds weights that are not finite numbers");
    return weights;
}

bool StartWeights::apply(Trainer& trainer, const TrainingControl& control) const {
    if (!file.empty()) {
        const auto read = onItsOwn([path = file, parameters = trainer.network().parameterFloats()] {
            return readStartWeights(path, parameters);
        });
        if (!waitFor(read, [&control] { return control.stopped(); })) return false;
        trainer.startFrom(read.get().get(), newHead, file);
        return true;
    }
    const RunWeights weights = kept ? *kept : store ? store->weightsOf(run) : RunWeights{};
    if (weights.empty()) throw Error("start_from: the weights of “" + source + "” are not in the study any more");
    trainer.startFrom(weights.last, newHead, "start_from: “" + source + "”");
    return true;
}

QString startProblem(const RunRecord& run, const RunRecord* source) {
    const QString name = QString::fromStdString(run.config.sourceRun());
    if (run.config.fork) {
        if (!source) return StartTexts::tr("Is a fork of “%1”, which is not among the runs").arg(name);
        if (source->isImported()) return StartTexts::tr("Is a fork of “%1”, which was measured elsewhere").arg(name);
        if (const Problems problems = validateFork(run.config, source->config); !problems.empty())
            return QString::fromStdString(problems[0].place + ": " + problems[0].message);
        if (isOver(source->state) && source->stepCount() < run.config.fork->step)
            return StartTexts::tr("Is a fork of “%1” at step %2, which ended after %3 steps")
                .arg(name, QString::number(run.config.fork->step), QString::number(source->stepCount()));
        return {};
    }
    if (!source) return StartTexts::tr("Starts from “%1”, which is not among the runs").arg(name);
    if (source->state == RunState::Diverged)
        return StartTexts::tr("Starts from “%1”, which diverged and left no weights").arg(name);
    if (source->state == RunState::Failed) return StartTexts::tr("Starts from “%1”, which failed").arg(name);
    if (source->isRangeTest())
        return StartTexts::tr("Starts from “%1”, which is a range test and leaves no weights").arg(name);
    return {};
}

} // namespace ratescope
