// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/stored_checkpoint.h"

#include "app/study/schedule_json.h"
#include "app/study/strict_json.h"
#include "core/error.h"
#include "core/network/safetensors.h"

#include <cmath>
#include <limits>
#include <map>

namespace ratescope {

namespace {

constexpr std::uint64_t most = std::uint64_t(1) << 53; ///< as far as JSON's numbers are whole
constexpr double largestLossSum = 1e60;                ///< above so many floats

Json toJson(const RateChange& change) {
    return {{"step", change.step},       {"last_step", change.lastStep}, {"lr_before", change.before},
            {"lr_after", change.after}, {"gesture", change.gesture},    {"schedule", toJson(change.schedule)}};
}

Json toJson(const PlateauState& plateau) {
    Json json = {{"bad_epochs", plateau.badEpochs}, {"cooldown_left", plateau.cooldownLeft}};
    if (plateau.rate) json["lr"] = *plateau.rate;
    if (plateau.best) json["best"] = *plateau.best;
    return json;
}

RateChange readSteered(JsonObject object) {
    RateChange change;
    change.step = object.integer("step", 0, most);
    change.lastStep = object.integer("last_step", change.step, most);
    change.before = object.number("lr_before");
    change.after = object.number("lr_after");
    change.gesture = object.integer("gesture", 0, std::numeric_limits<std::uint64_t>::max());
    change.schedule = scheduleFromJson(object.value("schedule").dump(), object.source() + ": steered.schedule");
    object.finish({"step", "last_step", "lr_before", "lr_after", "gesture", "schedule"});
    return change;
}

PlateauState readPlateau(JsonObject object) {
    PlateauState plateau;
    plateau.badEpochs = object.integer("bad_epochs", 0, most);
    plateau.cooldownLeft = object.integer("cooldown_left", 0, most);
    if (object.has("lr")) plateau.rate = object.number("lr");
    if (object.has("best")) plateau.best = object.number("best");
    object.finish({"bad_epochs", "cooldown_left", "lr", "best"});
    return plateau;
}

EarlyStopping readEarlyStopping(JsonObject object, const EarlyStoppingSpec& spec) {
    // Nothing seen yet is written as nothing: JSON has no infinity.
    const double best = object.has("best") ? object.number("best") : std::numeric_limits<double>::infinity();
    const EarlyStopping watch(spec, {best, object.integer("best_epoch", 0, most), object.integer("waited", 0, most)});
    object.finish({"best", "best_epoch", "waited"});
    return watch;
}

/// The arrays by their names; each may be taken once.
class Arrays {
public:
    Arrays(std::vector<Tensor> tensors, std::string source)
        : m_source(std::move(source)) {
        for (Tensor& tensor : tensors) m_values.emplace(tensor.name, std::move(tensor.values));
    }

    bool has(const std::string& name) const { return m_values.contains(name); }
    std::vector<float> take(const std::string& name) {
        const auto found = m_values.find(name);
        if (found == m_values.end()) throw Error(m_source + ": has no array “" + name + "”");
        std::vector<float> values = std::move(found->second);
        m_values.erase(found);
        for (const float value : values)
            if (!std::isfinite(value)) throw Error(m_source + ": “" + name + "” has a value that is not finite");
        return values;
    }

private:
    std::map<std::string, std::vector<float>> m_values;
    std::string m_source;
};

void readFigures(JsonObject& object, Checkpoint& checkpoint) {
    checkpoint.samples = object.integer("samples", 0, most);
    checkpoint.trainSeconds = object.number("train_seconds");
    checkpoint.lastRate = object.number("last_lr");
    JsonObject totals = object.object("epoch_so_far");
    checkpoint.totals = {totals.number("loss_sum"), totals.integer("errors", 0, most), totals.integer("samples", 0, most)};
    totals.finish({"loss_sum", "errors", "samples"});
    if (checkpoint.totals.lossSum < 0.0 || checkpoint.totals.lossSum > largestLossSum)
        throw Error(totals.source() + ": epoch_so_far.loss_sum is no sum of losses");
    checkpoint.epochPending = object.flag("epoch_pending");
    if (checkpoint.epochPending && checkpoint.totals.samples == 0)
        throw Error(totals.source() + ": has an epoch without samples whose figures are still to come");
    checkpoint.attemptStep = object.integer("attempt_step", 0, most);
    checkpoint.feedback.halvings = static_cast<unsigned>(object.integer("halvings", 0, 1000));
    const Json& plateaus = object.array("plateaus");
    for (std::size_t i = 0; i < plateaus.size(); ++i)
        checkpoint.feedback.plateaus.push_back(
            readPlateau({plateaus[i], "plateaus[" + std::to_string(i) + ']', object.source()}));
    if (object.has("steered")) checkpoint.steered = readSteered(object.object("steered"));
}

void readOptimizer(JsonObject object, Arrays& arrays, Checkpoint& checkpoint) {
    checkpoint.optimizer.steps = object.integer("steps", 0, most);
    for (const Json& scalar : object.array("scalars")) {
        if (!scalar.is_number()) object.fail(object.placeOf("scalars"), "holds " + briefly(scalar) + "; expected numbers");
        checkpoint.optimizer.scalars.push_back(scalar.get<double>());
    }
    for (std::size_t i = 0; arrays.has("optimizer." + std::to_string(i)); ++i)
        checkpoint.optimizer.buffers.push_back(arrays.take("optimizer." + std::to_string(i)));
    object.finish({"steps", "scalars"});
}

} // namespace

StoredCheckpoint storeCheckpoint(const Checkpoint& checkpoint) {
    Json state = {{"samples", checkpoint.samples},
                  {"train_seconds", checkpoint.trainSeconds},
                  {"last_lr", checkpoint.lastRate},
                  {"epoch_so_far",
                   {{"loss_sum", checkpoint.totals.lossSum},
                    {"errors", checkpoint.totals.errors},
                    {"samples", checkpoint.totals.samples}}},
                  {"epoch_pending", checkpoint.epochPending},
                  {"optimizer", {{"steps", checkpoint.optimizer.steps}, {"scalars", checkpoint.optimizer.scalars}}},
                  {"best_step", checkpoint.best.step},
                  {"attempt_step", checkpoint.attemptStep},
                  {"halvings", checkpoint.feedback.halvings},
                  {"plateaus", Json::array()},
                  {"snapshots", Json::array()}};
    for (const PlateauState& plateau : checkpoint.feedback.plateaus) state["plateaus"].push_back(toJson(plateau));
    if (checkpoint.steered) state["steered"] = toJson(*checkpoint.steered);
    const EarlyStopping::Figures seen = checkpoint.earlyStopping.figures();
    Json& watch = state["early_stopping"] = {{"best_epoch", seen.bestEpoch}, {"waited", seen.waited}};
    if (std::isfinite(seen.best)) watch["best"] = seen.best;

    std::vector<Tensor> tensors;
    const auto add = [&](const std::string& name, const std::vector<float>& values) {
        if (!values.empty()) tensors.push_back({name, {static_cast<std::int64_t>(values.size())}, values});
    };
    add("weights", checkpoint.weights.values);
    for (std::size_t i = 0; i < checkpoint.optimizer.buffers.size(); ++i)
        add("optimizer." + std::to_string(i), checkpoint.optimizer.buffers[i]);
    add("best", checkpoint.best.values);
    add("initial", checkpoint.initialWeights);
    for (std::size_t i = 0; i < checkpoint.snapshots.size(); ++i) {
        state["snapshots"].push_back(checkpoint.snapshots[i].step);
        add("snapshot." + std::to_string(i), checkpoint.snapshots[i].values);
    }
    return {state.dump(), writeSafetensors(tensors)};
}

Checkpoint parseCheckpoint(const std::string& state, std::vector<Tensor> tensors, const RunConfig& config,
                           std::uint64_t step, const std::string& source) {
    Arrays arrays(std::move(tensors), source);
    const Json json = parseStrictJson(state, source);
    JsonObject object(json, "", source);
    Checkpoint checkpoint;
    checkpoint.layers = config.network.layers;
    checkpoint.rule = config.optimizer;
    checkpoint.schedule = config.schedule;
    checkpoint.weights = {step, arrays.take("weights")};
    readFigures(object, checkpoint);
    readOptimizer(object.object("optimizer"), arrays, checkpoint);
    checkpoint.earlyStopping =
        readEarlyStopping(object.object("early_stopping"), config.earlyStopping.value_or(EarlyStoppingSpec{}));
    checkpoint.best.step = object.integer("best_step", 0, most);
    if (arrays.has("best")) checkpoint.best.values = arrays.take("best");
    if (arrays.has("initial")) checkpoint.initialWeights = arrays.take("initial");
    if (object.array("snapshots").size() > maximumSnapshots)
        object.fail("snapshots", "are more than " + std::to_string(maximumSnapshots));
    for (const Json& at : object.array("snapshots")) {
        if (!at.is_number_unsigned()) object.fail("snapshots", "holds " + briefly(at) + "; expected steps");
        const std::string name = "snapshot." + std::to_string(checkpoint.snapshots.size());
        checkpoint.snapshots.push_back({at.get<std::uint64_t>(), arrays.take(name)});
    }
    object.finish({"samples", "train_seconds", "last_lr", "epoch_so_far", "epoch_pending", "optimizer", "best_step",
                   "attempt_step", "halvings", "plateaus", "snapshots", "steered", "early_stopping"});
    if (checkpoint.trainSeconds < 0.0) throw Error(source + ": train_seconds is " + std::to_string(checkpoint.trainSeconds) + "; expected seconds");
    return checkpoint;
}

Checkpoint parseCheckpoint(const StoredCheckpoint& stored, const RunConfig& config, std::uint64_t step,
                           const std::string& source) {
    return parseCheckpoint(stored.state, parseSafetensors(stored.tensors, source), config, step, source);
}

} // namespace ratescope
