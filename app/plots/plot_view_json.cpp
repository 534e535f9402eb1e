// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/plot_view_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace ratescope {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 4> unitNames = {"step", "epoch", "samples", "seconds"};
constexpr std::array<const char*, 4> quantityNames = {"loss", "error", "accuracy", "difference"};
constexpr std::array<const char*, 3> seedNames = {"single", "mean", "median"};
constexpr std::array<const char*, 2> lowerNames = {"slope", "accuracy"};
constexpr std::array<const char*, 3> arrangementNames = {"side_by_side", "stacked", "large"};
constexpr std::array<const char*, 4> partNames = {"page", "loss", "lr", "range"};

template <typename View, typename Visit> void visitFlags(View& view, Visit visit) {
    visit("log_steps", view.logSteps);
    visit("log_loss", view.logLoss);
    visit("log_lr", view.logRate);
    visit("band", view.band);
    visit("validation", view.validation);
    visit("marks", view.marks);
    visit("legend", view.legend);
    visit("zones", view.zones);
}

template <typename View, typename Visit> void visitRanges(View& view, Visit visit) {
    visit("steps", view.steps);
    visit("loss", view.loss);
    visit("lr", view.rate);
    visit("test_lr", view.testRate);
    visit("test_loss", view.testLoss);
    visit("test_lower", view.testSlope);
}

template <typename Value> void readChoice(const Json& json, const char* key, std::span<const char* const> names, Value& value) {
    const auto it = json.find(key);
    if (it == json.end() || !it->is_string()) return;
    const auto name = std::ranges::find(names, it->get_ref<const std::string&>());
    if (name != names.end()) value = static_cast<Value>(name - names.begin());
}

std::optional<AxisRange> readRange(const Json& json) {
    if (!json.is_array() || json.size() != 2 || !json[0].is_number() || !json[1].is_number()) return std::nullopt;
    const AxisRange range{json[0].get<double>(), json[1].get<double>()};
    const bool usable = std::isfinite(range.first) && std::isfinite(range.second) && range.first < range.second &&
                        std::isfinite(range.second - range.first);
    return usable ? std::optional(range) : std::nullopt;
}

} // namespace

nlohmann::ordered_json viewToJson(const PlotView& view, const std::function<std::string(RunId)>& nameOf) {
    Json json;
    json["smoothing"] = view.smoothing;
    json["step_unit"] = unitNames[static_cast<std::size_t>(view.stepUnit)];
    json["quantity"] = quantityNames[static_cast<std::size_t>(view.quantity)];
    if (view.reference != 0) json["reference"] = nameOf(view.reference);
    if (view.zonesOf != 0) json["zones_of"] = nameOf(view.zonesOf);
    json["seeds"] = seedNames[static_cast<std::size_t>(view.seeds)];
    json["lower"] = lowerNames[static_cast<std::size_t>(view.testLower)];
    json["arrangement"] = arrangementNames[static_cast<std::size_t>(view.arrangement)];
    json["large"] = partNames[static_cast<std::size_t>(view.large)];
    visitFlags(view, [&](const char* key, bool value) { json[key] = value; });
    Json ranges = Json::object();
    visitRanges(view, [&](const char* key, const std::optional<AxisRange>& range) {
        if (range) ranges[key] = {range->first, range->second};
    });
    if (!ranges.empty()) json["ranges"] = std::move(ranges);
    return json;
}

PlotView viewFromJson(const nlohmann::ordered_json& json, PlotView view,
                      const std::function<RunId(const std::string&)>& runOf) {
    if (!json.is_object()) return view;
    if (const auto it = json.find("smoothing"); it != json.end() && it->is_number())
        if (const double smoothing = it->get<double>(); smoothing >= 0.0 && smoothing <= 0.999) view.smoothing = smoothing;
    readChoice(json, "step_unit", unitNames, view.stepUnit);
    readChoice(json, "quantity", quantityNames, view.quantity);
    readChoice(json, "seeds", seedNames, view.seeds);
    readChoice(json, "lower", lowerNames, view.testLower);
    readChoice(json, "arrangement", arrangementNames, view.arrangement);
    readChoice(json, "large", partNames, view.large);
    if (view.large == PlotPart::Page) view.large = PlotPart::Loss;
    const auto readRun = [&](const char* key, RunId& run) {
        const auto it = json.find(key);
        run = it != json.end() && it->is_string() ? runOf(it->get_ref<const std::string&>()) : 0;
    };
    readRun("reference", view.reference);
    readRun("zones_of", view.zonesOf);
    visitFlags(view, [&](const char* key, bool& value) {
        if (const auto it = json.find(key); it != json.end() && it->is_boolean()) value = it->get<bool>();
    });
    const auto ranges = json.find("ranges");
    view.fit();
    if (ranges != json.end() && ranges->is_object())
        visitRanges(view, [&](const char* key, std::optional<AxisRange>& range) {
            if (const auto it = ranges->find(key); it != ranges->end()) range = readRange(*it);
        });
    return view;
}

} // namespace ratescope
